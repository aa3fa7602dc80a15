/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pointer is on, and the cursor that says so. */
#include "preview/tw-preview-private.h"

static const char *
region_cursor(TwHandle handle)
{
    static const struct {
        TwHandle handle;
        const char *name;
    } cursors[] = {
        { TW_HANDLE_LEFT, "ew-resize" },
        { TW_HANDLE_RIGHT, "ew-resize" },
        { TW_HANDLE_TOP, "ns-resize" },
        { TW_HANDLE_BOTTOM, "ns-resize" },
        { TW_HANDLE_LEFT | TW_HANDLE_TOP, "nwse-resize" },
        { TW_HANDLE_RIGHT | TW_HANDLE_BOTTOM, "nwse-resize" },
        { TW_HANDLE_RIGHT | TW_HANDLE_TOP, "nesw-resize" },
        { TW_HANDLE_LEFT | TW_HANDLE_BOTTOM, "nesw-resize" },
        { TW_HANDLE_INSIDE, "move" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cursors); i++)
        if (cursors[i].handle == handle)
            return cursors[i].name;
    return "grab";
}

TwHandle
tw_preview_handle_at(TwPreview *preview, double x, double y)
{
    TwHandle handle;

    if (!preview->region_visible)
        return TW_HANDLE_NONE;
    handle = tw_region_hit(&preview->view, &preview->region, x, y);
    if (handle == TW_HANDLE_INSIDE &&
        tw_region_is_whole(&preview->region, preview->input_width,
                           preview->input_height))
        return TW_HANDLE_NONE;
    return handle;
}

TwDrag
tw_preview_drag_at(TwPreview *preview, double x, double y,
                   GdkModifierType state)
{
    const TwView *view = &preview->view;
    const gboolean split = tw_preview_shown_mode(preview) == TW_PREVIEW_SPLIT;
    const TwHandle handle = tw_preview_handle_at(preview, x, y);

    if (preview->space)
        return TW_DRAG_PAN;
    if (split && tw_view_on_knob(view, x, y))
        return TW_DRAG_DIVIDER;
    if (preview->tool != NULL)
        return TW_DRAG_TOOL;
    if (preview->region_visible && (state & GDK_CONTROL_MASK))
        return TW_DRAG_NEW_REGION;
    if (handle != TW_HANDLE_NONE && handle != TW_HANDLE_INSIDE)
        return TW_DRAG_REGION;
    if (split && tw_view_on_divider(view, x, y))
        return TW_DRAG_DIVIDER;
    return handle == TW_HANDLE_INSIDE ? TW_DRAG_REGION : TW_DRAG_PAN;
}

static const char *
cursor_for(TwPreview *preview, double x, double y)
{
    const TwDrag drag = preview->drag != TW_DRAG_NONE
                            ? preview->drag
                            : tw_preview_drag_at(preview, x, y, 0);

    switch (drag) {
    case TW_DRAG_DIVIDER:
        return "ew-resize";
    case TW_DRAG_REGION:
        return region_cursor(preview->drag == TW_DRAG_REGION
                                 ? preview->handle
                                 : tw_preview_handle_at(preview, x, y));
    case TW_DRAG_NEW_REGION:
        return "crosshair";
    case TW_DRAG_TOOL:
        return preview->tool->cursor != NULL ? preview->tool->cursor
                                             : "crosshair";
    case TW_DRAG_ORIGINAL:
        return "default";
    case TW_DRAG_PAN:
        return preview->drag == TW_DRAG_PAN ? "grabbing" : "grab";
    case TW_DRAG_NONE:
    default:
        return "default";
    }
}

void
tw_preview_update_cursor(TwPreview *preview, double x, double y)
{
    GdkWindow *window = gtk_widget_get_window(GTK_WIDGET(preview));
    g_autoptr(GdkCursor) cursor = NULL;

    if (window == NULL)
        return;
    cursor = gdk_cursor_new_from_name(gdk_window_get_display(window),
                                      cursor_for(preview, x, y));
    gdk_window_set_cursor(window, cursor);
}
