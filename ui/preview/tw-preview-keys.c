/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard can do all that the pointer can. */
#include <math.h>

#include "preview/tw-preview-private.h"

#define KEY_ZOOM 1.25
#define KEY_PAN  40 /* logical pixels */
#define KEY_SIDE 8  /* of the region; logical pixels, so precise when zoomed */

/* Steps of the divider. */
#define SMALL 0.01
#define LARGE 0.1

static void
arrow(TwPreview *preview, int right, int down, GdkModifierType state)
{
    const double zoom = tw_view_input_zoom(&preview->view);
    const int step = MAX(1, (int) lround(KEY_SIDE / zoom));
    const TwHandle handle = (state & GDK_SHIFT_MASK)
                                ? TW_HANDLE_RIGHT | TW_HANDLE_BOTTOM
                                : TW_HANDLE_INSIDE;
    cairo_rectangle_int_t region;
    TwView view;

    if (!(state & GDK_CONTROL_MASK)) {
        view = tw_view_moved(&preview->view, -KEY_PAN * right, -KEY_PAN * down);
        tw_preview_set_view(preview, &view);
    } else if (preview->region_visible) {
        region = tw_region_dragged(&preview->region, handle, step * right,
                                   step * down, preview->input_width,
                                   preview->input_height);
        if (tw_preview_change_region(preview, &region))
            tw_preview_region_chosen(preview);
    }
}

static gboolean
arrow_key(TwPreview *preview, const GdkEventKey *event)
{
    static const struct {
        guint key, pad;
        int right, down;
    } arrows[] = {
        { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
        { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
        { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
        { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(arrows); i++)
        if (event->keyval == arrows[i].key || event->keyval == arrows[i].pad) {
            arrow(preview, arrows[i].right, arrows[i].down,
                  (GdkModifierType) event->state);
            return TRUE;
        }
    return FALSE;
}

/* Comma and period, and what they are with Shift: < and > or, on many keyboards
 * of Europe, ; and : */
static gboolean
divider_key(TwPreview *preview, const GdkEventKey *event)
{
    const double divider = preview->view.divider;
    const double step = (event->state & GDK_SHIFT_MASK) ? LARGE : SMALL;

    switch (event->keyval) {
    case GDK_KEY_comma:
    case GDK_KEY_less:
    case GDK_KEY_semicolon:
        tw_preview_set_divider(preview, divider - step);
        return TRUE;
    case GDK_KEY_period:
    case GDK_KEY_greater:
    case GDK_KEY_colon:
        tw_preview_set_divider(preview, divider + step);
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean
view_key(TwPreview *preview, const GdkEventKey *event)
{
    switch (gdk_keyval_to_lower(event->keyval)) {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
        tw_preview_zoom_by(preview, KEY_ZOOM);
        return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
        tw_preview_zoom_by(preview, 1 / KEY_ZOOM);
        return TRUE;
    case GDK_KEY_1:
    case GDK_KEY_KP_1:
        tw_preview_set_zoom(preview, 1);
        return TRUE;
    case GDK_KEY_f:
        tw_preview_fit(preview);
        return TRUE;
    case GDK_KEY_r:
        tw_preview_fit_region(preview);
        return TRUE;
    case GDK_KEY_b:
        tw_preview_set_original(preview, TRUE);
        return TRUE;
    case GDK_KEY_space:
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean
tool_key(TwPreview *preview, const GdkEventKey *event)
{
    if (preview->tool == NULL || preview->tool->key == NULL ||
        !preview->tool->key(preview->tool, event))
        return FALSE;
    if (preview->tool->describe != NULL)
        tw_preview_accessible_changed(preview);
    return TRUE;
}

static void
set_space(TwPreview *preview, gboolean space)
{
    preview->space = space;
    tw_preview_update_cursor(preview, preview->last_x, preview->last_y);
}

static gboolean
key_press(GtkWidget *widget, GdkEventKey *event)
{
    TwPreview *preview = TW_PREVIEW(widget);
    const guint letters = GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SUPER_MASK;

    if (event->keyval == GDK_KEY_space)
        set_space(preview, TRUE);
    if (preview->input_width == 0 || event->state & GDK_MOD1_MASK)
        return GDK_EVENT_PROPAGATE;
    if (tool_key(preview, event) || arrow_key(preview, event) ||
        (!(event->state & letters) &&
         (divider_key(preview, event) || view_key(preview, event))))
        return GDK_EVENT_STOP;
    return GDK_EVENT_PROPAGATE;
}

static gboolean
key_release(GtkWidget *widget, GdkEventKey *event)
{
    TwPreview *preview = TW_PREVIEW(widget);

    if (event->keyval == GDK_KEY_space)
        set_space(preview, FALSE);
    if (gdk_keyval_to_lower(event->keyval) == GDK_KEY_b &&
        preview->drag != TW_DRAG_ORIGINAL)
        tw_preview_set_original(preview, FALSE);
    return tool_key(preview, event) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* A key that is let go elsewhere must not stick. */
static gboolean
focus_out(GtkWidget *widget, GdkEventFocus *event G_GNUC_UNUSED)
{
    TwPreview *preview = TW_PREVIEW(widget);

    set_space(preview, FALSE);
    if (preview->drag != TW_DRAG_ORIGINAL)
        tw_preview_set_original(preview, FALSE);
    gtk_widget_queue_draw(widget);
    return GDK_EVENT_PROPAGATE;
}

static gboolean
focus_in(GtkWidget *widget, GdkEventFocus *event G_GNUC_UNUSED)
{
    gtk_widget_queue_draw(widget);
    return GDK_EVENT_PROPAGATE;
}

void
tw_preview_connect_keys(GtkWidgetClass *widget_class)
{
    widget_class->key_press_event = key_press;
    widget_class->key_release_event = key_release;
    widget_class->focus_in_event = focus_in;
    widget_class->focus_out_event = focus_out;
}
