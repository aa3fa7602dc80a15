/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole image becomes larger. */

#ifndef TW_ENLARGE_H
#define TW_ENLARGE_H

#include "filter.h"

G_BEGIN_DECLS

/* Scales the image as Scale Image does (all layers, guides, the selection), and
 * puts @pixels (at 0, 0) into the filter's layer. Inside of an undo group. */
gboolean tw_enlarge_image(const TwFilter *filter, GeglBuffer *pixels,
                          GError **error);

G_END_DECLS

#endif
