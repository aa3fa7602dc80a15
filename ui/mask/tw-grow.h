/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A larger or smaller mask. */

#ifndef TW_GROW_H
#define TW_GROW_H

#include "mask/tw-raster.h"

/*
 * Grows what is at least half white by @pixels, or shrinks it if negative:
 * exact Euclidean distance between pixel centers, at most |pixels|. Softer
 * values stay where they are greater (shrinking: lesser). @part (within the
 * plane) of the outcome goes to @out, rows @stride bytes apart. The time is
 * proportional to the pixels within reach of @part. What lies outside the plane
 * neither grows in nor shrinks it. FALSE: out of memory.
 */
gboolean tw_plane_grow(const TwPlane *in, int pixels,
                       const cairo_rectangle_int_t *part, guchar *out,
                       gsize stride);

#endif
