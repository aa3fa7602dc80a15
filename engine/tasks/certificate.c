/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/certificate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "noise/noise.h"

enum {
    TILE = 64,       /* pixels */
    LEAST = TILE * 6 /* values that a tile must have to count: an eighth */
};

/* Full range in units of y. */
static const double range = 2;

static const double one_level = 1 / 255.0;

typedef struct sum {
    double squares;
    int64_t count;
} sum;

double
tw_certify_unit(const tw_job *job)
{
    const double rounded =
        sqrt(job->noise * job->noise + job->jpeg_noise * job->jpeg_noise +
             one_level * one_level / 12);

    return range * fmax(rounded, one_level);
}

bool
tw_certify_counts(const tw_job *job, const tw_tensor *y, int64_t at)
{
    const double v = fabs((double) y->data[at]);

    return job->known[at % (y->size / 3)] && (v < 1 || v > 1);
}

/* A value at black or white may have been anything beyond. It speaks against a
 * result only if that is this many deviations inside, as the truth is once in
 * 30,000 times. */
static const double far_inside = 4;

/* @d: by how much the result is above a value @y; @v: the variance of its noise. */
static bool
contradicts(double y, double d, double v)
{
    return (y > 0 ? -d : d) > far_inside * sqrt(v);
}

/* @fit becomes its differences from y, squared, in units of the noise. */
static void
square(const tw_job *job, const tw_tensor *y, const tw_tensor *variance,
       tw_tensor *fit)
{
    const double unit = tw_certify_unit(job);
    const int64_t plane = y->size / 3;

#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++) {
        const double v = variance ? (double) variance->data[i] : unit * unit;
        const double d = (double) fit->data[i] - (double) y->data[i];
        const bool counts =
            tw_certify_counts(job, y, i) ||
            (job->known[i % plane] && contradicts((double) y->data[i], d, v));

        fit->data[i] = counts ? (float) (d * d / v) : -1;
    }
}

tw_status
tw_certify_squares(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
                   tw_tensor *squares, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const tw_noise noise = { .noise = job->noise, .shot = job->shot };
    tw_tensor *variance = job->shot > 0 ? tw_scratch(run, y) : NULL;

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(job->degradation, x, squares, run));
    if (variance)
        tw_noise_variance(&noise, squares, tw_job_white(job),
                          range * range * one_level * one_level, variance);
    square(job, y, variance, squares);
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

static sum
sum_tile(const tw_tensor *squares, int64_t top, int64_t left)
{
    const int64_t h = squares->shape.dim[2], w = squares->shape.dim[3];
    sum s = { 0, 0 };

    for (int64_t c = 0; c < squares->shape.dim[1]; c++)
        for (int64_t r = top; r < top + TILE && r < h; r++)
            for (int64_t i = left; i < left + TILE && i < w; i++) {
                const double d2 = (double) squares->data[(c * h + r) * w + i];

                s.squares += d2 < 0 ? 0 : d2;
                s.count += d2 >= 0;
            }
    return s;
}

/*
 * If the result were the truth, the figure would be 1, give or take
 * 1 / sqrt(2 n) for n values. If A(result) is as far from A(truth) as y itself
 * is, and independent of it, it is sqrt(2): beyond that the result knows less
 * of the degraded picture than was given.
 */
static double
limit_for(int64_t count)
{
    return sqrt(2) * (1 + 3 / sqrt(2 * fmax((double) count, 1)));
}

static tw_status
add_up(const tw_tensor *squares, tw_report *report, tw_run *run)
{
    const int64_t rows = (squares->shape.dim[2] + TILE - 1) / TILE;
    const int64_t columns = (squares->shape.dim[3] + TILE - 1) / TILE;
    sum *tiles =
        tw_scratch_bytes(run, (size_t) (rows * columns) * sizeof *tiles);
    sum all = { 0, 0 };
    double worst = 0;

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
#pragma omp parallel for if (squares->size > TW_SERIAL)
    for (int64_t t = 0; t < rows * columns; t++)
        tiles[t] = sum_tile(squares, t / columns * TILE, t % columns * TILE);
    for (int64_t t = 0; t < rows * columns; t++) {
        all.squares += tiles[t].squares;
        all.count += tiles[t].count;
        if (tiles[t].count >= LEAST)
            worst =
                fmax(worst, sqrt(tiles[t].squares / (double) tiles[t].count));
    }
    const double whole = all.count ? sqrt(all.squares / (double) all.count) : 0;

    report->consistency = fmax(whole, report->consistency);
    report->worst = fmax(fmax(whole, worst), report->worst);
    report->limit = limit_for(all.count);
    return TW_OK;
}

tw_status
tw_certify(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
           tw_report *report, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_tensor *squares = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_certify_squares(job, y, x, squares, run));
    const tw_status status = add_up(squares, report, run);

    tw_run_release(run, mark);
    return status;
}

/* What there is to say of a blur that was looked for. */
static const char *
found_words(const tw_found *blur)
{
    if (!blur->kind)
        return "";
    if (blur->sure < 0.5)
        return _("It is not certain which blur the picture has; look at the "
                 "kernel that was found, or set one.");
    return strcmp(blur->kind, "none") == 0
               ? _("The picture shows no blur; only its noise was removed.")
               : "";
}

void
tw_certify_warn(tw_report *report)
{
    const char *found = found_words(&report->blur);
    const char *fit =
        tw_fit_is_bad(report->fit) ? tw_fit_words(report->fit) : "";
    const char *look =
        report->look == TW_LOOK_ODD ? tw_look_words(report->look) : "";

    snprintf(report->warning, sizeof report->warning, "%s%s%s%s%s", found,
             *found && (*fit || *look) ? " " : "", fit,
             *fit && *look ? " " : "", look);
}
