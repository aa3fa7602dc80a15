/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The transforms of Winograd's F(4x4, 3x3): 4x4 outputs from 6x6 inputs by 36
 * products instead of 144. Lavin and Gray 2015, arXiv:1509.09308.
 *
 * With the points 0, ±1/√2, ±√2 and infinity, which halve the rounding error of
 * the usual 0, ±1, ±2 (as for all good points, the reciprocal of each is there:
 * Barabasz et al. 2018, arXiv:1803.10986). Written for channels side by side in
 * a vector.
 */

#include "kernels/level.h"
#include "kernels/vector.h"

#define ROOT 0x1.6a09e6p+0f /* √2 */

/* One dimension of B^T d B: 6 inputs to 6 products. */
TW_INLINE void
forward(const tw_vector d[6], tw_vector t[6])
{
    const tw_vector even_a = d[4] - 2.0f * d[2];
    const tw_vector odd_a = (0.5f * ROOT) * d[3] - ROOT * d[1];
    const tw_vector even_b = d[4] - 0.5f * d[2];
    const tw_vector odd_b = ROOT * d[3] - (0.5f * ROOT) * d[1];

    t[0] = (d[0] + d[4]) - 2.5f * d[2];
    t[1] = even_a + odd_a;
    t[2] = even_a - odd_a;
    t[3] = even_b + odd_b;
    t[4] = even_b - odd_b;
    t[5] = (d[1] + d[5]) - 2.5f * d[3];
}

/* One dimension of A^T m A: 6 products to 4 outputs. */
TW_INLINE void
backward(const tw_vector m[6], tw_vector y[4])
{
    const tw_vector even_a = m[1] + m[2], odd_a = m[1] - m[2];
    const tw_vector even_b = m[3] + m[4], odd_b = m[3] - m[4];

    y[0] = m[0] + even_a + even_b;
    y[1] = (0.5f * ROOT) * odd_a + ROOT * odd_b;
    y[2] = 0.5f * even_a + 2.0f * even_b;
    y[3] = m[5] + (0.25f * ROOT) * odd_a + (2.0f * ROOT) * odd_b;
}

TW_INLINE void
transform_tile(const float *pixels, int64_t across, int64_t down, float *planes,
               int64_t stride)
{
    tw_vector half[6][6];

    TW_UNROLL
    for (int x = 0; x < 6; x++) {
        tw_vector d[6], t[6];

        TW_UNROLL
        for (int y = 0; y < 6; y++)
            d[y] = load(pixels + y * down + x * across);
        forward(d, t);
        TW_UNROLL
        for (int y = 0; y < 6; y++)
            half[y][x] = t[y];
    }
    TW_UNROLL
    for (int y = 0; y < 6; y++) {
        tw_vector t[6];

        forward(half[y], t);
        TW_UNROLL
        for (int x = 0; x < 6; x++)
            store(planes + (6 * y + x) * stride, t[x]);
    }
}

void
TW_NAME(tw_transform)(const tw_block *block, const float *pixels, int count,
                      int channels, int64_t stride, float *planes)
{
    const int64_t across = count, down = across * (4 * block->columns + 2);

    for (int row = 0; row < block->rows; row++)
        for (int column = 0; column < block->columns; column++) {
            const float *corner = pixels + 4 * row * down + 4 * column * across;

            for (int c = 0; c < count; c += TW_LANES)
                transform_tile(corner + c, across, down, planes + c, stride);
            planes += channels;
        }
}

/* What to do with outputs @place…, which belong to channels @channel… */
TW_INLINE void
put(const tw_conv3x3 *conv, int64_t place, int channel, tw_vector y)
{
    if (conv->scale)
        y *= load(conv->scale + channel);
    if (conv->shift)
        y += load(conv->shift + channel);
    if (conv->slope)
        y *= silu_slope(load(conv->slope + place));
    if (conv->add)
        y += load(conv->add + place);
    store(conv->y + place, y);
}

/* One tile of TW_LANES channels, of which @rows x @columns lie in the picture;
 * output (0, 0) is at @place. */
TW_INLINE void
finish_tile(const tw_conv3x3 *conv, int64_t rows, int64_t columns,
            int64_t place, int channel, const float *planes, int64_t stride)
{
    tw_vector half[4][6];

    TW_UNROLL
    for (int x = 0; x < 6; x++) {
        tw_vector m[6], t[4];

        TW_UNROLL
        for (int y = 0; y < 6; y++)
            m[y] = load(planes + (6 * y + x) * stride);
        backward(m, t);
        TW_UNROLL
        for (int y = 0; y < 4; y++)
            half[y][x] = t[y];
    }
    TW_UNROLL
    for (int y = 0; y < 4; y++) {
        tw_vector t[4];

        backward(half[y], t);
        TW_UNROLL
        for (int x = 0; x < 4; x++)
            if (y < rows && x < columns)
                put(conv, place + (y * conv->width + x) * conv->outputs,
                    channel, t[x]);
    }
}

void
TW_NAME(tw_finish)(const tw_conv3x3 *conv, const tw_block *block, int first,
                   int count, int64_t stride, const float *planes)
{
    for (int row = 0; row < block->rows; row++)
        for (int column = 0; column < block->columns; column++) {
            const int64_t y = 4 * (block->top + row);
            const int64_t x = 4 * (block->left + column);
            const int64_t place =
                ((block->image * conv->height + y) * conv->width + x) *
                conv->outputs;

            for (int c = 0; c < count; c += TW_LANES)
                finish_tile(conv, conv->height - y, conv->width - x,
                            place + first + c, first + c, planes + c, stride);
            planes += count;
        }
}
