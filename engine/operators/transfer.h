/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Circular convolution of a plane, in Fourier space: K = F^-1 H F.
 */

#ifndef TW_TRANSFER_H
#define TW_TRANSFER_H

#include "core/fft.h"
#include "operators/operator.h"
#include "operators/psf.h"

typedef struct tw_transfer {
    int64_t height, width, half; /* half: complex values in a row */
    tw_fft *fft;
    float *re, *im; /* H; im is NULL for a kernel that is its own mirror image
                       through the centre */
    double largest; /* |H| */
} tw_transfer;

typedef enum tw_gain {
    TW_GAIN_FORWARD, /* H */
    TW_GAIN_ADJOINT, /* conj(H) */
    TW_GAIN_SHRINK,  /* |H|^2 / (|H|^2 + rho) */
    TW_GAIN_FIT,     /* conj(H) / (|H|^2 + rho) */
    TW_GAIN_SOLVE,   /* rho / (|H|^2 + rho) */
    TW_GAIN_INVERSE, /* conj(H) / |H|^2, or 0 where |H|^2 < rho */
    TW_GAIN_UNTURN   /* conj(H) / |H|, or 0 where H = 0 */
} tw_gain;

/* False: out of memory. The centre of @psf is the origin; what does not fit on
 * @height x @width wraps round. @sketch: the sizes alone. */
bool tw_transfer_init(tw_transfer *t, const tw_psf *psf, int64_t height,
                      int64_t width, bool sketch);
void tw_transfer_clear(tw_transfer *t);

/* z *= the gain, at every frequency. */
void tw_transfer_apply(const tw_transfer *t, tw_gain gain, double rho,
                       float complex *z);

/* Sets what @op, which has @t, holds. */
void tw_transfer_bytes(const tw_transfer *t, const tw_psf *psf,
                       tw_operator *op);

/* Floats in its transformed plane. */
int64_t tw_transfer_floats(const tw_transfer *t);

#endif
