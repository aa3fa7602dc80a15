/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of the preview; nobody else includes it. */

#ifndef TW_PREVIEW_PRIVATE_H
#define TW_PREVIEW_PRIVATE_H

#include "preview/tw-layer.h"
#include "preview/tw-preview.h"
#include "preview/tw-region.h"

#define TW_PREVIEW_MODES (TW_PREVIEW_INVENTED + 1)

/* Around the picture; neutral, so that it does not change how colors look. */
#define TW_PREVIEW_GRAY 0.25

/* What a pressed button is doing. */
typedef enum TwDrag {
    TW_DRAG_NONE,
    TW_DRAG_PAN,
    TW_DRAG_DIVIDER,
    TW_DRAG_REGION,     /* sides of the region, by handle */
    TW_DRAG_NEW_REGION, /* from the point where it began */
    TW_DRAG_ORIGINAL,   /* shows the picture before */
    TW_DRAG_TOOL
} TwDrag;

struct _TwPreview {
    GtkDrawingArea parent;

    TwView view;
    TwPreviewMode mode;
    TwLayer *layers[TW_PREVIEW_MODES]; /* by mode; that of split is empty */
    TwLayer *loupe;                    /* before, enlarged */
    TwPicture *after;
    int input_width, input_height; /* 0: no picture */
    cairo_rectangle_int_t region;  /* input pixels, always valid */
    gboolean region_visible;
    cairo_rectangle_int_t mark; /* input pixels; width 0: none */
    gboolean pending;           /* after is being completed */
    gboolean original;          /* show before, whatever the mode */

    TwPreviewTransform transform;
    gpointer transform_data;
    GDestroyNotify transform_destroy;

    TwTool *tool;
    TwDrag drag;
    guint button;          /* that began the drag */
    double from_x, from_y; /* where: logical pixels of the widget */
    double last_x, last_y; /* of the pointer */
    TwHandle handle;
    TwView from_view;
    cairo_rectangle_int_t from_region;
    gboolean space; /* held */
};

/* tw-preview-view.c */
void tw_preview_set_view(TwPreview *preview, const TwView *view);
void tw_preview_set_region_visible(TwPreview *preview, gboolean visible);

/* @region is valid. TRUE if it is another; the user's choice is then told by
 * tw_preview_region_chosen(). */
gboolean tw_preview_change_region(TwPreview *preview,
                                  const cairo_rectangle_int_t *region);
void tw_preview_region_chosen(TwPreview *preview);

/* The mode that can be shown: without its picture, after. */
TwPreviewMode tw_preview_shown_mode(TwPreview *preview);

/* tw-preview-draw.c, tw-preview-overlay.c, tw-preview-labels.c */
gboolean tw_preview_draw(GtkWidget *widget, cairo_t *cr);
void tw_preview_draw_region(TwPreview *preview, cairo_t *cr);
void tw_preview_draw_mark(TwPreview *preview, cairo_t *cr);
void tw_preview_draw_divider(TwPreview *preview, cairo_t *cr);
void tw_preview_draw_labels(TwPreview *preview, cairo_t *cr);
void tw_preview_draw_legend(TwPreview *preview, cairo_t *cr);
void tw_preview_draw_focus(TwPreview *preview, cairo_t *cr);

/* tw-preview-hit.c: logical pixels of the widget. */

/* The handle of the region at a place; the inside of the whole picture is none:
 * there is nowhere to move it. */
TwHandle tw_preview_handle_at(TwPreview *preview, double x, double y);

/* What the left button would drag here: the knob before all, then what a tool
 * or the region want, then the rest of the divider. */
TwDrag tw_preview_drag_at(TwPreview *preview, double x, double y,
                          GdkModifierType state);
void tw_preview_update_cursor(TwPreview *preview, double x, double y);

/* tw-preview-input.c, tw-preview-keys.c */

/* As if the button were let go where the pointer was last. */
void tw_preview_end_drag(TwPreview *preview);
void tw_preview_connect_input(GtkWidgetClass *widget_class);
void tw_preview_connect_keys(GtkWidgetClass *widget_class);

/* tw-preview-accessible.c: the divider as a value, for screen readers. */
GType tw_preview_accessible_get_type(void);
void tw_preview_accessible_changed(TwPreview *preview);

#endif
