/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the line share: how it looks, and its keys. */

#ifndef TW_LINE_PRIVATE_H
#define TW_LINE_PRIVATE_H

#include "kernel/tw-line.h"

G_BEGIN_DECLS

/* @x, @y: the two ends in the widget. */
void tw_line_draw(cairo_t *cr, const double x[2], const double y[2]);

/* "17.5 px, 31.0°"; to be freed. */
char *tw_line_text(double length, double angle);

/* @text near the right one of the two ends, inside the widget. */
void tw_line_draw_text(cairo_t *cr, const TwView *view, GtkWidget *widget,
                       const double x[2], const double y[2], const char *text);

/* Changes "length" or "angle"; FALSE: not a key of the line. */
gboolean tw_line_key(TwLine *line, const GdkEventKey *event);

G_END_DECLS

#endif
