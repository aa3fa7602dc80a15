/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/judge.h"

#include <math.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "operators/noise.h"
#include "tasks/blur-size.h"
#include "tasks/certificate.h"

enum {
    LEAST_WINDOWS = 25, /* 192 x 192 pixels: with fewer, chance decides */
    BLOCK = 256,        /* side of a piece of a large picture */
    WHOLE = 3 * BLOCK
};

/* The level at which the model is asked what it would take away. At 0.03 it
 * takes the rounding to 8 bits for noise, at 0.3 edges. */
static const double look_level = 0.1;

/* Noise below the first is not measured well, below the second it hides in the
 * rounding to 8 bits. */
static const double least_noise = 0.002, hidden = 0.0025;

/* log2 of the noise set over that of the picture: what is measured is off by up
 * to a half, in pictures that are all texture. */
static const double noise_limit = 0.6;

/* Limits, chosen on training photographs, then eased by 1.4 because 9 of 32 right
 * settings were doubted on the photographs of tests/quality: of the logarithm of the power of the
 * differences where it is largest, and of the gain of another size of blur, whose
 * logarithm counts from the first on. */
static const double peak_limit = 0.53;
static const double least_gain = 3e-5, gain_limit = 9.1e-4;

/* Deviations of the look: of the detail, and of the share that is taken away. They
 * were 2 and 2.5 before the same photographs were looked at. */
static const double detail_limit = 3, share_limit = 3.5;

/* What the fit is judged by; 1 is the limit of each. */
typedef struct evidence {
    double noise; /* signed: above 0, more was set than there is */
    double peak, gain;
    double size; /* of the blur that is likelier, over that of the kernel */
    int windows;
} evidence;

bool
tw_judge_looks(const tw_job *job)
{
    return !job->task->holes && job->card->usual.share_deviation > 0 &&
           tw_spectrum_windows(job->result.height, job->result.width) >=
               LEAST_WINDOWS;
}

/* --- does it fit? --- */

/* r = A x - y in units of the noise, 0 where it does not count, and y in these
 * units; how much counts. */
static tw_status
subtract(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
         tw_tensor *r, tw_tensor *scaled, double *share, tw_run *run)
{
    const double unit = tw_certify_unit(job);

    TW_TRY(tw_forward(job->degradation, x, r, run));
#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++) {
        const double v = (double) y->data[i];
        const bool counts = tw_certify_counts(job, y, i);
        const double d = (double) r->data[i] - v;

        scaled->data[i] = (float) (v / unit);
        r->data[i] = counts ? (float) (d / unit) : 0;
    }
    int64_t count = 0;

#pragma omp parallel for reduction(+ : count) if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++)
        count += tw_certify_counts(job, y, i);
    *share = fmax((double) count / (double) y->size, 0.01);
    return tw_run_poll(run);
}

/* Where the differences have most power: noise has the same at all frequencies,
 * a wrong blur leaves what it cannot explain where it lets too little through. */
static double
peak_of(const tw_spectrum *s, double share)
{
    double peak = 0;

    for (int i = 0; i < TW_CELLS; i++)
        peak = fmax(peak, s->cells[i]);
    return log(fmax(peak / share, 1)) / peak_limit;
}

static tw_status
judge_blur(const tw_job *job, const tw_spectrum *s, evidence *e, tw_run *run)
{
    tw_blur_size found;

    TW_TRY(tw_blur_size_of(&job->psf, s, &found, run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    e->gain = log1p(found.gain / least_gain) / log1p(gain_limit / least_gain);
    e->size = found.size;
    return TW_OK;
}

static tw_status
gather(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
       tw_report *report, evidence *e, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_noise found;
    double share;

    TW_TRY(tw_noise_estimate(y, false, &found, run));
    tw_tensor *r = tw_scratch(run, y), *scaled = tw_scratch(run, y);
    tw_spectrum *s = tw_scratch_bytes(run, sizeof *s);

    TW_TRY(tw_run_check(run));
    report->found = found.noise;
    e->noise =
        log2(fmax(job->noise, least_noise) / fmax(found.noise, least_noise)) /
        noise_limit;
    TW_TRY(subtract(job, y, x, r, scaled, &share, run));
    TW_TRY(tw_spectrum_of(r, scaled, 0, 0, y->shape.dim[2], y->shape.dim[3], 0,
                          s, run));
    e->windows = tw_spectrum_windows(y->shape.dim[2], y->shape.dim[3]);
    if (!tw_run_is_sizing(run))
        e->peak = peak_of(s, share);
    if (job->task->psf && s->windows >= LEAST_WINDOWS)
        TW_TRY(judge_blur(job, s, e, run));
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

/* --- does it look like a photograph? --- */

/* The place in the picture of row or column @at of what is evaluated. */
static int64_t
place(int64_t at, int64_t size)
{
    const int64_t piece = at / BLOCK;

    return size <= WHOLE ? at : piece * (size - BLOCK) / 2 + at % BLOCK;
}

tw_shape
tw_judge_shape(const tw_job *job)
{
    const int h = job->result.height, w = job->result.width;

    return tw_shape4(1, 3, h < WHOLE ? h : WHOLE, w < WHOLE ? w : WHOLE);
}

/* @out: the pieces of the result @x. */
static void
take_pieces(const tw_job *job, const tw_tensor *x, tw_tensor *out)
{
    const int64_t h = out->shape.dim[2], w = out->shape.dim[3];
    const int64_t H = x->shape.dim[2], W = x->shape.dim[3];

#pragma omp parallel for if (out->size > TW_SERIAL)
    for (int64_t i = 0; i < 3 * h; i++) {
        const int64_t r = job->top + place(i % h, job->result.height);

        for (int64_t k = 0; k < w; k++)
            out->data[i * w + k] = x->data[(i / h * H + r) * W + job->left +
                                           place(k, job->result.width)];
    }
}

static tw_status
measure_look(const tw_job *job, const tw_tensor *x, double *figures,
             tw_run *run)
{
    const tw_shape shape = tw_judge_shape(job);
    const bool whole =
        job->result.height <= WHOLE && job->result.width <= WHOLE;
    const size_t mark = tw_run_mark(run);
    tw_tensor *pieces = tw_scratch_shape(run, shape);
    tw_tensor *taken = tw_scratch_shape(run, shape);
    tw_spectrum *s = tw_scratch_bytes(run, sizeof *s);
    double share = 0, fine = 0, middle = 0;

    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run))
        take_pieces(job, x, pieces);
    TW_TRY(tw_denoise(job->prior, pieces, look_level, taken, NULL, run));
    tw_lin2(taken, 1, taken, -1, pieces);
    TW_TRY(tw_spectrum_of(taken, pieces, 0, 0, shape.dim[2], shape.dim[3],
                          whole ? 0 : BLOCK, s, run));
    if (tw_run_is_sizing(run)) {
        tw_run_release(run, mark);
        return TW_OK;
    }
    for (int i = 4; i < 9; i++) {
        share += log2(fmax(s->a[i], 1e-12) / fmax(s->b[i], 1e-12)) / 5;
        fine += log2(fmax(s->b[i], 1e-12)) / 5;
    }
    for (int i = 2; i < 4; i++)
        middle += log2(fmax(s->b[i], 1e-12)) / 2;
    figures[TW_REPORT_SHARE] = share;
    figures[TW_REPORT_DETAIL] = fine - middle;
    figures[TW_REPORT_CONTRAST] = middle;
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

/* --- the answers --- */

static tw_fit
by_consistency(const tw_report *report)
{
    if (report->consistency > report->limit)
        return TW_FIT_BAD;
    /* A tile may hold the one thing that the model does not know. */
    return report->worst > 2 * report->limit ? TW_FIT_PLACE : TW_FIT_GOOD;
}

static tw_fit
blur_of(const evidence *e)
{
    if (e->gain < e->peak)
        return TW_FIT_BLUR;
    return e->size < 1 ? TW_FIT_BLUR_LARGE : TW_FIT_BLUR_SMALL;
}

/* Can noise and blur be judged? Only where the noise is plain and given. */
static bool
is_measured(const tw_job *job)
{
    return !job->task->holes && job->shot <= 0 &&
           (job->task->psf || !job->task->mixes);
}

static tw_fit
fit_of(const tw_job *job, const tw_report *report, const evidence *e)
{
    const tw_fit plain = by_consistency(report);

    if (job->task->holes)
        return plain == TW_FIT_GOOD ? TW_FIT_FILLED : plain;
    if (is_measured(job)) {
        if (e->windows < LEAST_WINDOWS)
            return plain == TW_FIT_GOOD ? TW_FIT_SMALL : plain;
        if (fabs(e->noise) > 1 && fmax(job->noise, report->found) > hidden)
            return e->noise > 0 ? TW_FIT_NOISE_HIGH : TW_FIT_NOISE_LOW;
    }
    if (plain == TW_FIT_GOOD && job->noise < hidden && job->shot <= 0)
        return TW_FIT_EXACT;
    if (job->task->psf && (report->misfit > 1 || plain == TW_FIT_BAD))
        return blur_of(e);
    return plain;
}

static tw_look
look_of(const tw_usual *usual, const double *figures, double *detail)
{
    const double share = (figures[TW_REPORT_SHARE] - usual->share[0] -
                          usual->share[1] * figures[TW_REPORT_CONTRAST]) /
                         usual->share_deviation;

    *detail = (figures[TW_REPORT_DETAIL] - usual->detail) /
              (detail_limit * usual->detail_deviation);
    if (*detail < -1)
        return TW_LOOK_SMOOTH;
    return *detail > 1 || share < -share_limit ? TW_LOOK_ODD : TW_LOOK_GOOD;
}

/* The answer to keep of two results: the one to worry about. */
static void
keep_worst(tw_report *report, tw_fit fit, tw_look look)
{
    if (!tw_fit_is_bad(report->fit))
        report->fit = fit;
    if (!tw_look_is_bad(report->look))
        report->look = look;
}

tw_status
tw_judge(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
         tw_report *report, tw_run *run)
{
    const tw_usual *usual = &job->card->usual;
    tw_look look = job->task->holes             ? TW_LOOK_NONE
                   : usual->share_deviation > 0 ? TW_LOOK_SMALL
                                                : TW_LOOK_MODEL;
    evidence e = { .size = 1 };

    TW_TRY(gather(job, y, x, report, &e, run));
    if (is_measured(job) && e.windows >= LEAST_WINDOWS) {
        report->misfit = fabs(e.noise);
        if (job->task->psf)
            report->misfit = fmax(report->misfit, fmax(e.peak, e.gain));
    }
    if (tw_judge_looks(job)) {
        TW_TRY(measure_look(job, x, report->figures, run));
        look = look_of(usual, report->figures, &report->detail);
    }
    keep_worst(report, fit_of(job, report, &e), look);
    return TW_OK;
}
