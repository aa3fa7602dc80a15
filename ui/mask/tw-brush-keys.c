/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-brush-private.h"

#include <math.h>

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
    tw_brush_place(brush, CLAMP(x, 0, mask->width), CLAMP(y, 0, mask->height));
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
        tw_brush_begin(brush, (event->state & GDK_SHIFT_MASK) != 0);
    return TRUE;
}

gboolean
tw_brush_key(TwBrush *brush, const GdkEventKey *event)
{
    const GdkModifierType command =
        event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK);

    if (space_key(brush, event))
        return TRUE;
    if (event->type == GDK_KEY_RELEASE)
        return FALSE;
    return undo_key(brush, event) || walk_key(brush, event) ||
           (!command && plain_key(brush, event->keyval));
}
