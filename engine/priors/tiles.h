/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the tiles of an evaluation lie, and how they are weighted. */

#ifndef TW_TILES_H
#define TW_TILES_H

#include <stdint.h>

/* The seams along one side of the picture: seam i lies at first + i stride, the
 * tiles left and right of it both cover overlap / 2 on its other side. */
typedef struct tw_seams {
    int64_t size, first, stride, half;
    int count;
} tw_seams;

/* One tile: its part of the picture, and which tw_seams it ends at. */
typedef struct tw_span {
    int64_t from, size;
    int left, right; /* index of the seam, -1: the picture's edge */
} tw_span;

/* The tiles of one evaluation, in two directions. */
typedef struct tw_grid {
    tw_seams y, x;
} tw_grid;

/* The grid for a picture of @height x @width at level @sigma: tiles of @tile
 * with @overlap, a single one in a direction that fits. */
tw_grid tw_grid_at(int64_t height, int64_t width, int64_t tile, int64_t overlap,
                   double sigma);
int tw_grid_count(const tw_grid *grid);
void tw_grid_tile(const tw_grid *grid, int index, tw_span *y, tw_span *x);

/* The weights of a tile's rows, then of its columns; over all tiles they sum to
 * 1 at each pixel. */
void tw_grid_weights(const tw_grid *grid, const tw_span *y, const tw_span *x,
                     float *weights);

#endif
