/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame: pictures, region, tool, divider and words, from back to front. */
#include <math.h>

#include "preview/tw-preview-private.h"

/* For new tiles in one frame, µs: leaves the main loop room at 60 frames per
 * second, and far from the 50 ms that are felt. */
#define FRAME_BUDGET 8000

typedef struct Frame {
    TwPreview *preview;
    cairo_t *cr; /* in device pixels */
    gint64 deadline;
    gboolean fine;
} Frame;

static void
draw_layer(Frame *frame, TwPreviewMode mode, const cairo_rectangle_int_t *part)
{
    TwPreview *preview = frame->preview;

    frame->fine = tw_layer_draw(preview->layers[mode], frame->cr,
                                &preview->view, part, frame->deadline) &&
                  frame->fine;
}

/* The part of @part that is left (or right) of the divider. */
static cairo_rectangle_int_t
side(const TwPreview *preview, const cairo_rectangle_int_t *part,
     gboolean right)
{
    const int divider =
        (int) lround(tw_view_divider_x(&preview->view) * preview->view.device);
    const int end = part->x + part->width;
    const int at = CLAMP(divider, part->x, end);

    return right
               ? (cairo_rectangle_int_t) { at, part->y, end - at, part->height }
               : (cairo_rectangle_int_t) { part->x, part->y, at - part->x,
                                           part->height };
}

/* Before everywhere, and over it what the mode shows where there is something. */
static void
draw_pictures(Frame *frame, const cairo_rectangle_int_t *part)
{
    TwPreview *preview = frame->preview;
    const TwPreviewMode mode = tw_preview_shown_mode(preview);
    const cairo_rectangle_int_t right = side(preview, part, TRUE);

    draw_layer(frame, TW_PREVIEW_BEFORE, part);
    if (mode == TW_PREVIEW_SPLIT)
        draw_layer(frame, TW_PREVIEW_AFTER, &right);
    else if (mode != TW_PREVIEW_BEFORE)
        draw_layer(frame, mode, part);
}

static cairo_rectangle_int_t
clip_of(cairo_t *cr)
{
    double left, top, right, bottom;

    cairo_clip_extents(cr, &left, &top, &right, &bottom);
    return (cairo_rectangle_int_t) { (int) floor(left), (int) floor(top),
                                     (int) (ceil(right) - floor(left)),
                                     (int) (ceil(bottom) - floor(top)) };
}

gboolean
tw_preview_draw(GtkWidget *widget, cairo_t *cr)
{
    TwPreview *preview = TW_PREVIEW(widget);
    const double device = preview->view.device;
    Frame frame = { preview, cr, g_get_monotonic_time() + FRAME_BUDGET, TRUE };

    cairo_set_source_rgb(cr, TW_PREVIEW_GRAY, TW_PREVIEW_GRAY, TW_PREVIEW_GRAY);
    cairo_paint(cr);
    if (preview->input_width > 0) {
        cairo_save(cr);
        cairo_scale(cr, 1 / device, 1 / device);
        const cairo_rectangle_int_t part = clip_of(cr);
        draw_pictures(&frame, &part);
        cairo_restore(cr);

        tw_preview_draw_region(preview, cr);
        tw_preview_draw_mark(preview, cr);
        if (preview->tool != NULL && preview->tool->draw != NULL) {
            cairo_save(cr);
            preview->tool->draw(preview->tool, cr, &preview->view);
            cairo_restore(cr);
        }
        tw_preview_draw_divider(preview, cr);
        tw_preview_draw_labels(preview, cr);
        tw_preview_draw_legend(preview, cr);
    }
    tw_preview_draw_focus(preview, cr);
    if (!frame.fine)
        gtk_widget_queue_draw(widget);
    return GDK_EVENT_PROPAGATE;
}
