/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strokes, and what else can be undone. */
#include "mask/tw-paint-private.h"

enum { STROKE, INVERSION }; /* tags of steps */

static void
notify_steps(TwPaint *paint)
{
    g_object_notify(G_OBJECT(paint), "can-undo");
    g_object_notify(G_OBJECT(paint), "can-redo");
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
        return tw_paint_fail(paint);
    tw_dab_line(&paint->base, &paint->dab, x0, y0, x, y, &part);
    tw_paint_touch(paint, &part);
    return TRUE;
}

void
tw_paint_end(TwPaint *paint)
{
    if (!paint->painting)
        return;
    paint->painting = FALSE;
    tw_history_commit(paint->history);
    notify_steps(paint);
    tw_paint_check_settled(paint);
}

gboolean
tw_paint_is_painting(TwPaint *paint)
{
    return paint->painting;
}

/* Every byte b becomes (b & @keep) ^ @flip. */
static void
convert(guchar *bytes, gsize size, guchar keep, guchar flip)
{
#pragma omp simd
    for (gsize i = 0; i < size; i++)
        bytes[i] = (guchar) ((bytes[i] & keep) ^ flip);
}

/* The same with the whole base, as one step. */
static gboolean
change_all(TwPaint *paint, int tag, guchar keep, guchar flip)
{
    const cairo_rectangle_int_t all = tw_paint_whole(paint);
    const gsize size = (gsize) all.width * (gsize) all.height;
    gboolean fine;

    tw_paint_end(paint);
    tw_history_begin(paint->history, tag);
    fine = tw_history_save(paint->history, &all);
    if (fine)
        convert(paint->base.data, size, keep, flip);
    if (tw_history_commit(paint->history)) {
        if (tag == INVERSION)
            tw_paint_turn_grow(paint);
        tw_paint_touch(paint, &all);
    }
    notify_steps(paint);
    return fine || tw_paint_fail(paint);
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
            tw_paint_fail(paint);
        return;
    }
    if (tag == INVERSION)
        tw_paint_turn_grow(paint);
    notify_steps(paint);
    tw_paint_touch(paint, &changed);
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
