/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Was a picture a JPEG file, with which quality, and where is its grid? Found in
 * pixels alone, for pictures that were cut, pasted or saved as something else.
 *
 * At the right place of the grid the coefficients lie near multiples of the
 * quantiser's steps (Fan and de Queiroz 2003, "Identification of bitmap compression
 * history", section III). Steps are those that T.81 recommends (tables K.1 and K.2),
 * scaled by a quality as most encoders do; other tables are not found.
 */

#ifndef TW_JPEG_ESTIMATE_H
#define TW_JPEG_ESTIMATE_H

#include "jpeg/jpeg.h"

/* Sets the steps of all planes to those of @quality, 1 to 100. */
void tw_jpeg_set_quality(tw_jpeg *jpeg, int quality);

/* What is found, or *@quality 0: nothing that is certain. @x: three planes
 * (@height, @width) in [-1, 1]. @given: the quality if it is known, which is then
 * taken whatever the pixels say; 0: it is not. */
typedef struct tw_jpeg_guess {
    int quality;
    int64_t top, left; /* as in tw_jpeg */
    tw_jpeg_sampling sampling;
} tw_jpeg_guess;

tw_jpeg_guess tw_jpeg_guess_of(const float *x, int64_t height, int64_t width,
                               int given);

/* The levels that the pixels show. NULL: out of memory. */
tw_jpeg *tw_jpeg_from_pixels(const tw_jpeg_guess *guess, const float *x,
                             int64_t height, int64_t width);

#endif
