/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the preview holds: pictures, their colors, and a tool over them. */
#include "preview/tw-preview-private.h"

#include <math.h>

void
tw_preview_set_before(TwPreview *preview, TwPicture *picture, double scale)
{
    const int width = picture != NULL ? picture->image.width : 0;
    const int height = picture != NULL ? picture->image.height : 0;
    const gboolean same = width == preview->input_width &&
                          height == preview->input_height &&
                          scale == preview->view.scale;
    const TwView view =
        tw_view_with_picture(&preview->view, width, height, scale);
    const cairo_rectangle_int_t whole = { 0, 0, view.result_width,
                                          view.result_height };

    preview->input_width = width;
    preview->input_height = height;
    tw_layer_set(preview->layers[TW_PREVIEW_BEFORE], picture, NULL, &whole);
    tw_layer_set(preview->loupe, picture, NULL, &whole);
    tw_preview_set_view(preview, &view);
    if (!same) {
        if (preview->drag == TW_DRAG_TOOL || preview->drag == TW_DRAG_ORIGINAL)
            tw_preview_end_drag(preview);
        preview->drag = TW_DRAG_NONE;
        tw_preview_set_after(preview, NULL, NULL);
        tw_preview_set_region(preview, NULL);
    }
    gtk_widget_queue_draw(GTK_WIDGET(preview));
}

/* Draws this part of the result anew. */
static void
queue_result(TwPreview *preview, const cairo_rectangle_int_t *part)
{
    double left, top, right, bottom;

    tw_view_from_result(&preview->view, part->x, part->y, &left, &top);
    tw_view_from_result(&preview->view, part->x + part->width,
                        part->y + part->height, &right, &bottom);
    left = CLAMP(left - 1, 0, preview->view.width);
    top = CLAMP(top - 1, 0, preview->view.height);
    right = CLAMP(right + 1, left, preview->view.width);
    bottom = CLAMP(bottom + 1, top, preview->view.height);
    gtk_widget_queue_draw_area(GTK_WIDGET(preview), (int) left, (int) top,
                               (int) (right - left) + 1,
                               (int) (bottom - top) + 1);
}

void
tw_preview_set_after(TwPreview *preview, TwPicture *picture,
                     const cairo_rectangle_int_t *where)
{
    TwLayer *layer = preview->layers[TW_PREVIEW_AFTER];
    const cairo_rectangle_int_t old = *tw_layer_where(layer);
    const gboolean first = tw_layer_is_empty(layer);
    const cairo_rectangle_int_t none = { 0 };

    if (picture == NULL || where == NULL)
        where = &none;
    if (picture != preview->after)
        tw_preview_set_views(preview, NULL, NULL);
    tw_picture_set(&preview->after, picture);
    tw_layer_set(layer, picture, NULL, where);
    queue_result(preview, &old);
    queue_result(preview, where);
    if (first != (picture == NULL) || preview->pending)
        gtk_widget_queue_draw(GTK_WIDGET(preview));
}

void
tw_preview_set_pending(TwPreview *preview, gboolean pending)
{
    preview->pending = pending;
    gtk_widget_queue_draw(GTK_WIDGET(preview));
}

void
tw_preview_set_views(TwPreview *preview, TwPicture *misfit, TwPicture *measured)
{
    const cairo_rectangle_int_t *where =
        tw_layer_where(preview->layers[TW_PREVIEW_AFTER]);

    tw_layer_set(preview->layers[TW_PREVIEW_MISFIT], misfit, NULL, where);
    tw_layer_set(preview->layers[TW_PREVIEW_MEASURED], measured, NULL, where);
    tw_layer_set(preview->layers[TW_PREVIEW_INVENTED],
                 measured != NULL ? preview->after : NULL, measured, where);
    if (preview->mode >= TW_PREVIEW_MISFIT)
        gtk_widget_queue_draw(GTK_WIDGET(preview));
}

void
tw_preview_color_layer(TwPreview *preview, TwLayer *layer)
{
    tw_layer_set_transform(layer, preview->transform, preview->transform_data);
}

static void
apply_transform(TwPreview *preview)
{
    for (int i = 0; i < TW_PREVIEW_MODES; i++)
        tw_preview_color_layer(preview, preview->layers[i]);
    tw_preview_color_layer(preview, preview->loupe);
    gtk_widget_queue_draw(GTK_WIDGET(preview));
}

void
tw_preview_set_transform(TwPreview *preview, TwPreviewTransform transform,
                         gpointer data, GDestroyNotify destroy)
{
    if (preview->transform_destroy != NULL)
        preview->transform_destroy(preview->transform_data);
    preview->transform = transform;
    preview->transform_data = data;
    preview->transform_destroy = destroy;
    apply_transform(preview);
}

void
tw_preview_recolor(TwPreview *preview)
{
    apply_transform(preview);
}

void
tw_preview_set_tool(TwPreview *preview, TwTool *tool)
{
    if (preview->drag == TW_DRAG_TOOL)
        tw_preview_end_drag(preview);
    preview->tool = tool;
    tw_preview_update_cursor(preview, preview->last_x, preview->last_y);
    gtk_widget_queue_draw(GTK_WIDGET(preview));
}

void
tw_preview_redraw(TwPreview *preview, const cairo_rectangle_int_t *part)
{
    const double scale = preview->view.scale;
    cairo_rectangle_int_t result;

    if (part == NULL) {
        gtk_widget_queue_draw(GTK_WIDGET(preview));
        return;
    }
    result.x = (int) floor(part->x * scale);
    result.y = (int) floor(part->y * scale);
    result.width = (int) ceil((part->x + part->width) * scale) - result.x;
    result.height = (int) ceil((part->y + part->height) * scale) - result.y;
    queue_result(preview, &result);
}
