/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the bands of a picture to the strength of its noise, by a small network that
 * has seen simulated cameras (models/noise/train.py). */

#ifndef TW_NOISE_NETWORK_H
#define TW_NOISE_NETWORK_H

#include "noise/bands.h"

/* Standard deviations of white noise that is as strong, in units of 1/255. */
typedef struct tw_noise_kinds {
    double fine;   /* brightness, from pixel to pixel */
    double coarse; /* brightness, two to eight pixels wide */
    double color;  /* four to eight pixels wide */
} tw_noise_kinds;

tw_noise_kinds tw_noise_network(const float features[TW_BAND_FEATURES]);

#endif
