/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 2x2 convolution of stride 2 and its adjoint: matrix products, because two
 * neighbouring fine pixels are one contiguous row of 2 C values.
 */

#include <string.h>

#include "core/parallel.h"
#include "kernels/kernels.h"

static int
smaller(int a, int b)
{
    return a < b ? a : b;
}

size_t
tw_conv2x2_packed_bytes(int coarse, int fine)
{
    return sizeof(float) * 4 * (size_t) coarse * (size_t) fine;
}

/* (panel of coarse channels, dy, dx, fine, coarse in the panel) */
void
tw_gather2x2_pack(const tw_level *level, const float *weights, int coarse,
                  int fine, float *packed)
{
    for (int first = 0; first < coarse; first += level->panel) {
        const int columns = smaller(level->panel, coarse - first);

        for (int k = 0; k < 4; k++)
            for (int f = 0; f < fine; f++)
                for (int c = first; c < first + columns; c++)
                    *packed++ = weights[((int64_t) c * fine + f) * 4 + k];
    }
}

/* (dy, panel of (dx, fine), coarse, (dx, fine) in the panel) */
void
tw_scatter2x2_pack(const tw_level *level, const float *weights, int coarse,
                   int fine, float *packed)
{
    for (int dy = 0; dy < 2; dy++)
        for (int first = 0; first < 2 * fine; first += level->panel) {
            const int columns = smaller(level->panel, 2 * fine - first);

            for (int c = 0; c < coarse; c++)
                for (int i = first; i < first + columns; i++)
                    *packed++ = weights[((int64_t) c * fine + i % fine) * 4 +
                                        2 * dy + i / fine];
        }
}

void
tw_gather2x2(const tw_level *level, const tw_conv2x2 *conv, int threads)
{
    const int64_t rows = conv->images * conv->height;
    const int64_t fine_row = 2 * conv->width * conv->fine_channels;
    const int64_t coarse_row = conv->width * conv->coarse_channels;

#pragma omp parallel for schedule(dynamic)                                     \
    num_threads(threads) if (rows * fine_row > TW_SERIAL)
    for (int64_t row = 0; row < rows; row++)
        for (int first = 0; first < conv->coarse_channels;
             first += level->panel) {
            const int64_t place = row * coarse_row + first;

            level->gemm(&(tw_gemm) {
                .rows = conv->width,
                .depth = 2 * conv->fine_channels,
                .runs = 2,
                .columns = smaller(level->panel, conv->coarse_channels - first),
                .a = conv->x + 2 * row * fine_row,
                .a_stride = 2 * conv->fine_channels,
                .run_stride = fine_row,
                .b = conv->weights + (int64_t) 4 * conv->fine_channels * first,
                .add = conv->add ? conv->add + place : NULL,
                .c = conv->y + place,
                .c_stride = conv->coarse_channels,
            });
        }
}

void
tw_scatter2x2(const tw_level *level, const tw_conv2x2 *conv, int threads)
{
    const int64_t rows = conv->images * conv->height;
    const int wide = 2 * conv->fine_channels;
    const int64_t fine_row = conv->width * wide;
    const int64_t coarse_row = conv->width * conv->coarse_channels;

#pragma omp parallel for schedule(dynamic)                                     \
    num_threads(threads) if (rows * fine_row > TW_SERIAL)
    for (int64_t row = 0; row < 2 * rows; row++)
        for (int first = 0; first < wide; first += level->panel) {
            const int64_t place = row * fine_row + first;
            const int64_t skipped = (row % 2) * wide + first;

            level->gemm(&(tw_gemm) {
                .rows = conv->width,
                .depth = conv->coarse_channels,
                .runs = 1,
                .columns = smaller(level->panel, wide - first),
                .a = conv->x + row / 2 * coarse_row,
                .a_stride = conv->coarse_channels,
                .b = conv->weights + skipped * conv->coarse_channels,
                .add = conv->add ? conv->add + place : NULL,
                .c = conv->y + place,
                .c_stride = wide,
            });
        }
}
