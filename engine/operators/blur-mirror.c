/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur with mirrored borders by any kernel: y = M K P x, P the mirrored
 * continuation of x onto a canvas, K the circular convolution there, M the frame
 * cut out of it. Its prox and pseudo-inverse are the default ones.
 */

#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "operators/blur.h"

typedef struct mirror {
    tw_operator base;
    tw_transfer k;
    int64_t height, width, top, left;
} mirror;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    (void) op;
    return x;
}

/* Mirrored between pixels (the outermost is repeated), as often as needed. */
static int64_t
fold(int64_t i, int64_t n)
{
    const int64_t j = ((i % (2 * n)) + 2 * n) % (2 * n);

    return j < n ? j : 2 * n - 1 - j;
}

/* canvas = P x */
static void
spread(const mirror *b, const float *x, float *canvas)
{
    const int64_t H = b->k.height, W = b->k.width;

#pragma omp parallel for if (H * W > TW_SERIAL)
    for (int64_t r = 0; r < H; r++) {
        const float *from = x + fold(r - b->top, b->height) * b->width;

        for (int64_t c = 0; c < W; c++)
            canvas[r * W + c] = from[fold(c - b->left, b->width)];
    }
}

/* x = P^T canvas */
static void
gather(const mirror *b, const float *canvas, float *x)
{
    const int64_t H = b->k.height, W = b->k.width;

    memset(x, 0, (size_t) (b->height * b->width) * sizeof *x);
    for (int64_t r = 0; r < H; r++) {
        float *to = x + fold(r - b->top, b->height) * b->width;

        for (int64_t c = 0; c < W; c++)
            to[fold(c - b->left, b->width)] += canvas[r * W + c];
    }
}

/* @canvas is filtered in place. */
static void
filter(const mirror *b, tw_gain gain, float *canvas, float complex *z)
{
    tw_fft_forward(b->k.fft, canvas, z);
    tw_transfer_apply(&b->k, gain, 0, z);
    tw_fft_inverse(b->k.fft, z, canvas);
}

static void
take(const mirror *b, float **canvas, float complex **z, tw_run *run)
{
    const int64_t size = b->k.height * b->k.width;

    *canvas = tw_scratch_bytes(run, (size_t) size * sizeof **canvas);
    *z = tw_scratch_bytes(run, (size_t) tw_fft_size(b->k.fft) * sizeof **z);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const mirror *b = (const mirror *) op;
    float *canvas;
    float complex *z;

    take(b, &canvas, &z, run);
    TW_TRY(tw_run_check(run));
    spread(b, x->data, canvas);
    filter(b, TW_GAIN_FORWARD, canvas, z);
    for (int64_t r = 0; r < b->height; r++)
        memcpy(y->data + r * b->width,
               canvas + (b->top + r) * b->k.width + b->left,
               (size_t) b->width * sizeof *canvas);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const mirror *b = (const mirror *) op;
    float *canvas;
    float complex *z;

    (void) at;
    take(b, &canvas, &z, run);
    TW_TRY(tw_run_check(run));
    memset(canvas, 0, (size_t) (b->k.height * b->k.width) * sizeof *canvas);
    for (int64_t r = 0; r < b->height; r++)
        memcpy(canvas + (b->top + r) * b->k.width + b->left,
               y->data + r * b->width, (size_t) b->width * sizeof *canvas);
    filter(b, TW_GAIN_ADJOINT, canvas, z);
    gather(b, canvas, x->data);
    return TW_OK;
}

static size_t
bytes_of(const tw_operator *op, tw_shape x)
{
    const mirror *b = (const mirror *) op;

    (void) x;
    return tw_scratch_size(b->k.height * b->k.width) +
           tw_scratch_size(tw_transfer_floats(&b->k));
}

static void
destroy(tw_operator *op)
{
    mirror *b = (mirror *) op;

    tw_transfer_clear(&b->k);
    free(b);
}

static const tw_operator_class klass = {
    .name = "blur",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .bytes = bytes_of,
    .free = destroy,
};

tw_operator *
tw_blur_mirror(const tw_psf *psf, int64_t height, int64_t width)
{
    mirror *b = calloc(1, sizeof *b);
    tw_shape canvas;

    if (!b)
        return NULL;
    b->base.klass = &klass;
    b->height = height;
    b->width = width;
    tw_blur_canvas(psf, height, width, &canvas, &b->top, &b->left);
    if (!tw_transfer_init(&b->k, psf, canvas.dim[2], canvas.dim[3])) {
        free(b);
        return NULL;
    }
    return &b->base;
}
