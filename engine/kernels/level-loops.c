/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other inner loops. */

#include "kernels/level.h"
#include "kernels/vector.h"

static void
fetch_pixel(const tw_conv3x3 *conv, const float *x, int first, int count,
            float *to)
{
    if (conv->silu)
        for (int c = 0; c < count; c += TW_LANES)
            store(to + c, silu(load(x + c)));
    else if (conv->gain)
        for (int c = 0; c < count; c += TW_LANES)
            store(to + c, load(conv->gain + first + c) * load(x + c));
    else
        for (int c = 0; c < count; c += TW_LANES)
            store(to + c, load(x + c));
}

void
TW_NAME(tw_fetch)(const tw_conv3x3 *conv, const tw_block *block, int first,
                  int count, float *pixels)
{
    const int64_t top = 4 * block->top - 1, left = 4 * block->left - 1;

    for (int64_t y = top; y < top + 4 * block->rows + 2; y++)
        for (int64_t x = left; x < left + 4 * block->columns + 2; x++) {
            if (y < 0 || y >= conv->height || x < 0 || x >= conv->width)
                memset(pixels, 0, (size_t) count * sizeof(float));
            else
                fetch_pixel(
                    conv,
                    conv->x + first +
                        ((block->image * conv->height + y) * conv->width + x) *
                            conv->inputs,
                    first, count, pixels);
            pixels += count;
        }
}

void
TW_NAME(tw_matvec)(int64_t rows, int64_t columns, const float *w,
                   const float *x, const float *bias, float *y)
{
    for (int64_t row = 0; row < rows; row++, w += columns) {
        tw_vector lanes = splat(0);
        float sum = bias ? bias[row] : 0;
        int64_t i = 0;

        for (; i + TW_LANES <= columns; i += TW_LANES)
            lanes += load_any(w + i) * load_any(x + i);
        for (; i < columns; i++)
            sum += w[i] * x[i];
        for (int lane = 0; lane < TW_LANES; lane++)
            sum += lanes[lane];
        y[row] = sum;
    }
}
