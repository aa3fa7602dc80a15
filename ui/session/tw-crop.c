/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-crop.h"

#include <math.h>

enum { GRID = 16 };

typedef struct TwSpan {
    int at, size;
} TwSpan;

/* One direction of a crop: @region of @all pixels. */
static void
crop_span(TwSpan region, int margin, int all, double scale, TwSpan *from,
          TwSpan *inner, TwSpan *where)
{
    const int end = region.at + region.size + margin + GRID - 1;
    int size;

    from->at = MAX(region.at - margin, 0) / GRID * GRID;
    from->size = MIN(end / GRID * GRID, all) - from->at;
    where->at = (int) lround(scale * region.at);
    where->size = (int) lround(scale * (region.at + region.size)) - where->at;
    where->size = MAX(where->size, 1);
    /* Rounding may push the end of the last pixel out of the part's result. */
    size = (int) MAX(lround(scale * from->size), 1);
    inner->at = where->at - (int) lround(scale * from->at);
    inner->at = MAX(MIN(inner->at, size - where->size), 0);
    inner->size = where->size;
}

static cairo_rectangle_int_t
rectangle(TwSpan x, TwSpan y)
{
    return (cairo_rectangle_int_t) { x.at, y.at, x.size, y.size };
}

TwCrop
tw_crop_new(const cairo_rectangle_int_t *region, int margin, int width,
            int height, double scale)
{
    const gboolean all = region->width <= 0;
    const TwSpan x = { all ? 0 : region->x, all ? width : region->width };
    const TwSpan y = { all ? 0 : region->y, all ? height : region->height };
    TwSpan from[2], inner[2], where[2];

    crop_span(x, margin, width, scale, &from[0], &inner[0], &where[0]);
    crop_span(y, margin, height, scale, &from[1], &inner[1], &where[1]);
    return (TwCrop) {
        .from = rectangle(from[0], from[1]),
        .inner = rectangle(inner[0], inner[1]),
        .where = rectangle(where[0], where[1]),
        .whole = from[0].size == width && from[1].size == height,
    };
}

double
tw_crop_scale(const tw_request *request)
{
    return tw_request_param(request, "scale")
               ? tw_request_real(request, "scale")
               : 1;
}

gboolean
tw_crop_intersect(const cairo_rectangle_int_t *a,
                  const cairo_rectangle_int_t *b, cairo_rectangle_int_t *out)
{
    const int left = MAX(a->x, b->x), top = MAX(a->y, b->y);
    const int right = MIN(a->x + a->width, b->x + b->width);
    const int bottom = MIN(a->y + a->height, b->y + b->height);

    *out = (cairo_rectangle_int_t) { left, top, right - left, bottom - top };
    return right > left && bottom > top;
}
