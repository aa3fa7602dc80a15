/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/mask.h"

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
    const int64_t size = (int64_t) mask->height * mask->width;
    int top = mask->height, left = mask->width, bottom = -1, right = -1;

#pragma omp parallel for reduction(min : top, left)                            \
    reduction(max : bottom, right) if (size > TW_SERIAL)
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
