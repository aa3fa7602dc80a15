/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture before and after, with a divider that can be dragged, zoom, pan and
 * the choice of a region. Main thread only.
 *
 * The widget holds references on the pictures and converts only what is seen.
 * Work that takes long (a first look at a large picture from far) is done in
 * pieces when the main loop is idle.
 *
 * With no tool set: the left button drags the divider, the region (inside it,
 * its sides and corners; double click: the whole picture; with Ctrl a new one),
 * and elsewhere the picture; the right button shows the original while held.
 * Always: middle button, or space and a drag, move the picture; the wheel zooms
 * at the pointer, with Shift or Ctrl it moves the picture.
 * Keys: + - zoom, 1 one to one, f the whole, r the region, arrows move the
 * picture (with Ctrl the region, with Ctrl and Shift its lower right corner),
 * comma and period the divider (with Shift in large steps), b held shows the
 * original.
 *
 * Properties:
 *     "divider"         double, 0…1 of the widget's width
 *     "zoom"            double, device pixels per pixel of the result
 *     "mode"            TwPreviewMode
 *     "region"          GdkRectangle, input pixels; NULL stands for the whole
 *     "region-visible"  gboolean: drawn and draggable; default FALSE
 * Signal:
 *     "region-changed"  the user has chosen another region (a drag has ended or
 *                       a key was pressed); "notify::region" says every change
 */

#ifndef TW_PREVIEW_H
#define TW_PREVIEW_H

#include <gtk/gtk.h>

#include "preview/tw-layer.h"
#include "preview/tw-view.h"
#include "session/tw-picture.h"

G_BEGIN_DECLS

typedef enum TwPreviewMode {
    TW_PREVIEW_SPLIT, /* before left, after right of the divider */
    TW_PREVIEW_AFTER,
    TW_PREVIEW_BEFORE,
    TW_PREVIEW_MISFIT,   /* how far the result is from the input, as colors */
    TW_PREVIEW_MEASURED, /* the part of the result that the input determines */
    TW_PREVIEW_INVENTED  /* the rest, plus medium gray */
} TwPreviewMode;

#define TW_TYPE_PREVIEW_MODE (tw_preview_mode_get_type())
GType tw_preview_mode_get_type(void);

/*
 * Something that takes over the pointer. Coordinates are pixels of the input
 * picture and may lie outside it; @draw gets widget coordinates in @cr, the
 * tool converts with @view. Every function may be NULL. @key returns TRUE if it
 * used the event (press or release) and comes before the preview's own keys.
 * @describe says in words what is drawn, for screen readers; to be freed. After a
 * change of what it draws the tool's owner calls tw_preview_redraw().
 */
typedef struct TwTool TwTool;
struct TwTool {
    void (*press)(TwTool *tool, double x, double y, guint button,
                  GdkModifierType state);
    void (*drag)(TwTool *tool, double x, double y, GdkModifierType state);
    void (*release)(TwTool *tool, double x, double y, GdkModifierType state);
    void (*hover)(TwTool *tool, double x, double y);
    void (*leave)(TwTool *tool);
    gboolean (*key)(TwTool *tool, const GdkEventKey *event);
    void (*draw)(TwTool *tool, cairo_t *cr, const TwView *view);
    char *(*describe)(TwTool *tool);
    const char *cursor; /* CSS name; NULL: "crosshair" */
};

#define TW_TYPE_PREVIEW (tw_preview_get_type())
G_DECLARE_FINAL_TYPE(TwPreview, tw_preview, TW, PREVIEW, GtkDrawingArea)

TwPreview *tw_preview_new(void);

/* The picture before, enlarged @scale times for display; NULL: none. One of
 * another size or scale removes after and views, and makes the region whole. */
void tw_preview_set_before(TwPreview *preview, TwPicture *picture,
                           double scale);

/* The picture after, or NULL. It fills @where, in pixels of the result; only
 * that part is drawn anew. Outside it before is seen. The views of another
 * picture after are removed. */
void tw_preview_set_after(TwPreview *preview, TwPicture *picture,
                          const cairo_rectangle_int_t *where);

/* While @pending, what after does not cover is darkened: it is still to come. */
void tw_preview_set_pending(TwPreview *preview, gboolean pending);

/* What explains the picture after, of its rectangle: @misfit holds in its first
 * channel the difference in units of the noise, @measured colors. NULL: not
 * known; after is then shown instead. */
void tw_preview_set_views(TwPreview *preview, TwPicture *misfit,
                          TwPicture *measured);

void tw_preview_set_mode(TwPreview *preview, TwPreviewMode mode);
TwPreviewMode tw_preview_get_mode(TwPreview *preview);

void tw_preview_fit(TwPreview *preview);
void tw_preview_fit_region(TwPreview *preview);
void tw_preview_zoom_by(TwPreview *preview, double factor);
void tw_preview_set_zoom(TwPreview *preview, double zoom);
double tw_preview_get_zoom(TwPreview *preview);

void tw_preview_set_divider(TwPreview *preview, double divider);

/* Input pixels. Getting gives the whole picture if nothing was chosen; setting
 * NULL chooses that. */
void tw_preview_get_region(TwPreview *preview, cairo_rectangle_int_t *region);
void tw_preview_set_region(TwPreview *preview,
                           const cairo_rectangle_int_t *region);

/* NULL: sRGB is what the display shows. */
void tw_preview_set_transform(TwPreview *preview, TwPreviewTransform transform,
                              gpointer data, GDestroyNotify destroy);

/* The display's colors have changed: convert everything again. */
void tw_preview_recolor(TwPreview *preview);

/* Not owned: take it away before it dies. NULL: divider, region, pan. */
void tw_preview_set_tool(TwPreview *preview, TwTool *tool);

/* A tool's drawing has changed inside this part of the input; NULL: anywhere. */
void tw_preview_redraw(TwPreview *preview, const cairo_rectangle_int_t *part);

const TwView *tw_preview_get_view(TwPreview *preview);

/* A dashed frame around this part of the input; NULL: none. */
void tw_preview_set_mark(TwPreview *preview, const cairo_rectangle_int_t *part);

/* Gives a layer that another widget draws the colors of the display, too. */
void tw_preview_color_layer(TwPreview *preview, TwLayer *layer);

/* Shows the picture before, whatever the mode, or no more. */
void tw_preview_set_original(TwPreview *preview, gboolean original);

/* For a tool's @draw: a round glass with the pixels of the picture before around
 * (@x, @y), in input pixels, enlarged at every zoom, with a cross on that point.
 * It lies beside the point, inside the widget, and on the side that is away from
 * (@other_x, @other_y) if there is room. @text is shown in it. */
void tw_preview_draw_loupe(TwPreview *preview, cairo_t *cr, double x, double y,
                           double other_x, double other_y, const char *text);

G_END_DECLS

#endif
