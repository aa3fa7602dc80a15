/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-refined.h"

#include <stdlib.h>
#include <string.h>

#include "mask/tw-feather.h"
#include "mask/tw-grow.h"

/* Side of a piece. At the longest reaches it takes about 10 ms. */
enum { SIDE = 128 };

void
tw_refined_init(TwRefined *refined, const TwPlane *base)
{
    *refined = (TwRefined) { .base = base, .plane = *base };
    refined->stale = cairo_region_create();
}

static gboolean
is_own(const TwRefined *refined)
{
    return refined->plane.data != refined->base->data;
}

void
tw_refined_clear(TwRefined *refined)
{
    if (refined->base && is_own(refined))
        free(refined->plane.data);
    g_clear_pointer(&refined->stale, cairo_region_destroy);
}

static void
set_stale(TwRefined *refined, const cairo_rectangle_int_t *part)
{
    cairo_region_destroy(refined->stale);
    refined->stale = cairo_region_create_rectangle(part);
}

gboolean
tw_refined_set(TwRefined *refined, int grow, double feather)
{
    const TwPlane *base = refined->base;
    const gsize size = (gsize) base->width * (gsize) base->height;
    cairo_rectangle_int_t whole = { 0, 0, base->width, base->height };

    if (grow == 0 && feather <= 0) {
        if (is_own(refined))
            free(refined->plane.data);
        refined->plane = *base;
        whole.width = 0;
    } else if (!is_own(refined)) {
        guchar *data = malloc(size);

        if (!data)
            return FALSE;
        memcpy(data, base->data, size);
        refined->plane.data = data;
    }
    refined->grow = grow;
    refined->feather = feather;
    set_stale(refined, &whole);
    return TRUE;
}

/* How far away a pixel of the base can matter. */
static int
reach(const TwRefined *refined)
{
    return ABS(refined->grow) + tw_feather_reach(refined->feather);
}

void
tw_refined_touch(TwRefined *refined, const cairo_rectangle_int_t *part)
{
    const cairo_rectangle_int_t box =
        tw_plane_around(refined->base, part, reach(refined));
    const cairo_rectangle_int_t whole = { 0, 0, refined->base->width,
                                          refined->base->height };

    if (!is_own(refined))
        return;
    if (cairo_region_union_rectangle(refined->stale, &box) !=
        CAIRO_STATUS_SUCCESS)
        set_stale(refined, &whole);
}

gboolean
tw_refined_is_stale(const TwRefined *refined)
{
    return !cairo_region_is_empty(refined->stale);
}

/* What is stale of one square of a grid, so that pieces are not slivers. */
static cairo_rectangle_int_t
next_piece(const TwRefined *refined)
{
    cairo_rectangle_int_t box;
    int left = G_MAXINT, top = G_MAXINT, right = 0, bottom = 0;

    cairo_region_get_rectangle(refined->stale, 0, &box);
    const int x = box.x / SIDE * SIDE, y = box.y / SIDE * SIDE;

    for (int i = 0; i < cairo_region_num_rectangles(refined->stale); i++) {
        cairo_region_get_rectangle(refined->stale, i, &box);
        if (box.x >= x + SIDE || box.x + box.width <= x || box.y >= y + SIDE ||
            box.y + box.height <= y)
            continue;
        left = MIN(left, MAX(box.x, x));
        top = MIN(top, MAX(box.y, y));
        right = MAX(right, MIN(box.x + box.width, x + SIDE));
        bottom = MAX(bottom, MIN(box.y + box.height, y + SIDE));
    }
    return (cairo_rectangle_int_t) { left, top, right - left, bottom - top };
}

/* Computes @piece into @out, rows SIDE bytes apart. */
static gboolean
refine(const TwRefined *refined, const cairo_rectangle_int_t *piece,
       guchar *out)
{
    const TwPlane *base = refined->base;
    const int grow = refined->grow;

    if (grow == 0)
        return tw_plane_feather(base, refined->feather, piece, out, SIDE);
    if (refined->feather <= 0)
        return tw_plane_grow(base, grow, piece, out, SIDE);

    const cairo_rectangle_int_t box =
        tw_plane_around(base, piece, tw_feather_reach(refined->feather));
    const cairo_rectangle_int_t part = { piece->x - box.x, piece->y - box.y,
                                         piece->width, piece->height };
    TwPlane grown = { box.width, box.height, NULL };
    gboolean fine;

    grown.data = malloc((gsize) box.width * (gsize) box.height);
    fine = grown.data &&
           tw_plane_grow(base, grow, &box, grown.data, (gsize) box.width) &&
           tw_plane_feather(&grown, refined->feather, &part, out, SIDE);
    free(grown.data);
    return fine;
}

/* The same where the base has one value only, as nearly everywhere. */
static gboolean
refine_flat(const TwRefined *refined, const cairo_rectangle_int_t *piece,
            guchar *out)
{
    const cairo_rectangle_int_t box =
        tw_plane_around(refined->base, piece, reach(refined));
    guchar value = tw_plane_row(refined->base, box.y)[box.x];

    if (!tw_plane_flat(refined->base, &box))
        return FALSE;
    if (refined->grow > 0 && value >= TW_PLANE_HALF)
        value = 255;
    if (refined->grow < 0 && value < TW_PLANE_HALF)
        value = 0;
    memset(out, value, (gsize) SIDE * (gsize) piece->height);
    return TRUE;
}

gboolean
tw_refined_work(TwRefined *refined, cairo_rectangle_int_t *changed)
{
    const cairo_rectangle_int_t piece = next_piece(refined);
    guchar out[SIDE * SIDE];
    gboolean differs = FALSE;

    *changed = (cairo_rectangle_int_t) { 0, 0, 0, 0 };
    if (!refine_flat(refined, &piece, out) && !refine(refined, &piece, out))
        return FALSE;
    for (int y = 0; y < piece.height; y++) {
        const gsize width = (gsize) piece.width;
        guchar *row = tw_plane_row(&refined->plane, piece.y + y) + piece.x;
        const guchar *now = out + (gsize) y * SIDE;

        differs = differs || memcmp(row, now, width) != 0;
        memcpy(row, now, width);
    }
    cairo_region_subtract_rectangle(refined->stale, &piece);
    if (differs)
        *changed = piece;
    return TRUE;
}
