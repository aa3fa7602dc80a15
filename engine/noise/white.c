/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise/white.h"

#include <math.h>
#include <stdlib.h>

#include "core/parallel.h"
#include "core/sizing.h"

/*
 * Blocks of 8 x 8 pixels, of each channel by itself. In each 2 x 2 pixels
 * a b / c d the Haar transform gives a mean (a + b + c + d) / 2 and a diagonal
 * (a - b - c + d) / 2, both with the noise of a pixel and independent of each
 * other: so the flat blocks are chosen by the spread of the means, which does not
 * bias the diagonals that are measured.
 */
enum { SIDE = 8, CELLS = SIDE * SIDE / 4, FEWEST = 4, MOST = 32768 };

/* Only the flattest blocks count, so that texture is not taken for noise: one of
 * SHARE, but at least ENOUGH, if there are; first of all of them, then of those
 * of one brightness. 128 blocks give 3 % (one standard deviation). */
enum { SHARE = 40, ENOUGH = 128, BIN_SHARE = 20, BIN_ENOUGH = 16 };

/* Mean of the middle fifth of |d|, over the standard deviation of a normal d:
 * nearly the median, and not tied to the steps of 8-bit values. */
static const double MIDDLE = 0.6773069379;

/* Black and white, which hide noise, but not what lies beyond them; a block may
 * have this many of them. */
static const float CLIPPED = 0.999f;
enum { FEW_CLIPPED = 2 };

/* Squares of the spread of the means over the deviation of the diagonals, in the
 * flattest blocks: of noise alone (below 1, since these blocks are the flattest),
 * and of the texture that is most like noise. Of 43 training photographs (two
 * crops of each, noise of 0.5 to 10 %: 430 pictures) the estimate was above the
 * noise by more than a half in 61, what is sure in none. */
static const double spread_of_noise = 0.7, spread_of_texture = 2.5;

enum { BINS = 12 }; /* of brightness, for camera noise */

typedef struct block {
    float activity, brightness; /* variance and mean of the means / 2 */
    float diagonal[CELLS];
    int clipped; /* pixels */
} block;

static void
measure(const float *p, int64_t width, block *b)
{
    double sum = 0, squares = 0;

    b->clipped = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        const float size = fabsf(p[i / SIDE * width + i % SIDE]);

        b->clipped += size >= CLIPPED && size <= 1;
    }
    for (int i = 0; i < CELLS; i++) {
        const float *q = p + i / (SIDE / 2) * 2 * width + i % (SIDE / 2) * 2;
        const double mean =
            (double) (q[0] + q[1] + q[width] + q[width + 1]) / 2;

        b->diagonal[i] = fabsf(q[0] - q[1] - q[width] + q[width + 1]) / 2;
        sum += mean;
        squares += mean * mean;
    }
    b->brightness = (float) (sum / CELLS / 2);
    b->activity = (float) (squares / CELLS - sum / CELLS * (sum / CELLS));
}

static int
by_activity(const void *a, const void *b)
{
    const float x = ((const block *) a)->activity;
    const float y = ((const block *) b)->activity;

    return (x > y) - (x < y);
}

static int
by_value(const void *a, const void *b)
{
    const float x = *(const float *) a, y = *(const float *) b;

    return (x > y) - (x < y);
}

/* The deviation of the noise in @count blocks; @values: room for all of their
 * diagonals. */
static double
deviation(const block *blocks, int64_t count, float *values)
{
    const int64_t size = count * CELLS, skip = size * 2 / 5;

    for (int64_t i = 0; i < size; i++)
        values[i] = blocks[i / CELLS].diagonal[i % CELLS];
    qsort(values, (size_t) size, sizeof *values, by_value);
    double sum = 0;

    for (int64_t i = skip; i < size - skip; i++)
        sum += (double) values[i];
    return sum / (double) (size - 2 * skip) / MIDDLE;
}

/* What of @noise is sure: fur and scales have no flat blocks, and their diagonals
 * are taken for noise, but their means have a larger spread. */
static double
sure_of(const block *blocks, int64_t count, double noise)
{
    double activity = 0;

    for (int64_t i = 0; i < count; i++)
        activity += (double) blocks[i].activity / (double) count;
    if (noise <= 0)
        return 0;
    const double texture = (activity / (4 * noise * noise) - spread_of_noise) /
                           (spread_of_texture - spread_of_noise);

    return noise * sqrt(1 - fmin(fmax(texture, 0), 1));
}

static int64_t
drop_clipped(block *blocks, int64_t count)
{
    int64_t whole = 0, kept = 0;

    for (int64_t i = 0; i < count; i++)
        whole += blocks[i].clipped <= FEW_CLIPPED;
    if (whole < FEWEST)
        return count;
    for (int64_t i = 0; i < count; i++)
        if (blocks[i].clipped <= FEW_CLIPPED)
            blocks[kept++] = blocks[i];
    return kept;
}

/* One of @share of @count, but at least @enough, if there are. */
static int64_t
flat(int64_t count, int64_t share, int64_t enough)
{
    const int64_t most = count / share > enough ? count / share : enough;

    return count < most ? count : most;
}

/* Blocks, evenly spread if there are too many, the flattest first; clipped ones
 * only if there are no others. */
static int64_t
collect(const tw_tensor *y, block *blocks)
{
    const int64_t planes = y->shape.dim[1], height = y->shape.dim[2];
    const int64_t width = y->shape.dim[3];
    const int64_t down = height / SIDE, across = width / SIDE;
    const int64_t all = planes * down * across;
    const int64_t stride = (all + MOST - 1) / MOST;
    int64_t count = 0;

    for (int64_t i = 0; i < all; i += stride) {
        const int64_t plane = i / (down * across), k = i % (down * across);
        const float *p = y->data +
                         (plane * height + k / across * SIDE) * width +
                         k % across * SIDE;

        measure(p, width, &blocks[count++]);
    }
    count = drop_clipped(blocks, count);
    qsort(blocks, (size_t) count, sizeof *blocks, by_activity);
    return count;
}

/* Fits variance = a + b s to the bins, weights 1 / variance^2: the error of a
 * measured variance is in proportion to it. Bins above the line hold texture and
 * lose their weight. */
static void
fit_line(const double *s, const double *variance, const double *count,
         tw_noise *noise)
{
    double a = 0, b = 0;

    for (int round = 0; round < 8; round++) {
        double w0 = 0, w1 = 0, w2 = 0, v0 = 0, v1 = 0;

        for (int i = 0; i < BINS; i++) {
            const double model = round ? a + b * s[i] : variance[i];
            const double over =
                round > 0 && variance[i] > 1.2 * model ? 0.05 : 1;
            const double w = over * count[i] / fmax(model * model, 1e-14);

            w0 += w;
            w1 += w * s[i];
            w2 += w * s[i] * s[i];
            v0 += w * variance[i];
            v1 += w * variance[i] * s[i];
        }
        const double det = w0 * w2 - w1 * w1;

        b = det > 1e-9 * w0 * w2 ? (w0 * v1 - w1 * v0) / det : 0;
        b = fmax(b, 0);
        a = fmax((v0 - b * w1) / w0, 0);
        if (a <= 0 && w2 > 0)
            b = fmax(v1 / w2, 0);
    }
    noise->noise = sqrt(a);
    noise->shot = b;
}

/* Bins of brightness, in each its flat blocks. */
static void
measure_camera(const block *blocks, int64_t count, block *bin, float *values,
               tw_noise *noise)
{
    double s[BINS] = { 0 }, variance[BINS] = { 0 }, weight[BINS] = { 0 };

    for (int i = 0; i < BINS; i++) {
        int64_t n = 0;

        for (int64_t k = 0; k < count; k++) {
            const double at =
                floor(((double) blocks[k].brightness + 1) / 2 * BINS);

            if (at == i)
                bin[n++] = blocks[k];
        }
        if (n < FEWEST)
            continue;
        n = flat(n, BIN_SHARE, BIN_ENOUGH);
        const double d = deviation(bin, n, values) / 2;

        for (int64_t k = 0; k < n; k++)
            s[i] += ((double) bin[k].brightness + 1) / 2 / (double) n;
        variance[i] = d * d;
        weight[i] = (double) n;
    }
    fit_line(s, variance, weight, noise);
}

static tw_status
estimate(const tw_tensor *y, bool camera, tw_noise *noise, tw_run *run)
{
    const int64_t height = y->shape.dim[2], width = y->shape.dim[3];
    const int64_t all = y->shape.dim[1] * (height / SIDE) * (width / SIDE);
    const size_t most = (size_t) (all < MOST ? all : MOST);

    if (all < FEWEST)
        return TW_OK;
    block *blocks = tw_scratch_bytes(run, most * sizeof *blocks);
    block *bin = camera ? tw_scratch_bytes(run, most * sizeof *bin) : NULL;
    float *values = tw_scratch_bytes(run, most * CELLS * sizeof *values);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    const int64_t count = collect(y, blocks);

    const int64_t flattest = flat(count, SHARE, ENOUGH);

    noise->noise = deviation(blocks, flattest, values) / 2;
    noise->sure = sure_of(blocks, flattest, noise->noise);
    if (camera)
        measure_camera(blocks, count, bin, values, noise);
    return TW_OK;
}

tw_status
tw_noise_white(const tw_tensor *y, bool camera, tw_noise *noise, tw_run *run)
{
    const size_t mark = tw_run_mark(run);

    *noise = (tw_noise) { 0 };
    const tw_status status = estimate(y, camera, noise, run);

    tw_run_release(run, mark);
    return status;
}
