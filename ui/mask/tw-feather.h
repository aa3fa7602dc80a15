/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mask with a soft edge. */

#ifndef TW_FEATHER_H
#define TW_FEATHER_H

#include "mask/tw-raster.h"

/*
 * Gaussian blur with a standard deviation of @pixels / 3.5, which is GIMP's for
 * Feather Selection: the soft edge is about 2 @pixels wide. The kernel is
 * sampled up to tw_feather_reach() and has sum 1; the plane is continued by its
 * border pixels. Otherwise as tw_plane_grow().
 */
int tw_feather_reach(double pixels);
gboolean tw_plane_feather(const TwPlane *in, double pixels,
                          const cairo_rectangle_int_t *part, guchar *out,
                          gsize stride);

#endif
