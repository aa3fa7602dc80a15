/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What part of its pictures the preview shows, and how. */
#include <math.h>

#include "preview/tw-preview-private.h"

void
tw_preview_set_view(TwPreview *preview, const TwView *view)
{
    const TwView old = preview->view;

    preview->view = *view;
    if (view->zoom != old.zoom)
        g_object_notify(G_OBJECT(preview), "zoom");
    if (view->zoom != old.zoom || view->x != old.x || view->y != old.y ||
        view->width != old.width || view->height != old.height)
        gtk_widget_queue_draw(GTK_WIDGET(preview));
}

void
tw_preview_set_mode(TwPreview *preview, TwPreviewMode mode)
{
    g_return_if_fail((int) mode >= 0 && mode < TW_PREVIEW_MODES);
    if (preview->mode == mode)
        return;
    preview->mode = mode;
    gtk_widget_queue_draw(GTK_WIDGET(preview));
    tw_preview_accessible_changed(preview);
    g_object_notify(G_OBJECT(preview), "mode");
}

TwPreviewMode
tw_preview_get_mode(TwPreview *preview)
{
    return preview->mode;
}

TwPreviewMode
tw_preview_shown_mode(TwPreview *preview)
{
    if (preview->original)
        return TW_PREVIEW_BEFORE;
    if (preview->mode >= TW_PREVIEW_MISFIT &&
        tw_layer_is_empty(preview->layers[preview->mode]))
        return TW_PREVIEW_AFTER;
    return preview->mode;
}

void
tw_preview_set_original(TwPreview *preview, gboolean original)
{
    if (preview->original == original)
        return;
    preview->original = original;
    gtk_widget_queue_draw(GTK_WIDGET(preview));
}

void
tw_preview_fit(TwPreview *preview)
{
    const TwView view = tw_view_fit(&preview->view);

    tw_preview_set_view(preview, &view);
}

void
tw_preview_fit_region(TwPreview *preview)
{
    const TwView view = tw_view_fit_part(&preview->view, &preview->region);

    if (preview->input_width > 0)
        tw_preview_set_view(preview, &view);
}

void
tw_preview_set_zoom(TwPreview *preview, double zoom)
{
    const TwView *old = &preview->view;
    const TwView view =
        tw_view_zoomed(old, zoom, old->width / 2.0, old->height / 2.0);

    tw_preview_set_view(preview, &view);
}

void
tw_preview_zoom_by(TwPreview *preview, double factor)
{
    const TwView *old = &preview->view;
    const TwView view = tw_view_zoomed(old, tw_view_next_zoom(old, factor),
                                       old->width / 2.0, old->height / 2.0);

    /* At the limit a fitted view stays fitted. */
    if (view.zoom != old->zoom)
        tw_preview_set_view(preview, &view);
}

double
tw_preview_get_zoom(TwPreview *preview)
{
    return preview->view.zoom;
}

const TwView *
tw_preview_get_view(TwPreview *preview)
{
    return &preview->view;
}

void
tw_preview_set_divider(TwPreview *preview, double divider)
{
    const double old = tw_view_divider_x(&preview->view);
    const int room = TW_KNOB_RADIUS + 3;
    double now;

    divider = CLAMP(divider, 0, 1);
    if (divider == preview->view.divider)
        return;
    preview->view.divider = divider;
    now = tw_view_divider_x(&preview->view);
    gtk_widget_queue_draw_area(GTK_WIDGET(preview), (int) MIN(old, now) - room,
                               0, (int) fabs(now - old) + 2 * room + 1,
                               preview->view.height);
    tw_preview_accessible_changed(preview);
    g_object_notify(G_OBJECT(preview), "divider");
}

/* --- region --- */

void
tw_preview_get_region(TwPreview *preview, cairo_rectangle_int_t *region)
{
    *region = preview->region;
}

gboolean
tw_preview_change_region(TwPreview *preview,
                         const cairo_rectangle_int_t *region)
{
    if (gdk_rectangle_equal(region, &preview->region))
        return FALSE;
    preview->region = *region;
    if (preview->region_visible)
        gtk_widget_queue_draw(GTK_WIDGET(preview));
    g_object_notify(G_OBJECT(preview), "region");
    return TRUE;
}

void
tw_preview_set_region(TwPreview *preview, const cairo_rectangle_int_t *region)
{
    cairo_rectangle_int_t valid = { 0, 0, preview->input_width,
                                    preview->input_height };

    if (region != NULL)
        valid = tw_region_clamped(region, preview->input_width,
                                  preview->input_height);
    tw_preview_change_region(preview, &valid);
}

void
tw_preview_region_chosen(TwPreview *preview)
{
    g_signal_emit_by_name(preview, "region-changed");
}

void
tw_preview_set_mark(TwPreview *preview, const cairo_rectangle_int_t *part)
{
    const cairo_rectangle_int_t none = { 0 };

    if (!part)
        part = &none;
    if (gdk_rectangle_equal(part, &preview->mark))
        return;
    preview->mark = *part;
    gtk_widget_queue_draw(GTK_WIDGET(preview));
}

void
tw_preview_set_region_visible(TwPreview *preview, gboolean visible)
{
    if (preview->region_visible == visible)
        return;
    preview->region_visible = visible;
    gtk_widget_queue_draw(GTK_WIDGET(preview));
    g_object_notify(G_OBJECT(preview), "region-visible");
}
