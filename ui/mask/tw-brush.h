/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The brush of a preview: shows a mask over the picture and paints it.
 *
 * Left button paints (erases if "erase"), right button or Shift does the
 * opposite; both a click and a drag. [ ] change the size by a tenth, { } the
 * hardness. Ctrl+Z undoes a stroke; Shift+Ctrl+Z and Ctrl+Y draw it again. X
 * swaps painting and erasing. Without a mouse: Ctrl+arrows move the brush by
 * half its radius, with Shift by one pixel; then space paints (with Shift the
 * opposite) while it is held.
 *
 * Properties: "size" (double, diameter in pixels), "hardness" (double, 0 … 1),
 * "erase" (boolean), "overlay" (boolean: the mask is shown), "fill" (boolean: it
 * is filled, not only its outline). Set "fill" to FALSE when there is a result to
 * be seen: the overlay is hidden, and its outline can be asked for by "overlay".
 * When the mask changes, "fill" becomes TRUE, and what it hid is shown.
 */

#ifndef TW_BRUSH_H
#define TW_BRUSH_H

#include "mask/tw-paint.h"
#include "preview/tw-preview.h"

G_BEGIN_DECLS

enum { TW_BRUSH_MOST = 1000 }; /* the largest size */

#define TW_TYPE_BRUSH (tw_brush_get_type())
G_DECLARE_FINAL_TYPE(TwBrush, tw_brush, TW, BRUSH, GObject)

/* Paints @paint on @preview. Not yet its tool: that is
 * tw_preview_set_tool(preview, tw_brush_tool(brush)). */
TwBrush *tw_brush_new(TwPaint *paint, TwPreview *preview);
TwTool *tw_brush_tool(TwBrush *brush);
TwPaint *tw_brush_paint(TwBrush *brush);

G_END_DECLS

#endif
