/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How noisy a measurement is.
 *
 *     variance(s) = noise^2 + shot * s,   s = (v + 1) / 2 in 0…1
 *
 * @noise and @shot in fractions of the full range: read noise, and photon noise
 * per unit of signal.
 *
 * The noise of a photograph is not white: demosaicing, the camera's own filters and
 * JPEG have smoothed it, and color more than brightness. What a denoiser for white
 * noise should then be told is not its deviation, but how strong it is where it is
 * not smoothed: that of white noise which is as strong in brightness, two to eight
 * pixels wide. On eight photographs seen by a simulated camera at three ISO values
 * (tests/quality/camera) that was within a fifth of the best constant, 1.5 to 2
 * times the deviation.
 */

#ifndef TW_NOISE_NOISE_H
#define TW_NOISE_NOISE_H

#include "core/run.h"

typedef struct tw_noise {
    double noise; /* standard deviation, 0…1 */
    double shot;  /* 0: plain Gaussian */

    /* Of a picture that was measured: of white noise as strong from pixel to pixel
     * in brightness, two to eight pixels wide (which is noise), and in color. All
     * the same for white noise. */
    double fine, coarse, color;

    /* Of a picture that was measured: so much of @noise is not texture. */
    double sure;
} tw_noise;

/* From the picture itself (1, 3, H, W) in [-1, 1]. Texture is not taken for noise,
 * but where there is nothing else it hides it. 0 if the picture is too small to
 * tell (8 x 8 pixels in 4 places); below 9 tiles of 32 x 32 pixels noise is taken as
 * white. With @camera also the slope of variance against brightness.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_noise_estimate(const tw_tensor *y, bool camera, tw_noise *noise,
                            tw_run *run);

/* The variance of each value of y, in units of y squared (y in [-1, 1]), the
 * signal taken from @prediction; at least @least. */
void tw_noise_variance(const tw_noise *noise, const tw_tensor *prediction,
                       double white, double least, tw_tensor *variance);

#endif
