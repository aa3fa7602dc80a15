/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Real two-dimensional Fourier and cosine transforms of planes, by FFTW.
 *
 * Plans are made with FFTW_ESTIMATE and one thread; rows and columns are shared
 * over OpenMP in fixed blocks, so that the same input gives the same bytes for
 * any number of threads. A plan is immutable and may be used by many threads.
 */

#ifndef TW_FFT_H
#define TW_FFT_H

#include <complex.h>

#include "core/run.h"

typedef struct tw_fft tw_fft;

/* Transforms of planes of @height x @width. NULL: out of memory. */
tw_fft *tw_fft_new(int64_t height, int64_t width);
void tw_fft_free(tw_fft *fft);

/* Complex values of one transformed plane: height (width / 2 + 1). */
int64_t tw_fft_size(const tw_fft *fft);

/* out[tw_fft_size()] = sum x exp(-2 pi i ...), not scaled. @x is kept. */
void tw_fft_forward(const tw_fft *fft, const float *x, float complex *out);

/* The reverse, divided by height * width. @x is destroyed. */
void tw_fft_inverse(const tw_fft *fft, float complex *x, float *out);

/* Orthonormal DCT-II (and its inverse, DCT-III), in place on a plane: diagonal
 * form of a symmetric kernel with mirrored (half-sample) borders. */
void tw_dct_forward(const tw_fft *fft, float *x);
void tw_dct_inverse(const tw_fft *fft, float *x);

/* The smallest n' >= n that is a multiple of @multiple and has no prime factor
 * above 7 beyond those of @multiple: a size that transforms fast. */
int64_t tw_fft_good_size(int64_t n, int64_t multiple);

#endif
