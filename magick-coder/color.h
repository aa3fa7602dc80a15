/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way to sRGB and back: by the embedded ICC profile where there is one, by
 * ImageMagick's own conversion otherwise.
 */

#ifndef TM_COLOR_H
#define TM_COLOR_H

#include <MagickCore/MagickCore.h>
#include <stdbool.h>

typedef struct tm_color {
    ColorspaceType space;
    StringInfo *profile; /* owned; NULL: none that can be used */
} tm_color;

/* A copy of @image in sRGB without masks, channel selection and monitor, and
 * the way back. A profile that cannot be used is left out with a warning.
 * Free @color with tm_color_clear(), also after a failure.
 * NULL: failed, see @exception. */
Image *tm_color_to_srgb(const Image *image, tm_color *color,
                        ExceptionInfo *exception);

/* Takes such a copy back to the color space of the picture. */
bool tm_color_from_srgb(Image *work, const tm_color *color,
                        ExceptionInfo *exception);
void tm_color_clear(tm_color *color);

/* What both ways together do to the picture: the largest change of a channel,
 * 0…1. @srgb is what tm_color_to_srgb() made of @image. Negative: failed. */
double tm_color_loss(const Image *image, const Image *srgb,
                     const tm_color *color, ExceptionInfo *exception);

#endif
