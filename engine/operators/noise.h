/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How noisy a measurement is.
 *
 *     variance(s) = noise^2 + shot * s,   s = (v + 1) / 2 in 0…1
 *
 * @noise and @shot in fractions of the full range: read noise, and photon noise
 * per unit of signal.
 */

#ifndef TW_NOISE_H
#define TW_NOISE_H

#include "core/run.h"

typedef struct tw_noise {
    double noise; /* standard deviation, 0…1 */
    double shot;  /* 0: plain Gaussian */
} tw_noise;

/* From the picture itself (1, 3, H, W) in [-1, 1]: the middle of the finest
 * diagonal wavelet band (as the median of Donoho and Johnstone 1994) over the
 * flattest blocks, so that texture is not taken for noise; with @camera also the
 * slope of variance against brightness. 0 if the picture is too small to tell.
 * Fails with TW_ERR_MEMORY. */
tw_status tw_noise_estimate(const tw_tensor *y, bool camera, tw_noise *noise,
                            tw_run *run);

/* The variance of each value of y, in units of y squared (y in [-1, 1]), the
 * signal taken from @prediction; at least @least. */
void tw_noise_variance(const tw_noise *noise, const tw_tensor *prediction,
                       double white, double least, tw_tensor *variance);

#endif
