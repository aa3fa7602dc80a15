/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tw-paint.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "tw-feather.h"
#include "tw-history.h"
#include "tw-refined.h"

struct _TwPaint {
    GObject parent;
    TwPlane base;
    TwRefined refined;
    TwHistory *history;
    TwDab dab;
    double x, y; /* where the stroke is */
    gboolean painting, unsettled;
    gboolean empty;
    guint idle;
};

G_DEFINE_FINAL_TYPE(TwPaint, tw_paint, G_TYPE_OBJECT)

enum { GROW = 1, FEATHER, CAN_UNDO, CAN_REDO, EMPTY, PROPERTIES };
enum { CHANGED, SETTLED, FAILED, SIGNALS };
enum { STROKE, INVERSION }; /* tags of steps */

static GParamSpec *properties[PROPERTIES];
static guint signals[SIGNALS];

static gboolean
fail(TwPaint *paint)
{
    g_signal_emit(paint, signals[FAILED], 0,
                  _("There is not enough memory to change the mask; it is as "
                    "before. Close other pictures or programs and try again."));
    return FALSE;
}

static void
emit_changed(TwPaint *paint, const cairo_rectangle_int_t *part)
{
    if (part->width > 0 && part->height > 0)
        g_signal_emit(paint, signals[CHANGED], 0, part);
}

/* The stroke and the idle handler are through: says so once. */
static void
settled(TwPaint *paint)
{
    cairo_rectangle_int_t bounds;

    if (!paint->unsettled || paint->painting ||
        tw_refined_is_stale(&paint->refined))
        return;
    paint->unsettled = FALSE;

    const gboolean empty = !tw_plane_bounds(&paint->refined.plane, &bounds);

    if (empty != paint->empty) {
        paint->empty = empty;
        g_object_notify_by_pspec(G_OBJECT(paint), properties[EMPTY]);
    }
    g_signal_emit(paint, signals[SETTLED], 0);
}

/* One piece; FALSE: there is nothing to do, or, after "failed", no memory. */
static gboolean
work(TwPaint *paint)
{
    cairo_rectangle_int_t changed;

    if (!tw_refined_is_stale(&paint->refined))
        return FALSE;
    if (!tw_refined_work(&paint->refined, &changed))
        return fail(paint);
    emit_changed(paint, &changed);
    return TRUE;
}

static gboolean
work_a_while(gpointer data)
{
    TwPaint *paint = data;
    const gint64 end = g_get_monotonic_time() + 8000;
    gboolean more = TRUE;

    while (more && g_get_monotonic_time() < end)
        more = work(paint);
    if (more)
        return G_SOURCE_CONTINUE;
    paint->idle = 0;
    settled(paint);
    return G_SOURCE_REMOVE;
}

/* After every change of the base or the settings. */
static void
go_on(TwPaint *paint)
{
    paint->unsettled = TRUE;
    if (!tw_refined_is_stale(&paint->refined))
        settled(paint);
    else if (paint->idle == 0)
        paint->idle = g_idle_add(work_a_while, paint);
}

/* The base has changed there. */
static void
touch(TwPaint *paint, const cairo_rectangle_int_t *part)
{
    tw_refined_touch(&paint->refined, part);
    if (paint->refined.plane.data == paint->base.data)
        emit_changed(paint, part);
    go_on(paint);
}

static void
notify_steps(TwPaint *paint)
{
    g_object_notify_by_pspec(G_OBJECT(paint), properties[CAN_UNDO]);
    g_object_notify_by_pspec(G_OBJECT(paint), properties[CAN_REDO]);
}

static cairo_rectangle_int_t
whole(const TwPaint *paint)
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
    const cairo_rectangle_int_t all = whole(paint);

    tw_paint_end(paint);
    for (int y = 0; y < all.height; y++)
        memcpy(tw_plane_row(&paint->base, y), bytes + (gsize) y * stride,
               (gsize) all.width);
    tw_history_forget(paint->history);
    notify_steps(paint);
    touch(paint, &all);
}

void
tw_paint_set_undo_limit(TwPaint *paint, gsize bytes)
{
    tw_history_set_limit(paint->history, bytes);
    notify_steps(paint);
}

gsize
tw_paint_undo_bytes(TwPaint *paint)
{
    return tw_history_bytes(paint->history);
}

gboolean
tw_paint_begin(TwPaint *paint, const TwDab *dab, double x, double y)
{
    tw_paint_end(paint);
    tw_history_begin(paint->history, STROKE);
    paint->painting = TRUE;
    paint->dab = *dab;
    paint->x = x;
    paint->y = y;
    return tw_paint_stroke_to(paint, x, y);
}

gboolean
tw_paint_stroke_to(TwPaint *paint, double x, double y)
{
    const double x0 = paint->x, y0 = paint->y;
    cairo_rectangle_int_t part;

    g_return_val_if_fail(paint->painting, FALSE);
    paint->x = x;
    paint->y = y;
    tw_dab_reach(&paint->dab, x0, y0, x, y, &part);
    if (!tw_plane_clip(&paint->base, &part))
        return TRUE;
    if (!tw_history_save(paint->history, &part))
        return fail(paint);
    tw_dab_line(&paint->base, &paint->dab, x0, y0, x, y, &part);
    touch(paint, &part);
    return TRUE;
}

void
tw_paint_end(TwPaint *paint)
{
    if (!paint->painting)
        return;
    paint->painting = FALSE;
    if (tw_history_commit(paint->history))
        notify_steps(paint);
    settled(paint);
}

gboolean
tw_paint_is_painting(TwPaint *paint)
{
    return paint->painting;
}

static void
turn_grow(TwPaint *paint)
{
    if (paint->refined.grow == 0)
        return;
    tw_refined_set(&paint->refined, -paint->refined.grow,
                   paint->refined.feather);
    g_object_notify_by_pspec(G_OBJECT(paint), properties[GROW]);
}

/* Every byte b becomes (b & @keep) ^ @flip. */
static gboolean
change_all(TwPaint *paint, int tag, guchar keep, guchar flip)
{
    const cairo_rectangle_int_t all = whole(paint);
    const gsize size = (gsize) all.width * (gsize) all.height;
    gboolean fine;

    tw_paint_end(paint);
    tw_history_begin(paint->history, tag);
    fine = tw_history_save(paint->history, &all);
    for (gsize i = 0; fine && i < size; i++)
        paint->base.data[i] = (guchar) ((paint->base.data[i] & keep) ^ flip);
    if (tw_history_commit(paint->history)) {
        if (tag == INVERSION)
            turn_grow(paint);
        touch(paint, &all);
    }
    notify_steps(paint);
    return fine || fail(paint);
}

gboolean
tw_paint_clear(TwPaint *paint)
{
    return change_all(paint, STROKE, 0, 0);
}

gboolean
tw_paint_fill(TwPaint *paint)
{
    return change_all(paint, STROKE, 0, 255);
}

gboolean
tw_paint_invert(TwPaint *paint)
{
    return change_all(paint, INVERSION, 255, 255);
}

typedef gboolean (*Move)(TwHistory *history, cairo_rectangle_int_t *changed,
                         int *tag);

static void
move(TwPaint *paint, Move go)
{
    cairo_rectangle_int_t changed;
    int tag;

    tw_paint_end(paint);
    if (!go(paint->history, &changed, &tag)) {
        if (changed.width > 0)
            fail(paint);
        return;
    }
    if (tag == INVERSION)
        turn_grow(paint);
    notify_steps(paint);
    touch(paint, &changed);
}

void
tw_paint_undo(TwPaint *paint)
{
    move(paint, tw_history_undo);
}

void
tw_paint_redo(TwPaint *paint)
{
    move(paint, tw_history_redo);
}

static void
set_refinement(TwPaint *paint, int grow, double feather, GParamSpec *which)
{
    const cairo_rectangle_int_t all = whole(paint);

    if (!tw_refined_set(&paint->refined, grow, feather))
        fail(paint);
    g_object_notify_by_pspec(G_OBJECT(paint), which);
    if (grow == 0 && feather <= 0)
        emit_changed(paint, &all);
    go_on(paint);
}

void
tw_paint_set_grow(TwPaint *paint, int pixels)
{
    pixels = CLAMP(pixels, -TW_PAINT_GROW_MOST, TW_PAINT_GROW_MOST);
    if (pixels != paint->refined.grow)
        set_refinement(paint, pixels, paint->refined.feather, properties[GROW]);
}

int
tw_paint_get_grow(TwPaint *paint)
{
    return paint->refined.grow;
}

void
tw_paint_set_feather(TwPaint *paint, double pixels)
{
    pixels = CLAMP(pixels, 0, TW_PAINT_FEATHER_MOST);
    if (pixels < paint->refined.feather || pixels > paint->refined.feather)
        set_refinement(paint, paint->refined.grow, pixels, properties[FEATHER]);
}

double
tw_paint_get_feather(TwPaint *paint)
{
    return paint->refined.feather;
}

gboolean
tw_paint_settle(TwPaint *paint)
{
    while (work(paint)) {
    }
    settled(paint);
    return !tw_refined_is_stale(&paint->refined);
}

const TwPlane *
tw_paint_mask(TwPaint *paint)
{
    return &paint->refined.plane;
}

TwPicture *
tw_paint_picture(TwPaint *paint)
{
    const TwPlane *mask = &paint->refined.plane;
    TwPicture *picture = NULL;

    if (!tw_paint_settle(paint))
        return NULL;
    picture = tw_picture_new_clear(mask->width, mask->height);
    if (!picture) {
        fail(paint);
        return NULL;
    }
    for (int y = 0; y < mask->height; y++) {
        const guchar *row = tw_plane_row(mask, y);
        float *out = picture->image.data + y * picture->image.stride;

        for (int x = 0; x < mask->width; x++)
            if (row[x])
                for (int c = 0; c < 4; c++)
                    out[4 * x + c] = 1;
    }
    return picture;
}

gboolean
tw_paint_bounds(TwPaint *paint, cairo_rectangle_int_t *bounds)
{
    tw_paint_settle(paint);
    return tw_plane_bounds(&paint->refined.plane, bounds);
}

gboolean
tw_paint_is_empty(TwPaint *paint)
{
    tw_paint_settle(paint);
    return paint->empty;
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
