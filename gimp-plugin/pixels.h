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

/* Pixels of @format.native as those of @format.wide, and the reverse. Whole numbers
 * are converted here, to the bit as by the module for ImageMagick: babl chooses
 * its way by how long it takes, so that the last bit would differ from run to
 * run. A value halfway between two becomes the same as there. */
void tw_pixels_widen(const TwFormat *format, const void *native, gsize count,
                     float *wide);
void tw_pixels_narrow(const TwFormat *format, const float *wide, gsize count,
                      void *native);

G_END_DECLS

#endif
