/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/mask.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "core/parallel.h"

bool
tw_mask_white(const tw_image *mask, int64_t y, int64_t x)
{
    const float *p = mask->data + y * mask->stride + 4 * x;

    return ((double) p[0] + (double) p[1] + (double) p[2]) / 3 * (double) p[3] >
           0.5;
}

tw_box
tw_mask_box(const tw_image *mask)
{
    int top = mask->height, left = mask->width, bottom = -1, right = -1;

#pragma omp parallel for reduction(min : top, left)                            \
    reduction(max : bottom,                                                    \
                  right) if ((int64_t) mask->height * mask->width > TW_SERIAL)
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++)
            if (tw_mask_white(mask, y, x)) {
                top = y < top ? y : top;
                left = x < left ? x : left;
                bottom = y > bottom ? y : bottom;
                right = x > right ? x : right;
            }
    if (bottom < 0)
        return (tw_box) { 0 };
    return (tw_box) { top, left, bottom - top + 1, right - left + 1 };
}

/* White, or beyond the picture's edges, where nothing is known either. */
static bool
is_hole(const tw_image *mask, int64_t y, int64_t x)
{
    return y < 0 || x < 0 || y >= mask->height || x >= mask->width ||
           tw_mask_white(mask, y, x);
}

static bool
is_wide(const tw_image *mask, tw_box box, int depth, int y)
{
    int row = 0;

    for (int x = box.left - depth; x < box.left + box.width + depth; x++) {
        row = is_hole(mask, y, x) ? row + 1 : 0;
        if (row > 2 * depth)
            return true;
    }
    return false;
}

/* Looks only at as many rows as such a hole cannot slip between. */
static bool
may_be_deep(const tw_image *mask, tw_box box, int depth)
{
    const int end = box.top + box.height + depth;
    const int bottom = end < mask->height ? end : mask->height;
    int y = box.top > depth ? box.top - depth : 0;

    for (; y < bottom; y += 2 * depth + 1)
        if (is_wide(mask, box, depth, y))
            return true;
    return is_wide(mask, box, depth, bottom - 1);
}

/* A hole of that depth holds a square of 2 depth + 1 pixels: as many columns side
 * by side, in each of which as many pixels end at the same row. */
tw_status
tw_mask_is_deep(const tw_image *mask, tw_box box, int depth, bool *deep,
                tw_error *err)
{
    const int side = 2 * depth + 1, width = box.width + 2 * depth;
    int *column;

    *deep = false;
    if (!may_be_deep(mask, box, depth))
        return TW_OK;
    column = calloc((size_t) width, sizeof *column);
    if (!column)
        return tw_fail(err, TW_ERR_MEMORY,
                       _("The system has no memory left; close other programs "
                         "or use a smaller picture"));
    for (int y = -depth; !*deep && y < box.height + depth; y++) {
        int row = 0;

        for (int x = 0; !*deep && x < width; x++) {
            const bool hole = is_hole(mask, box.top + y, box.left + x - depth);

            column[x] = hole ? column[x] + 1 : 0;
            row = column[x] >= side ? row + 1 : 0;
            *deep = row >= side;
        }
    }
    free(column);
    return TW_OK;
}

static bool
is_black(const tw_image *mask, int top, int left, int side)
{
    for (int y = top; y < top + side; y++)
        for (int x = left; x < left + side; x++)
            if (tw_mask_white(mask, y, x))
                return false;
    return true;
}

int
tw_mask_count_black(const tw_image *mask, tw_box box, int side, int most)
{
    int count = 0;

    for (int y = box.top; y <= box.top + box.height - side; y++)
        for (int x = box.left; x <= box.left + box.width - side; x++) {
            count += is_black(mask, y, x, side);
            if (count >= most)
                return count;
        }
    return count;
}
