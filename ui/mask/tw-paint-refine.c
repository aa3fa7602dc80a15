/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings, and the mask that they make of the base. */
#include "mask/tw-paint-private.h"

#include "core/parallel.h"

enum { SLICE = 8000 }; /* microseconds between two looks at events */

void
tw_paint_check_settled(TwPaint *paint)
{
    cairo_rectangle_int_t bounds;

    if (!paint->unsettled || paint->painting ||
        tw_refined_is_stale(&paint->refined))
        return;
    paint->unsettled = FALSE;

    const gboolean empty = !tw_plane_bounds(&paint->refined.plane, &bounds);

    if (empty != paint->empty) {
        paint->empty = empty;
        g_object_notify(G_OBJECT(paint), "empty");
    }
    g_signal_emit_by_name(paint, "settled");
}

/* One piece; FALSE: there is nothing to do, or, after "failed", no memory. */
static gboolean
work(TwPaint *paint)
{
    cairo_rectangle_int_t changed;

    if (!tw_refined_is_stale(&paint->refined))
        return FALSE;
    if (!tw_refined_work(&paint->refined, &changed))
        return tw_paint_fail(paint);
    tw_paint_changed(paint, &changed);
    return TRUE;
}

static gboolean
work_a_while(gpointer data)
{
    g_autoptr(TwPaint) paint = g_object_ref(data);
    const gint64 end = g_get_monotonic_time() + SLICE;
    gboolean more = TRUE;

    while (more && g_get_monotonic_time() < end)
        more = work(paint);
    if (more)
        return G_SOURCE_CONTINUE;
    paint->idle = 0;
    tw_paint_check_settled(paint);
    return G_SOURCE_REMOVE;
}

/* After every change of the base or the settings. */
static void
go_on(TwPaint *paint)
{
    paint->unsettled = TRUE;
    if (!tw_refined_is_stale(&paint->refined))
        tw_paint_check_settled(paint);
    else if (paint->idle == 0)
        paint->idle = g_idle_add(work_a_while, paint);
}

void
tw_paint_touch(TwPaint *paint, const cairo_rectangle_int_t *part)
{
    tw_refined_touch(&paint->refined, part);
    if (paint->refined.plane.data == paint->base.data)
        tw_paint_changed(paint, part);
    go_on(paint);
}

void
tw_paint_turn_grow(TwPaint *paint)
{
    if (paint->refined.grow == 0)
        return;
    tw_refined_set(&paint->refined, -paint->refined.grow,
                   paint->refined.feather);
    g_object_notify(G_OBJECT(paint), "grow");
}

static void
set_refinement(TwPaint *paint, int grow, double feather, const char *which)
{
    const cairo_rectangle_int_t all = tw_paint_whole(paint);

    if (!tw_refined_set(&paint->refined, grow, feather)) {
        tw_paint_fail(paint);
        g_object_notify(G_OBJECT(paint), which); /* controls go back */
        return;
    }
    g_object_notify(G_OBJECT(paint), which);
    if (grow == 0 && feather <= 0)
        tw_paint_changed(paint, &all);
    go_on(paint);
}

void
tw_paint_set_grow(TwPaint *paint, int pixels)
{
    pixels = CLAMP(pixels, -TW_PAINT_GROW_MOST, TW_PAINT_GROW_MOST);
    if (pixels != paint->refined.grow)
        set_refinement(paint, pixels, paint->refined.feather, "grow");
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
        set_refinement(paint, paint->refined.grow, pixels, "feather");
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
    tw_paint_check_settled(paint);
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
    cairo_rectangle_int_t box;
    TwPicture *picture;

    if (!tw_paint_settle(paint))
        return NULL;
    picture = tw_picture_new_clear(mask->width, mask->height);
    if (!picture) {
        tw_paint_fail(paint);
        return NULL;
    }
    tw_plane_bounds(mask, &box);
#pragma omp parallel for if (box.width * box.height > TW_SERIAL)
    for (int y = box.y; y < box.y + box.height; y++) {
        const guchar *row = tw_plane_row(mask, y);
        float *out = picture->image.data + y * picture->image.stride;

        for (int x = box.x; x < box.x + box.width; x++)
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
