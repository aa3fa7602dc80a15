/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/fft.h"

#include <fftw3.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/parallel.h"

/* A plane is transformed in bands of this many rows, then of this many columns.
 * The bands are the units of work, and each is always transformed by the same
 * plan, so the bytes do not depend on the threads. */
enum { ROWS = 8, COLUMNS = 16 };

/* FFTW_UNALIGNED: one plan serves every band, wherever it begins. */
enum { FLAGS = FFTW_ESTIMATE | FFTW_UNALIGNED };

/* One pass over a plane: @lines of them in bands of @band; the last band may be
 * narrower and has a plan of its own. */
typedef struct tw_pass {
    fftwf_plan full, rest; /* NULL where there is no such band */
    int64_t lines, band;
} tw_pass;

enum {
    ROW_FORWARD,
    ROW_INVERSE,
    COLUMN_FORWARD,
    COLUMN_INVERSE,
    DCT_ROW_FORWARD,
    DCT_ROW_INVERSE,
    DCT_COLUMN_FORWARD,
    DCT_COLUMN_INVERSE,
    PASSES
};

struct tw_fft {
    int64_t height, width, half; /* half: complex numbers in a row */
    tw_pass pass[PASSES];
};

/* FFTW's planner keeps global tables. */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

/* Plans for @count lines at a time. @x and @z only show FFTW whether it works
 * in place: with FFTW_ESTIMATE they are not touched. */
typedef fftwf_plan (*tw_plan_func)(const tw_fft *fft, int kind, int count,
                                   float *x, fftwf_complex *z);

static fftwf_plan
real_rows(const tw_fft *fft, int kind, int count, float *x, fftwf_complex *z)
{
    const int w = (int) fft->width, half = (int) fft->half;

    if (kind == FFTW_FORWARD)
        return fftwf_plan_many_dft_r2c(1, &w, count, x, NULL, 1, w, z, NULL, 1,
                                       half, FLAGS);
    return fftwf_plan_many_dft_c2r(1, &w, count, z, NULL, 1, half, x, NULL, 1,
                                   w, FLAGS);
}

static fftwf_plan
complex_columns(const tw_fft *fft, int kind, int count, float *x,
                fftwf_complex *z)
{
    const int h = (int) fft->height, half = (int) fft->half;

    (void) x;
    return fftwf_plan_many_dft(1, &h, count, z, NULL, half, 1, z, NULL, half, 1,
                               kind, FLAGS);
}

static fftwf_plan
dct_rows(const tw_fft *fft, int kind, int count, float *x, fftwf_complex *z)
{
    const fftwf_r2r_kind k = (fftwf_r2r_kind) kind;
    const int w = (int) fft->width;

    (void) z;
    return fftwf_plan_many_r2r(1, &w, count, x, NULL, 1, w, x, NULL, 1, w, &k,
                               FLAGS);
}

static fftwf_plan
dct_columns(const tw_fft *fft, int kind, int count, float *x, fftwf_complex *z)
{
    const fftwf_r2r_kind k = (fftwf_r2r_kind) kind;
    const int h = (int) fft->height, w = (int) fft->width;

    (void) z;
    return fftwf_plan_many_r2r(1, &h, count, x, NULL, w, 1, x, NULL, w, 1, &k,
                               FLAGS);
}

static const struct {
    tw_plan_func plan;
    int kind, band;
} recipes[PASSES] = {
    [ROW_FORWARD] = { real_rows, FFTW_FORWARD, ROWS },
    [ROW_INVERSE] = { real_rows, FFTW_BACKWARD, ROWS },
    [COLUMN_FORWARD] = { complex_columns, FFTW_FORWARD, COLUMNS },
    [COLUMN_INVERSE] = { complex_columns, FFTW_BACKWARD, COLUMNS },
    [DCT_ROW_FORWARD] = { dct_rows, FFTW_REDFT10, ROWS },
    [DCT_ROW_INVERSE] = { dct_rows, FFTW_REDFT01, ROWS },
    [DCT_COLUMN_FORWARD] = { dct_columns, FFTW_REDFT10, COLUMNS },
    [DCT_COLUMN_INVERSE] = { dct_columns, FFTW_REDFT01, COLUMNS },
};

static int64_t
lines_of(const tw_fft *fft, int pass)
{
    if (recipes[pass].band == ROWS)
        return fft->height;
    return recipes[pass].plan == complex_columns ? fft->half : fft->width;
}

static bool
plan_pass(tw_fft *fft, int pass, float *x, fftwf_complex *z)
{
    const tw_plan_func plan = recipes[pass].plan;
    const int kind = recipes[pass].kind, band = recipes[pass].band;
    const int64_t lines = lines_of(fft, pass);
    const int rest = (int) (lines % band);
    tw_pass *p = &fft->pass[pass];

    p->lines = lines;
    p->band = band;
    if (lines >= band)
        p->full = plan(fft, kind, band, x, z);
    if (rest)
        p->rest = plan(fft, kind, rest, x, z);
    return (lines < band || p->full) && (rest == 0 || p->rest);
}

static bool
plan_all(tw_fft *fft)
{
    const size_t rows = (size_t) fft->height;
    float *x = calloc(rows, (size_t) fft->width * sizeof *x);
    fftwf_complex *z = calloc(rows, (size_t) fft->half * sizeof *z);
    bool fine = x && z;

    pthread_mutex_lock(&planner);
    for (int pass = 0; fine && pass < PASSES; pass++)
        fine = plan_pass(fft, pass, x, z);
    pthread_mutex_unlock(&planner);
    free(x);
    free(z);
    return fine;
}

tw_fft *
tw_fft_new(int64_t height, int64_t width)
{
    /* FFTW counts in int. */
    const bool fits = height <= INT_MAX && width <= INT_MAX;
    tw_fft *fft = fits ? calloc(1, sizeof *fft) : NULL;

    if (!fft)
        return NULL;
    fft->height = height;
    fft->width = width;
    fft->half = width / 2 + 1;
    if (plan_all(fft))
        return fft;
    tw_fft_free(fft);
    return NULL;
}

void
tw_fft_free(tw_fft *fft)
{
    if (!fft)
        return;
    pthread_mutex_lock(&planner);
    for (int pass = 0; pass < PASSES; pass++) {
        fftwf_destroy_plan(fft->pass[pass].full);
        fftwf_destroy_plan(fft->pass[pass].rest);
    }
    pthread_mutex_unlock(&planner);
    free(fft);
}

int64_t
tw_fft_size(const tw_fft *fft)
{
    return fft->height * fft->half;
}

/* The plan of the band that begins at line @at. */
static fftwf_plan
plan_at(const tw_pass *pass, int64_t at)
{
    return at + pass->band <= pass->lines ? pass->full : pass->rest;
}

static void
columns(const tw_fft *fft, const tw_pass *pass, float complex *z)
{
#pragma omp parallel for if (tw_fft_size(fft) > TW_SERIAL)
    for (int64_t at = 0; at < pass->lines; at += pass->band)
        fftwf_execute_dft(plan_at(pass, at), z + at, z + at);
}

void
tw_fft_forward(const tw_fft *fft, const float *x, float complex *out)
{
    const tw_pass *pass = &fft->pass[ROW_FORWARD];

    /* FFTW's input is not const, but a forward transform keeps it. */
#pragma omp parallel for if (tw_fft_size(fft) > TW_SERIAL)
    for (int64_t at = 0; at < pass->lines; at += pass->band)
        fftwf_execute_dft_r2c(plan_at(pass, at),
                              (float *) (uintptr_t) (x + at * fft->width),
                              out + at * fft->half);
    columns(fft, &fft->pass[COLUMN_FORWARD], out);
}

void
tw_fft_inverse(const tw_fft *fft, float complex *x, float *out)
{
    const tw_pass *pass = &fft->pass[ROW_INVERSE];
    const float scale =
        (float) (1.0 / ((double) fft->height * (double) fft->width));

    columns(fft, &fft->pass[COLUMN_INVERSE], x);
#pragma omp parallel for if (tw_fft_size(fft) > TW_SERIAL)
    for (int64_t at = 0; at < pass->lines; at += pass->band) {
        const int64_t end =
            at + pass->band < pass->lines ? at + pass->band : pass->lines;

        fftwf_execute_dft_c2r(plan_at(pass, at), x + at * fft->half,
                              out + at * fft->width);
        for (int64_t i = at * fft->width; i < end * fft->width; i++)
            out[i] *= scale;
    }
}

/* @step: from one line to the next. */
static void
dct(const tw_pass *pass, int64_t step, int64_t size, float *x)
{
#pragma omp parallel for if (size > TW_SERIAL)
    for (int64_t at = 0; at < pass->lines; at += pass->band)
        fftwf_execute_r2r(plan_at(pass, at), x + at * step, x + at * step);
}

/* Between FFTW's scaling and an orthonormal one: everything times @all, and the
 * first value of every row and column times @first. */
static void
scale(const tw_fft *fft, double all, double first, float *x)
{
    const int64_t h = fft->height, w = fft->width;

#pragma omp parallel for if (h * w > TW_SERIAL)
    for (int64_t row = 0; row < h; row++) {
        const float s = (float) (row == 0 ? all * first : all);

        x[row * w] *= (float) first;
        for (int64_t i = row * w; i < (row + 1) * w; i++)
            x[i] *= s;
    }
}

void
tw_dct_forward(const tw_fft *fft, float *x)
{
    const int64_t h = fft->height, w = fft->width;

    dct(&fft->pass[DCT_ROW_FORWARD], w, h * w, x);
    dct(&fft->pass[DCT_COLUMN_FORWARD], 1, h * w, x);
    scale(fft, 1 / sqrt(4.0 * (double) h * (double) w), M_SQRT1_2, x);
}

void
tw_dct_inverse(const tw_fft *fft, float *x)
{
    const int64_t h = fft->height, w = fft->width;

    scale(fft, 1 / sqrt(4.0 * (double) h * (double) w), M_SQRT2, x);
    dct(&fft->pass[DCT_COLUMN_INVERSE], 1, h * w, x);
    dct(&fft->pass[DCT_ROW_INVERSE], w, h * w, x);
}

int64_t
tw_fft_good_size(int64_t n, int64_t multiple)
{
    static const int64_t factors[] = { 2, 3, 5, 7 };

    for (int64_t count = (n + multiple - 1) / multiple;; count++) {
        int64_t rest = count;

        for (int i = 0; i < 4; i++)
            while (rest > 0 && rest % factors[i] == 0)
                rest /= factors[i];
        if (rest == 1)
            return count * multiple;
    }
}
