/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-paint-private.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

G_DEFINE_FINAL_TYPE(TwPaint, tw_paint, G_TYPE_OBJECT)

enum { GROW = 1, FEATHER, CAN_UNDO, CAN_REDO, EMPTY, PROPERTIES };
enum { CHANGED, SETTLED, FAILED, SIGNALS };
static GParamSpec *properties[PROPERTIES];
static guint signals[SIGNALS];

gboolean
tw_paint_fail(TwPaint *paint)
{
    g_signal_emit(paint, signals[FAILED], 0,
                  _("There is not enough memory to change the mask; it is as "
                    "before. Close other pictures or programs and try again."));
    return FALSE;
}

void
tw_paint_changed(TwPaint *paint, const cairo_rectangle_int_t *part)
{
    if (part->width > 0 && part->height > 0)
        g_signal_emit(paint, signals[CHANGED], 0, part);
}

cairo_rectangle_int_t
tw_paint_whole(const TwPaint *paint)
{
    return (cairo_rectangle_int_t) { 0, 0, paint->base.width,
                                     paint->base.height };
}

TwPaint *
tw_paint_new(int width, int height)
{
    TwPaint *paint = g_object_new(TW_TYPE_PAINT, NULL);
    TwPlane *base = &paint->base;

    *base = (TwPlane) { width, height, NULL };
    base->data = calloc((gsize) width, (gsize) height);
    paint->history = base->data ? tw_history_new(base) : NULL;
    if (!paint->history)
        g_clear_object(&paint);
    else
        tw_refined_init(&paint->refined, base);
    return paint;
}

void
tw_paint_load(TwPaint *paint, const guchar *bytes, gsize stride)
{
    const cairo_rectangle_int_t all = tw_paint_whole(paint);

    tw_paint_end(paint);
    for (int y = 0; y < all.height; y++)
        memcpy(tw_plane_row(&paint->base, y), bytes + (gsize) y * stride,
               (gsize) all.width);
    tw_history_forget(paint->history);
    g_object_notify_by_pspec(G_OBJECT(paint), properties[CAN_UNDO]);
    g_object_notify_by_pspec(G_OBJECT(paint), properties[CAN_REDO]);
    tw_paint_touch(paint, &all);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    TwPaint *paint = TW_PAINT(object);

    switch (id) {
    case GROW:
        g_value_set_int(value, paint->refined.grow);
        break;
    case FEATHER:
        g_value_set_double(value, paint->refined.feather);
        break;
    case CAN_UNDO:
        g_value_set_boolean(value, tw_history_can_undo(paint->history));
        break;
    case CAN_REDO:
        g_value_set_boolean(value, tw_history_can_redo(paint->history));
        break;
    case EMPTY:
        g_value_set_boolean(value, paint->empty);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
    }
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    TwPaint *paint = TW_PAINT(object);

    if (id == GROW)
        tw_paint_set_grow(paint, g_value_get_int(value));
    else if (id == FEATHER)
        tw_paint_set_feather(paint, g_value_get_double(value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
}

static void
finalize(GObject *object)
{
    TwPaint *paint = TW_PAINT(object);

    g_clear_handle_id(&paint->idle, g_source_remove);
    tw_history_free(paint->history);
    tw_refined_clear(&paint->refined);
    free(paint->base.data);
    G_OBJECT_CLASS(tw_paint_parent_class)->finalize(object);
}

static void
tw_paint_class_init(TwPaintClass *class)
{
    GObjectClass *object = G_OBJECT_CLASS(class);
    const GParamFlags both =
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object->get_property = get_property;
    object->set_property = set_property;
    object->finalize = finalize;
    properties[GROW] = g_param_spec_int("grow", NULL, NULL, -TW_PAINT_GROW_MOST,
                                        TW_PAINT_GROW_MOST, 0, both);
    properties[FEATHER] = g_param_spec_double("feather", NULL, NULL, 0,
                                              TW_PAINT_FEATHER_MOST, 0, both);
    properties[CAN_UNDO] =
        g_param_spec_boolean("can-undo", NULL, NULL, FALSE, read);
    properties[CAN_REDO] =
        g_param_spec_boolean("can-redo", NULL, NULL, FALSE, read);
    properties[EMPTY] = g_param_spec_boolean("empty", NULL, NULL, TRUE, read);
    g_object_class_install_properties(object, PROPERTIES, properties);
    signals[CHANGED] =
        g_signal_new("changed", TW_TYPE_PAINT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                     NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    signals[SETTLED] = g_signal_new("settled", TW_TYPE_PAINT, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[FAILED] =
        g_signal_new("failed", TW_TYPE_PAINT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tw_paint_init(TwPaint *paint)
{
    paint->empty = TRUE;
}
