/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-brush-private.h"

#include <math.h>

G_DEFINE_FINAL_TYPE(TwBrush, tw_brush, G_TYPE_OBJECT)

enum { SIZE = 1, HARDNESS, ERASE, OVERLAY, FILL, PROPERTIES };

static GParamSpec *properties[PROPERTIES];

static TwBrush *
brush_of(TwTool *tool)
{
    return (gpointer) ((guchar *) tool - G_STRUCT_OFFSET(TwBrush, tool));
}

/* The ring, if there is one, with the width of its line. */
static void
redraw_ring(TwBrush *brush)
{
    const TwDab ring = { brush->size / 2, 1, FALSE };
    cairo_rectangle_int_t box;
    double zoom;
    int more;

    if (!brush->preview || !brush->present)
        return;
    zoom = tw_view_input_zoom(tw_preview_get_view(brush->preview));
    more = (int) ceil(8 / zoom);
    tw_dab_reach(&ring, brush->x, brush->y, brush->x, brush->y, &box);
    box =
        (cairo_rectangle_int_t) { box.x - more, box.y - more,
                                  box.width + 2 * more, box.height + 2 * more };
    tw_preview_redraw(brush->preview, &box);
}

/* The smallest brush covers the pixel that it is in, wherever it is in it. */
void
tw_brush_place(TwBrush *brush, double x, double y)
{
    const gboolean small = brush->size < 2;

    redraw_ring(brush);
    brush->present = TRUE;
    brush->x = small ? floor(x) + 0.5 : x;
    brush->y = small ? floor(y) + 0.5 : y;
    redraw_ring(brush);
}

void
tw_brush_begin(TwBrush *brush, gboolean opposite)
{
    brush->erasing = !brush->erase != !opposite;
    const TwDab dab = { brush->size / 2, brush->hardness, brush->erasing };

    tw_paint_begin(brush->paint, &dab, brush->x, brush->y);
}

/* A quick curve stays a curve: no motion is left out while one paints. */
static void
follow(TwBrush *brush, gboolean closely)
{
    GdkWindow *window = brush->preview
                            ? gtk_widget_get_window(GTK_WIDGET(brush->preview))
                            : NULL;

    if (window)
        gdk_window_set_event_compression(window, !closely);
}

static void
press(TwTool *tool, double x, double y, guint button, GdkModifierType state)
{
    TwBrush *brush = brush_of(tool);

    if (button == GDK_BUTTON_MIDDLE)
        return;
    brush->keys = FALSE;
    follow(brush, TRUE);
    tw_brush_place(brush, x, y);
    tw_brush_begin(brush, (button == GDK_BUTTON_SECONDARY) !=
                              ((state & GDK_SHIFT_MASK) != 0));
}

static void
drag(TwTool *tool, double x, double y, GdkModifierType state)
{
    TwBrush *brush = brush_of(tool);

    (void) state;
    tw_brush_place(brush, x, y);
    if (tw_paint_is_painting(brush->paint))
        tw_paint_stroke_to(brush->paint, brush->x, brush->y);
}

static void
release(TwTool *tool, double x, double y, GdkModifierType state)
{
    TwBrush *brush = brush_of(tool);

    (void) state;
    tw_brush_place(brush, x, y);
    tw_paint_end(brush->paint);
    follow(brush, FALSE);
    brush->erasing = brush->erase;
}

/* The pointer takes over from the keys. */
static void
hover(TwTool *tool, double x, double y)
{
    TwBrush *brush = brush_of(tool);

    tw_paint_end(brush->paint);
    brush->keys = FALSE;
    tw_brush_place(brush, x, y);
}

static void
leave(TwTool *tool)
{
    TwBrush *brush = brush_of(tool);

    if (brush->keys)
        return;
    redraw_ring(brush);
    brush->present = FALSE;
}

static gboolean
key(TwTool *tool, const GdkEventKey *event)
{
    return tw_brush_key(brush_of(tool), event);
}

/* Light on dark, so that it is seen on any picture; dashed: it erases. */
static void
draw_ring(const TwBrush *brush, cairo_t *cr, const TwView *view)
{
    const double radius = MAX(brush->size / 2 * tw_view_input_zoom(view), 1.5);
    const double dash = 5;
    double x, y;

    tw_view_from_input(view, brush->x, brush->y, &x, &y);
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    if (brush->keys) {
        cairo_move_to(cr, x - 5, y);
        cairo_line_to(cr, x + 5, y);
        cairo_move_to(cr, x, y - 5);
        cairo_line_to(cr, x, y + 5);
    }
    cairo_set_line_width(cr, 3);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.7);
    cairo_stroke_preserve(cr);
    if (brush->erasing)
        cairo_set_dash(cr, &dash, 1, 0);
    cairo_set_line_width(cr, 1.25);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void
draw(TwTool *tool, cairo_t *cr, const TwView *view)
{
    TwBrush *brush = brush_of(tool);

    if (!brush->hidden)
        tw_overlay_draw(&brush->overlay, cr, view, tw_paint_mask(brush->paint));
    if (brush->present)
        draw_ring(brush, cr, view);
}

/* All of it, after a change of how it is shown. */
static void
redraw_mask(TwBrush *brush)
{
    tw_overlay_clear(&brush->overlay);
    if (brush->preview)
        tw_preview_redraw(brush->preview, NULL);
}

static void
set_hidden(TwBrush *brush, gboolean hidden, gboolean aside)
{
    brush->aside = aside;
    if (brush->hidden == hidden)
        return;
    brush->hidden = hidden;
    g_object_notify_by_pspec(G_OBJECT(brush), properties[OVERLAY]);
}

/* Out of the way of a result, and back. Who hides it or calls it back has the last
 * word. */
static void
set_filled(TwBrush *brush, gboolean filled)
{
    if (filled == !brush->overlay.hollow)
        return;
    brush->overlay.hollow = !filled;
    if (filled ? brush->aside : !brush->hidden)
        set_hidden(brush, !filled, !filled);
    redraw_mask(brush);
}

static void
mask_changed(TwPaint *paint, const cairo_rectangle_int_t *part, TwBrush *brush)
{
    if (brush->overlay.hollow)
        g_object_set(brush, "fill", TRUE, NULL);
    if (brush->hidden)
        return;
    tw_overlay_update(&brush->overlay, tw_paint_mask(paint), part);
    if (brush->preview)
        tw_preview_redraw(brush->preview, part);
}

TwBrush *
tw_brush_new(TwPaint *paint, TwPreview *preview)
{
    TwBrush *brush = g_object_new(TW_TYPE_BRUSH, NULL);
    const TwPlane *mask = tw_paint_mask(paint);

    brush->paint = g_object_ref(paint);
    g_set_weak_pointer(&brush->preview, preview);
    brush->size = CLAMP(MIN(mask->width, mask->height) / 25, 10, 100);
    g_signal_connect_object(paint, "changed", G_CALLBACK(mask_changed), brush,
                            0);
    return brush;
}

TwTool *
tw_brush_tool(TwBrush *brush)
{
    return &brush->tool;
}

TwPaint *
tw_brush_paint(TwBrush *brush)
{
    return brush->paint;
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    const TwBrush *brush = TW_BRUSH(object);

    switch (id) {
    case SIZE:
        g_value_set_double(value, brush->size);
        break;
    case HARDNESS:
        g_value_set_double(value, brush->hardness);
        break;
    case ERASE:
        g_value_set_boolean(value, brush->erase);
        break;
    case OVERLAY:
        g_value_set_boolean(value, !brush->hidden);
        break;
    case FILL:
        g_value_set_boolean(value, !brush->overlay.hollow);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
    }
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    TwBrush *brush = TW_BRUSH(object);

    redraw_ring(brush);
    switch (id) {
    case SIZE:
        brush->size = g_value_get_double(value);
        break;
    case HARDNESS:
        brush->hardness = g_value_get_double(value);
        break;
    case ERASE:
        brush->erase = brush->erasing = g_value_get_boolean(value);
        break;
    case OVERLAY:
        brush->hidden = !g_value_get_boolean(value);
        brush->aside = FALSE;
        redraw_mask(brush);
        break;
    case FILL:
        set_filled(brush, g_value_get_boolean(value));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
    }
    redraw_ring(brush);
}

static void
finalize(GObject *object)
{
    TwBrush *brush = TW_BRUSH(object);

    tw_overlay_clear(&brush->overlay);
    g_clear_weak_pointer(&brush->preview);
    g_object_unref(brush->paint);
    G_OBJECT_CLASS(tw_brush_parent_class)->finalize(object);
}

static void
tw_brush_class_init(TwBrushClass *class)
{
    GObjectClass *object = G_OBJECT_CLASS(class);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

    object->get_property = get_property;
    object->set_property = set_property;
    object->finalize = finalize;
    properties[SIZE] =
        g_param_spec_double("size", NULL, NULL, 1, TW_BRUSH_MOST, 40, flags);
    properties[HARDNESS] =
        g_param_spec_double("hardness", NULL, NULL, 0, 1, 1, flags);
    properties[ERASE] = g_param_spec_boolean("erase", NULL, NULL, FALSE, flags);
    properties[OVERLAY] =
        g_param_spec_boolean("overlay", NULL, NULL, TRUE, flags);
    properties[FILL] = g_param_spec_boolean("fill", NULL, NULL, TRUE, flags);
    g_object_class_install_properties(object, PROPERTIES, properties);
}

static void
tw_brush_init(TwBrush *brush)
{
    brush->tool = (TwTool) { .press = press,
                             .drag = drag,
                             .release = release,
                             .hover = hover,
                             .leave = leave,
                             .key = key,
                             .draw = draw };
    brush->hardness = 1;
}
