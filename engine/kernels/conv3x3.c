/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 3x3 convolution by Winograd's F(4x4, 3x3), see level-winograd.c.
 *
 * Tiles of 4x4 outputs are taken in blocks; for each block the inputs are
 * fetched and transformed to 36 planes, multiplied by the weights' 36 planes
 * one panel of outputs at a time, and transformed back. Blocks are the units of
 * work. Where there are too few of them for the threads, the units are first
 * (block, some inputs), then (block, panel).
 */

#include <omp.h>

#include "kernels/kernels.h"

enum {
    PLANES = 36,
    SLICE = 64,      /* input channels of a unit, where blocks are few */
    GAP = 16,        /* keeps planes off the same sets of the cache */
    ENOUGH_UNITS = 4 /* per thread, so that the last one waits little */
};

int
tw_padded_channels(int channels)
{
    return (channels + TW_CHANNELS - 1) / TW_CHANNELS * TW_CHANNELS;
}

/* How a convolution is cut. */
typedef struct layout {
    int64_t tile_rows, tile_columns;   /* of a picture */
    int64_t block_rows, block_columns; /* of a picture, in blocks */
    int64_t blocks;                    /* of all pictures */
    int64_t tiles;                     /* in the largest block */
    int64_t in_stride, out_stride;     /* between planes */
    int panels;
    bool split; /* blocks are few */
} layout;

static int64_t
ceil_div(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static int64_t
smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static layout
cut(const tw_level *level, const tw_conv3x3 *conv, int threads)
{
    layout l;

    l.tile_rows = ceil_div(conv->height, 4);
    l.tile_columns = ceil_div(conv->width, 4);
    l.block_rows = ceil_div(l.tile_rows, level->block_rows);
    l.block_columns = ceil_div(l.tile_columns, level->block_columns);
    l.blocks = conv->images * l.block_rows * l.block_columns;
    l.tiles = smaller(l.tile_rows, level->block_rows) *
              smaller(l.tile_columns, level->block_columns);
    l.panels = (int) ceil_div(conv->outputs, level->panel);
    l.in_stride = l.tiles * conv->inputs + GAP;
    l.out_stride = l.tiles * smaller(level->panel, conv->outputs) + GAP;
    l.split = threads > 1 && l.blocks < (int64_t) ENOUGH_UNITS * threads;
    return l;
}

static tw_block
block_at(const tw_level *level, const layout *l, int64_t index)
{
    const int64_t column = index % l->block_columns;
    const int64_t row = index / l->block_columns % l->block_rows;
    tw_block block;

    block.image = index / (l->block_columns * l->block_rows);
    block.top = row * level->block_rows;
    block.left = column * level->block_columns;
    block.rows = (int) smaller(level->block_rows, l->tile_rows - block.top);
    block.columns =
        (int) smaller(level->block_columns, l->tile_columns - block.left);
    return block;
}

/* Floats of one thread: fetched pixels and, when these are done with, the
 * products of a panel. */
static int64_t
thread_floats(const tw_level *level, const tw_conv3x3 *conv, const layout *l)
{
    const int64_t rows = smaller(level->block_rows, l->tile_rows);
    const int64_t columns = smaller(level->block_columns, l->tile_columns);
    const int64_t pixels = (4 * rows + 2) * (4 * columns + 2) * conv->inputs;
    const int64_t products = PLANES * l->out_stride;

    return pixels > products ? pixels : products;
}

size_t
tw_conv3x3_scratch(const tw_level *level, const tw_conv3x3 *conv, int threads)
{
    const layout l = cut(level, conv, threads);
    const int64_t planes = PLANES * l.in_stride;
    const int64_t own = thread_floats(level, conv, &l);
    const int64_t copies = l.split ? l.blocks : threads;

    return (size_t) (copies * planes + threads * own) * sizeof(float);
}

/* Inputs @first… of @block to @planes. */
static void
analyse(const tw_level *level, const tw_conv3x3 *conv, const layout *l,
        const tw_block *block, int first, int count, float *own, float *planes)
{
    level->fetch(conv, block, first, count, own);
    level->transform(block, own, count, conv->inputs, l->in_stride,
                     planes + first);
}

/* Asks for the memory that @tile of @block will be finished into: short pieces
 * far apart, which a processor does not foresee. */
static void
expect(const tw_conv3x3 *conv, const tw_block *block, int tile, int first,
       int count)
{
    const int64_t top = 4 * (block->top + tile / block->columns);
    const int64_t left = 4 * (block->left + tile % block->columns);
    const int64_t bottom = smaller(top + 4, conv->height);
    const int64_t right = smaller(left + 4, conv->width);

    for (int64_t y = top; y < bottom; y++)
        for (int64_t x = left; x < right; x++) {
            const int64_t pixel =
                (block->image * conv->height + y) * conv->width + x;
            const int64_t place = pixel * conv->outputs + first;

            for (int c = 0; c < count; c += TW_CHANNELS) {
                __builtin_prefetch(conv->y + place + c, 1, 2);
                if (conv->add)
                    __builtin_prefetch(conv->add + place + c, 0, 2);
                if (conv->slope)
                    __builtin_prefetch(conv->slope + place + c, 0, 2);
            }
        }
}

/* The outputs of one panel of @block. */
static void
synthesise(const tw_level *level, const tw_conv3x3 *conv, const layout *l,
           const tw_block *block, int panel, const float *planes, float *own)
{
    const int first = panel * level->panel;
    const int count = (int) smaller(level->panel, conv->outputs - first);
    const int64_t size = (int64_t) conv->inputs * count;
    const int tiles = block->rows * block->columns;
    const float *weights =
        conv->weights + (int64_t) PLANES * conv->inputs * first;

    for (int plane = 0; plane < PLANES; plane++) {
        for (int tile = plane * tiles / PLANES;
             tile < (plane + 1) * tiles / PLANES; tile++)
            expect(conv, block, tile, first, count);
        level->gemm(&(tw_gemm) {
            .rows = (int64_t) block->rows * block->columns,
            .depth = conv->inputs,
            .runs = 1,
            .columns = count,
            .a = planes + plane * l->in_stride,
            .a_stride = conv->inputs,
            .b = weights + plane * size,
            .c = own + plane * l->out_stride,
            .c_stride = count,
        });
    }
    level->finish(conv, block, first, count, l->out_stride, own);
}

static void
run_whole(const tw_level *level, const tw_conv3x3 *conv, const layout *l,
          float *scratch, int threads)
{
    const int64_t planes = PLANES * l->in_stride;
    const int64_t own = thread_floats(level, conv, l);

#pragma omp parallel for schedule(dynamic) num_threads(threads) if (threads > 1)
    for (int64_t i = 0; i < l->blocks; i++) {
        const tw_block block = block_at(level, l, i);
        float *mine = scratch + (planes + own) * omp_get_thread_num();

        analyse(level, conv, l, &block, 0, conv->inputs, mine + planes, mine);
        for (int panel = 0; panel < l->panels; panel++)
            synthesise(level, conv, l, &block, panel, mine, mine + planes);
    }
}

static void
run_split(const tw_level *level, const tw_conv3x3 *conv, const layout *l,
          float *scratch, int threads)
{
    const int64_t planes = PLANES * l->in_stride;
    const int64_t own = thread_floats(level, conv, l);
    const int64_t slices = ceil_div(conv->inputs, SLICE);
    float *owns = scratch + planes * l->blocks;

#pragma omp parallel num_threads(threads) if (threads > 1)
    {
        float *mine = owns + own * omp_get_thread_num();

#pragma omp for schedule(dynamic)
        for (int64_t i = 0; i < l->blocks * slices; i++) {
            const tw_block block = block_at(level, l, i / slices);
            const int first = (int) (i % slices) * SLICE;

            analyse(level, conv, l, &block, first,
                    (int) smaller(SLICE, conv->inputs - first), mine,
                    scratch + planes * (i / slices));
        }
#pragma omp for schedule(dynamic)
        for (int64_t i = 0; i < l->blocks * l->panels; i++) {
            const tw_block block = block_at(level, l, i / l->panels);

            synthesise(level, conv, l, &block, (int) (i % l->panels),
                       scratch + planes * (i / l->panels), mine);
        }
    }
}

void
tw_conv3x3_run(const tw_level *level, const tw_conv3x3 *conv, float *scratch,
               int threads)
{
    const layout l = cut(level, conv, threads);

    if (l.split)
        run_split(level, conv, &l, scratch, threads);
    else
        run_whole(level, conv, &l, scratch, threads);
}
