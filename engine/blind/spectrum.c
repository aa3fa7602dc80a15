/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blind/spectrum.h"

#include <math.h>
#include <string.h>

#include "core/fft.h"
#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"

enum {
    STEP = TW_WINDOW / 2,
    SIZE = TW_WINDOW * TW_WINDOW,
    HALF = TW_WINDOW / 2 + 1,
    MOST = 1024,
    PARTS = 8, /* of the windows; each is added up in order, then all are */
    CELL = 4
};

/* Rings end here, in 1 / 64 of a cycle per pixel. */
static const double ends[TW_BANDS] = { 2.5, 4, 6, 8, 10.5, 13, 16, 20, 26, 46 };

/* What the windows of a part add up to. */
typedef struct sums {
    double a[TW_BANDS], b[TW_BANDS], ab[TW_BANDS], cells[TW_CELLS];
    double power[TW_WINDOW * HALF];
} sums;

/* Room for one window of each picture. */
typedef struct workspace {
    float x[SIZE];
    float complex a[TW_WINDOW * HALF], b[TW_WINDOW * HALF];
} workspace;

typedef struct job {
    const tw_tensor *a, *b;
    const tw_fft *fft;
    const float *weights;  /* of a window's pixels; mean square 1 */
    const int32_t *places; /* top, left of each window */
    int64_t count;
} job;

static int64_t
along(int64_t size)
{
    return size < TW_WINDOW ? 0 : (size - TW_WINDOW) / STEP + 1;
}

int64_t
tw_spectrum_windows(int64_t height, int64_t width)
{
    return along(height) * along(width);
}

/* Is a window from @at far enough from the borders of its block? */
static bool
inside(int64_t at, int block)
{
    const int64_t from = block ? at % block : STEP;

    return !block || (from >= STEP && from + TW_WINDOW + STEP <= block);
}

/* At most MOST of them, evenly spread. */
static int64_t
place(int64_t top, int64_t left, int64_t height, int64_t width, int block,
      int32_t *places)
{
    const int64_t rows = along(height), columns = along(width);
    int64_t all = 0, count = 0, seen = 0;

    for (int64_t i = 0; i < rows * columns; i++)
        all += inside(i / columns * STEP, block) &&
               inside(i % columns * STEP, block);
    for (int64_t i = 0; i < rows * columns; i++) {
        const int64_t r = i / columns * STEP, c = i % columns * STEP;

        if (!inside(r, block) || !inside(c, block))
            continue;
        if (all <= MOST || seen * MOST / all >= count) {
            places[2 * count] = (int32_t) (top + r);
            places[2 * count + 1] = (int32_t) (left + c);
            count++;
        }
        seen++;
        if (count == MOST)
            break;
    }
    return count;
}

static void
fill_weights(float *weights)
{
    double one[TW_WINDOW], squares = 0;

    for (int i = 0; i < TW_WINDOW; i++) {
        const double s = sin(M_PI * (i + 0.5) / TW_WINDOW);

        one[i] = s * s;
        squares += one[i] * one[i] / TW_WINDOW;
    }
    for (int i = 0; i < SIZE; i++)
        weights[i] =
            (float) (one[i / TW_WINDOW] * one[i % TW_WINDOW] / squares);
}

static void
transform(const job *j, const tw_tensor *x, int channel, int64_t window,
          workspace *room, float complex *out)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];
    const float *from = x->data + (channel * h + j->places[2 * window]) * w +
                        j->places[2 * window + 1];

    for (int i = 0; i < SIZE; i++)
        room->x[i] = j->weights[i] * from[i / TW_WINDOW * w + i % TW_WINDOW];
    tw_fft_forward(j->fft, room->x, out);
}

static int
ring_of(int row, int column)
{
    const int r = row < TW_WINDOW - row ? row : TW_WINDOW - row;
    const double radius = sqrt((double) (r * r + column * column));
    int band = 0;

    while (radius >= ends[band])
        band++;
    return band;
}

static int
cell_of(int row, int column)
{
    const int across = TW_WINDOW / 2 / CELL;
    const int r = (row + TW_WINDOW / 2) % TW_WINDOW / CELL;
    const int c = column / CELL < across ? column / CELL : across - 1;

    return r * across + c;
}

/* A column stands for its mirror, too. */
static double
weight_of(int column)
{
    return column == 0 || column == HALF - 1 ? 1 : 2;
}

static void
add_window(const workspace *room, sums *s)
{
    for (int i = 0; i < TW_WINDOW * HALF; i++) {
        const int row = i / HALF, column = i % HALF;
        const int ring = ring_of(row, column);
        const double weight = weight_of(column);
        const double re = (double) crealf(room->a[i]);
        const double im = (double) cimagf(room->a[i]);
        const double be = (double) crealf(room->b[i]);
        const double bm = (double) cimagf(room->b[i]);
        const double power = weight * (re * re + im * im);

        s->a[ring] += power;
        s->b[ring] += weight * (be * be + bm * bm);
        s->power[i] += be * be + bm * bm;
        s->ab[ring] += weight * (re * be + im * bm);
        s->cells[cell_of(row, column)] += power;
    }
}

static void
add_part(const job *j, int part, workspace *room, sums *s)
{
    memset(s, 0, sizeof *s);
    for (int64_t i = part; i < 3 * j->count; i += PARTS) {
        transform(j, j->a, (int) (i % 3), i / 3, room, room->a);
        transform(j, j->b, (int) (i % 3), i / 3, room, room->b);
        add_window(room, s);
    }
}

/* Means of all windows and of the frequencies of each band and cell. */
static void
finish(const sums *parts, int64_t count, tw_spectrum *out)
{
    double rings[TW_BANDS] = { 0 }, cells[TW_CELLS] = { 0 };

    for (int i = 0; i < TW_WINDOW * HALF; i++) {
        const double weight = weight_of(i % HALF) * (double) (3 * count) * SIZE;

        rings[ring_of(i / HALF, i % HALF)] += weight;
        cells[cell_of(i / HALF, i % HALF)] += weight;
    }
    for (int p = 0; p < PARTS; p++) {
        for (int i = 0; i < TW_BANDS; i++) {
            out->a[i] += parts[p].a[i] / rings[i];
            out->b[i] += parts[p].b[i] / rings[i];
            out->ab[i] += parts[p].ab[i] / rings[i];
        }
        for (int i = 0; i < TW_CELLS; i++)
            out->cells[i] += parts[p].cells[i] / cells[i];
        for (int i = 0; i < TW_WINDOW * HALF; i++)
            out->power[i] += parts[p].power[i] / ((double) (3 * count) * SIZE);
    }
}

static tw_status
measure(job *j, tw_spectrum *out, tw_run *run)
{
    sums *parts = tw_scratch_bytes(run, PARTS * sizeof *parts);
    workspace *rooms = tw_scratch_bytes(run, PARTS * sizeof *rooms);

    TW_TRY(tw_run_check(run));
#pragma omp parallel for schedule(static, 1)
    for (int p = 0; p < PARTS; p++)
        add_part(j, p, &rooms[p], &parts[p]);
    finish(parts, j->count, out);
    return tw_run_poll(run);
}

tw_status
tw_spectrum_of(const tw_tensor *a, const tw_tensor *b, int64_t top,
               int64_t left, int64_t height, int64_t width, int block,
               tw_spectrum *spectrum, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    int32_t *places = tw_scratch_bytes(run, 2 * MOST * sizeof *places);
    float *weights = tw_scratch_bytes(run, SIZE * sizeof *weights);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run)) {
        if (tw_spectrum_windows(height, width) > 0) {
            tw_scratch_bytes(run, PARTS * sizeof(sums));
            tw_scratch_bytes(run, PARTS * sizeof(workspace));
        }
        tw_run_release(run, mark);
        return tw_run_check(run);
    }
    memset(spectrum, 0, sizeof *spectrum);
    job j = { .a = a, .b = b, .weights = weights, .places = places };

    j.count = place(top, left, height, width, block, places);
    spectrum->windows = (int) j.count;
    fill_weights(weights);
    tw_fft *fft = j.count ? tw_fft_new(TW_WINDOW, TW_WINDOW) : NULL;

    if (j.count && !fft)
        return tw_fail(tw_run_error(run), TW_ERR_MEMORY,
                       _("The system has no memory left; close other programs "
                         "or use a smaller picture"));
    j.fft = fft;
    const tw_status status = j.count ? measure(&j, spectrum, run) : TW_OK;

    tw_fft_free(fft);
    tw_run_release(run, mark);
    return status;
}
