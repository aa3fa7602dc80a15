/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur of a picture that wraps round: diagonal in Fourier space, A = F^-1 H F.
 *
 * Real spectral form: V^T x holds real and imaginary parts of the unitary
 * transform (times sqrt 2 where one half of the transform stands for both), S is
 * |H|, and U takes the phase of H.
 */

#include <math.h>
#include <stdlib.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "operators/blur.h"
#include "operators/operator-private.h"
#include "operators/transfer.h"

typedef struct periodic {
    tw_operator base;
    tw_transfer k;
} periodic;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const tw_transfer *k = &((const periodic *) op)->k;

    return tw_shape_if(x, k->height, k->width);
}

static float complex *
transformed(const periodic *b, tw_run *run)
{
    return tw_scratch_bytes(run,
                            (size_t) tw_transfer_floats(&b->k) * sizeof(float));
}

/* out = F^-1 gain F in */
static tw_status
filter(const tw_operator *op, tw_gain gain, double rho, const tw_tensor *in,
       tw_tensor *out, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    float complex *z = transformed(b, run);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_fft_forward(b->k.fft, in->data, z);
    TW_TRY(tw_run_poll(run));
    tw_transfer_apply(&b->k, gain, rho, z);
    tw_fft_inverse(b->k.fft, z, out->data);
    return tw_run_poll(run);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    return filter(op, TW_GAIN_FORWARD, 0, x, y, run);
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    (void) at;
    return filter(op, TW_GAIN_ADJOINT, 0, y, x, run);
}

/* x = z + (K^T K + rho)^-1 K^T (y - K z) */
static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    tw_tensor *t = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(op, z, t, run));
    tw_lin2(t, 1, y, -1, t);
    TW_TRY(filter(op, TW_GAIN_FIT, rho, t, t, run));
    tw_lin2(x, 1, z, 1, t);
    return TW_OK;
}

static tw_status
precondition(const tw_operator *op, const tw_tensor *r, double rho,
             tw_tensor *x, tw_run *run)
{
    return filter(op, TW_GAIN_SOLVE, rho, r, x, run);
}

static double
threshold(const periodic *b)
{
    const double least = TW_BLUR_THRESHOLD * b->k.largest;

    return least * least;
}

static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    return filter(op, TW_GAIN_INVERSE, threshold((const periodic *) op), y, x,
                  run);
}

/*
 * Where the parts of a transformed plane lie among real values of h x w. Column
 * k of the half transform, 0 < k < w / 2, goes to columns 2 k - 1 (real) and 2 k
 * (imaginary). Columns 0 and, for even w, w / 2 are their own mirror images, e[h
 * - i] = conj(e[i]): real parts go to row i and imaginary ones to row h - i of
 * columns 0 and w - 1.
 */
typedef struct slot {
    int64_t re, im; /* index; im -1: the value is real, and has no factor */
} slot;

static slot
slot_of(int64_t i, int64_t k, int64_t h, int64_t w)
{
    if (k > 0 && 2 * k < w)
        return (slot) { i * w + 2 * k - 1, i * w + 2 * k };
    const int64_t column = k == 0 ? 0 : w - 1;

    if (i == 0 || 2 * i == h)
        return (slot) { i * w + column, -1 };
    return (slot) { i * w + column, (h - i) * w + column };
}

/* Is (i, k) the half of a mirrored pair that is left out? */
static bool
left_out(int64_t i, int64_t k, int64_t h, int64_t w)
{
    return (k == 0 || 2 * k == w) && 2 * i > h;
}

static void
pack(const tw_transfer *t, const float complex *z, float *v)
{
    const int64_t h = t->height, w = t->width, half = t->half;
    const float one = (float) (1 / sqrt((double) h * (double) w));
    const float both = (float) M_SQRT2 * one;

#pragma omp parallel for if (h * w > TW_SERIAL)
    for (int64_t i = 0; i < h; i++)
        for (int64_t k = 0; k < half; k++) {
            const slot s = slot_of(i, k, h, w);

            if (left_out(i, k, h, w))
                continue;
            v[s.re] = (s.im < 0 ? one : both) * crealf(z[i * half + k]);
            if (s.im >= 0)
                v[s.im] = both * cimagf(z[i * half + k]);
        }
}

static void
unpack(const tw_transfer *t, const float *v, float complex *z)
{
    const int64_t h = t->height, w = t->width, half = t->half;
    const float one = (float) sqrt((double) h * (double) w);
    const float both = (float) M_SQRT1_2 * one;

#pragma omp parallel for if (h * w > TW_SERIAL)
    for (int64_t i = 0; i < h; i++)
        for (int64_t k = 0; k < half; k++) {
            const bool mirrored = left_out(i, k, h, w);
            const slot s = slot_of(mirrored ? h - i : i, k, h, w);
            const float re = (s.im < 0 ? one : both) * v[s.re];
            const float im = s.im < 0 ? 0 : both * v[s.im];

            z[i * half + k] = CMPLXF(re, mirrored ? -im : im);
        }
}

static tw_status
values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    const tw_transfer *t = &((const periodic *) op)->k;
    const int64_t h = t->height, w = t->width, half = t->half;

    if (tw_run_is_sizing(run))
        return TW_OK;
#pragma omp parallel for if (h * w > TW_SERIAL)
    for (int64_t i = 0; i < h; i++)
        for (int64_t k = 0; k < half; k++) {
            const slot at = slot_of(i, k, h, w);
            const int64_t j = i * half + k;

            if (left_out(i, k, h, w))
                continue;
            s->data[at.re] = hypotf(t->re[j], t->im ? t->im[j] : 0);
            if (at.im >= 0)
                s->data[at.im] = s->data[at.re];
        }
    return TW_OK;
}

static tw_status
to_v(const tw_operator *op, const tw_tensor *x, tw_tensor *v, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    float complex *z = transformed(b, run);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_fft_forward(b->k.fft, x->data, z);
    pack(&b->k, z, v->data);
    return TW_OK;
}

static tw_status
from_v(const tw_operator *op, const tw_tensor *v, tw_tensor *x, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    float complex *z = transformed(b, run);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    unpack(&b->k, v->data, z);
    tw_fft_inverse(b->k.fft, z, x->data);
    return TW_OK;
}

static tw_status
to_u(const tw_operator *op, const tw_tensor *y, tw_tensor *u, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    float complex *z = transformed(b, run);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_fft_forward(b->k.fft, y->data, z);
    tw_transfer_apply(&b->k, TW_GAIN_UNTURN, 0, z);
    pack(&b->k, z, u->data);
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    tw_transfer_clear(&((periodic *) op)->k);
    free(op);
}

static const tw_operator_class klass = {
    .name = "blur",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_SPECTRAL | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .precondition = precondition,
    .pinv = pinv,
    .values = values,
    .to_v = to_v,
    .from_v = from_v,
    .to_u = to_u,
    .free = destroy,
};

tw_operator *
tw_blur_periodic(const tw_psf *psf, int64_t height, int64_t width, bool sketch)
{
    periodic *b = malloc(sizeof *b);

    if (!b)
        return NULL;
    b->base = (tw_operator) { .klass = &klass };
    if (tw_transfer_init(&b->k, psf, height, width, sketch)) {
        tw_transfer_bytes(&b->k, psf, &b->base);
        return &b->base;
    }
    free(b);
    return NULL;
}
