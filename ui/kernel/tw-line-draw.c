/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tw-line-private.h"

#include "core/i18n.h"

#define HANDLE 5.5 /* radius, logical pixels */

/* White on dark, so that it is seen on any picture. */
static void
stroke(cairo_t *cr)
{
    cairo_set_line_width(cr, 4);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.7);
    cairo_stroke_preserve(cr);
    cairo_set_line_width(cr, 1.75);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_stroke(cr);
}

static void
draw_handle(cairo_t *cr, double x, double y, double radius)
{
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill_preserve(cr);
    cairo_set_line_width(cr, 2);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_stroke(cr);
}

void
tw_line_draw(cairo_t *cr, const double x[2], const double y[2])
{
    cairo_new_path(cr);
    cairo_move_to(cr, x[0], y[0]);
    cairo_line_to(cr, x[1], y[1]);
    stroke(cr);
    draw_handle(cr, (x[0] + x[1]) / 2, (y[0] + y[1]) / 2, HANDLE / 2);
    for (int i = 0; i < 2; i++)
        draw_handle(cr, x[i], y[i], HANDLE);
}

char *
tw_line_text(double length, double angle)
{
    /* Length in pixels and angle of a line in the picture. */
    return g_strdup_printf(_("%.1f px, %.1f°"), length, angle);
}

void
tw_line_draw_text(cairo_t *cr, const TwView *view, GtkWidget *widget,
                  const double x[2], const double y[2], const char *text)
{
    g_autoptr(PangoLayout) layout =
        gtk_widget_create_pango_layout(widget, text);
    const int right = x[1] >= x[0], pad = 5;
    int width, height;
    double left, top;

    pango_layout_get_pixel_size(layout, &width, &height);
    left = CLAMP(x[right] + 14, pad, MAX(pad, view->width - width - pad));
    top = CLAMP(y[right] + 14, pad, MAX(pad, view->height - height - pad));
    cairo_rectangle(cr, left - pad, top - pad, width + 2 * pad,
                    height + 2 * pad);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.75);
    cairo_fill(cr);
    cairo_move_to(cr, left, top);
    cairo_set_source_rgb(cr, 1, 1, 1);
    pango_cairo_show_layout(cr, layout);
}
