/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mask that a user paints: one byte per pixel of the input picture, 255 =
 * restore. Knows no GTK. Main thread only.
 *
 * There are two planes. The *base* holds what was loaded and every stroke. The
 * *mask* is the base grown, then feathered; both are settings of their own, as
 * in a refine-selection window, so that moving them back loses nothing, and are
 * not steps to undo. With both at 0 the mask is the base.
 *
 * Strokes change the mask at once; new settings do so from an idle handler,
 * piece by piece. tw_paint_settle() completes it.
 *
 * Properties: "grow" (int, pixels, negative: shrink), "feather" (double,
 * pixels), "can-undo", "can-redo", "empty" (boolean, read only).
 * Signals:
 *   changed (const cairo_rectangle_int_t *)  these pixels of the mask
 *   settled ()       a stroke has ended, a step was undone, a setting is done:
 *                    the time to take tw_paint_picture()
 *   failed (const char *sentence)  out of memory: nothing was lost
 */

#ifndef TW_PAINT_H
#define TW_PAINT_H

#include <glib-object.h>

#include "mask/tw-raster.h"
#include "session/tw-picture.h"

G_BEGIN_DECLS

enum { TW_PAINT_GROW_MOST = 200, TW_PAINT_FEATHER_MOST = 100 };

#define TW_TYPE_PAINT (tw_paint_get_type())
G_DECLARE_FINAL_TYPE(TwPaint, tw_paint, TW, PAINT, GObject)

/* An empty mask; NULL: out of memory. */
TwPaint *tw_paint_new(int width, int height);

/* Starts from @bytes, rows @stride bytes apart, and forgets all steps. */
void tw_paint_load(TwPaint *paint, const guchar *bytes, gsize stride);

/* At most so many bytes are kept for undoing, but always the last step; initially
 * 64 MiB. */
void tw_paint_set_undo_limit(TwPaint *paint, gsize bytes);
gsize tw_paint_undo_bytes(TwPaint *paint);

/* A stroke: a dab where it begins, then lines. tw_paint_stroke_to() returns
 * FALSE, after "failed", if the line could not be drawn; the stroke may go on.
 * tw_paint_end() makes it one step to undo. */
gboolean tw_paint_begin(TwPaint *paint, const TwDab *dab, double x, double y);
gboolean tw_paint_stroke_to(TwPaint *paint, double x, double y);
void tw_paint_end(TwPaint *paint);
gboolean tw_paint_is_painting(TwPaint *paint);

/* Steps of their own; FALSE after "failed". Inverting changes the sign of "grow"
 * too, so that what was seen is what is inverted; undoing it does so again. */
gboolean tw_paint_clear(TwPaint *paint);
gboolean tw_paint_fill(TwPaint *paint);
gboolean tw_paint_invert(TwPaint *paint);

void tw_paint_undo(TwPaint *paint);
void tw_paint_redo(TwPaint *paint);

void tw_paint_set_grow(TwPaint *paint, int pixels);
int tw_paint_get_grow(TwPaint *paint);
void tw_paint_set_feather(TwPaint *paint, double pixels);
double tw_paint_get_feather(TwPaint *paint);

/* Brings the whole mask up to date; FALSE after "failed". */
gboolean tw_paint_settle(TwPaint *paint);

/* The mask as it is shown, owned by the paint; valid until the next call that
 * changes something. While settings are being applied, parts show the old ones:
 * tw_paint_settle() first for anything but drawing. For blending: 255 is the
 * result, 0 the input. */
const TwPlane *tw_paint_mask(TwPaint *paint);

/* The settled mask for the engine: white, alpha 1, wherever it is not 0, so that
 * a soft edge has something to blend in; all zeros elsewhere. NULL: out of
 * memory, after "failed". */
TwPicture *tw_paint_picture(TwPaint *paint);

/* The smallest rectangle around all of the settled mask; FALSE: it is empty. */
gboolean tw_paint_bounds(TwPaint *paint, cairo_rectangle_int_t *bounds);
gboolean tw_paint_is_empty(TwPaint *paint);

G_END_DECLS

#endif
