/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dense float32 arrays and the vector arithmetic that solvers are written in.
 *
 * A tensor is contiguous, row-major, 64-byte aligned, at most four dimensions;
 * images and states are (N, C, H, W), text is (N, features). There are no
 * strides, views or other element types: a function that gets a tensor may
 * treat it as `float data[size]`. (Networks keep their own activations as
 * (N, H, W, C), see ops/eval.h.)
 *
 * The arithmetic here cannot fail. Operands must have the same size (checked
 * by assert) and an output may be one of its inputs. Scalars are double and so
 * are sums; sums are taken over fixed blocks, so that no result depends on the
 * number of threads.
 */

#ifndef TW_TENSOR_H
#define TW_TENSOR_H

#include <stdbool.h>
#include <stdint.h>

typedef struct tw_shape {
    int rank;       /* 0…4 */
    int64_t dim[4]; /* unused ones are 1 */
} tw_shape;

typedef struct tw_tensor {
    tw_shape shape;
    int64_t size; /* product of the dimensions */
    float *data;
} tw_tensor;

/* (n, c, h, w); the product of the dimensions; are they the same? */
tw_shape tw_shape4(int64_t n, int64_t c, int64_t h, int64_t w);
int64_t tw_shape_size(tw_shape shape);
bool tw_shape_equal(tw_shape a, tw_shape b);

void tw_copy(tw_tensor *out, const tw_tensor *x);
void tw_fill(tw_tensor *out, double value);
void tw_clamp(tw_tensor *x, double low, double high);

/* The largest absolute value in the planes (H, W) of @x, at least 1; only where
 * @known (H, W) is not 0. */
double tw_reach(const tw_tensor *x, const unsigned char *known);

/* out = a x + b y          out = a x + b y + c z */
void tw_lin2(tw_tensor *out, double a, const tw_tensor *x, double b,
             const tw_tensor *y);
void tw_lin3(tw_tensor *out, double a, const tw_tensor *x, double b,
             const tw_tensor *y, double c, const tw_tensor *z);

double tw_dot(const tw_tensor *x, const tw_tensor *y);
double tw_norm(const tw_tensor *x);     /* Euclidean */
bool tw_all_finite(const tw_tensor *x); /* neither NaN nor infinity */

#endif
