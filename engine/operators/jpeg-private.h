/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of JPEG's operator share. */

#ifndef TW_JPEG_PRIVATE_H
#define TW_JPEG_PRIVATE_H

#include "jpeg/jpeg.h"
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

/* The prox where there is a B: conjugate gradients on all multipliers, at most
 * @iterations, to a residual of @tolerance. */
tw_status tw_jpeg_prox_around(const tw_jpeg_operator *j, const tw_tensor *y,
                              const tw_tensor *z, double rho, int iterations,
                              double tolerance, tw_tensor *x, tw_run *run);

#endif
