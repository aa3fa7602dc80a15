/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines over the picture: region, divider, focus. Always white beside black, so
 * that they are seen on any picture. */
#include <math.h>

#include "preview/tw-preview-private.h"

/* Strokes the path in black and, narrower, in white. */
static void
stroke(cairo_t *cr, double width)
{
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, width + 2);
    cairo_stroke_preserve(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
}

/* --- region --- */

/* Marks of the handles lie inside of the region, so that they are seen where it
 * ends with the picture. Logical pixels. */
#define MARK_INSET  3.0
#define MARK_LENGTH 14.0

/* 1, 0 or -1: which way is inside, seen from the handle. */
static int
inside(TwHandle handle, TwHandle near, TwHandle far)
{
    return ((handle & near) != 0) - ((handle & far) != 0);
}

/* A bracket in a corner, or a bar in the middle of a side. */
static void
draw_mark(cairo_t *cr, TwHandle handle, double x, double y)
{
    const int right = inside(handle, TW_HANDLE_LEFT, TW_HANDLE_RIGHT);
    const int down = inside(handle, TW_HANDLE_TOP, TW_HANDLE_BOTTOM);

    x += right * MARK_INSET;
    y += down * MARK_INSET;
    if (right != 0 && down != 0) {
        cairo_move_to(cr, x + right * MARK_LENGTH, y);
        cairo_line_to(cr, x, y);
        cairo_line_to(cr, x, y + down * MARK_LENGTH);
    } else {
        const double dx = down != 0 ? MARK_LENGTH / 2 : 0;
        const double dy = right != 0 ? MARK_LENGTH / 2 : 0;

        cairo_move_to(cr, x - dx, y - dy);
        cairo_line_to(cr, x + dx, y + dy);
    }
}

/* Darkens the picture around a part of the screen. */
static void
dim_around(const TwView *view, cairo_t *cr, double x, double y, double width,
           double height)
{
    double left, top, right, bottom;

    tw_view_from_result(view, 0, 0, &left, &top);
    tw_view_from_result(view, view->result_width, view->result_height, &right,
                        &bottom);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_rectangle(cr, left, top, right - left, bottom - top);
    cairo_rectangle(cr, x, y, width, height);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.5);
    cairo_fill(cr);
}

/* Darkens what is still to come; nothing once after is whole. */
static void
dim_rest(TwPreview *preview, cairo_t *cr)
{
    const TwView *view = &preview->view;
    const cairo_rectangle_int_t *after =
        tw_layer_where(preview->layers[TW_PREVIEW_AFTER]);
    double left, top, right, bottom;

    if (after->width >= view->result_width &&
        after->height >= view->result_height)
        return;
    tw_view_from_result(view, after->x, after->y, &left, &top);
    tw_view_from_result(view, after->x + after->width, after->y + after->height,
                        &right, &bottom);
    cairo_save(cr);
    dim_around(view, cr, left, top, right - left, bottom - top);
    cairo_restore(cr);
}

void
tw_preview_draw_region(TwPreview *preview, cairo_t *cr)
{
    static const TwHandle handles[] = {
        TW_HANDLE_LEFT | TW_HANDLE_TOP,     TW_HANDLE_TOP,
        TW_HANDLE_RIGHT | TW_HANDLE_TOP,    TW_HANDLE_RIGHT,
        TW_HANDLE_RIGHT | TW_HANDLE_BOTTOM, TW_HANDLE_BOTTOM,
        TW_HANDLE_LEFT | TW_HANDLE_BOTTOM,  TW_HANDLE_LEFT,
    };
    const cairo_rectangle_int_t *region = &preview->region;
    double left, top, right, bottom;

    if (preview->pending)
        dim_rest(preview, cr);
    if (!preview->region_visible)
        return;
    tw_region_handle(&preview->view, region, handles[0], &left, &top);
    tw_region_handle(&preview->view, region, handles[4], &right, &bottom);
    cairo_save(cr);
    if (!tw_region_is_whole(region, preview->input_width,
                            preview->input_height)) {
        dim_around(&preview->view, cr, left, top, right - left, bottom - top);
        cairo_rectangle(cr, left - 0.5, top - 0.5, right - left + 1,
                        bottom - top + 1);
        stroke(cr, 1);
    }
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
    for (gsize i = 0; i < G_N_ELEMENTS(handles); i++) {
        double x, y;

        tw_region_handle(&preview->view, region, handles[i], &x, &y);
        draw_mark(cr, handles[i], x, y);
    }
    stroke(cr, 2);
    cairo_restore(cr);
}

/* --- mark --- */

void
tw_preview_draw_mark(TwPreview *preview, cairo_t *cr)
{
    static const double dash = 5; /* logical pixels */
    const cairo_rectangle_int_t *mark = &preview->mark;
    double left, top, right, bottom;

    if (mark->width == 0)
        return;
    tw_view_from_input(&preview->view, mark->x, mark->y, &left, &top);
    tw_view_from_input(&preview->view, mark->x + mark->width,
                       mark->y + mark->height, &right, &bottom);
    cairo_save(cr);
    cairo_rectangle(cr, left, top, right - left, bottom - top);
    cairo_set_line_width(cr, 1.5);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_stroke_preserve(cr);
    cairo_set_dash(cr, &dash, 1, 0);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_stroke(cr);
    cairo_restore(cr);
}

/* --- divider --- */

/* A triangle that points to one side; @way: -1 left, 1 right. */
static void
arrow(cairo_t *cr, double x, double y, int way)
{
    cairo_move_to(cr, x + way * 8, y);
    cairo_line_to(cr, x + way * 3, y - 5);
    cairo_line_to(cr, x + way * 3, y + 5);
    cairo_close_path(cr);
}

void
tw_preview_draw_divider(TwPreview *preview, cairo_t *cr)
{
    const TwView *view = &preview->view;
    double x, y;

    if (tw_preview_shown_mode(preview) != TW_PREVIEW_SPLIT)
        return;
    tw_view_knob(view, &x, &y);
    cairo_save(cr);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_rectangle(cr, x - 1, 0, 1, view->height);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_rectangle(cr, x, 0, 1, view->height);
    cairo_fill(cr);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_DEFAULT);

    cairo_arc(cr, x, y, TW_KNOB_RADIUS - 1, 0, 2 * G_PI);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
    arrow(cr, x, y, -1);
    arrow(cr, x, y, 1);
    cairo_fill(cr);
    cairo_restore(cr);
}

/* --- focus --- */

void
tw_preview_draw_focus(TwPreview *preview, cairo_t *cr)
{
    if (!gtk_widget_has_visible_focus(GTK_WIDGET(preview)))
        return;
    cairo_save(cr);
    cairo_rectangle(cr, 2, 2, preview->view.width - 4,
                    preview->view.height - 4);
    stroke(cr, 2);
    cairo_restore(cr);
}
