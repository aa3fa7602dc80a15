/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The matrix product, from registers: a tile of the result stays in them while
 * the panel of b, which fits the second-level cache, streams by.
 *
 * With 32 registers of 16 floats 14 x 32 are held (28 registers), with 16 of 8
 * 6 x 16 and with 16 of 4 6 x 8 (12). Each value of the result is one chain of additions along the
 * depth, whatever the height of the tile, so that it does not matter to the
 * bits how rows are cut into tiles.
 */

#include "kernels/level.h"
#include "kernels/vector.h"

enum {
    HEIGHT = TW_LANES == 16 ? 14 : 6,
    WIDTH = 2 /* vectors in a panel */
};

TW_INLINE void
tile(const int height, const int width, const tw_gemm *g, int64_t row)
{
    const float *b = g->b;
    tw_vector sum[HEIGHT][WIDTH] = { 0 };

    for (int run = 0; run < g->runs; run++) {
        const float *a = g->a + row * g->a_stride + run * g->run_stride;

        for (int64_t k = 0; k < g->depth; k++, b += width * TW_LANES) {
            tw_vector right[WIDTH];

            TW_UNROLL
            for (int j = 0; j < width; j++)
                right[j] = load(b + j * TW_LANES);
            TW_UNROLL
            for (int i = 0; i < height; i++) {
                const tw_vector left = splat(a[i * g->a_stride + k]);

                TW_UNROLL
                for (int j = 0; j < width; j++)
                    sum[i][j] += left * right[j];
            }
        }
    }
    TW_UNROLL
    for (int i = 0; i < height; i++) {
        const int64_t place = (row + i) * g->c_stride;

        TW_UNROLL
        for (int j = 0; j < width; j++) {
            if (g->add)
                sum[i][j] += load(g->add + place + j * TW_LANES);
            store(g->c + place + j * TW_LANES, sum[i][j]);
        }
    }
}

/* The last rows, fewer than HEIGHT. */
TW_INLINE void
rest(const int width, const tw_gemm *g, int64_t row)
{
    switch (g->rows - row) {
#define CASE(n)                                                                \
    case n:                                                                    \
        tile(n, width, g, row);                                                \
        break;
        CASE(1)
        CASE(2)
        CASE(3)
        CASE(4)
        CASE(5)
#ifdef __AVX512F__
        CASE(6)
        CASE(7)
        CASE(8)
        CASE(9)
        CASE(10)
        CASE(11)
        CASE(12)
        CASE(13)
#endif
#undef CASE
    default:
        break;
    }
}

TW_INLINE void
panel(const int width, const tw_gemm *g)
{
    int64_t row = 0;

    for (; row + HEIGHT <= g->rows; row += HEIGHT)
        tile(HEIGHT, width, g, row);
    rest(width, g, row);
}

void
TW_NAME(tw_gemm)(const tw_gemm *gemm)
{
    if (gemm->columns == WIDTH * TW_LANES)
        panel(WIDTH, gemm);
    else
        panel(1, gemm);
}
