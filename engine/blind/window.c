/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blind/window.h"

#include <math.h>

#include "core/frame.h"
#include "core/parallel.h"
#include "core/sizing.h"

enum { BLOCK = 16 };

/* Root mean square of the differences in a block. */
static double
edges_in(const tw_tensor *y, int64_t top, int64_t left)
{
    const int64_t h = y->shape.dim[2], w = y->shape.dim[3];
    double sum = 0;

    for (int64_t c = 0; c < y->shape.dim[1]; c++)
        for (int64_t r = top; r < top + BLOCK && r + 1 < h; r++) {
            const float *row = y->data + (c * h + r) * w;

            for (int64_t i = left; i < left + BLOCK && i + 1 < w; i++) {
                const double dx = (double) row[i + 1] - (double) row[i];
                const double dy = (double) row[i + w] - (double) row[i];

                sum += dx * dx + dy * dy;
            }
        }
    return sqrt(sum);
}

/* The sum over @side x @side blocks. */
static double
sum_at(const double *blocks, int64_t columns, int64_t rows_of, int64_t side_of)
{
    double sum = 0;

    for (int64_t r = 0; r < rows_of; r++)
        for (int64_t c = 0; c < side_of; c++)
            sum += blocks[r * columns + c];
    return sum;
}

static void
find(const tw_tensor *y, double *blocks, int64_t height, int64_t width,
     int64_t *top, int64_t *left)
{
    const int64_t rows = (y->shape.dim[2] + BLOCK - 1) / BLOCK;
    const int64_t columns = (y->shape.dim[3] + BLOCK - 1) / BLOCK;
    double most = -1;

#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < rows * columns; i++)
        blocks[i] = edges_in(y, i / columns * BLOCK, i % columns * BLOCK);
    for (int64_t r = 0; r * BLOCK + height <= y->shape.dim[2]; r++)
        for (int64_t c = 0; c * BLOCK + width <= y->shape.dim[3]; c++) {
            const double sum = sum_at(blocks + r * columns + c, columns,
                                      height / BLOCK, width / BLOCK);

            if (sum > most) {
                most = sum;
                *top = r * BLOCK;
                *left = c * BLOCK;
            }
        }
}

static int64_t
least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

tw_tensor *
tw_edges_window(const tw_tensor *y, int64_t side, tw_run *run)
{
    const int64_t height = least(side, y->shape.dim[2]);
    const int64_t width = least(side, y->shape.dim[3]);
    tw_tensor *window =
        tw_scratch_shape(run, tw_shape4(1, y->shape.dim[1], height, width));
    const size_t mark = tw_run_mark(run);
    const int64_t count =
        (y->shape.dim[2] / BLOCK + 1) * (y->shape.dim[3] / BLOCK + 1);
    double *blocks = tw_scratch_bytes(run, (size_t) count * sizeof *blocks);
    int64_t top = 0, left = 0;

    if (tw_run_check(run) != TW_OK)
        return NULL;
    if (!tw_run_is_sizing(run)) {
        find(y, blocks, height, width, &top, &left);
        tw_crop(y, top, left, window);
    }
    tw_run_release(run, mark);
    return window;
}
