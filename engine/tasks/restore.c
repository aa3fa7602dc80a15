/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request from the picture to the results. */

#include <math.h>
#include <string.h>

#include "blind/blind.h"
#include "core/i18n.h"
#include "core/memory.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "core/text.h"
#include "holes/fill.h"
#include "noise/noise.h"
#include "tasks/certificate.h"
#include "tasks/compressed.h"
#include "tasks/samples.h"

/* For noise that depends on the brightness: @weights that make it even, and @even,
 * y times them. */
static tw_status
even_out(tw_samples *w, tw_tensor *weights, tw_tensor *even, tw_run *run)
{
    tw_job *job = w->job;
    const tw_noise noise = { .noise = job->noise, .shot = job->shot };
    const tw_tensor *y = w->pixels.y;
    float most = 0;

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_run_poll(run));
    tw_noise_variance(&noise, y, tw_job_white(job), 1e-6, weights);
    TW_TRY(tw_run_poll(run));
#pragma omp parallel for reduction(max : most) if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++) {
        most = fmaxf(most, weights->data[i]);
        weights->data[i] = sqrtf(weights->data[i]);
    }
    TW_TRY(tw_run_poll(run));
    const double mean = tw_norm(weights) / sqrt((double) y->size);

#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++) {
        weights->data[i] = (float) (mean / (double) weights->data[i]);
        even->data[i] = weights->data[i] * y->data[i];
    }
    tw_job_set_noise(job, mean, sqrt((double) most));
    return tw_run_poll(run);
}

/* The same for the coefficients of a JPEG, whose noise is 1. */
static tw_status
make_coefficients(tw_samples *w, tw_run *run)
{
    tw_job *job = w->job;

    TW_TRY(tw_job_make(job, NULL, run));
    tw_tensor *y = tw_scratch_shape(run, tw_y_shape(job->op, job->x));

    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run))
        tw_jpeg_measured(job->op, y->data);
    w->gaussian = tw_data_gaussian(job->op, y, 1);
    w->data = &w->gaussian;
    return tw_run_poll(run);
}

/* What the solver gets: the operator, y with noise of one strength, and between
 * which limits it was measured. */
static tw_status
make_data(tw_samples *w, tw_run *run)
{
    tw_job *job = w->job;
    const tw_pixels *p = &w->pixels;
    tw_tensor *weights = NULL, *even = p->y;

    TW_TRY(tw_job_find_jpeg(job, w->in, p, run));
    if (job->jpeg)
        return make_coefficients(w, run);
    if (job->shot > 0) {
        weights = tw_scratch(run, p->y);
        even = tw_scratch(run, p->y);
        TW_TRY(even_out(w, weights, even, run));
    }
    TW_TRY(tw_job_make(job, weights, run));
    w->gaussian = tw_data_gaussian(job->op, even, job->y_noise);
    w->clipped = tw_data_clip(w->gaussian, job->degradation, p->y, weights,
                              p->low, p->high, job->task->lights);
    w->data =
        isfinite(p->low) || isfinite(p->high) ? &w->clipped.base : &w->gaussian;
    return TW_OK;
}

/* What the request leaves open; no estimate to show is there yet. */
static tw_status
find(tw_samples *w, tw_run *run)
{
    tw_job *job = w->job;
    const double solving =
        (double) job->steps * job->runs * (double) tw_shape_size(job->x) / 3;

    w->from = 0.01;
    if (!job->task->is_open || !job->task->is_open(job->request))
        return TW_OK;
    w->from += 0.98 * TW_BLIND_PIXELS / (TW_BLIND_PIXELS + solving);
    tw_run_window(run, -1, -1, 1, 1);
    return job->task->find(job, w->pixels.y, w->from, &w->report->blur, run);
}

static tw_status
prepare(tw_samples *w, tw_run *run)
{
    tw_job *job = w->job;

    TW_TRY(tw_pixels_read(job, w->in, &w->pixels, run));
    job->known = w->pixels.known;
    w->x = tw_scratch_shape(run, job->x);
    if (job->averages || job->mixes)
        w->mean = tw_scratch_shape(run, job->x);
    if (job->mixes && job->self)
        w->begun = tw_scratch_shape(run, job->x);
    TW_TRY(tw_run_check(run));
    /* Any picture may turn out to have values above white. */
    job->reach = tw_run_is_sizing(run) ? 2 : tw_reach(w->pixels.y, job->known);
    TW_TRY(tw_job_widen(job, tw_run_error(run)));
    if (!tw_run_is_sizing(run))
        tw_pixels_limits(&w->pixels);
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
    TW_TRY(find(w, run));
    TW_TRY(make_data(w, run));
    tw_job_tune(job);
    return tw_run_poll(run);
}

tw_status
tw_samples_compute(tw_samples *w, tw_run *run)
{
    const tw_job *job = w->job;

    tw_scratch_hold(run, tw_job_pictures(job, job->plan.results));
    TW_TRY(prepare(w, run));
    w->sigma = tw_scratch_bytes(run, 3001 * sizeof *w->sigma);
    TW_TRY(tw_run_check(run));
    tw_run_phase(run, _("Restoring"));
    tw_run_window(run, job->top, job->left, job->result.height,
                  job->result.width);
    TW_TRY(tw_samples_time(w, run));
    TW_TRY(tw_samples_all(w, run));
    w->report->results = job->averages && w->done > 0 ? 1 : w->done;
    tw_certify_warn(w->report);
    return tw_run_poll(run);
}

static void
describe(const tw_samples *w, const tw_run *run)
{
    const tw_job *job = w->job;
    tw_report *r = w->report;

    r->noise = hypot(job->noise, job->jpeg_noise);
    r->shot = job->shot;
    r->tile = job->plan.tile;
    r->solver = tw_request_solver(job->request)->name;
    r->model = job->card->id;
    r->evaluations = tw_run_evaluations(run);
    r->checks = tw_run_checks(run);
    r->seconds = tw_seconds_now() - w->started;
    r->peak_bytes = tw_run_peak(run);
    memcpy(r->unknown_words, job->unknown_words, sizeof r->unknown_words);
    tw_text_clean(r->warning);
}

static void
nothing(tw_samples *w)
{
    tw_pixels_nothing(w->job, w->report);
    w->report->results = w->job->plan.results;
}

/* The faithful results where the caller wants them, or on scratch memory. */
static tw_status
faithful_image(const tw_job *job, tw_image *wanted, tw_image *image,
               tw_run *run)
{
    const ptrdiff_t stride = 4 * (ptrdiff_t) job->out_width;

    if (wanted) {
        *image = *wanted;
        return TW_OK;
    }
    *image =
        (tw_image) { job->out_width, job->out_height, stride,
                     tw_scratch_bytes(run, (size_t) (stride * job->out_height) *
                                               sizeof(float)) };
    return tw_run_check(run);
}

static tw_status
write_mixture(const tw_samples *w, int i, tw_image *faithful, tw_image *out,
              tw_run *run)
{
    const tw_job *job = w->job;
    const size_t mark = tw_run_mark(run);
    tw_image image;

    TW_TRY(faithful_image(job, faithful, &image, run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_pixels_write(job, w->in, w->faithful[i], &image);
    tw_pixels_write(job, w->in, w->results[i], out);
    if (!faithful)
        tw_mix(&image, out, job->detail, out);
    tw_run_release(run, mark);
    return TW_OK;
}

tw_status
tw_samples_write(const tw_samples *w, tw_image *faithful, tw_image *out,
                 tw_run *run)
{
    const tw_job *job = w->job;

    for (int i = 0; i < w->report->results; i++)
        if (job->mixes)
            TW_TRY(write_mixture(w, i, faithful ? &faithful[i] : NULL,
                                 out ? &out[i] : NULL, run));
        else if (!tw_run_is_sizing(run))
            tw_pixels_write(job, w->in, w->results[i],
                            faithful && !job->textured ? faithful : &out[i]);
    return TW_OK;
}

/* Would the system give what the pictures, which are there, do not take? */
static tw_status
check_possible(const tw_job *job, tw_run *run)
{
    const size_t bytes =
        job->plan.bytes - tw_job_pictures(job, job->plan.results);

    if (tw_memory_possible(bytes))
        return TW_OK;
    return tw_fail(tw_run_error(run), TW_ERR_MEMORY,
                   _("%.1f MB of memory are needed, which the system does not "
                     "give; close other programs, raise its limit (ulimit "
                     "-v), or set memory= lower"),
                   (double) bytes / (1 << 20));
}

static tw_status
restore(const tw_request *request, tw_store *store, const tw_image *in,
        tw_image *faithful, tw_image *out, tw_report *report, tw_run *run)
{
    tw_job job;
    tw_samples w = {
        .job = &job, .in = in, .report = report, .started = tw_seconds_now()
    };

    tw_run_phase(run, _("Loading the model"));
    TW_TRY(tw_run_step(run, 0, 0, NULL));
    TW_TRY(tw_image_check(in, TW_IMAGE_PICTURE, tw_run_error(run)));
    tw_status status = tw_job_open(&job, request, store, in->width, in->height,
                                   tw_run_memory_limit(run), tw_run_error(run));

    if (status == TW_OK)
        status = check_possible(&job, run);
    if (status == TW_OK)
        status = tw_job_fit_threads(&job, run);
    if (status == TW_OK && tw_pixels_any(&job, in))
        status = tw_samples_compute(&w, run);
    else if (status == TW_OK)
        nothing(&w);
    if (status == TW_OK)
        status = tw_samples_write(&w, faithful, out, run);
    if (status == TW_OK)
        describe(&w, run);
    tw_job_close(&job);
    return status;
}

tw_status
tw_restore(const tw_request *request, tw_store *store, const tw_image *in,
           tw_image *out, tw_report *report, tw_run *run)
{
    return tw_restore_both(request, store, in, NULL, out, report, run);
}

tw_status
tw_restore_both(const tw_request *request, tw_store *store, const tw_image *in,
                tw_image *faithful, tw_image *out, tw_report *report,
                tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_report unwanted;

    report = report ? report : &unwanted;
    *report = (tw_report) { .consistency = (double) NAN,
                            .worst = (double) NAN,
                            .limit = (double) NAN,
                            .cells = (double) NAN,
                            .noise = (double) NAN,
                            .misfit = (double) NAN,
                            .detail = (double) NAN,
                            .found = (double) NAN };
    tw_run_enter(run);
    const tw_status status =
        restore(request, store, in, faithful, out, report, run);

    tw_run_leave(run);
    tw_run_release(run, mark);
    return status;
}
