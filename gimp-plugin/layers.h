/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers that hold a result; not yet in an image. */

#ifndef TW_LAYERS_H
#define TW_LAYERS_H

#include "filter.h"

G_BEGIN_DECLS

/* "Deblur (photo), sky.jpg"; freed by the caller. @model: its name. */
char *tw_layer_name(const TwFilter *filter, const char *model);

/* The pixels of the result as the layer would store them, where it changes: a
 * buffer in memory. @anew: of an enlarged result, all of it. NULL: out of
 * memory. */
GeglBuffer *tw_layer_pixels(TwFilter *filter, const TwPicture *result,
                            GError **error);
GeglBuffer *tw_layer_pixels_anew(TwFilter *filter, const TwPicture *result,
                                 GError **error);

/* A copy of the layer with the result, and a mask where the result has limits.
 * NULL: out of memory. */
GimpLayer *tw_layer_copy(TwFilter *filter, const TwPicture *result,
                         GError **error);

/* The same for another image: what lies outside of limits is the layer's own. */
GimpLayer *tw_layer_elsewhere(TwFilter *filter, GimpImage *image,
                              const TwPicture *result, GError **error);

/* Of a closed image: what was read of its layer, with the result. */
GimpLayer *tw_layer_rescued(TwFilter *filter, GimpImage *image,
                            const TwPicture *result, GError **error);

/* A layer of the result's size. */
GimpLayer *tw_layer_enlarged(TwFilter *filter, GimpImage *image,
                             const TwPicture *result, GError **error);

G_END_DECLS

#endif
