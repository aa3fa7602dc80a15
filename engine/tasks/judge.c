/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/judge.h"

#include <math.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "noise/noise.h"
#include "tasks/blur-size.h"
#include "tasks/certificate.h"
#include "tasks/look.h"

/* Noise below the first is not measured well, below the second it hides in the
 * rounding to 8 bits. */
static const double least_noise = 0.002, hidden = 0.0025;

/* log2 of the noise set over that of the picture: what is measured is off by up
 * to a half. */
static const double noise_limit = 0.6;

/* What follows was chosen on 20 training photographs, with 109 right and 139 wrong
 * blurs: see tests/quality/README.md. A gain counts by its logarithm, from about
 * the first on, and is 1 at the second. The largest power of the differences, by
 * its logarithm, adds to it, but cannot doubt a blur alone unless it is gross: where
 * there is hardly noise, a sharp edge may have as much. */
static const double least_gain = 3e-5, gain_limit = 2.9e-4;
static const double peak_limit = 3;

/* Of 109 right blurs the sum of both was above the first of these in 5, and above
 * the second in 2: between them nothing is said. */
static const double least_doubt = 1, sure = 1.25;

/* With less signal, or where a size off by a half loses less than this, right and
 * wrong blurs cannot be told apart. */
static const double least_signal = 0.05, least_loss = 5e-4;

/* What the fit is judged by; 1 is the limit of noise and blur. */
typedef struct evidence {
    double noise;            /* signed: above 0, more was set than there is */
    double gain, peak, blur; /* blur: of both */
    tw_blur_size size;       /* of a blur */
    int windows;
} evidence;

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
    TW_TRY(tw_blur_size_of(&job->psf, s, &e->size, run));
    if (e->size.signal >= least_signal) {
        e->gain =
            log1p(e->size.gain / least_gain) / log1p(gain_limit / least_gain);
        e->blur = (e->gain + e->peak) / sure;
    }
    return TW_OK;
}

/* Texture that is as fine as noise must not accuse of noise that was set too low;
 * a blur lets none of it through. */
static double
noise_doubt(const tw_job *job, const tw_noise *found)
{
    const double most = fmax(found->noise, least_noise);
    const double least = job->task->psf ? most : fmax(found->sure, least_noise);
    const double set = fmax(job->noise, least_noise);

    return log2(set / fmin(fmax(set, least), most)) / noise_limit;
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
    e->noise = noise_doubt(job, &found);
    TW_TRY(subtract(job, y, x, r, scaled, &share, run));
    TW_TRY(tw_spectrum_of(r, scaled, 0, 0, y->shape.dim[2], y->shape.dim[3], 0,
                          s, run));
    e->windows = tw_spectrum_windows(y->shape.dim[2], y->shape.dim[3]);
    if (!tw_run_is_sizing(run))
        e->peak = peak_of(s, share);
    if (job->task->psf && s->windows >= TW_LOOK_WINDOWS)
        TW_TRY(judge_blur(job, s, e, run));
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
    if (e->gain <= e->peak)
        return TW_FIT_BLUR;
    return e->size.size < 1 ? TW_FIT_BLUR_LARGE : TW_FIT_BLUR_SMALL;
}

/* Can noise and blur be judged? Only where the noise is plain and given. */
static bool
is_measured(const tw_job *job)
{
    return !job->task->holes && job->shot <= 0 && !job->compressed &&
           (job->task->psf || !job->task->mixes);
}

static tw_fit
fit_of(const tw_job *job, const tw_report *report, const evidence *e)
{
    const tw_fit plain = by_consistency(report);

    if (job->task->holes)
        return plain == TW_FIT_GOOD ? TW_FIT_FILLED : plain;
    if (job->compressed) /* the rounding is known, and not white */
        return plain;
    if (is_measured(job)) {
        if (e->windows < TW_LOOK_WINDOWS)
            return plain == TW_FIT_GOOD ? TW_FIT_SMALL : plain;
        if (fabs(e->noise) > 1 && fmax(job->noise, report->found) > hidden)
            return e->noise > 0 ? TW_FIT_NOISE_HIGH : TW_FIT_NOISE_LOW;
    }
    if (plain == TW_FIT_GOOD && job->noise < hidden && job->shot <= 0)
        return TW_FIT_EXACT;
    if (!job->task->psf)
        return plain;
    if (e->blur > 1 || plain == TW_FIT_BAD)
        return blur_of(e);
    const bool told = e->size.signal >= least_signal &&
                      e->size.loss >= least_loss &&
                      e->blur * sure <= least_doubt;

    return told || plain != TW_FIT_GOOD ? plain : TW_FIT_OPEN;
}

/* The answer to keep of two results: the one to worry about. */
static void
keep_worst(tw_report *report, tw_fit fit, tw_look look)
{
    if (!tw_fit_is_bad(report->fit))
        report->fit = fit;
    if (!tw_look_is_bad(report->look))
        report->look = look;
    /* What fits badly is not praised for its look. */
    if (tw_fit_is_bad(report->fit) && report->look == TW_LOOK_GOOD)
        report->look = TW_LOOK_NONE;
}

tw_status
tw_judge(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
         tw_report *report, tw_run *run)
{
    evidence e = { .size = { .size = 1 } };
    tw_look look;

    TW_TRY(gather(job, y, x, report, &e, run));
    const tw_fit fit = fit_of(job, report, &e);

    if (is_measured(job) && e.windows >= TW_LOOK_WINDOWS && fit != TW_FIT_OPEN)
        report->misfit = fmax(report->misfit, fmax(fabs(e.noise), e.blur));
    TW_TRY(tw_look_at(job, x, report, &look, run));
    keep_worst(report, fit, look);
    return TW_OK;
}
