/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Noise of different strength per value of y, whitened: y = w A x.
 *
 * The prox is solved by conjugate gradients, (A^T w^2 A + rho) d =
 * A^T w (y - w A z), x = z + d, started at z. (The prox of A as a preconditioner
 * was tried and lost: solved to 1e-3 it is not exact enough at small rho.)
 */

#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "operators/operator-private.h"
#include "operators/operators.h"

static const double TOLERANCE = 1e-4;
enum { ITERATIONS = 30 };

typedef struct weighted {
    tw_operator base;
    tw_operator_class klass;
    tw_operator *inner;
    tw_tensor w; /* data follows the struct */
} weighted;

typedef struct equation {
    const weighted *op;
    double rho;
    tw_shape y;
} equation;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    return tw_y_shape(((const weighted *) op)->inner, x);
}

static void
weigh(const weighted *p, const tw_tensor *from, tw_tensor *to)
{
#pragma omp parallel for simd if (to->size > TW_SERIAL)
    for (int64_t i = 0; i < to->size; i++)
        to->data[i] = p->w.data[i] * from->data[i];
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const weighted *p = (const weighted *) op;

    TW_TRY(tw_forward(p->inner, x, y, run));
    weigh(p, y, y);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const weighted *p = (const weighted *) op;
    tw_tensor *wy = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    weigh(p, y, wy);
    return tw_adjoint(p->inner, at, wy, x, run);
}

/* out = (A^T w^2 A + rho) in */
static tw_status
apply(const void *user_data, const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    const equation *e = user_data;
    const size_t mark = tw_run_mark(run);
    tw_tensor *y = tw_scratch_shape(run, e->y);
    tw_status status = tw_run_check(run);

    if (status == TW_OK)
        status = tw_forward(&e->op->base, in, y, run);
    if (status == TW_OK)
        status = tw_adjoint(&e->op->base, NULL, y, out, run);
    if (status == TW_OK)
        tw_lin2(out, 1, out, e->rho, in);
    tw_run_release(run, mark);
    return status;
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const equation e = { (const weighted *) op, rho, y->shape };
    tw_tensor *r = tw_scratch(run, y), *b = tw_scratch(run, x);
    tw_tensor *d = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(op, z, r, run));
    tw_lin2(r, 1, y, -1, r);
    TW_TRY(tw_adjoint(op, NULL, r, b, run));
    tw_fill(d, 0);
    TW_TRY(tw_cg(apply, NULL, &e, b, ITERATIONS, TOLERANCE, d, run));
    tw_lin2(x, 1, z, 1, d);
    return TW_OK;
}

/* r, b, d and, in tw_cg(), three like x; y of apply() and wy of adjoint(). */
static size_t
bytes_of(const tw_operator *op, tw_shape x)
{
    const weighted *p = (const weighted *) op;

    return 5 * tw_scratch_size(tw_shape_size(x)) +
           3 * tw_scratch_size(p->w.size) + tw_operator_bytes(p->inner, x);
}

static void
destroy(tw_operator *op)
{
    weighted *p = (weighted *) op;

    tw_operator_free(p->inner);
    free(p);
}

tw_operator *
tw_operator_weighted(tw_operator *inner, const tw_tensor *weights)
{
    const size_t bytes = (size_t) weights->size * sizeof(float);
    weighted *p = inner ? malloc(sizeof *p + bytes) : NULL;

    if (!p) {
        tw_operator_free(inner);
        return NULL;
    }
    p->inner = inner;
    p->w = (tw_tensor) { weights->shape, weights->size, (float *) (p + 1) };
    memcpy(p->w.data, weights->data, bytes);
    p->klass = (tw_operator_class) {
        .name = inner->klass->name,
        .flags = inner->klass->flags & TW_OPERATOR_LINEAR,
        .y_shape = y_shape,
        .forward = forward,
        .adjoint = adjoint,
        .prox = prox,
        .bytes = bytes_of,
        .free = destroy,
    };
    p->base.klass = &p->klass;
    return &p->base;
}
