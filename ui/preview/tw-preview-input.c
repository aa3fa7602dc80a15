/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pointer: who gets a press, and what a drag does. */
#include <math.h>

#include "preview/tw-preview-private.h"

/* What one notch of the wheel does. */
#define WHEEL_ZOOM G_SQRT2
#define WHEEL_PAN  60 /* logical pixels */

static void
choose_whole(TwPreview *preview)
{
    const cairo_rectangle_int_t whole = { 0, 0, preview->input_width,
                                          preview->input_height };

    preview->drag = TW_DRAG_NONE;
    if (tw_preview_change_region(preview, &whole))
        tw_preview_region_chosen(preview);
}

static TwDrag
drag_for(TwPreview *preview, const GdkEventButton *event)
{
    const TwDrag left = tw_preview_drag_at(preview, event->x, event->y,
                                           (GdkModifierType) event->state);

    if (event->button == GDK_BUTTON_MIDDLE)
        return TW_DRAG_PAN;
    if (event->button == GDK_BUTTON_PRIMARY || left == TW_DRAG_TOOL)
        return left;
    return event->button == GDK_BUTTON_SECONDARY ? TW_DRAG_ORIGINAL
                                                 : TW_DRAG_NONE;
}

static gboolean
button_press(GtkWidget *widget, GdkEventButton *event)
{
    TwPreview *preview = TW_PREVIEW(widget);
    double x, y;

    gtk_widget_grab_focus(widget);
    if (preview->input_width == 0)
        return GDK_EVENT_STOP;
    if (event->type == GDK_2BUTTON_PRESS && preview->tool == NULL &&
        preview->region_visible && event->button == GDK_BUTTON_PRIMARY &&
        preview->drag != TW_DRAG_DIVIDER)
        choose_whole(preview);
    if (event->type != GDK_BUTTON_PRESS || preview->drag != TW_DRAG_NONE)
        return GDK_EVENT_STOP;

    preview->drag = drag_for(preview, event);
    preview->button = event->button;
    preview->from_x = preview->last_x = event->x;
    preview->from_y = preview->last_y = event->y;
    preview->from_view = preview->view;
    preview->from_region = preview->region;
    preview->handle = tw_preview_handle_at(preview, event->x, event->y);
    tw_view_to_input(&preview->view, event->x, event->y, &x, &y);
    if (preview->drag == TW_DRAG_ORIGINAL)
        tw_preview_set_original(preview, TRUE);
    else if (preview->drag == TW_DRAG_TOOL && preview->tool->press != NULL)
        preview->tool->press(preview->tool, x, y, event->button,
                             (GdkModifierType) event->state);
    tw_preview_update_cursor(preview, event->x, event->y);
    return GDK_EVENT_STOP;
}

static void
drag_region(TwPreview *preview, double x, double y)
{
    const TwView *view = &preview->from_view;
    cairo_rectangle_int_t region;
    double ix, iy, from_x, from_y;

    tw_view_to_input(view, x, y, &ix, &iy);
    tw_view_to_input(view, preview->from_x, preview->from_y, &from_x, &from_y);
    if (preview->drag == TW_DRAG_NEW_REGION)
        region = tw_region_between(from_x, from_y, ix, iy, preview->input_width,
                                   preview->input_height);
    else
        region = tw_region_dragged(&preview->from_region, preview->handle,
                                   (int) lround(ix - from_x),
                                   (int) lround(iy - from_y),
                                   preview->input_width, preview->input_height);
    tw_preview_change_region(preview, &region);
}

static void
drag_to(TwPreview *preview, double x, double y, GdkModifierType state)
{
    TwView view;
    double ix, iy;

    switch (preview->drag) {
    case TW_DRAG_PAN:
        view = tw_view_moved(&preview->from_view, x - preview->from_x,
                             y - preview->from_y);
        view.divider = preview->view.divider;
        tw_preview_set_view(preview, &view);
        break;
    case TW_DRAG_DIVIDER:
        tw_preview_set_divider(preview, tw_view_divider_at(&preview->view, x));
        break;
    case TW_DRAG_REGION:
    case TW_DRAG_NEW_REGION:
        drag_region(preview, x, y);
        break;
    case TW_DRAG_TOOL:
        tw_view_to_input(&preview->view, x, y, &ix, &iy);
        if (preview->tool->drag != NULL)
            preview->tool->drag(preview->tool, ix, iy, state);
        break;
    case TW_DRAG_ORIGINAL:
    case TW_DRAG_NONE:
    default:
        break;
    }
}

static void
hover(TwPreview *preview, double x, double y)
{
    double ix, iy;

    tw_preview_update_cursor(preview, x, y);
    if (preview->tool != NULL && preview->tool->hover != NULL) {
        tw_view_to_input(&preview->view, x, y, &ix, &iy);
        preview->tool->hover(preview->tool, ix, iy);
    }
}

static gboolean
motion(GtkWidget *widget, GdkEventMotion *event)
{
    TwPreview *preview = TW_PREVIEW(widget);

    preview->last_x = event->x;
    preview->last_y = event->y;
    if (preview->drag != TW_DRAG_NONE)
        drag_to(preview, event->x, event->y, (GdkModifierType) event->state);
    else
        hover(preview, event->x, event->y);
    return GDK_EVENT_STOP;
}

static void
end_drag(TwPreview *preview, double x, double y, GdkModifierType state)
{
    const TwDrag drag = preview->drag;
    double ix, iy;

    preview->drag = TW_DRAG_NONE;
    if (drag == TW_DRAG_ORIGINAL) {
        tw_preview_set_original(preview, FALSE);
    } else if (drag == TW_DRAG_TOOL && preview->tool->release != NULL) {
        tw_view_to_input(&preview->view, x, y, &ix, &iy);
        preview->tool->release(preview->tool, ix, iy, state);
    } else if ((drag == TW_DRAG_REGION || drag == TW_DRAG_NEW_REGION) &&
               !gdk_rectangle_equal(&preview->region, &preview->from_region)) {
        tw_preview_region_chosen(preview);
    }
    tw_preview_update_cursor(preview, x, y);
}

void
tw_preview_end_drag(TwPreview *preview)
{
    if (preview->drag != TW_DRAG_NONE)
        end_drag(preview, preview->last_x, preview->last_y, 0);
}

static gboolean
button_release(GtkWidget *widget, GdkEventButton *event)
{
    TwPreview *preview = TW_PREVIEW(widget);

    if (preview->drag != TW_DRAG_NONE && event->button == preview->button)
        end_drag(preview, event->x, event->y, (GdkModifierType) event->state);
    return GDK_EVENT_STOP;
}

static gboolean
leave(GtkWidget *widget, GdkEventCrossing *event G_GNUC_UNUSED)
{
    TwPreview *preview = TW_PREVIEW(widget);

    if (preview->drag == TW_DRAG_NONE && preview->tool != NULL &&
        preview->tool->leave != NULL)
        preview->tool->leave(preview->tool);
    return GDK_EVENT_PROPAGATE;
}

/* Another window took the pointer: what was dragged stays as it is. */
static gboolean
grab_broken(GtkWidget *widget, GdkEventGrabBroken *event G_GNUC_UNUSED)
{
    tw_preview_end_drag(TW_PREVIEW(widget));
    return GDK_EVENT_PROPAGATE;
}

static void
scroll_deltas(const GdkEventScroll *event, double *dx, double *dy)
{
    *dx = *dy = 0;
    if (event->direction == GDK_SCROLL_SMOOTH) {
        *dx = event->delta_x;
        *dy = event->delta_y;
    } else if (event->direction == GDK_SCROLL_UP) {
        *dy = -1;
    } else if (event->direction == GDK_SCROLL_DOWN) {
        *dy = 1;
    } else if (event->direction == GDK_SCROLL_LEFT) {
        *dx = -1;
    } else {
        *dx = 1;
    }
}

static gboolean
scroll(GtkWidget *widget, GdkEventScroll *event)
{
    TwPreview *preview = TW_PREVIEW(widget);
    const TwView *old = &preview->view;
    double dx, dy;
    TwView view;

    if (preview->drag != TW_DRAG_NONE || preview->input_width == 0)
        return GDK_EVENT_STOP;
    scroll_deltas(event, &dx, &dy);
    if (event->state & GDK_SHIFT_MASK)
        view = tw_view_moved(old, -WHEEL_PAN * (dx + dy), 0);
    else if (event->state & GDK_CONTROL_MASK)
        view = tw_view_moved(old, -WHEEL_PAN * dx, -WHEEL_PAN * dy);
    else
        view = tw_view_zoomed(old, tw_view_next_zoom(old, pow(WHEEL_ZOOM, -dy)),
                              event->x, event->y);
    if (view.zoom != old->zoom || view.x != old->x || view.y != old->y)
        tw_preview_set_view(preview, &view);
    hover(preview, event->x, event->y);
    return GDK_EVENT_STOP;
}

void
tw_preview_connect_input(GtkWidgetClass *widget_class)
{
    widget_class->button_press_event = button_press;
    widget_class->button_release_event = button_release;
    widget_class->motion_notify_event = motion;
    widget_class->leave_notify_event = leave;
    widget_class->grab_broken_event = grab_broken;
    widget_class->scroll_event = scroll;
}
