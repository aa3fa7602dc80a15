/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What noise does to a picture at three scales, in brightness and in color.
 *
 * Noise of one kind has about the same energy in each band all over a picture,
 * and cameras, demosaicing and JPEG leave their marks on how the bands relate.
 * Texture is in few places, has a direction, and little color. So the lowest energies of each
 * band, and all energies of the flattest places, tell noise and texture apart.
 */

#ifndef TW_BANDS_H
#define TW_BANDS_H

#include "core/run.h"

enum {
    TW_BAND_CHANNELS = 18, /* 3 scales, 3 planes, slopes and diagonals */
    TW_BAND_ENERGIES = 4 * TW_BAND_CHANNELS,
    TW_BAND_FEATURES = TW_BAND_ENERGIES + 7
};

/* Of @y (1, 3, H, W) in [-1, 1], in tiles of 32 x 32 pixels: natural logarithms of
 * energies, in units of (1/255)^2 of the full range, at least 0.01. For the
 * quantiles 2 %, 10 % and 30 % of each channel, then means of the flattest tenth of
 * the tiles: first the finest scale (8 x 8 Haar coefficients a block), brightness,
 * slopes (horizontal and vertical together), diagonals, then the colors (red
 * against blue, green against both). Then how unlike horizontal and vertical slopes
 * of brightness are, for noise has no direction: the mean over blocks of the distance
 * of their logarithms, for each scale, in all places and in the flattest. At last the
 * logarithm of the number of tiles that count: those that are hardly clipped, if
 * there are any. As models/noise/features.py. *@tiles: how many there are; with 0
 * there are no features. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_bands(const tw_tensor *y, float features[TW_BAND_FEATURES],
                   int64_t *tiles, tw_run *run);

#endif
