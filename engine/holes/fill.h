/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holes in a picture: a smooth first guess, and how deep they are. */

#ifndef TW_FILL_H
#define TW_FILL_H

#include "core/run.h"

/* Replaces the pixels of @x (1, C, H, W) whose byte in @known (H W) is 0 by a
 * smooth continuation of the others; without any others, by 0.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_fill_holes(tw_tensor *x, const unsigned char *known, tw_run *run);
size_t tw_fill_bytes(tw_shape x);

/* The distance from the middle of the largest hole to the nearest known pixel,
 * counted in king's moves; 0: no hole. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_hole_depth(const unsigned char *known, int64_t height,
                        int64_t width, int *depth, tw_run *run);

#endif
