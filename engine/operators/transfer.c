/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operators/transfer.h"

#include <math.h>
#include <stdlib.h>

#include "core/parallel.h"

/* The same seen through its centre: then H is real. */
static bool
is_even(const tw_psf *psf)
{
    const int size = psf->width * psf->height;

    for (int i = 0; i < size / 2; i++)
        if (fabsf(psf->data[i] - psf->data[size - 1 - i]) > 1e-7f)
            return false;
    return true;
}

static int64_t
wrap(int64_t i, int64_t n)
{
    return (i % n + n) % n;
}

static void
place(const tw_psf *psf, int64_t height, int64_t width, float *plane)
{
    for (int y = 0; y < psf->height; y++)
        for (int x = 0; x < psf->width; x++)
            plane[wrap(y - psf->height / 2, height) * width +
                  wrap(x - psf->width / 2, width)] +=
                psf->data[y * psf->width + x];
}

static void
keep(tw_transfer *t, const float complex *z)
{
    const int64_t size = tw_fft_size(t->fft);
    float power = 0;

#pragma omp parallel for reduction(max : power) if (size > TW_SERIAL)
    for (int64_t i = 0; i < size; i++) {
        const float re = crealf(z[i]), im = cimagf(z[i]);

        t->re[i] = re;
        if (t->im)
            t->im[i] = im;
        power = fmaxf(power, re * re + im * im);
    }
    t->largest = sqrt((double) power);
}

bool
tw_transfer_init(tw_transfer *t, const tw_psf *psf, int64_t height,
                 int64_t width, bool sketch)
{
    *t = (tw_transfer) { .height = height, .width = width };
    t->half = width / 2 + 1;
    if (sketch)
        return true;
    t->fft = tw_fft_new(height, width);
    const size_t size = (size_t) (height * t->half);
    const bool even = is_even(psf);
    float *plane = calloc((size_t) (height * width), sizeof *plane);
    float complex *z = malloc(size * sizeof *z);

    t->re = malloc(size * sizeof *t->re);
    t->im = even ? NULL : malloc(size * sizeof *t->im);
    const bool fine = t->fft && plane && z && t->re && (even || t->im);

    if (fine) {
        place(psf, height, width, plane);
        tw_fft_forward(t->fft, plane, z);
        keep(t, z);
    } else {
        tw_transfer_clear(t);
    }
    free(plane);
    free(z);
    return fine;
}

void
tw_transfer_clear(tw_transfer *t)
{
    tw_fft_free(t->fft);
    free(t->re);
    free(t->im);
    *t = (tw_transfer) { 0 };
}

/* H; and a plane and its transform while H is made. */
void
tw_transfer_bytes(const tw_transfer *t, const tw_psf *psf, tw_operator *op)
{
    const size_t size = (size_t) (t->height * t->half);

    op->held = size * sizeof *t->re * (is_even(psf) ? 1 : 2);
    op->making = (size_t) (t->height * t->width) * sizeof(float) +
                 size * sizeof(float complex);
}

int64_t
tw_transfer_floats(const tw_transfer *t)
{
    return 2 * t->height * t->half;
}

/* The gain at a frequency where H = re + i im, as a complex number. */
static inline void
gain_at(tw_gain gain, float re, float im, float rho, float *a, float *b)
{
    const float power = re * re + im * im;
    float s = 1;

    switch (gain) {
    case TW_GAIN_FORWARD:
        *a = re;
        *b = im;
        return;
    case TW_GAIN_SHRINK:
        *a = power > 0 ? power / (power + rho) : 0;
        *b = 0;
        return;
    case TW_GAIN_SOLVE:
        *a = rho / (power + rho);
        *b = 0;
        return;
    case TW_GAIN_ADJOINT:
        break;
    case TW_GAIN_FIT:
        s = power + rho > 0 ? 1 / (power + rho) : 0;
        break;
    case TW_GAIN_INVERSE:
        s = power > 0 && power >= rho ? 1 / power : 0;
        break;
    case TW_GAIN_UNTURN:
        s = power > 0 ? 1 / sqrtf(power) : 0;
        break;
    }
    *a = s * re;
    *b = -s * im;
}

/* Inlined into each call below, so that @gain is a constant in the loop. */
static inline __attribute__((always_inline)) void
multiply_row(tw_gain gain, const float *re, const float *im, float rho,
             int64_t half, float *p)
{
    for (int64_t i = 0; i < half; i++) {
        const float x = p[2 * i], y = p[2 * i + 1];
        float a, b;

        gain_at(gain, re[i], im ? im[i] : 0, rho, &a, &b);
        p[2 * i] = a * x - b * y;
        p[2 * i + 1] = a * y + b * x;
    }
}

TW_CLONES void
tw_transfer_apply(const tw_transfer *t, tw_gain gain, double rho,
                  float complex *z)
{
    const int64_t h = t->height, half = t->half;
    const float r = (float) rho;

#pragma omp parallel for if (h * half > TW_SERIAL)
    for (int64_t row = 0; row < h; row++) {
        const float *re = t->re + row * half;
        const float *im = t->im ? t->im + row * half : NULL;
        float *p = (float *) (z + row * half);

        switch (gain) {
        case TW_GAIN_FORWARD:
            multiply_row(TW_GAIN_FORWARD, re, im, r, half, p);
            break;
        case TW_GAIN_ADJOINT:
            multiply_row(TW_GAIN_ADJOINT, re, im, r, half, p);
            break;
        case TW_GAIN_SHRINK:
            multiply_row(TW_GAIN_SHRINK, re, im, r, half, p);
            break;
        case TW_GAIN_FIT:
            multiply_row(TW_GAIN_FIT, re, im, r, half, p);
            break;
        case TW_GAIN_SOLVE:
            multiply_row(TW_GAIN_SOLVE, re, im, r, half, p);
            break;
        case TW_GAIN_INVERSE:
            multiply_row(TW_GAIN_INVERSE, re, im, r, half, p);
            break;
        case TW_GAIN_UNTURN:
            multiply_row(TW_GAIN_UNTURN, re, im, r, half, p);
            break;
        }
    }
}
