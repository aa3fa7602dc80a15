/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A round glass beside a point: its pixels enlarged, and a cross on it. */
#include <math.h>

#include "preview/tw-preview-private.h"

/* Logical pixels. */
#define RADIUS 72.0
#define GAP    20.0 /* between the point and the glass */
#define ARM    16.0 /* of the cross, from the center */
#define HOLE   3.0  /* that the cross leaves open there */
#define TEXT   20   /* from the lower rim to the text */

/* Logical pixels per input pixel: at least so many, at least so many times as
 * large as the picture is shown, and no more than leaves some pixels to see. */
#define LEAST   8.0
#define TIMES   2.0
#define LARGEST (RADIUS / 2)

/* For the tiles, µs: four at the most, and of single pixels. */
#define BUDGET 8000

typedef struct Point {
    double x, y;
} Point;

static gboolean
fits(const TwView *view, Point at)
{
    return at.x >= RADIUS && at.y >= RADIUS && at.x <= view->width - RADIUS &&
           at.y <= view->height - RADIUS;
}

/* The middle of the glass: on the side of @point that is away from @other, or
 * turned from there until it lies in the widget, beside @other if that can be; in
 * a small one as far inside as can be. */
static Point
place(const TwView *view, Point point, Point other)
{
    static const double turns[] = { 0, 45, -45, 90, -90, 135, -135 };
    enum { TURNS = G_N_ELEMENTS(turns) };
    const double dx = point.x - other.x, dy = point.y - other.y;
    const double way = hypot(dx, dy) > 0 ? atan2(dy, dx) : -G_PI / 4;
    Point at = point;

    for (int i = 0; i < 2 * TURNS; i++) {
        const double to = way + turns[i % TURNS] * G_PI / 180;
        const double free = i < TURNS ? RADIUS : 0; /* around @other */

        at.x = point.x + (RADIUS + GAP) * cos(to);
        at.y = point.y + (RADIUS + GAP) * sin(to);
        if (fits(view, at) && hypot(at.x - other.x, at.y - other.y) >= free)
            return at;
    }
    at.x = CLAMP(at.x, RADIUS, MAX(RADIUS, view->width - RADIUS));
    at.y = CLAMP(at.y, RADIUS, MAX(RADIUS, view->height - RADIUS));
    return at;
}

/* What is seen through the glass: @x, @y in input pixels are in its middle. */
static TwView
magnified(const TwView *view, double x, double y)
{
    const double now = tw_view_input_zoom(view);
    const double zoom = CLAMP(TIMES * now, LEAST, MAX(LARGEST, now));
    TwView glass = *view;

    glass.width = glass.height = 2 * (int) RADIUS;
    glass.zoom = zoom * view->device / view->scale;
    glass.x = x * view->scale;
    glass.y = y * view->scale;
    glass.fitted = FALSE;
    return glass;
}

static gboolean
draw_pixels(TwPreview *preview, cairo_t *cr, const TwView *glass)
{
    const int side = glass->width * glass->device;
    const cairo_rectangle_int_t all = { 0, 0, side, side };
    gboolean fine;

    cairo_save(cr);
    cairo_scale(cr, 1.0 / glass->device, 1.0 / glass->device);
    fine = tw_layer_draw(preview->loupe, cr, glass, &all,
                         g_get_monotonic_time() + BUDGET);
    cairo_restore(cr);
    return fine;
}

/* The path, white beside black. */
static void
stroke(cairo_t *cr)
{
    cairo_set_line_width(cr, 3);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_stroke_preserve(cr);
    cairo_set_line_width(cr, 1);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_stroke(cr);
}

/* Arms that leave the pixel in the middle free. */
static void
draw_cross(cairo_t *cr, Point at)
{
    for (int i = 0; i < 4; i++) {
        const double dx = i == 0 ? 1 : i == 2 ? -1 : 0;
        const double dy = i == 1 ? 1 : i == 3 ? -1 : 0;

        cairo_move_to(cr, at.x + HOLE * dx, at.y + HOLE * dy);
        cairo_line_to(cr, at.x + ARM * dx, at.y + ARM * dy);
    }
    stroke(cr);
}

static void
draw_rim(cairo_t *cr)
{
    cairo_new_path(cr);
    cairo_arc(cr, RADIUS, RADIUS, RADIUS - 1.5, 0, 2 * G_PI);
    stroke(cr);
}

/* In the lower part of the glass. */
static void
draw_text(TwPreview *preview, cairo_t *cr, const char *text)
{
    g_autoptr(PangoLayout) layout =
        gtk_widget_create_pango_layout(GTK_WIDGET(preview), text);
    int width, height;

    pango_layout_get_pixel_size(layout, &width, &height);
    const int left = (2 * (int) RADIUS - width) / 2;
    const int top = 2 * (int) RADIUS - height - TEXT;

    cairo_rectangle(cr, left - 5, top - 2, width + 10, height + 4);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.75);
    cairo_fill(cr);
    cairo_move_to(cr, left, top);
    cairo_set_source_rgb(cr, 1, 1, 1);
    pango_cairo_show_layout(cr, layout);
}

void
tw_preview_draw_loupe(TwPreview *preview, cairo_t *cr, double x, double y,
                      double other_x, double other_y, const char *text)
{
    const TwView *view = &preview->view;
    const TwView glass = magnified(view, x, y);
    const double device = view->device;
    Point point, other, middle;

    tw_view_from_input(view, x, y, &point.x, &point.y);
    tw_view_from_input(view, other_x, other_y, &other.x, &other.y);
    const Point at = place(view, point, other);
    cairo_save(cr);
    cairo_translate(cr, round((at.x - RADIUS) * device) / device,
                    round((at.y - RADIUS) * device) / device);
    cairo_arc(cr, RADIUS, RADIUS, RADIUS, 0, 2 * G_PI);
    cairo_clip(cr);
    cairo_set_source_rgb(cr, TW_PREVIEW_GRAY, TW_PREVIEW_GRAY, TW_PREVIEW_GRAY);
    cairo_paint(cr);
    if (!draw_pixels(preview, cr, &glass))
        gtk_widget_queue_draw(GTK_WIDGET(preview));
    tw_view_from_input(&glass, x, y, &middle.x, &middle.y);
    draw_cross(cr, middle);
    draw_text(preview, cr, text);
    draw_rim(cr);
    cairo_restore(cr);
}
