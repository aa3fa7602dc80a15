/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise/bands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "core/sizing.h"

enum { TILE = 32, SCALES = 3, PLANES = 3, KINDS = 2, BLOCKS = 9 };
enum { MOST = 4096 }; /* tiles, evenly spread; 4 megapixels */
enum { PER_SCALE = PLANES * KINDS, QUANTILES = 3 };
enum { FEW_CLIPPED = 32 }; /* pixels of a tile that counts */

/* Coefficients along a block's side, blocks of a tile, and the first of them. */
static const int sides[SCALES] = { 8, 4, 4 };
static const int counts[SCALES] = { 4, 4, 1 }, firsts[SCALES] = { 0, 4, 8 };

static const double quantiles[QUANTILES] = { 0.02, 0.1, 0.3 };
static const double flat = 0.1; /* the share of tiles that are called flat */
static const float least = 0.01f;

/* Within this of black and white, a pixel is clipped. */
static const float clipped = 0.999f;

typedef struct tile {
    float log_energy[BLOCKS][PER_SCALE];
    float turn[BLOCKS]; /* how unlike both kinds of slopes of brightness are */
    float whole[TW_BAND_CHANNELS]; /* means over the blocks of a scale */
    float mean;                    /* of whole */
    int clipped;                   /* pixels */
    int number;                    /* ties are broken by it */
} tile;

/* --- one tile --- */

/* Brightness, red against blue, green against both, in units of 1/255: white noise
 * stays as strong as it is. */
static int
take(const tw_tensor *y, int64_t top, int64_t left, float *planes)
{
    static const float part[PLANES][3] = {
        { 0.57735027f, 0.57735027f, 0.57735027f },
        { 0.70710678f, 0, -0.70710678f },
        { 0.40824829f, -0.81649658f, 0.40824829f },
    };
    const int64_t width = y->shape.dim[3], size = y->shape.dim[2] * width;
    int count = 0;

    for (int i = 0; i < TILE * TILE; i++) {
        const float *p = y->data + (top + i / TILE) * width + left + i % TILE;
        const float v[3] = { p[0], p[size], p[2 * size] };
        bool end = false;

        for (int c = 0; c < 3; c++)
            end |= fabsf(v[c]) >= clipped && fabsf(v[c]) <= 1;
        count += end;
        for (int c = 0; c < PLANES; c++)
            planes[c * TILE * TILE + i] =
                127.5f *
                (part[c][0] * v[0] + part[c][1] * v[1] + part[c][2] * v[2]);
    }
    return count;
}

/* One step of the Haar transform of a plane of @side x @side, in place: the means
 * become the next plane. @band: horizontal, vertical and diagonal coefficients. */
static void
transform(float *plane, int side, float band[3][TILE * TILE / 4])
{
    const int half = side / 2;

    for (int i = 0; i < half * half; i++) {
        const float *p = plane + i / half * 2 * side + i % half * 2;
        const float a = p[0], b = p[1], c = p[side], d = p[side + 1];

        band[0][i] = (a - b + c - d) / 2;
        band[1][i] = (a + b - c - d) / 2;
        band[2][i] = (a - b - c + d) / 2;
        plane[i] = (a + b + c + d) / 2;
    }
}

/* The variance in a block of @side x @side of a band of @width. */
static float
variance(const float *block, int side, int width)
{
    const int n = side * side;
    double sum = 0, squares = 0;

    for (int i = 0; i < n; i++)
        sum += (double) block[i / side * width + i % side];
    for (int i = 0; i < n; i++) {
        const double d = (double) block[i / side * width + i % side] - sum / n;

        squares += d * d;
    }
    return (float) (squares / (n - 1));
}

static float
log_of(float energy)
{
    return logf(fmaxf(energy, least));
}

static void
measure_scale(int scale, int plane, float band[3][TILE * TILE / 4], tile *t)
{
    const int width = TILE >> (scale + 1), side = sides[scale];
    const int across = width / side;

    for (int b = 0; b < counts[scale]; b++) {
        const int at = (b / across * width + b % across) * side;
        const int block = firsts[scale] + b;
        const float h = variance(band[0] + at, side, width);
        const float v = variance(band[1] + at, side, width);
        float *e = &t->log_energy[block][plane * KINDS];

        e[0] = log_of((h + v) / 2);
        e[1] = log_of(variance(band[2] + at, side, width));
        if (plane == 0)
            t->turn[block] = fabsf(log_of(h) - log_of(v));
    }
}

static void
measure_tile(const tw_tensor *y, int64_t top, int64_t left, tile *t)
{
    float planes[PLANES * TILE * TILE], band[3][TILE * TILE / 4];

    t->clipped = take(y, top, left, planes);
    for (int c = 0; c < PLANES; c++)
        for (int s = 0; s < SCALES; s++) {
            transform(planes + c * TILE * TILE, TILE >> s, band);
            measure_scale(s, c, band, t);
        }
    t->mean = 0;
    for (int i = 0; i < TW_BAND_CHANNELS; i++) {
        const int scale = i / PER_SCALE;
        float sum = 0;

        for (int b = 0; b < counts[scale]; b++)
            sum += t->log_energy[firsts[scale] + b][i % PER_SCALE];
        t->whole[i] = sum / (float) counts[scale];
        t->mean += t->whole[i] / TW_BAND_CHANNELS;
    }
}

/* --- all tiles --- */

static int
by_mean(const void *a, const void *b)
{
    const tile *s = a, *t = b;

    return s->mean < t->mean   ? -1
           : s->mean > t->mean ? 1
                               : s->number - t->number;
}

static int
by_value(const void *a, const void *b)
{
    const float x = *(const float *) a, y = *(const float *) b;

    return (x > y) - (x < y);
}

/* Tiles that are hardly clipped, unless all are. */
static int64_t
drop_clipped(tile *tiles, int64_t count)
{
    int64_t kept = 0;

    for (int64_t i = 0; i < count; i++)
        if (tiles[i].clipped <= FEW_CLIPPED)
            tiles[kept++] = tiles[i];
    return kept ? kept : count;
}

/* @values: room for all energies of one channel. */
static void
take_quantiles(const tile *tiles, int64_t count, int channel, float *values,
               float *features)
{
    const int scale = channel / PER_SCALE, blocks = counts[scale];
    const int64_t n = count * blocks;

    for (int64_t k = 0; k < n; k++)
        values[k] =
            tiles[k / blocks]
                .log_energy[firsts[scale] + k % blocks][channel % PER_SCALE];
    qsort(values, (size_t) n, sizeof *values, by_value);
    for (int q = 0; q < QUANTILES; q++)
        features[q * TW_BAND_CHANNELS + channel] =
            values[(int64_t) (quantiles[q] * (double) n)];
}

static float
mean_turn(const tile *tiles, int64_t count, int scale)
{
    double sum = 0;

    for (int64_t k = 0; k < count; k++)
        for (int b = 0; b < counts[scale]; b++)
            sum += (double) tiles[k].turn[firsts[scale] + b];
    return (float) (sum / (double) (count * counts[scale]));
}

static void
summarize(tile *tiles, int64_t count, float *values, float *features)
{
    const int64_t tenth = (int64_t) (flat * (double) count);
    const int64_t few = tenth > 1 ? tenth : 1;
    float *means = features + QUANTILES * TW_BAND_CHANNELS;
    float *turns = means + TW_BAND_CHANNELS;

    for (int i = 0; i < TW_BAND_CHANNELS; i++)
        take_quantiles(tiles, count, i, values, features);
    qsort(tiles, (size_t) count, sizeof *tiles, by_mean);
    for (int i = 0; i < TW_BAND_CHANNELS; i++) {
        double sum = 0;

        for (int64_t k = 0; k < few; k++)
            sum += (double) tiles[k].whole[i];
        means[i] = (float) (sum / (double) few);
    }
    for (int s = 0; s < SCALES; s++) {
        turns[s] = mean_turn(tiles, count, s);
        turns[SCALES + s] = mean_turn(tiles, few, s);
    }
    turns[2 * SCALES] = logf((float) count);
}

tw_status
tw_bands(const tw_tensor *y, float features[TW_BAND_FEATURES], int64_t *tiles,
         tw_run *run)
{
    const int64_t across = y->shape.dim[3] / TILE;
    const int64_t all = y->shape.dim[2] / TILE * across;
    const int64_t stride = (all + MOST - 1) / MOST;
    int64_t count = all ? (all + stride - 1) / stride : 0;

    *tiles = 0;
    if (!count)
        return TW_OK;
    const size_t mark = tw_run_mark(run);
    tile *t = tw_scratch_bytes(run, (size_t) count * sizeof *t);
    float *values = tw_scratch_bytes(run, (size_t) count * 4 * sizeof *values);

    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run)) {
#pragma omp parallel for if (y->size > TW_SERIAL)
        for (int64_t i = 0; i < count; i++) {
            const int64_t at = i * stride;

            t[i].number = (int) i;
            measure_tile(y, at / across * TILE, at % across * TILE, &t[i]);
        }
        summarize(t, drop_clipped(t, count), values, features);
        *tiles = count;
    }
    tw_run_release(run, mark);
    return tw_run_poll(run);
}
