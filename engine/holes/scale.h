/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture at a smaller size, ready to be compared patch by patch.
 *
 * Beside its colors a pixel has two values that tell how busy the picture is
 * there: mean absolute slopes of its brightness at full size, across and down.
 * Without them means of patches attract smooth ones: Newson, Almansa, Fradet,
 * Gousseau, Perez 2014, "Video inpainting of complex scenes", section 3.3.
 */

#ifndef TW_SCALE_H
#define TW_SCALE_H

#include "priors/patchmatch.h"

enum { TW_SCALE_CHANNELS = 5 };

/* @x (1, 3, H, W), with a byte per pixel in @known, 2^@shift times smaller, as
 * @patches, which are sorted for @area of @x. A pixel is known if all that it is
 * made of are; if not, it has the mean of them nevertheless.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_scale_make(tw_patches *patches, const tw_tensor *x,
                        const unsigned char *known, int shift, tw_area area,
                        tw_run *run);

/* Bytes of run memory that this takes, and those of them that stay taken. */
size_t tw_scale_bytes(int64_t height, int64_t width, int64_t targets);
size_t tw_scale_kept(int64_t height, int64_t width, int64_t targets);

/* What is not known, to @x: at full size (@shift 0) the colors of @patches; at a
 * smaller one what is at full size where the nearest patch of @field is, which is
 * sharp and has seams. */
void tw_scale_show(const tw_patches *patches, const tw_field *field, int shift,
                   const unsigned char *known, tw_tensor *x);

#endif
