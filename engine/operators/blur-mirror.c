/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur with mirrored borders by any kernel: A = M K P, where P continues the
 * picture by its mirror image over a canvas, K is circular there, and M cuts the
 * frame out. Prox and pseudo-inverse by conjugate gradients.
 */

#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "operators/blur.h"
#include "operators/operator-private.h"
#include "operators/transfer.h"

typedef struct mirror {
    tw_operator base;
    tw_transfer k; /* on the canvas */
    int64_t height, width, top, left;
} mirror;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const mirror *m = (const mirror *) op;

    return tw_shape_if(x, m->height, m->width);
}

/* Where place @i of the continued row lies in a row of @n: ... 1 0 | 0 1 ... */
static int64_t
fold(int64_t i, int64_t n)
{
    const int64_t j = (i % (2 * n) + 2 * n) % (2 * n);

    return j < n ? j : 2 * n - 1 - j;
}

/* P */
static void
extend(const mirror *m, const float *x, float *canvas)
{
#pragma omp parallel for if (m->k.height * m->k.width > TW_SERIAL)
    for (int64_t row = 0; row < m->k.height; row++) {
        const float *in = x + fold(row - m->top, m->height) * m->width;

        for (int64_t i = 0; i < m->k.width; i++)
            canvas[row * m->k.width + i] = in[fold(i - m->left, m->width)];
    }
}

/* P^T; overwrites @canvas. */
static void
fold_back(const mirror *m, float *canvas, float *x)
{
    const int64_t w = m->k.width, h = m->k.height;

#pragma omp parallel for if (h * w > TW_SERIAL)
    for (int64_t row = 0; row < h; row++) {
        float *frame = canvas + row * w + m->left;

        for (int64_t i = -m->left; i < w - m->left; i++)
            if (i < 0 || i >= m->width)
                frame[fold(i, m->width)] += frame[i];
    }
    memset(x, 0, (size_t) (m->height * m->width) * sizeof *x);
    for (int64_t row = 0; row < h; row++) {
        float *out = x + fold(row - m->top, m->height) * m->width;

        for (int64_t i = 0; i < m->width; i++)
            out[i] += canvas[row * w + m->left + i];
    }
}

/* M, or M^T onto a cleared canvas. */
static void
cut(const mirror *m, const float *canvas, float *y)
{
    for (int64_t row = 0; row < m->height; row++)
        memcpy(y + row * m->width,
               canvas + (row + m->top) * m->k.width + m->left,
               (size_t) m->width * sizeof *y);
}

static void
paste(const mirror *m, const float *y, float *canvas)
{
    memset(canvas, 0, (size_t) (m->k.height * m->k.width) * sizeof *canvas);
    for (int64_t row = 0; row < m->height; row++)
        memcpy(canvas + (row + m->top) * m->k.width + m->left,
               y + row * m->width, (size_t) m->width * sizeof *y);
}

typedef struct scratch {
    float *canvas;
    float complex *z;
} scratch;

static tw_status
take(const mirror *m, scratch *s, tw_run *run)
{
    s->canvas = tw_scratch_bytes(run, (size_t) (m->k.height * m->k.width) *
                                          sizeof(float));
    s->z = tw_scratch_bytes(run,
                            (size_t) tw_transfer_floats(&m->k) * sizeof(float));
    return tw_run_check(run);
}

static tw_status
filter(const mirror *m, tw_gain gain, const scratch *s, tw_run *run)
{
    tw_fft_forward(m->k.fft, s->canvas, s->z);
    TW_TRY(tw_run_poll(run));
    tw_transfer_apply(&m->k, gain, 0, s->z);
    tw_fft_inverse(m->k.fft, s->z, s->canvas);
    return tw_run_poll(run);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const mirror *m = (const mirror *) op;
    scratch s;

    TW_TRY(take(m, &s, run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    extend(m, x->data, s.canvas);
    TW_TRY(filter(m, TW_GAIN_FORWARD, &s, run));
    cut(m, s.canvas, y->data);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const mirror *m = (const mirror *) op;
    scratch s;

    (void) at;
    TW_TRY(take(m, &s, run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    paste(m, y->data, s.canvas);
    TW_TRY(filter(m, TW_GAIN_ADJOINT, &s, run));
    fold_back(m, s.canvas, x->data);
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    tw_transfer_clear(&((mirror *) op)->k);
    free(op);
}

static const tw_operator_class klass = {
    .name = "blur",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .free = destroy,
};

tw_operator *
tw_blur_mirror(const tw_psf *psf, int64_t height, int64_t width, bool sketch)
{
    mirror *m = malloc(sizeof *m);
    int64_t h, w;

    if (!m)
        return NULL;
    tw_blur_room(psf, height, width, 1, &h, &w);
    *m = (mirror) { { &klass, 0, 0 }, .height = height, .width = width };
    m->top = (h - height) / 2;
    m->left = (w - width) / 2;
    if (tw_transfer_init(&m->k, psf, h, w, sketch)) {
        tw_transfer_bytes(&m->k, psf, &m->base);
        return &m->base;
    }
    free(m);
    return NULL;
}
