/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line dragged on the preview, for the length and angle of a motion blur: one
 * can lay it along a streak. Both ends can be moved afterwards, and the whole
 * line by its middle. While an end is dragged the picture before is seen, and a
 * loupe beside the end shows its pixels, length and angle.
 *
 * Keys, with Ctrl: left and right change the length by 0.5 pixels, up and down
 * the angle by 1 degree; with Shift ten times as much.
 *
 * Properties: "length" (double, pixels) and "angle" (double, degrees
 * counter-clockwise from horizontal, -90 … 90 when dragged, since a blur has no
 * sense of direction), as the deblur task's keys. Setting them turns and
 * stretches the line about its middle. "dragging" (boolean, read only): the user
 * has not let go yet.
 */

#ifndef TW_LINE_H
#define TW_LINE_H

#include "preview/tw-preview.h"

G_BEGIN_DECLS

#define TW_TYPE_LINE (tw_line_get_type())
G_DECLARE_FINAL_TYPE(TwLine, tw_line, TW, LINE, GObject)

/* A line around the middle of a picture of @width x @height pixels. Not yet the
 * tool: tw_preview_set_tool(preview, tw_line_tool(line)). */
TwLine *tw_line_new(TwPreview *preview, int width, int height);
TwTool *tw_line_tool(TwLine *line);

/* The two ends in pixels of the input picture. */
void tw_line_get_ends(TwLine *line, double *x0, double *y0, double *x1,
                      double *y1);

G_END_DECLS

#endif
