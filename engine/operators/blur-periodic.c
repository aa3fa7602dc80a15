/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur with borders that wrap round: diagonal in the Fourier transform F,
 * A = F^-1 H F, so everything has a closed form (methods 7).
 *
 * Spectral form: V^T x is F x as orthonormal real numbers, U^T y the same turned
 * back by the phase of H, S is |H|.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "operators/blur.h"

typedef struct periodic {
    tw_operator base;
    tw_transfer k;
} periodic;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    (void) op;
    return x;
}

static float complex *
spectrum(const periodic *b, tw_run *run)
{
    return tw_scratch_bytes(run, (size_t) tw_fft_size(b->k.fft) *
                                     sizeof(float complex));
}

/* out = F^-1 gain F in */
static tw_status
filter(const periodic *b, tw_gain gain, double rho, const tw_tensor *in,
       tw_tensor *out, tw_run *run)
{
    float complex *z = spectrum(b, run);

    TW_TRY(tw_run_check(run));
    tw_fft_forward(b->k.fft, in->data, z);
    tw_transfer_apply(&b->k, gain, rho, z);
    tw_fft_inverse(b->k.fft, z, out->data);
    return TW_OK;
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    return filter((const periodic *) op, TW_GAIN_FORWARD, 0, x, y, run);
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    (void) at;
    return filter((const periodic *) op, TW_GAIN_ADJOINT, 0, y, x, run);
}

/* x = z + F^-1 (conj(H) F y - |H|^2 F z) / (|H|^2 + rho) */
static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    const int64_t size = 2 * tw_fft_size(b->k.fft);
    float complex *fy = spectrum(b, run), *fz = spectrum(b, run);
    tw_tensor *d = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    tw_fft_forward(b->k.fft, y->data, fy);
    tw_transfer_apply(&b->k, TW_GAIN_FIT, rho, fy);
    tw_fft_forward(b->k.fft, z->data, fz);
    tw_transfer_apply(&b->k, TW_GAIN_SHRINK, rho, fz);
    float *to = (float *) fy;
    const float *from = (const float *) fz;

#pragma omp parallel for simd if (size > TW_SERIAL)
    for (int64_t i = 0; i < size; i++)
        to[i] -= from[i];
    tw_fft_inverse(b->k.fft, fy, d->data);
    tw_lin2(x, 1, z, 1, d);
    return TW_OK;
}

static double
weakest(const periodic *b)
{
    return TW_BLUR_WEAKEST * b->k.largest;
}

static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    const periodic *b = (const periodic *) op;

    return filter(b, TW_GAIN_INVERSE, weakest(b) * weakest(b), y, x, run);
}

/*
 * A half spectrum of height x half complex numbers as height x width real ones.
 * A number whose mirror image is not stored counts twice, hence the factor
 * sqrt(2) in front of its two parts; column 0 and, for even widths, the last one
 * hold their own mirror images, row r and row height - r.
 */
typedef struct packing {
    int64_t height, width, half;
    double scale; /* of the unscaled transform, to make it orthonormal */
} packing;

static packing
packing_of(const tw_transfer *k)
{
    return (packing) { k->height, k->width, k->half,
                       1 / sqrt((double) k->height * (double) k->width) };
}

/* The place of part @part (0 real, 1 imaginary) of number (@row, @column), and
 * its factor; 0 where the part is not a coordinate of its own. */
static double
place(const packing *p, int64_t row, int64_t column, int part, int64_t *at)
{
    const bool edge = column == 0 || 2 * column == p->width;

    if (!edge) {
        *at = row * p->width + 2 * column - 1 + part;
        return M_SQRT2;
    }
    const int64_t c = column ? p->width - 1 : 0;
    const int64_t mirror = (p->height - row) % p->height;

    *at = (part ? mirror : row) * p->width + c;
    if (mirror == row)
        return part ? 0 : 1;
    return row < mirror ? M_SQRT2 : 0;
}

static void
pack(const packing *p, const float complex *z, float *v)
{
#pragma omp parallel for if (p->height * p->width > TW_SERIAL)
    for (int64_t r = 0; r < p->height; r++)
        for (int64_t c = 0; c < p->half; c++)
            for (int part = 0; part < 2; part++) {
                const float complex value = z[r * p->half + c];
                int64_t at;
                const double f = place(p, r, c, part, &at);

                if (f > 0)
                    v[at] = (float) (f * p->scale *
                                     (double) (part ? cimagf(value)
                                                    : crealf(value)));
            }
}

/* Unscaled, as tw_fft_inverse() takes it. */
static void
unpack(const packing *p, const float *v, float complex *z)
{
#pragma omp parallel for if (p->height * p->width > TW_SERIAL)
    for (int64_t r = 0; r < p->height; r++)
        for (int64_t c = 0; c < p->half; c++) {
            const int64_t mirror = (p->height - r) % p->height;
            const bool own = c > 0 && 2 * c != p->width;
            const int64_t row = own || r < mirror ? r : mirror;
            double part[2];

            for (int i = 0; i < 2; i++) {
                int64_t at;
                const double f = place(p, row, c, i, &at);

                part[i] = f > 0 ? (double) v[at] / (f * p->scale) : 0;
            }
            z[r * p->half + c] =
                (float) part[0] + (row == r ? 1 : -1) * (float) part[1] * I;
        }
}

static tw_status
values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    const packing p = packing_of(&b->k);

    (void) run;
#pragma omp parallel for if (s->size > TW_SERIAL)
    for (int64_t r = 0; r < p.height; r++)
        for (int64_t c = 0; c < p.half; c++) {
            const int64_t i = r * p.half + c;
            const float im = b->k.im ? b->k.im[i] : 0;
            const double size = hypot((double) b->k.re[i], (double) im);

            for (int part = 0; part < 2; part++) {
                int64_t at;

                if (place(&p, r, c, part, &at) > 0)
                    s->data[at] = size < weakest(b) ? 0 : (float) size;
            }
        }
    return TW_OK;
}

static tw_status
to_v(const tw_operator *op, const tw_tensor *x, tw_tensor *v, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    const packing p = packing_of(&b->k);
    float complex *z = spectrum(b, run);

    TW_TRY(tw_run_check(run));
    tw_fft_forward(b->k.fft, x->data, z);
    pack(&p, z, v->data);
    return TW_OK;
}

static tw_status
from_v(const tw_operator *op, const tw_tensor *v, tw_tensor *x, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    const packing p = packing_of(&b->k);
    float complex *z = spectrum(b, run);

    TW_TRY(tw_run_check(run));
    unpack(&p, v->data, z);
    tw_fft_inverse(b->k.fft, z, x->data);
    return TW_OK;
}

/* Zero where S is. */
static void
drop_weak(const periodic *b, float complex *z)
{
    const int64_t size = tw_fft_size(b->k.fft);

#pragma omp parallel for if (size > TW_SERIAL)
    for (int64_t i = 0; i < size; i++) {
        const float im = b->k.im ? b->k.im[i] : 0;

        if (hypot((double) b->k.re[i], (double) im) < weakest(b))
            z[i] = 0;
    }
}

static tw_status
to_u(const tw_operator *op, const tw_tensor *y, tw_tensor *u, tw_run *run)
{
    const periodic *b = (const periodic *) op;
    const packing p = packing_of(&b->k);
    float complex *z = spectrum(b, run);

    TW_TRY(tw_run_check(run));
    tw_fft_forward(b->k.fft, y->data, z);
    tw_transfer_apply(&b->k, TW_GAIN_UNTURN, 0, z);
    drop_weak(b, z);
    pack(&p, z, u->data);
    return TW_OK;
}

static size_t
bytes_of(const tw_operator *op, tw_shape x)
{
    const periodic *b = (const periodic *) op;

    return 2 * tw_scratch_size(tw_transfer_floats(&b->k)) +
           tw_scratch_size(tw_shape_size(x));
}

static void
destroy(tw_operator *op)
{
    periodic *b = (periodic *) op;

    tw_transfer_clear(&b->k);
    free(b);
}

static const tw_operator_class klass = {
    .name = "blur",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_SPECTRAL | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .pinv = pinv,
    .values = values,
    .to_v = to_v,
    .from_v = from_v,
    .to_u = to_u,
    .bytes = bytes_of,
    .free = destroy,
};

tw_operator *
tw_blur_periodic(const tw_psf *psf, int64_t height, int64_t width)
{
    periodic *b = calloc(1, sizeof *b);

    if (!b)
        return NULL;
    b->base.klass = &klass;
    if (!tw_transfer_init(&b->k, psf, height, width)) {
        free(b);
        return NULL;
    }
    return &b->base;
}
