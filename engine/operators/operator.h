/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happened to the picture: y = A(x) + noise.
 *
 * @x is pixels (1, 3, H, W) in [-1, 1]; y has whatever shape A gives it. An
 * operator must give forward and adjoint; prox and pinv may be left NULL and
 * are then computed by conjugate gradients. A constant offset is not allowed:
 * a linear operator maps 0 to 0.
 */

#ifndef TW_OPERATOR_H
#define TW_OPERATOR_H

#include "core/run.h"

typedef struct tw_operator tw_operator;

enum {
    TW_OPERATOR_LINEAR = 1 << 0,   /* adjoint ignores its @at */
    TW_OPERATOR_PROJECTS = 1 << 1, /* A A^T = identity (masks, …) */
    TW_OPERATOR_SPECTRAL = 1 << 2, /* has values, to_v, from_v, to_u */
    TW_OPERATOR_PLANES = 1 << 3    /* treats every channel by itself and alike:
                                      its functions are given one plane
                                      (1, 1, H, W) at a time, so that scratch
                                      memory is that of a plane */
};

typedef struct tw_operator_class {
    const char *name;
    unsigned flags;

    /* Of rank 0: A does not apply to a picture of this shape. */
    tw_shape (*y_shape)(const tw_operator *op, tw_shape x);

    tw_status (*forward)(const tw_operator *op, const tw_tensor *x,
                         tw_tensor *y, tw_run *run);

    /* x = J(at)^T y, J the Jacobian at @at; <A u, v> = <u, A^T v> if linear */
    tw_status (*adjoint)(const tw_operator *op, const tw_tensor *at,
                         const tw_tensor *y, tw_tensor *x, tw_run *run);

    /* x = argmin |A x - y|^2 + rho |x - z|^2                     (optional) */
    tw_status (*prox)(const tw_operator *op, const tw_tensor *y,
                      const tw_tensor *z, double rho, tw_tensor *x,
                      tw_run *run);

    /* x = about a multiple of (A^T A + rho)^-1 r: a fixed, symmetric, positive
     * definite matrix that is cheap to apply, for solving what stands around
     * A by conjugate gradients (weights, curves)                 (optional) */
    tw_status (*precondition)(const tw_operator *op, const tw_tensor *r,
                              double rho, tw_tensor *x, tw_run *run);

    /* x = A^+ y                                                  (optional) */
    tw_status (*pinv)(const tw_operator *op, const tw_tensor *y, tw_tensor *x,
                      tw_run *run);

    /* The spectral form A = U S V^T with orthonormal real U, V, for methods
     * that need singular values (DDRM). Everything has the shape of x:
     * coordinates are those of V^T x; where S is 0, U^T y is 0.     (optional) */
    tw_status (*values)(const tw_operator *op, tw_tensor *s, tw_run *run);
    tw_status (*to_v)(const tw_operator *op, const tw_tensor *x, tw_tensor *v,
                      tw_run *run);
    tw_status (*from_v)(const tw_operator *op, const tw_tensor *v, tw_tensor *x,
                        tw_run *run);
    tw_status (*to_u)(const tw_operator *op, const tw_tensor *y, tw_tensor *u,
                      tw_run *run);

    void (*free)(tw_operator *op);
} tw_operator_class;

struct tw_operator { /* first member of every operator's own struct */
    const tw_operator_class *klass;
    size_t held;   /* bytes of its own that grow with the picture */
    size_t making; /* more of them while it was being made */
};

/* All fail with TW_ERR_MEMORY, TW_CANCELLED, and TW_ERR_ARGUMENT where the shapes
 * do not fit together (an error of the program); pinv of a non-linear
 * operator (and its prox, if it has none of its own), and the spectral form of
 * one without, with TW_ERR_UNSUPPORTED.
 * Inputs and outputs are different tensors, except that prox allows x == z. */
tw_shape tw_y_shape(const tw_operator *op, tw_shape x);
tw_status tw_forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y,
                     tw_run *run);
tw_status tw_adjoint(const tw_operator *op, const tw_tensor *at,
                     const tw_tensor *y, tw_tensor *x, tw_run *run);
tw_status tw_prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z,
                  double rho, tw_tensor *x, tw_run *run);
tw_status tw_precondition(const tw_operator *op, const tw_tensor *r, double rho,
                          tw_tensor *x, tw_run *run); /* or x = r */
tw_status tw_pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x,
                  tw_run *run);
tw_status tw_values(const tw_operator *op, tw_tensor *s, tw_run *run);
tw_status tw_to_v(const tw_operator *op, const tw_tensor *x, tw_tensor *v,
                  tw_run *run);
tw_status tw_from_v(const tw_operator *op, const tw_tensor *v, tw_tensor *x,
                    tw_run *run);
tw_status tw_to_u(const tw_operator *op, const tw_tensor *y, tw_tensor *u,
                  tw_run *run);

void tw_operator_free(tw_operator *op); /* NULL is fine */

/* out = M in, M symmetric positive definite */
typedef tw_status (*tw_apply_func)(const void *user_data, const tw_tensor *in,
                                   tw_tensor *out, tw_run *run);

/* x = M^-1 b by at most @iterations of conjugate gradients, from the x given,
 * until the residual is @tolerance |b|. @precondition: NULL, or an
 * approximation of M^-1. */
tw_status tw_cg(tw_apply_func apply, tw_apply_func precondition,
                const void *user_data, const tw_tensor *b, int iterations,
                double tolerance, tw_tensor *x, tw_run *run);

#endif
