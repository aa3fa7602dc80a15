/* SPDX-License-Identifier: GPL-3.0-or-later */
/* White noise, alike at all scales. */

#ifndef TW_NOISE_WHITE_H
#define TW_NOISE_WHITE_H

#include "noise/noise.h"

/* noise and shot of @y, as tw_noise_estimate() for noise that is known to be white:
 * the middle of the finest diagonal wavelet band (as the median of Donoho and
 * Johnstone 1994) over the flattest blocks, so that texture is not taken for noise;
 * with @camera also the slope of variance against brightness. 0 if the picture is
 * too small to tell. Fails with TW_ERR_MEMORY. */
tw_status tw_noise_white(const tw_tensor *y, bool camera, tw_noise *noise,
                         tw_run *run);

#endif
