/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request from the picture to the results. */

#include <math.h>
#include <string.h>
#include <time.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "operators/noise.h"
#include "priors/fill.h"
#include "tasks/certificate.h"
#include "tasks/pixels.h"
#include "tasks/resample.h"
#include "tasks/task-private.h"

/* The share of the whole that is done when the loop begins, and when it ends. */
static const double loop_from = 0.01, loop_to = 0.99;

/* That of the loop that goes by before it where holes are filled first. */
static const double begin_share = 0.7;

enum { MOST_RESULTS = 16 };

/* What the phases of a run pass on. */
typedef struct work {
    tw_job *job;
    const tw_image *in;
    tw_pixels pixels;
    tw_tensor *data; /* y as the solver gets it */
    tw_tensor *x, *mean;
    tw_tensor *results[MOST_RESULTS];
    double *sigma;
    double started;
    int done;     /* samples, the stopped one included */
    double share; /* of the steps of the last one, 0…1 */
    tw_report *report;
} work;

static double
seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

/* --- before the loop --- */

/* Noise that depends on the brightness: weights that make it even. */
static tw_status
make_camera(work *w, tw_run *run)
{
    tw_job *job = w->job;
    const tw_noise noise = { job->noise, job->shot };
    const tw_tensor *y = w->pixels.y;
    tw_tensor *weights = tw_scratch(run, y);
    double most = 0;

    w->data = tw_scratch(run, y);
    TW_TRY(tw_run_check(run));
    TW_TRY(tw_run_poll(run));
    tw_noise_variance(&noise, y, 1e-6, weights);
    TW_TRY(tw_run_poll(run));
#pragma omp parallel for reduction(max : most) if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++) {
        most = fmax(most, (double) weights->data[i]);
        weights->data[i] = sqrtf(weights->data[i]);
    }
    TW_TRY(tw_run_poll(run));
    const double even = tw_norm(weights) / sqrt((double) y->size);

#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++) {
        weights->data[i] = (float) (even / (double) weights->data[i]);
        w->data->data[i] = weights->data[i] * y->data[i];
    }
    TW_TRY(tw_run_poll(run));
    tw_job_set_noise(job, even, sqrt(most));
    return tw_job_make(job, job->known, weights, tw_run_error(run));
}

static tw_status
prepare(work *w, const tw_image *in, tw_run *run)
{
    tw_job *job = w->job;

    TW_TRY(tw_pixels_read(job, in, &w->pixels, run));
    job->known = w->pixels.known;
    w->data = w->pixels.y;
    w->x = tw_scratch_shape(run, job->x);
    if (job->averages)
        w->mean = tw_scratch_shape(run, job->x);
    TW_TRY(tw_run_check(run));
    if (w->pixels.unknown) {
        TW_TRY(tw_hole_depth(job->known, job->box.height, job->box.width,
                             &job->hole, run));
        TW_TRY(tw_fill_holes(w->pixels.y, job->known, run));
    }
    TW_TRY(tw_job_measure_noise(job, tw_request_real(job->request, "noise"),
                                tw_request_real(job->request, "shot"),
                                w->pixels.y, run));
    if (job->task->holes)
        tw_pixels_hide(&w->pixels);
    if (job->shot > 0)
        TW_TRY(make_camera(w, run));
    else
        TW_TRY(tw_job_make(job, job->known, NULL, tw_run_error(run)));
    tw_job_tune(job);
    return tw_run_poll(run);
}

/* --- the loop --- */

/* What the loop starts from. Results that are averaged start from the same. */
static tw_status
begin(work *w, int sample, tw_run *run)
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
loop(work *w, int sample, tw_run *run)
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

/* In the part of the whole from @from to @to. */
static tw_status
solve(work *w, int sample, double from, double to, tw_run *run)
{
    const double turn = from + (w->job->self ? begin_share * (to - from) : 0);

    tw_run_span(run, from, turn);
    TW_TRY(begin(w, sample, run));
    tw_run_span(run, turn, to);
    return loop(w, sample, run);
}

/* time=: a step is timed twice, because the first one also prepares the model,
 * and as many are taken as fit. */
static tw_status
spend_time(work *w, tw_run *run)
{
    tw_job *job = w->job;
    const double budget = tw_request_real(job->request, "time");
    double step = 0;

    if (isnan(budget))
        return TW_OK;
    tw_run_span(run, loop_from, loop_from);
    const double before = seconds_now();

    TW_TRY(begin(w, 0, run));
    const double first = seconds_now() - before;
    const int usual = job->steps;

    job->steps = 1;
    for (int i = 0; i < 2; i++) {
        const double begun = seconds_now();

        if (i > 0 &&
            (begun - w->started + step > budget / 4 || tw_run_stopping(run)))
            break;
        TW_TRY(loop(w, 0, run));
        step = seconds_now() - begun;
    }
    const double left = budget - (seconds_now() - w->started);
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
touch_up(work *w, tw_run *run)
{
    tw_clamp(w->x, -1, 1);
    if (w->pixels.gray)
        remove_color(w->x);
    return w->job->task->fit ? w->job->task->fit(w->job, w->pixels.y, w->x, run)
                             : TW_OK;
}

static tw_status
weaken(work *w, double strength, tw_run *run)
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
keep(work *w, int index, tw_run *run)
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
take(work *w, double share, tw_run *run)
{
    if (w->job->averages) {
        tw_lin2(w->mean, 1, w->mean, share, w->x);
        return TW_OK;
    }
    TW_TRY(touch_up(w, run));
    return keep(w, w->done, run);
}

static tw_status
solve_all(work *w, tw_run *run)
{
    const tw_job *job = w->job;
    const int runs = job->runs;
    double weight = 0;

    if (job->averages)
        tw_fill(w->mean, 0);
    for (int i = 0; i < runs && !(i > 0 && tw_run_stopping(run)); i++) {
        TW_TRY(solve(w, i, loop_from + (loop_to - loop_from) * i / runs,
                     loop_from + (loop_to - loop_from) * (i + 1) / runs, run));
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

/* --- around it --- */

static tw_status
compute(work *w, const tw_image *in, tw_run *run)
{
    const tw_job *job = w->job;

    TW_TRY(prepare(w, in, run));
    w->sigma = tw_scratch_bytes(run, 3001 * sizeof *w->sigma);
    TW_TRY(tw_run_check(run));
    tw_run_phase(run, _("Restoring"));
    tw_run_window(run, job->top, job->left, job->result.height,
                  job->result.width);
    TW_TRY(spend_time(w, run));
    TW_TRY(solve_all(w, run));
    tw_certify_warn(w->report);
    return tw_run_poll(run);
}

static void
describe(const work *w, const tw_run *run)
{
    const tw_job *job = w->job;
    tw_report *r = w->report;

    r->noise = job->noise;
    r->shot = job->shot;
    r->results = job->averages && w->done > 0 ? 1 : w->done;
    r->tile = job->plan.tile;
    r->solver = tw_request_solver(job->request)->name;
    r->model = job->card->id;
    r->evaluations = tw_run_evaluations(run);
    r->seconds = seconds_now() - w->started;
    r->peak_bytes = tw_run_peak(run);
    memcpy(r->unknown_words, job->unknown_words, sizeof r->unknown_words);
}

static void
nothing(work *w)
{
    tw_pixels_nothing(w->job, w->report);
    w->done = w->job->plan.results;
}

static tw_status
restore(const tw_request *request, tw_store *store, const tw_image *in,
        tw_image *out, tw_report *report, tw_run *run)
{
    tw_job job;
    work w = {
        .job = &job, .in = in, .report = report, .started = seconds_now()
    };

    tw_run_phase(run, _("Loading the model"));
    TW_TRY(tw_run_step(run, 0, 0, NULL));
    TW_TRY(tw_image_check(in, tw_run_error(run)));
    tw_status status = tw_job_open(&job, request, store, in->width, in->height,
                                   tw_run_memory_limit(run), tw_run_error(run));

    if (status == TW_OK && tw_pixels_any(&job, in))
        status = compute(&w, in, run);
    else if (status == TW_OK)
        nothing(&w);
    if (status == TW_OK) {
        describe(&w, run);
        for (int i = 0; i < report->results; i++)
            tw_pixels_write(&job, in, w.results[i], &out[i]);
    }
    tw_job_close(&job);
    return status;
}

tw_status
tw_restore(const tw_request *request, tw_store *store, const tw_image *in,
           tw_image *out, tw_report *report, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_report unwanted;

    report = report ? report : &unwanted;
    *report = (tw_report) { .consistency = (double) NAN,
                            .worst = (double) NAN,
                            .limit = (double) NAN,
                            .noise = (double) NAN };
    tw_run_enter(run);
    const tw_status status = restore(request, store, in, out, report, run);

    tw_run_leave(run);
    tw_run_release(run, mark);
    return status;
}
