/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tw-brush.h"

#include <math.h>

#include "tw-overlay.h"

struct _TwBrush {
    GObject parent;
    TwTool tool;
    TwPaint *paint;
    TwPreview *preview; /* weak */
    TwOverlay overlay;
    double size, hardness;
    gboolean erase, hidden;
    double x, y;      /* where the brush is, input pixels */
    gboolean present; /* x, y are somewhere */
    gboolean keys;    /* moved there by keys */
    gboolean erasing; /* what the present stroke or hint does */
};

G_DEFINE_FINAL_TYPE(TwBrush, tw_brush, G_TYPE_OBJECT)

enum { SIZE = 1, HARDNESS, ERASE, OVERLAY, PROPERTIES };

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

static void
place(TwBrush *brush, double x, double y)
{
    redraw_ring(brush);
    brush->present = TRUE;
    brush->x = x;
    brush->y = y;
    redraw_ring(brush);
}

static gboolean
erases(const TwBrush *brush, gboolean opposite)
{
    return !brush->erase != !opposite;
}

static void
begin(TwBrush *brush, gboolean opposite)
{
    brush->erasing = erases(brush, opposite);
    const TwDab dab = { brush->size / 2, brush->hardness, brush->erasing };

    tw_paint_begin(brush->paint, &dab, brush->x, brush->y);
}

static void
press(TwTool *tool, double x, double y, guint button, GdkModifierType state)
{
    TwBrush *brush = brush_of(tool);

    if (button == GDK_BUTTON_MIDDLE)
        return;
    brush->keys = FALSE;
    place(brush, x, y);
    begin(brush,
          (button == GDK_BUTTON_SECONDARY) != ((state & GDK_SHIFT_MASK) != 0));
}

static void
drag(TwTool *tool, double x, double y, GdkModifierType state)
{
    TwBrush *brush = brush_of(tool);

    (void) state;
    place(brush, x, y);
    if (tw_paint_is_painting(brush->paint))
        tw_paint_stroke_to(brush->paint, x, y);
}

static void
release(TwTool *tool, double x, double y, GdkModifierType state)
{
    TwBrush *brush = brush_of(tool);

    (void) state;
    place(brush, x, y);
    tw_paint_end(brush->paint);
    brush->erasing = brush->erase;
}

static void
hover(TwTool *tool, double x, double y)
{
    TwBrush *brush = brush_of(tool);

    brush->keys = FALSE;
    place(brush, x, y);
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

/* Moves the brush by keys; the first time it appears where the pointer was or
 * in the middle of what is seen. */
static void
walk(TwBrush *brush, int dx, int dy, gboolean finely)
{
    const TwView *view = tw_preview_get_view(brush->preview);
    const TwPlane *mask = tw_paint_mask(brush->paint);
    const double step = finely ? 1 : MAX(1, round(brush->size / 4));
    double x = brush->x, y = brush->y;

    if (!brush->present) {
        tw_view_to_input(view, view->width / 2.0, view->height / 2.0, &x, &y);
        x = floor(x) + 0.5;
        y = floor(y) + 0.5;
    } else if (brush->keys) {
        x += dx * step;
        y += dy * step;
    }
    brush->keys = TRUE;
    place(brush, CLAMP(x, 0, mask->width), CLAMP(y, 0, mask->height));
    if (tw_paint_is_painting(brush->paint))
        tw_paint_stroke_to(brush->paint, brush->x, brush->y);
}

static gboolean
walk_key(TwBrush *brush, const GdkEventKey *event)
{
    const gboolean finely = (event->state & GDK_SHIFT_MASK) != 0;

    if (!(event->state & GDK_CONTROL_MASK))
        return FALSE;
    switch (event->keyval) {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
        walk(brush, -1, 0, finely);
        return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
        walk(brush, 1, 0, finely);
        return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
        walk(brush, 0, -1, finely);
        return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
        walk(brush, 0, 1, finely);
        return TRUE;
    }
    return FALSE;
}

/* A tenth more or less, but at least one pixel. */
static void
resize(TwBrush *brush, int direction)
{
    const double size =
        brush->size + direction * MAX(1, round(brush->size / 10));

    g_object_set(brush, "size", CLAMP(size, 1, TW_BRUSH_MOST), NULL);
}

static void
harden(TwBrush *brush, int direction)
{
    const double tenths = round(10 * brush->hardness) + direction;

    g_object_set(brush, "hardness", CLAMP(tenths, 0, 10) / 10, NULL);
}

static gboolean
plain_key(TwBrush *brush, guint keyval)
{
    switch (keyval) {
    case GDK_KEY_bracketleft:
        resize(brush, -1);
        return TRUE;
    case GDK_KEY_bracketright:
        resize(brush, 1);
        return TRUE;
    case GDK_KEY_braceleft:
        harden(brush, -1);
        return TRUE;
    case GDK_KEY_braceright:
        harden(brush, 1);
        return TRUE;
    case GDK_KEY_x:
    case GDK_KEY_X:
        g_object_set(brush, "erase", !brush->erase, NULL);
        return TRUE;
    }
    return FALSE;
}

static gboolean
undo_key(TwBrush *brush, const GdkEventKey *event)
{
    const guint key = gdk_keyval_to_lower(event->keyval);
    const gboolean shift = (event->state & GDK_SHIFT_MASK) != 0;

    if (!(event->state & GDK_CONTROL_MASK) ||
        (key != GDK_KEY_z && (key != GDK_KEY_y || shift)))
        return FALSE;
    if (key == GDK_KEY_z && !shift)
        tw_paint_undo(brush->paint);
    else
        tw_paint_redo(brush->paint);
    return TRUE;
}

/* Space paints while it is held, once keys have moved the brush; before that it
 * is the preview's. */
static gboolean
space_key(TwBrush *brush, const GdkEventKey *event)
{
    if (event->keyval != GDK_KEY_space || !brush->keys)
        return FALSE;
    if (event->type == GDK_KEY_RELEASE)
        tw_paint_end(brush->paint);
    else if (!tw_paint_is_painting(brush->paint))
        begin(brush, (event->state & GDK_SHIFT_MASK) != 0);
    return TRUE;
}

static gboolean
key(TwTool *tool, const GdkEventKey *event)
{
    TwBrush *brush = brush_of(tool);
    const GdkModifierType command =
        event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK);

    if (space_key(brush, event))
        return TRUE;
    if (event->type == GDK_KEY_RELEASE)
        return FALSE;
    return undo_key(brush, event) || walk_key(brush, event) ||
           (!command && plain_key(brush, event->keyval));
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

static void
mask_changed(TwPaint *paint, const cairo_rectangle_int_t *part, TwBrush *brush)
{
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
        tw_overlay_clear(&brush->overlay);
        if (brush->preview)
            tw_preview_redraw(brush->preview, NULL);
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
