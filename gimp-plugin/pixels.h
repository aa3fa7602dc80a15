/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formats of pixels: the layer's own, the same in float, and R'G'B'A. */

#ifndef TW_PIXELS_H
#define TW_PIXELS_H

#include <libgimp/gimp.h>

G_BEGIN_DECLS

typedef struct TwFormat {
    const Babl *native; /* as stored */
    const Babl *wide;   /* float of the same channel model */
    int channels;       /* of both: 1 Y, 2 YA, 3 RGB, 4 RGBA */
    int levels; /* 255 or 65535 if @native is the same in whole numbers */
} TwFormat;

TwFormat tw_format_of(GimpDrawable *drawable);

/* @count pixels of @channels floats to R'G'B'A, opaque if there is no alpha. */
void tw_pixels_expand(const float *in, int channels, gsize count, float *out);

/* The reverse; gray is luma by the weights of Rec. 709. */
void tw_pixels_pack(const float *in, int channels, gsize count, float *out);

/* Rounds samples of @format.wide to its levels, where it has some, just as the
 * module for ImageMagick does: a value halfway between two is the same there. */
void tw_pixels_round(const TwFormat *format, gsize samples, float *data);

G_END_DECLS

#endif
