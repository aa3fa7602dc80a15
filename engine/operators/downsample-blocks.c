/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each pixel of y is the mean of a block of n pixels: A A^T = 1 / n.
 *
 * Spectral form, block by block: S is 1 / sqrt(n) for the first coordinate and 0
 * for the others, U = 1, and V^T is the reflection that takes the constant unit
 * vector q to the first axis a, 1 - 2 w w^T / |w|^2 with w = a - q (Householder
 * 1958): n operations, and its own inverse.
 */

#include <math.h>
#include <stdlib.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "operators/downsample.h"
#include "operators/operator-private.h"

typedef struct blocks {
    tw_operator base;
    int64_t height, width; /* of a block */
} blocks;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const blocks *b = (const blocks *) op;

    const bool whole = x.dim[2] % b->height == 0 && x.dim[3] % b->width == 0;

    return whole ? tw_shape4(x.dim[0], x.dim[1], x.dim[2] / b->height,
                             x.dim[3] / b->width)
                 : (tw_shape) { 0 };
}

static double
size_of(const blocks *b)
{
    return (double) (b->height * b->width);
}

/* The sum of the block whose first pixel is @x; @w: of a row of the plane. */
static double
block_sum(const blocks *b, const float *x, int64_t w)
{
    double sum = 0;

    for (int64_t r = 0; r < b->height; r++)
        for (int64_t c = 0; c < b->width; c++)
            sum += (double) x[r * w + c];
    return sum;
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const blocks *b = (const blocks *) op;
    const int64_t h = y->shape.dim[2], w = y->shape.dim[3];
    const int64_t stride = x->shape.dim[3];

    if (tw_run_is_sizing(run))
        return TW_OK;
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t r = 0; r < h; r++)
        for (int64_t c = 0; c < w; c++)
            y->data[r * w + c] =
                (float) (block_sum(
                             b, x->data + r * b->height * stride + c * b->width,
                             stride) /
                         size_of(b));
    return TW_OK;
}

/* x = z + factor, y of the block; @z may be NULL or x. */
static void
spread(const blocks *b, double factor, const tw_tensor *y, const tw_tensor *z,
       tw_tensor *x)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];
    const float f = (float) factor;

    if (!x->data) /* core/sizing.h */
        return;
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t r = 0; r < h; r++) {
        const float *from = y->data + r / b->height * y->shape.dim[3];

        for (int64_t c = 0; c < w; c++) {
            const float old = z ? z->data[r * w + c] : 0;

            x->data[r * w + c] = old + f * from[c / b->width];
        }
    }
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const blocks *b = (const blocks *) op;

    (void) at, (void) run;
    spread(b, 1 / size_of(b), y, NULL, x);
    return TW_OK;
}

/* x = z + A^T (y - A z) / (1 / n + rho) */
static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const blocks *b = (const blocks *) op;
    tw_tensor *e = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    TW_TRY(forward(op, z, e, run));
    tw_lin2(e, 1, y, -1, e);
    spread(b, 1 / (1 + rho * size_of(b)), e, z, x);
    return TW_OK;
}

static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    (void) run;
    spread((const blocks *) op, 1, y, NULL, x);
    return TW_OK;
}

/* x = 0 but for the first pixel of every block: factor * y, or factor. */
static void
put_first(const blocks *b, double factor, const tw_tensor *y, tw_tensor *x)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];
    const int64_t in_row = w / b->width;

    if (!x->data)
        return;
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t r = 0; r < h; r++)
        for (int64_t c = 0; c < w; c++) {
            const bool first = r % b->height == 0 && c % b->width == 0;
            const double value =
                y && first
                    ? (double) y->data[r / b->height * in_row + c / b->width]
                    : 1;

            x->data[r * w + c] = first ? (float) (factor * value) : 0;
        }
}

static tw_status
values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    const blocks *b = (const blocks *) op;

    (void) run;
    put_first(b, 1 / sqrt(size_of(b)), NULL, s);
    return TW_OK;
}

static tw_status
to_u(const tw_operator *op, const tw_tensor *y, tw_tensor *u, tw_run *run)
{
    (void) run;
    put_first((const blocks *) op, 1, y, u);
    return TW_OK;
}

/* The reflection: with s = q x, the first value becomes s, and (x_0 - s) /
 * (sqrt(n) - 1) is added to all others. */
static void
reflect_block(const blocks *b, float *x, int64_t w)
{
    const double root = sqrt(size_of(b));
    const double s = block_sum(b, x, w) / root;
    const float change =
        root > 1 ? (float) (((double) x[0] - s) / (root - 1)) : 0;

    for (int64_t r = 0; r < b->height; r++)
        for (int64_t c = 0; c < b->width; c++)
            x[r * w + c] += change;
    x[0] = (float) s;
}

static tw_status
reflect(const tw_operator *op, const tw_tensor *x, tw_tensor *v, tw_run *run)
{
    const blocks *b = (const blocks *) op;
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];

    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_copy(v, x);
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t r = 0; r < h; r += b->height)
        for (int64_t c = 0; c < w; c += b->width)
            reflect_block(b, v->data + r * w + c, w);
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    free(op);
}

static const tw_operator_class klass = {
    .name = "downsample",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_SPECTRAL | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .pinv = pinv,
    .values = values,
    .to_v = reflect,
    .from_v = reflect,
    .to_u = to_u,
    .free = destroy,
};

tw_operator *
tw_downsample_blocks(int64_t height, int64_t width)
{
    blocks *b = malloc(sizeof *b);

    if (b)
        *b = (blocks) { { &klass, 0, 0 }, height, width };
    return b ? &b->base : NULL;
}
