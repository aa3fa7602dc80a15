/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise/noise.h"

#include <math.h>

#include "core/parallel.h"
#include "noise/network.h"
#include "noise/white.h"

/* With fewer tiles (of 32 x 32 pixels) the bands say too little. */
enum { FEWEST = 9 };

/* Where both estimates are as near as that, the noise is white and the simple one
 * more exact. What demosaicing leaves of the finest diagonals is a fourth to a sixth
 * of the strength, in simulated cameras. */
static const double near = 2.5;

/* Texture has shown that much in the finest diagonals of the flattest places (fur; of
 * sixteen clean photographs only one of grass from edge to edge had more). More is
 * noise, even if the network has not seen its like. */
static const double most_texture = 1.25 / 255;

static bool
is_white(double white, double coarse)
{
    return coarse < near * white &&
           (white < near * coarse || white > most_texture);
}

/* Of all of the picture, whatever its brightness. */
static tw_status
measure(const tw_tensor *y, tw_noise *noise, tw_run *run)
{
    float features[TW_BAND_FEATURES];
    int64_t tiles;

    TW_TRY(tw_noise_white(y, false, noise, run));
    TW_TRY(tw_bands(y, features, &tiles, run));
    noise->fine = noise->coarse = noise->color = noise->noise;
    if (tiles < FEWEST)
        return TW_OK;
    const tw_noise_kinds found = tw_noise_network(features);
    const double coarse = found.coarse / 255;

    if (is_white(noise->noise, coarse))
        return TW_OK;
    noise->fine = found.fine / 255;
    noise->coarse = noise->noise = noise->sure = coarse;
    noise->color = found.color / 255;
    return TW_OK;
}

tw_status
tw_noise_estimate(const tw_tensor *y, bool camera, tw_noise *noise, tw_run *run)
{
    tw_noise plain, curve;

    TW_TRY(measure(y, noise, run));
    if (!camera)
        return TW_OK;
    /* The finest diagonals have the curve against brightness, if not the strength. */
    TW_TRY(tw_noise_white(y, false, &plain, run));
    TW_TRY(tw_noise_white(y, true, &curve, run));
    const double share = plain.noise > 0 ? noise->noise / plain.noise : 1;

    noise->noise = share * curve.noise;
    noise->shot = share * share * curve.shot;
    return TW_OK;
}

void
tw_noise_variance(const tw_noise *noise, const tw_tensor *prediction,
                  double white, double least, tw_tensor *variance)
{
    const double read = noise->noise * noise->noise;

#pragma omp parallel for if (variance->size > TW_SERIAL)
    for (int64_t i = 0; i < variance->size; i++) {
        const double signal = ((double) prediction->data[i] + 1) / 2;
        const double s = fmin(fmax(signal, 0), white);

        /* 4: the range of y is 2 */
        variance->data[i] = (float) fmax(4 * (read + noise->shot * s), least);
    }
}
