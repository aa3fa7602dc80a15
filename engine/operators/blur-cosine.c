/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur with mirrored borders by a kernel k that is even in x and in y: diagonal
 * in the orthonormal cosine transform (DCT-II), with the eigenvalues
 *     sum over a, b of k[a, b] cos(pi a i / H) cos(pi b j / W).
 * Ng, Chan and Tang 1999, "A fast algorithm for deblurring models with Neumann
 * boundary conditions", SIAM J. Sci. Comput. 21.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fft.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "operators/blur.h"
#include "operators/operator-private.h"

typedef struct cosine {
    tw_operator base;
    tw_fft *fft;
    float largest;
    int64_t height, width;
    int64_t size;  /* 0: a sketch */
    float value[]; /* the eigenvalues, with sign */
} cosine;

typedef float (*gain_func)(float value, float parameter);

static float
gain_forward(float value, float unused)
{
    (void) unused;
    return value;
}

static float
gain_inverse(float value, float least)
{
    return fabsf(value) >= least && value != 0 ? 1 / value : 0;
}

static float
gain_solve(float value, float rho)
{
    return rho / (value * value + rho);
}

static float
gain_sign(float value, float unused)
{
    (void) unused;
    return value > 0 ? 1 : value < 0 ? -1 : 0;
}

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const cosine *b = (const cosine *) op;

    return tw_shape_if(x, b->height, b->width);
}

static void
multiply(const cosine *b, gain_func gain, float parameter, float *v)
{
#pragma omp parallel for if (b->size > TW_SERIAL)
    for (int64_t i = 0; i < b->size; i++)
        v[i] *= gain(b->value[i], parameter);
}

/* out = C^-1 gain C in, C the cosine transform */
static tw_status
filter(const cosine *b, gain_func gain, float parameter, const tw_tensor *in,
       tw_tensor *out, tw_run *run)
{
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_copy(out, in);
    tw_dct_forward(b->fft, out->data);
    TW_TRY(tw_run_poll(run));
    multiply(b, gain, parameter, out->data);
    tw_dct_inverse(b->fft, out->data);
    return tw_run_poll(run);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    return filter((const cosine *) op, gain_forward, 0, x, y, run);
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    (void) at;
    return forward(op, y, x, run);
}

/* x = C^-1 ((s C y + rho C z) / (s^2 + rho)) */
static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const cosine *b = (const cosine *) op;
    tw_tensor *t = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_copy(t, y);
    tw_dct_forward(b->fft, t->data);
    TW_TRY(tw_run_poll(run));
    tw_copy(x, z);
    tw_dct_forward(b->fft, x->data);
    TW_TRY(tw_run_poll(run));
#pragma omp parallel for if (b->size > TW_SERIAL)
    for (int64_t i = 0; i < b->size; i++) {
        const float s = b->value[i], m = s * s + (float) rho;

        if (m > 0)
            x->data[i] += s * (t->data[i] - s * x->data[i]) / m;
    }
    tw_dct_inverse(b->fft, x->data);
    return TW_OK;
}

static tw_status
precondition(const tw_operator *op, const tw_tensor *r, double rho,
             tw_tensor *x, tw_run *run)
{
    return filter((const cosine *) op, gain_solve, (float) rho, r, x, run);
}

static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    const cosine *b = (const cosine *) op;

    return filter(b, gain_inverse, (float) TW_BLUR_THRESHOLD * b->largest, y, x,
                  run);
}

static tw_status
values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    const cosine *b = (const cosine *) op;

    (void) run;
    for (int64_t i = 0; i < s->size; i++)
        s->data[i] = fabsf(b->value[i]);
    return TW_OK;
}

static tw_status
to_v(const tw_operator *op, const tw_tensor *x, tw_tensor *v, tw_run *run)
{
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_copy(v, x);
    tw_dct_forward(((const cosine *) op)->fft, v->data);
    return TW_OK;
}

static tw_status
from_v(const tw_operator *op, const tw_tensor *v, tw_tensor *x, tw_run *run)
{
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_copy(x, v);
    tw_dct_inverse(((const cosine *) op)->fft, x->data);
    return TW_OK;
}

/* U = V sign(s) */
static tw_status
to_u(const tw_operator *op, const tw_tensor *y, tw_tensor *u, tw_run *run)
{
    TW_TRY(to_v(op, y, u, run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    multiply((const cosine *) op, gain_sign, 0, u->data);
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    tw_fft_free(((cosine *) op)->fft);
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

/* cos(pi a i / n), the angle reduced in whole numbers; twice that for a > 0,
 * which stands for -a too. */
static double
wave(int64_t a, int64_t i, int64_t n)
{
    return (a > 0 ? 2 : 1) *
           cos(M_PI * (double) (a * i % (2 * n)) / (double) n);
}

/* rows[a * width + j] = sum over b of k[a, b] cos(pi b j / width), a >= 0 */
static void
transform_rows(const tw_psf *psf, int64_t width, float *rows)
{
    const int ry = psf->height / 2, rx = psf->width / 2;

#pragma omp parallel for if (width * psf->width > TW_SERIAL)
    for (int64_t j = 0; j < width; j++)
        for (int a = 0; a <= ry; a++) {
            const float *k = psf->data + (ry + a) * psf->width + rx;
            double sum = 0;

            for (int b = 0; b <= rx; b++)
                if (k[b] != 0)
                    sum += (double) k[b] * wave(b, j, width);
            rows[a * width + j] = (float) sum;
        }
}

static void
fill_values(cosine *b, const tw_psf *psf, int64_t height, int64_t width,
            const float *rows)
{
#pragma omp parallel for if (b->size > TW_SERIAL)
    for (int64_t i = 0; i < height; i++)
        for (int a = 0; a <= psf->height / 2; a++) {
            const float s = (float) wave(a, i, height);

            for (int64_t j = 0; j < width; j++)
                b->value[i * width + j] += s * rows[a * width + j];
        }
    float largest = 0;

#pragma omp parallel for reduction(max : largest) if (b->size > TW_SERIAL)
    for (int64_t i = 0; i < b->size; i++)
        largest = fmaxf(largest, fabsf(b->value[i]));
    b->largest = largest;
}

tw_operator *
tw_blur_cosine(const tw_psf *psf, int64_t height, int64_t width, bool sketch)
{
    const int64_t size = sketch ? 0 : height * width;
    const int64_t lines = psf->height / 2 + 1;
    cosine *b = calloc(1, sizeof *b + (size_t) size * sizeof *b->value);

    if (!b)
        return NULL;
    b->base.klass = &klass;
    b->base.held = (size_t) (height * width) * sizeof *b->value;
    b->base.making = (size_t) (lines * width) * sizeof(float);
    b->height = height;
    b->width = width;
    if (sketch)
        return &b->base;
    float *rows = malloc((size_t) (lines * width) * sizeof *rows);

    b->fft = tw_fft_new(height, width);
    b->size = size;
    if (rows && b->fft) {
        transform_rows(psf, width, rows);
        fill_values(b, psf, height, width, rows);
        free(rows);
        return &b->base;
    }
    free(rows);
    destroy(&b->base);
    return NULL;
}
