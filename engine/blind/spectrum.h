/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Power of pictures by frequency, as the mean over overlapping windows (Welch
 * 1967, "The use of fast Fourier transform for the estimation of power
 * spectra").
 *
 * A window is 64 x 64 pixels under a squared sine in each direction, half a
 * window apart, of each channel. White noise of variance 1 has power 1.
 */

#ifndef TW_SPECTRUM_H
#define TW_SPECTRUM_H

#include "core/run.h"

enum {
    TW_WINDOW = 64,
    TW_BANDS = 10, /* rings of frequencies; the first holds the mean */
    TW_CELLS = 128 /* half plane of frequencies, 4 x 4 of the window's each */
};

typedef struct tw_spectrum {
    double a[TW_BANDS], b[TW_BANDS]; /* power of the two pictures */
    double ab[TW_BANDS];             /* real part of a times conj(b) */
    double cells[TW_CELLS];          /* power of a by frequency and direction */
    double power[TW_WINDOW * (TW_WINDOW / 2 + 1)]; /* of b, by frequency, in the
                                                      order of core/fft.h */
    int windows;                                   /* of each channel */
} tw_spectrum;

/* How many windows there are in each channel of a picture of this size. */
int64_t tw_spectrum_windows(int64_t height, int64_t width);

/* Of @a and @b, (1, 3, H, W), in the @height x @width at (@top, @left). Windows
 * that cross a multiple of @block pixels, or begin or end nearer than half a
 * window to it, are left out; 0: none is. Of more than 1024 windows, as many are
 * used, evenly spread. All zero where there is no window. The same for any number
 * of threads. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_spectrum_of(const tw_tensor *a, const tw_tensor *b, int64_t top,
                         int64_t left, int64_t height, int64_t width, int block,
                         tw_spectrum *spectrum, tw_run *run);

#endif
