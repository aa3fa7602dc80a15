/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "priors/tiled.h"
#include "priors/tiles.h"

typedef struct tiled {
    tw_prior base;
    const tw_prior *prior;
    int64_t tile, overlap;
} tiled;

static tw_grid
grid_of(const tiled *p, tw_shape x, double sigma)
{
    return tw_grid_at(x.dim[2], x.dim[3], p->tile, p->overlap, sigma);
}

static void
cut(const tw_tensor *x, const tw_span *sy, const tw_span *sx, tw_tensor *tile)
{
    const int64_t H = x->shape.dim[2], W = x->shape.dim[3];
    const int64_t rows = tile->size / sx->size;

#pragma omp parallel for if (tile->size > TW_SERIAL)
    for (int64_t r = 0; r < rows; r++)
        memcpy(tile->data + r * sx->size,
               x->data + (r / sy->size * H + sy->from + r % sy->size) * W +
                   sx->from,
               (size_t) sx->size * sizeof *x->data);
}

/* tile *= weights */
static void
scale(tw_tensor *tile, const tw_span *sy, const tw_span *sx, const float *w)
{
    const int64_t rows = tile->size / sx->size;

#pragma omp parallel for if (tile->size > TW_SERIAL)
    for (int64_t r = 0; r < rows; r++)
        for (int64_t c = 0; c < sx->size; c++)
            tile->data[r * sx->size + c] *= w[r % sy->size] * w[sy->size + c];
}

/* sum[tile] += tile */
static void
paste(tw_tensor *sum, const tw_span *sy, const tw_span *sx,
      const tw_tensor *tile)
{
    const int64_t H = sum->shape.dim[2], W = sum->shape.dim[3];
    const int64_t rows = tile->size / sx->size;

#pragma omp parallel for if (tile->size > TW_SERIAL)
    for (int64_t r = 0; r < rows; r++) {
        const float *from = tile->data + r * sx->size;
        float *to = sum->data +
                    (r / sy->size * H + sy->from + r % sy->size) * W + sx->from;

        for (int64_t c = 0; c < sx->size; c++)
            to[c] += from[c];
    }
}

static tw_tensor *
tile_like(const tw_tensor *x, const tw_span *sy, const tw_span *sx, tw_run *run)
{
    return tw_scratch_shape(
        run, tw_shape4(x->shape.dim[0], x->shape.dim[1], sy->size, sx->size));
}

static tw_shape
largest(const tiled *p, tw_shape x)
{
    for (int i = 2; i < 4; i++)
        if (x.dim[i] > p->tile)
            x.dim[i] = p->tile;
    return x;
}

/* Tile @i; in a run that only sizes the largest that there may be. */
static void
find_tile(const tiled *p, const tw_grid *g, int i, tw_shape x,
          const tw_run *run, tw_span *sy, tw_span *sx)
{
    if (!tw_run_is_sizing(run)) {
        tw_grid_tile(g, i, sy, sx);
        return;
    }
    const tw_shape most = largest(p, x);

    *sy = (tw_span) { 0, most.dim[2], -1, -1 };
    *sx = (tw_span) { 0, most.dim[3], -1, -1 };
}

/* sum += w D(x | tile) */
static tw_status
add_tile(const tiled *p, const tw_grid *g, int i, const tw_tensor *x,
         double sigma, tw_tensor *sum, tw_run *run)
{
    tw_span sy, sx;

    find_tile(p, g, i, x->shape, run, &sy, &sx);
    tw_tensor *tile = tile_like(x, &sy, &sx, run);
    float *w = tw_scratch_bytes(run, (size_t) (sy.size + sx.size) * sizeof *w);

    TW_TRY(tw_run_check(run));
    cut(x, &sy, &sx, tile);
    TW_TRY(p->prior->klass->denoise(p->prior, tile, sigma, tile, NULL, run));
    tw_grid_weights(g, &sy, &sx, w);
    scale(tile, &sy, &sx, w);
    paste(sum, &sy, &sx, tile);
    return TW_OK;
}

/* g += J_tile^T (w v) */
static tw_status
pull_tile(const tw_visit *r, const tw_grid *g, int i, const tw_tensor *v,
          tw_tensor *sum, tw_run *run)
{
    const tiled *p = (const tiled *) r->prior;
    const tw_prior *prior = p->prior;
    tw_span sy, sx;

    find_tile(p, g, i, v->shape, run, &sy, &sx);
    tw_tensor *tile = tile_like(v, &sy, &sx, run);
    tw_tensor *part = tile_like(v, &sy, &sx, run);
    float *w = tw_scratch_bytes(run, (size_t) (sy.size + sx.size) * sizeof *w);
    tw_tape *tape = tw_tape_new(run);

    TW_TRY(tw_run_check(run));
    cut(&r->x, &sy, &sx, tile);
    TW_TRY(prior->klass->denoise(prior, tile, r->sigma, tile, tape, run));
    cut(v, &sy, &sx, part);
    tw_grid_weights(g, &sy, &sx, w);
    scale(part, &sy, &sx, w);
    TW_TRY(tw_pull(tape, part, tile, run));
    paste(sum, &sy, &sx, tile);
    return TW_OK;
}

static tw_status
pull(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const tw_visit *r = saved;
    const tw_grid tiles = grid_of((const tiled *) r->prior, v->shape, r->sigma);
    const int count = tw_run_is_sizing(run) ? 1 : tw_grid_count(&tiles);

    tw_fill(g, 0);
    for (int i = 0; i < count; i++) {
        const size_t mark = tw_run_mark(run);
        const tw_status status = pull_tile(r, &tiles, i, v, g, run);

        tw_run_release(run, mark);
        TW_TRY(status);
    }
    return TW_OK;
}

static bool
fits(const tiled *p, tw_shape x)
{
    return x.dim[2] <= p->tile && x.dim[3] <= p->tile;
}

static tw_status
denoise(const tw_prior *prior, const tw_tensor *x, double sigma, tw_tensor *x0,
        tw_tape *tape, tw_run *run)
{
    const tiled *p = (const tiled *) prior;

    if (fits(p, x->shape))
        return p->prior->klass->denoise(p->prior, x, sigma, x0, tape, run);

    const tw_grid tiles = grid_of(p, x->shape, sigma);
    const int count = tw_run_is_sizing(run) ? 1 : tw_grid_count(&tiles);
    tw_tensor *sum = x == x0 ? tw_scratch(run, x) : x0;

    TW_TRY(tw_run_check(run));
    if (tape)
        TW_TRY(tw_prior_visit(prior, x, sigma, pull, tape, run));
    tw_fill(sum, 0);
    for (int i = 0; i < count; i++) {
        const size_t mark = tw_run_mark(run);
        const tw_status status = add_tile(p, &tiles, i, x, sigma, sum, run);

        tw_run_release(run, mark);
        TW_TRY(status);
        TW_TRY(tw_run_part(run, (double) (i + 1) / count));
    }
    if (sum != x0)
        tw_copy(x0, sum);
    return TW_OK;
}

/* Along a side, the tile at the start, those between, the one at the end: how
 * many they are, and the index of one. */
static int
alike(const tw_seams *s, int kind, int *index)
{
    const int between = s->count > 1 ? s->count - 1 : 0;

    *index = kind == 2 ? s->count : kind;
    return kind == 0 ? 1 : kind == 1 ? between : s->count > 0;
}

static double
work(const tw_prior *prior, tw_shape x)
{
    const tiled *p = (const tiled *) prior;

    if (fits(p, x))
        return tw_prior_work(p->prior, x);
    const tw_grid g = grid_of(p, x, p->base.sigma_max);
    double sum = 0;

    for (int i = 0; i < 9; i++) {
        int row, column;
        const int count =
            alike(&g.y, i / 3, &row) * alike(&g.x, i % 3, &column);
        tw_span sy, sx;

        if (count == 0)
            continue;
        tw_grid_tile(&g, row * (g.x.count + 1) + column, &sy, &sx);
        sum += count * tw_prior_work(p->prior, tw_shape4(x.dim[0], x.dim[1],
                                                         sy.size, sx.size));
    }
    return sum;
}

static void
destroy(tw_prior *prior)
{
    free(prior);
}

static const tw_prior_class klass = {
    .name = "tiled",
    .denoise = denoise,
    .work = work,
    .free = destroy,
};

tw_prior *
tw_prior_tiled(const tw_prior *prior, int tile, int overlap)
{
    tiled *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->base = *prior;
    p->base.klass = &klass;
    p->prior = prior;
    p->tile = tile;
    p->overlap = overlap;
    return &p->base;
}
