/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "priors/tiles.h"

/* Tiles start at multiples of this, so that a network which halves its input
 * four times sees every pixel in the same phase as it does untiled. */
enum { GRID = 16 };

/* A different grid at each level, and the same one in each run. */
static int64_t
shift_of(double sigma, int64_t range, int side)
{
    uint64_t bits;

    memcpy(&bits, &sigma, sizeof bits);
    bits = (bits + (uint64_t) side) * UINT64_C(0x9e3779b97f4a7c15);
    bits = (bits ^ (bits >> 29)) * UINT64_C(0xbf58476d1ce4e5b9);
    return (int64_t) ((bits >> 32) % (uint64_t) (range / GRID + 1)) * GRID;
}

static tw_seams
place(int64_t size, int64_t tile, int64_t overlap, double sigma, int side)
{
    const int64_t stride = tile - overlap;
    tw_seams s = { size, 0, stride, overlap / 2, 0 };

    if (size <= tile)
        return s;
    s.first = overlap + shift_of(sigma, stride - overlap, side);
    while (s.first + s.count * stride + s.half < size)
        s.count++;
    return s;
}

static tw_span
span_of(const tw_seams *s, int i)
{
    const int64_t from = i ? s->first + (i - 1) * s->stride - s->half : 0;
    const int64_t to =
        i < s->count ? s->first + i * s->stride + s->half : s->size;

    return (tw_span) { from, to - from, i - 1, i < s->count ? i : -1 };
}

/* Raised cosine across each seam; the weights of all tiles sum to 1. */
static float
weight(const tw_seams *s, const tw_span *t, int64_t i)
{
    const int64_t at = t->from + i;
    double w = 1;

    for (int end = 0; end < 2; end++) {
        const int seam = end ? t->right : t->left;
        const int64_t begin = s->first + seam * s->stride - s->half;

        if (seam < 0 || at < begin || at >= begin + 2 * s->half)
            continue;
        const double u = 0.5 - 0.5 * cos(M_PI * ((double) (at - begin) + 0.5) /
                                         (double) (2 * s->half));

        w *= end ? 1 - u : u;
    }
    return (float) w;
}

tw_grid
tw_grid_at(int64_t height, int64_t width, int64_t tile, int64_t overlap,
           double sigma)
{
    return (tw_grid) { place(height, tile, overlap, sigma, 0),
                       place(width, tile, overlap, sigma, 1) };
}

int
tw_grid_count(const tw_grid *g)
{
    return (g->y.count + 1) * (g->x.count + 1);
}

void
tw_grid_tile(const tw_grid *g, int i, tw_span *y, tw_span *x)
{
    *y = span_of(&g->y, i / (g->x.count + 1));
    *x = span_of(&g->x, i % (g->x.count + 1));
}

void
tw_grid_weights(const tw_grid *g, const tw_span *sy, const tw_span *sx,
                float *w)
{
    for (int64_t i = 0; i < sy->size; i++)
        w[i] = weight(&g->y, sy, i);
    for (int64_t i = 0; i < sx->size; i++)
        w[sy->size + i] = weight(&g->x, sx, i);
}
