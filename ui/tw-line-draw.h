/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a line with handles looks on a picture, whatever that shows. */

#ifndef TW_LINE_DRAW_H
#define TW_LINE_DRAW_H

#include <gtk/gtk.h>

#include "tw-view.h"

G_BEGIN_DECLS

/* The line from (x[0], y[0]) to (x[1], y[1]), logical pixels of the widget, with
 * handles at its ends and in its middle. */
void tw_line_draw(cairo_t *cr, const double x[2], const double y[2]);

/* Its @length (pixels of the picture) and @angle (degrees) in a box beside its
 * right end, inside of @widget, whose font it has. */
void tw_line_draw_numbers(cairo_t *cr, const TwView *view, GtkWidget *widget,
                          const double x[2], const double y[2], double length,
                          double angle);

G_END_DECLS

#endif
