/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One picture of a preview, as it is on the screen: converted to the display's
 * bytes in tiles, only where it is seen and only once per zoom.
 *
 * Tiles lie on a raster that is fixed to the picture, so panning reuses them.
 * Nothing here takes long: what is not ready by the deadline is drawn coarsely
 * (single pixels instead of means), and drawing again goes on from there.
 */

#ifndef TW_LAYER_H
#define TW_LAYER_H

#include "preview/tw-shade.h"
#include "preview/tw-view.h"
#include "session/tw-picture.h"

/* Turns @pixels sRGB bytes, three each, into the display's colors, in place. */
typedef void (*TwPreviewTransform)(guchar *rgb, int pixels, gpointer data);

typedef struct TwLayer TwLayer;

TwLayer *tw_layer_new(TwShading shading);
void tw_layer_free(TwLayer *layer);

/* Shows @picture, or @picture - @minus (of the same size) if that is not NULL,
 * at @where, result pixels. @picture NULL: nothing. */
void tw_layer_set(TwLayer *layer, TwPicture *picture, TwPicture *minus,
                  const cairo_rectangle_int_t *where);
gboolean tw_layer_is_empty(const TwLayer *layer);
const cairo_rectangle_int_t *tw_layer_where(const TwLayer *layer);

/* Colors are another: everything is converted again. */
void tw_layer_set_transform(TwLayer *layer, TwPreviewTransform transform,
                            gpointer data);

/* Draws what lies inside @part. @cr and @part are in device pixels of the
 * widget. Works for no longer than until @deadline (monotonic time, µs) and then
 * one tile more. FALSE: something is only coarse yet; draw again. */
gboolean tw_layer_draw(TwLayer *layer, cairo_t *cr, const TwView *view,
                       const cairo_rectangle_int_t *part, gint64 deadline);

#endif
