/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/tw-region.h"

#include <math.h>

/* How far beside a handle or side it is still meant, logical pixels. */
#define REACH 6

void
tw_region_handle(const TwView *view, const cairo_rectangle_int_t *region,
                 TwHandle handle, double *x, double *y)
{
    double left, top, right, bottom;

    tw_view_from_input(view, region->x, region->y, &left, &top);
    tw_view_from_input(view, region->x + region->width,
                       region->y + region->height, &right, &bottom);
    *x = handle & TW_HANDLE_LEFT    ? left
         : handle & TW_HANDLE_RIGHT ? right
                                    : (left + right) / 2;
    *y = handle & TW_HANDLE_TOP      ? top
         : handle & TW_HANDLE_BOTTOM ? bottom
                                     : (top + bottom) / 2;
}

TwHandle
tw_region_hit(const TwView *view, const cairo_rectangle_int_t *region, double x,
              double y)
{
    double left, top, right, bottom;
    TwHandle hit = TW_HANDLE_NONE;

    tw_region_handle(view, region, TW_HANDLE_LEFT | TW_HANDLE_TOP, &left, &top);
    tw_region_handle(view, region, TW_HANDLE_RIGHT | TW_HANDLE_BOTTOM, &right,
                     &bottom);
    if (x < left - REACH || x > right + REACH || y < top - REACH ||
        y > bottom + REACH)
        return TW_HANDLE_NONE;
    if (fabs(x - left) <= REACH)
        hit |= TW_HANDLE_LEFT;
    else if (fabs(x - right) <= REACH)
        hit |= TW_HANDLE_RIGHT;
    if (fabs(y - top) <= REACH)
        hit |= TW_HANDLE_TOP;
    else if (fabs(y - bottom) <= REACH)
        hit |= TW_HANDLE_BOTTOM;
    return hit != TW_HANDLE_NONE ? hit : TW_HANDLE_INSIDE;
}

/* One dimension of a dragged rectangle: @start and @length inside @size. */
static void
drag(int *start, int *length, gboolean low, gboolean high, int by, int size)
{
    const int least = MIN(TW_REGION_MIN, size);
    const int end = *start + *length;

    if (low && high) {
        *start = CLAMP(*start + by, 0, size - *length);
    } else if (low) {
        *start = CLAMP(*start + by, 0, MAX(0, end - least));
        *length = end - *start;
    } else if (high) {
        *length = CLAMP(end + by, *start + least, size) - *start;
    }
}

cairo_rectangle_int_t
tw_region_dragged(const cairo_rectangle_int_t *start, TwHandle handle, int dx,
                  int dy, int width, int height)
{
    cairo_rectangle_int_t region = *start;

    drag(&region.x, &region.width, handle & TW_HANDLE_LEFT,
         handle & TW_HANDLE_RIGHT, dx, width);
    drag(&region.y, &region.height, handle & TW_HANDLE_TOP,
         handle & TW_HANDLE_BOTTOM, dy, height);
    return region;
}

static void
clamp(int *start, int *length, int size)
{
    *length = CLAMP(*length, MIN(TW_REGION_MIN, size), size);
    *start = CLAMP(*start, 0, size - *length);
}

cairo_rectangle_int_t
tw_region_clamped(const cairo_rectangle_int_t *region, int width, int height)
{
    cairo_rectangle_int_t valid = *region;

    clamp(&valid.x, &valid.width, width);
    clamp(&valid.y, &valid.height, height);
    return valid;
}

cairo_rectangle_int_t
tw_region_between(double x0, double y0, double x1, double y1, int width,
                  int height)
{
    const double left = CLAMP(floor(MIN(x0, x1)), 0, width);
    const double top = CLAMP(floor(MIN(y0, y1)), 0, height);
    const double right = CLAMP(ceil(MAX(x0, x1)), left, width);
    const double bottom = CLAMP(ceil(MAX(y0, y1)), top, height);
    const cairo_rectangle_int_t between = { (int) left, (int) top,
                                            (int) (right - left),
                                            (int) (bottom - top) };

    return tw_region_clamped(&between, width, height);
}

gboolean
tw_region_is_whole(const cairo_rectangle_int_t *region, int width, int height)
{
    return region->x == 0 && region->y == 0 && region->width == width &&
           region->height == height;
}
