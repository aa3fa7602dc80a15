/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of JPEG's operator share. */

#ifndef TW_JPEG_PRIVATE_H
#define TW_JPEG_PRIVATE_H

#include "jpeg/unit.h"
#include "operators/operator-private.h"

/* 1 over the standard deviations of a plane's coefficients, by the cell. */
typedef struct tw_jpeg_weights {
    float zero[TW_JPEG_BLOCK], other[TW_JPEG_BLOCK];
} tw_jpeg_weights;

typedef struct tw_jpeg_operator {
    tw_operator base;
    tw_operator_class klass;
    tw_jpeg *jpeg;
    tw_operator *owned; /* B, or NULL */
    tw_operator *inner; /* the same, or NULL if it changes nothing */
    tw_jpeg_weights w[TW_JPEG_PLANES];
    double gain[TW_JPEG_PLANES]; /* diagonal of A A^T */
} tw_jpeg_operator;

/* Of conjugate gradients on the multipliers: at most so many iterations, to a residual
 * of this share of the first. */
enum { TW_JPEG_ITERATIONS = 100 };
static const double tw_jpeg_tolerance = 1e-3;

/* The weights of the unit's coefficients, in their order; @d: diagonal of W A A^T
 * W + rho, or NULL. */
void tw_jpeg_unit_weights(const tw_jpeg_operator *j, const tw_unit *u,
                          double rho, float *w, float *d);

/* The prox without a B, unit by unit; @z NULL: 0. */
void tw_jpeg_prox_alone(const tw_jpeg_operator *j, const float *y,
                        const float *z, double rho, float *x);

/* The prox where there is a B, on all multipliers at once. */
tw_status tw_jpeg_prox_around(const tw_jpeg_operator *j, const tw_tensor *y,
                              const tw_tensor *z, double rho, tw_tensor *x,
                              tw_run *run);

#endif
