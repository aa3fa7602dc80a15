/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inner loops in one version per processor level, and the choice among them.
 *
 * The files level-*.c are compiled once for each level, with vectors as wide as
 * it has.
 */

#ifndef TW_LEVELS_H
#define TW_LEVELS_H

#include <stdint.h>

/* c = a b + add. a is given in @runs pieces of @depth columns, which are
 * @run_stride floats apart; b (runs * depth, columns) is contiguous; @add has
 * the form of c and may be NULL or c. */
typedef struct tw_gemm {
    int64_t rows, depth;
    int runs, columns;
    const float *a;
    int64_t a_stride, run_stride;
    const float *b, *add;
    float *c;
    int64_t c_stride;
} tw_gemm;

/* Tiles of 4x4 outputs that are transformed and multiplied together. */
typedef struct tw_block {
    int64_t image, top, left; /* the first tile */
    int rows, columns;        /* in tiles */
} tw_block;

struct tw_conv3x3;

typedef struct tw_level {
    const char *name;

    /* Matrix products work on panels of at most this many columns. */
    int panel;
    void (*gemm)(const tw_gemm *gemm);

    /* The most tiles in a block: rows, columns. */
    int block_rows, block_columns;

    /* Copies channels @first… of the inputs that @block needs, p() applied and
     * zeros around the picture, to @pixels (4 rows + 2, 4 columns + 2,
     * count). */
    void (*fetch)(const struct tw_conv3x3 *conv, const tw_block *block,
                  int first, int count, float *pixels);

    /* Transforms them to 36 planes (rows * columns, channels) that are @stride
     * apart, of which it writes @count channels. */
    void (*transform)(const tw_block *block, const float *pixels, int count,
                      int channels, int64_t stride, float *planes);

    /* Transforms 36 planes (rows * columns, count) back and writes outputs
     * @first…, as tw_conv3x3 says. */
    void (*finish)(const struct tw_conv3x3 *conv, const tw_block *block,
                   int first, int count, int64_t stride, const float *planes);

    /* y (rows) = W (rows, columns) x + bias (NULL: none) */
    void (*matvec)(int64_t rows, int64_t columns, const float *w,
                   const float *x, const float *bias, float *y);
} tw_level;

/* The best level of this processor, or the one that the environment variable
 * TWEEDIE_LEVEL names (portable, v3, v4), if the processor has it. */
const tw_level *tw_level_best(void);

/* All that this processor has, best first; ends with NULL. */
const tw_level *const *tw_level_list(void);

#endif
