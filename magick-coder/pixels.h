/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between ImageMagick's pixels and the engine's.
 */

#ifndef TM_PIXELS_H
#define TM_PIXELS_H

#include <MagickCore/MagickCore.h>

#include "tweedie.h"

/* Pixels of @width x @height; free with tm_pixels_free(). False: no memory. */
bool tm_pixels_new(int width, int height, tw_image *pixels,
                   ExceptionInfo *exception);
void tm_pixels_free(tw_image *pixels);

/* New pixels from an image whose values are taken as sRGB. */
bool tm_pixels_read(const Image *image, tw_image *pixels,
                    ExceptionInfo *exception);

/* A result on its way back: first in sRGB, then in the picture's own space. */
typedef struct tm_result {
    Image *work;            /* of the result's size */
    unsigned char *changed; /* per pixel: to be written; NULL: all of them */
    bool opaque;            /* changed pixels become opaque */
} tm_result;

/* The result of the same size: @srgb, which is taken over, with the pixels that
 * the engine changed. Pixels under alpha 0 stay, unless @uncover: then the picture, with what is
 * not opaque of it, lies over the result. */
bool tm_result_same_size(Image *srgb, const tw_image *pixels, bool uncover,
                         tm_result *result, ExceptionInfo *exception);

/* The result of another size. Uses up @pixels. */
bool tm_result_new_size(const Image *srgb, tw_image *pixels, tm_result *result,
                        ExceptionInfo *exception);
void tm_result_clear(tm_result *result);

/* Writes the result, now in the color space of @image, into @image itself:
 * programs hold pointers to it. Honors -channel, write mask and -region where
 * the size stays. */
bool tm_result_commit(Image *image, const tm_result *result,
                      ExceptionInfo *exception);

/* Do -channel, a write mask or -region restrict what may be written? */
bool tm_image_is_restricted(const Image *image);

#endif
