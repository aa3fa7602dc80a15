/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/samples.h"

#include <math.h>
#include <time.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "tasks/certificate.h"
#include "tasks/holes.h"
#include "tasks/resample.h"

/* The share of the whole that is done when the loop begins, and when it ends. */
static const double loop_from = 0.01, loop_to = 0.99;

double
tw_seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

/* What the loop starts from. Results that are averaged start from the same. */
static tw_status
begin(tw_samples *w, int sample, tw_run *run)
{
    tw_job *job = w->job;
    bool done = true;

    TW_TRY(job->task->guess(job, w->pixels.y, w->x, run));
    if (!job->self)
        return TW_OK;
    tw_run_reseed(run, job->averages ? 0 : (uint64_t) sample);
    TW_TRY(job->task->complete(job, w->in, w->x, &done, run));
    if (!done) {
        job->self = false;
        tw_job_tune(job);
    }
    return TW_OK;
}

static tw_status
loop(tw_samples *w, int sample, tw_run *run)
{
    tw_job *job = w->job;
    const tw_problem problem = {
        .prior = job->prior,
        .op = job->op,
        .y = w->data,
        .noise = job->y_noise,
        .sigma = w->sigma,
        .steps = job->steps,
        .start = w->x,
    };

    tw_run_reseed(run, (uint64_t) sample);
    tw_job_levels(job, w->sigma);
    TW_TRY(tw_solve(&job->solver, &problem, job->par, w->x, run));
    int steps;
    const int done = tw_run_steps_done(run, &steps);

    w->share = done / (double) steps;
    w->report->stopped = done < steps;
    w->report->steps = done < steps ? done : job->steps;
    return TW_OK;
}

/* What follows is @count steps after @before, of @all that the request has. */
static void
span(int before, int count, int all, tw_run *run)
{
    const double each = (loop_to - loop_from) / all;

    tw_run_span(run, loop_from + each * before,
                loop_from + each * (before + count));
    tw_run_count(run, before, count, all);
}

/* One count over filling and loop, and over all runs: holes are filled in as many
 * steps as the loop would make in the same time. */
static tw_status
solve(tw_samples *w, int sample, tw_run *run)
{
    const tw_job *job = w->job;
    int filling = job->self ? tw_holes_steps(job) : 0;
    int each = filling + job->steps;

    span(sample * each, filling ? filling : 1, job->runs * each, run);
    TW_TRY(begin(w, sample, run));
    if (!job->self) {
        filling = 0;
        each = job->steps;
    }
    span(sample * each + filling, job->steps, job->runs * each, run);
    return loop(w, sample, run);
}

/* A step is timed twice, because the first one also prepares the model,
 * and as many are taken as fit. */
tw_status
tw_samples_time(tw_samples *w, tw_run *run)
{
    tw_job *job = w->job;
    const double budget = tw_request_real(job->request, "time");
    double step = 0;

    if (isnan(budget) || tw_run_is_sizing(run))
        return TW_OK;
    tw_run_span(run, loop_from, loop_from);
    const double before = tw_seconds_now();

    TW_TRY(begin(w, 0, run));
    const double first = tw_seconds_now() - before;
    const int usual = job->steps;

    job->steps = 1;
    for (int i = 0; i < 2; i++) {
        const double begun = tw_seconds_now();

        if (i > 0 &&
            (begun - w->started + step > budget / 4 || tw_run_stopping(run)))
            break;
        TW_TRY(loop(w, 0, run));
        step = tw_seconds_now() - begun;
    }
    const double left = budget - (tw_seconds_now() - w->started);
    const double steps = floor((0.95 * left / job->runs - first) / step);

    /* More than three times the usual number gains nothing that was measured. */
    job->steps = (int) fmin(fmax(steps, 1), 3 * usual);
    return TW_OK;
}

/* Gray pictures stay gray. */
static void
remove_color(tw_tensor *x)
{
    const int64_t size = x->size / 3;
    float *r = x->data, *g = r + size, *b = g + size;

#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t i = 0; i < size; i++)
        r[i] = g[i] = b[i] =
            (float) (((double) r[i] + (double) g[i] + (double) b[i]) / 3);
}

static tw_status
touch_up(tw_samples *w, tw_run *run)
{
    tw_clamp(w->x, -w->job->reach, w->job->reach);
    if (w->pixels.gray)
        remove_color(w->x);
    return w->job->task->fit ? w->job->task->fit(w->job, w->pixels.y, w->x, run)
                             : TW_OK;
}

static tw_status
weaken(tw_samples *w, double strength, tw_run *run)
{
    tw_job *job = w->job;
    const size_t mark = tw_run_mark(run);
    tw_tensor *start = tw_scratch(run, w->x);

    TW_TRY(tw_run_check(run));
    TW_TRY(job->task->guess(job, w->pixels.y, start, run));
    tw_lin2(w->x, strength, w->x, 1 - strength, start);
    tw_run_release(run, mark);
    return TW_OK;
}

/* x is a result: certificate, strength=, and kept until all are there. */
static tw_status
keep(tw_samples *w, int index, tw_run *run)
{
    const tw_job *job = w->job;
    const double strength = tw_request_real(job->request, "strength");
    const tw_shape shape =
        tw_shape4(1, 3, job->result.height, job->result.width);

    TW_TRY(tw_certify(job, w->pixels.y, w->x, w->report, run));
    if (strength < 1)
        TW_TRY(weaken(w, strength, run));
    w->results[index] = w->x;
    if (job->plan.results == 1 && tw_shape_equal(shape, job->x))
        return TW_OK;
    w->results[index] = tw_scratch_shape(run, shape);
    TW_TRY(tw_run_check(run));
    tw_crop(w->x, job->top, job->left, w->results[index]);
    return TW_OK;
}

/* x is one more sample: a result, or of weight @share in their mean. */
static tw_status
take(tw_samples *w, double share, tw_run *run)
{
    if (w->job->averages) {
        tw_lin2(w->mean, 1, w->mean, share, w->x);
        return TW_OK;
    }
    TW_TRY(touch_up(w, run));
    return keep(w, w->done, run);
}

tw_status
tw_samples_all(tw_samples *w, tw_run *run)
{
    const tw_job *job = w->job;
    const int runs = job->runs;
    double weight = 0;

    if (job->averages)
        tw_fill(w->mean, 0);
    for (int i = 0; i < runs && !(i > 0 && tw_run_stopping(run)); i++) {
        TW_TRY(solve(w, i, run));
        TW_TRY(take(w, w->share, run));
        weight += w->share;
        w->done++;
    }
    w->report->stopped = w->report->stopped || w->done < runs;
    if (!job->averages)
        return TW_OK;
    tw_lin2(w->x, 1 / weight, w->mean, 0, w->mean);
    TW_TRY(touch_up(w, run));
    return keep(w, 0, run);
}
