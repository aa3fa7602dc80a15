/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/samples.h"

#include <math.h>
#include <time.h>

#include "core/frame.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "tasks/certificate.h"
#include "tasks/compressed.h"
#include "tasks/holes.h"
#include "tasks/judge.h"

/* The share of the whole that is done when the loops end. */
static const double loop_to = 0.99;

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

/* The steps of a solver that usually takes @usual. More than three times as many
 * gain nothing that was measured. */
static int
paced(double pace, int usual)
{
    if (pace <= 0)
        return usual;
    return (int) fmin(fmax(floor(pace * usual + 1e-9), 1), 3 * usual);
}

static tw_status
loop(tw_samples *w, int sample, tw_run *run)
{
    tw_job *job = w->job;
    const tw_problem problem = {
        .prior = job->prior,
        .data = w->data,
        .sigma = w->sigma,
        .steps = paced(w->pace, job->steps),
        .start = w->x,
    };

    tw_run_reseed(run, (uint64_t) sample);
    tw_job_levels(job, problem.steps, w->sigma);
    TW_TRY(tw_solve(&job->solver, &problem, job->par, w->x, run));
    int steps;
    const int done = tw_run_steps_done(run, &steps);

    w->share = done / (double) steps;
    w->report->stopped = done < steps;
    w->report->steps = done < steps ? done : problem.steps;
    return TW_OK;
}

/* What follows is @count steps after @before, of @all that the request has. */
static void
span(const tw_samples *w, int before, int count, int all, tw_run *run)
{
    const double each = (loop_to - w->from) / all;

    tw_run_span(run, w->from + each * before,
                w->from + each * (before + count));
    tw_run_count(run, before, count, all);
}

/* Steps of each loop, and how many of those of the faithful result there are: one
 * for all samples, or for each where they were filled in different ways. */
typedef struct tw_loops {
    int faithful, sampling, count;
} tw_loops;

static tw_loops
loops_at(tw_job *job, double pace)
{
    tw_loops loops = { .sampling = paced(pace, job->steps) };

    if (!job->mixes)
        return loops;
    tw_job_turn(job, true);
    loops.faithful = paced(pace, job->steps);
    loops.count = job->self ? job->runs : 1;
    tw_job_turn(job, false);
    return loops;
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
    tw_run_span(run, w->from, w->from);
    const double before = tw_seconds_now();

    TW_TRY(begin(w, 0, run));
    const double first = tw_seconds_now() - before;

    w->pace = 1e-9;
    for (int i = 0; i < 2; i++) {
        const double begun = tw_seconds_now();

        if (i > 0 &&
            (begun - w->started + step > budget / 4 || tw_run_stopping(run)))
            break;
        TW_TRY(loop(w, 0, run));
        step = tw_seconds_now() - begun;
    }
    const double left = budget - (tw_seconds_now() - w->started);

    const tw_loops loops = loops_at(job, 0);
    const int steps = job->runs * loops.sampling + loops.count * loops.faithful;

    w->pace = fmax((0.95 * left - job->runs * first) / (step * steps), 1e-9);
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
touch_up(const tw_samples *w, tw_tensor *x, tw_run *run)
{
    const tw_job *job = w->job;

    tw_clamp(x, -job->reach, job->reach);
    if (w->pixels.gray)
        remove_color(x);
    return job->task->fit ? job->task->fit(job, w->pixels.y, x, run) : TW_OK;
}

/* The certificate of what x and the faithful result make, and the verdict. */
static tw_status
certify(const tw_samples *w, tw_run *run)
{
    const tw_job *job = w->job;
    const size_t mark = tw_run_mark(run);
    const tw_tensor *x = w->x;

    if (job->mixes) {
        tw_tensor *mixture = tw_scratch(run, x);

        TW_TRY(tw_run_check(run));
        tw_lin2(mixture, job->detail, x, 1 - job->detail, w->mean);
        x = mixture;
    }
    TW_TRY(tw_certify(job, w->pixels.y, x, w->report, run));
    TW_TRY(tw_job_count_cells(job, x, w->report, run));
    TW_TRY(tw_judge(job, w->pixels.y, x, w->report, run));
    tw_run_release(run, mark);
    return TW_OK;
}

/* Mixes what it started from into @x. */
static tw_status
weaken(const tw_samples *w, tw_tensor *x, tw_run *run)
{
    const tw_job *job = w->job;
    const double strength = tw_request_real(job->request, "strength");
    const size_t mark = tw_run_mark(run);

    if (strength >= 1)
        return TW_OK;
    tw_tensor *start = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    TW_TRY(job->task->guess(job, w->pixels.y, start, run));
    tw_lin2(x, strength, x, 1 - strength, start);
    tw_run_release(run, mark);
    return TW_OK;
}

/* @x as it will be written, in *@kept; it may be @x itself if @last. */
static tw_status
keep(const tw_samples *w, tw_tensor *x, bool last, tw_tensor **kept,
     tw_run *run)
{
    const tw_job *job = w->job;
    const tw_shape shape =
        tw_shape4(1, 3, job->result.height, job->result.width);

    TW_TRY(weaken(w, x, run));
    *kept = x;
    if (last && tw_shape_equal(shape, job->x))
        return TW_OK;
    *kept = tw_scratch_shape(run, shape);
    TW_TRY(tw_run_check(run));
    tw_crop(x, job->top, job->left, *kept);
    return TW_OK;
}

/* The faithful result into mean, from what @x holds to start with, which is then
 * there again. */
static tw_status
solve_faithful(tw_samples *w, int sample, tw_run *run)
{
    tw_job *job = w->job;
    const bool filled = job->self;

    tw_job_turn(job, true);
    if (filled)
        tw_copy(w->begun, w->x);
    else
        TW_TRY(job->task->guess(job, w->pixels.y, w->x, run));
    TW_TRY(loop(w, sample, run));
    tw_copy(w->mean, w->x);
    TW_TRY(touch_up(w, w->mean, run));
    tw_job_turn(job, false);
    if (!filled)
        return job->task->guess(job, w->pixels.y, w->x, run);
    tw_copy(w->x, w->begun);
    return TW_OK;
}

/* Steps before @sample. */
static int
steps_before(const tw_loops *loops, int filling, int sample)
{
    return sample * (filling + loops->sampling) +
           (sample < loops->count ? sample : loops->count) * loops->faithful;
}

/* One sample, with the faithful result if it needs one of its own. One count over
 * filling and loops, and over all runs: holes are filled in as many steps as a loop
 * would make in the same time. */
static tw_status
solve(tw_samples *w, int sample, tw_run *run)
{
    tw_job *job = w->job;
    int filling = job->self ? tw_holes_steps(job) : 0;
    tw_loops loops = loops_at(job, w->pace);

    span(w, steps_before(&loops, filling, sample), filling ? filling : 1,
         steps_before(&loops, filling, job->runs), run);
    TW_TRY(begin(w, sample, run));
    if (!job->self) {
        filling = 0;
        loops = loops_at(job, w->pace);
    }
    const int all = steps_before(&loops, filling, job->runs);
    int before = steps_before(&loops, filling, sample) + filling;

    if (sample < loops.count) {
        span(w, before, loops.faithful, all, run);
        TW_TRY(solve_faithful(w, sample, run));
        before += loops.faithful;
        if (w->report->stopped) {
            tw_copy(w->x, w->mean);
            return TW_OK;
        }
    }
    span(w, before, loops.sampling, all, run);
    return loop(w, sample, run);
}

/* x is one more sample: a result, or of weight @share in their mean. */
static tw_status
take(tw_samples *w, double share, tw_run *run)
{
    const tw_job *job = w->job;
    const int i = w->done;

    if (job->averages) {
        tw_lin2(w->mean, 1, w->mean, share, w->x);
        return TW_OK;
    }
    TW_TRY(touch_up(w, w->x, run));
    TW_TRY(certify(w, run));
    TW_TRY(keep(w, w->x, job->runs == 1, &w->results[i], run));
    if (job->mixes && job->self)
        TW_TRY(keep(w, w->mean, job->runs == 1, &w->faithful[i], run));
    return TW_OK;
}

/* What the samples have in common. */
static tw_status
finish(tw_samples *w, double weight, tw_run *run)
{
    const tw_job *job = w->job;
    tw_tensor *mean;

    if (job->averages) {
        tw_lin2(w->x, 1 / weight, w->mean, 0, w->mean);
        TW_TRY(touch_up(w, w->x, run));
        TW_TRY(certify(w, run));
        return keep(w, w->x, true, &w->results[0], run);
    }
    if (!job->mixes || job->self)
        return TW_OK;
    TW_TRY(keep(w, w->mean, true, &mean, run));
    for (int i = 0; i < w->done; i++)
        w->faithful[i] = mean;
    return TW_OK;
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
    return finish(w, weight, run);
}
