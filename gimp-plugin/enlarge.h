/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole images: a new one like another, and a larger one. */

#ifndef TW_ENLARGE_H
#define TW_ENLARGE_H

#include "filter.h"

G_BEGIN_DECLS

/* An empty image with the precision, profile, resolution and metadata of @image;
 * undo is off. NULL: GIMP refused. */
GimpImage *tw_image_like(GimpImage *image, int width, int height);

/* Scales the image as Scale Image does (all layers, guides, the selection), and
 * puts @pixels (at 0, 0) into the filter's layer. Inside of an undo group. */
gboolean tw_enlarge_image(const TwFilter *filter, GeglBuffer *pixels,
                          GError **error);

G_END_DECLS

#endif
