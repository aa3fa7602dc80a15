/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/explain.h"

#include <math.h>

#include "core/frame.h"
#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "holes/fill.h"
#include "tasks/mask.h"
#include "tasks/misfit.h"
#include "tasks/pixels.h"

/* What both pictures are made from. */
typedef struct parts {
    tw_job *job;
    const tw_image *in, *result;
    tw_pixels pixels; /* of the input */
    tw_tensor *x;     /* the result, mirrored into the margins of the state */
} parts;

/* --- measured --- */

/* As small as noise may be, in units of y: that of the solvers' data steps. */
static const double least = 1e-3;

/* Of the noise, in units of y squared: the mean over the picture. */
static double
mean_variance(const tw_job *job, const tw_tensor *y)
{
    double sum = 0;

    for (int64_t i = 0; job->shot > 0 && i < y->size; i++)
        sum += ((double) y->data[i] + 1) / 2;
    const double variance =
        4 * (job->noise * job->noise + job->shot * sum / (double) y->size);

    return fmax(variance, least * least);
}

static tw_status
keep_by_operator(const parts *p, double variance, tw_tensor *kept, tw_run *run)
{
    const tw_job *job = p->job;
    const size_t mark = tw_run_mark(run);
    const double sd = job->model->sigma_data;
    tw_tensor *fit = tw_scratch(run, p->pixels.y);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(job->degradation, p->x, fit, run));
    TW_TRY(tw_run_poll(run));
    tw_fill(kept, 0);
    TW_TRY(
        tw_prox(job->degradation, fit, kept, variance / (sd * sd), kept, run));
    tw_run_release(run, mark);
    return TW_OK;
}

static tw_status
show_measured(const parts *p, tw_image *out, tw_run *run)
{
    const tw_job *job = p->job;
    const size_t mark = tw_run_mark(run);
    const tw_shape shape =
        tw_shape4(1, 3, job->result.height, job->result.width);
    const double variance = mean_variance(job, p->pixels.y);
    tw_tensor *kept = tw_scratch_shape(run, job->x);
    tw_tensor *part = tw_scratch_shape(run, shape);

    TW_TRY(tw_run_check(run));
    if (job->task->measured)
        TW_TRY(job->task->measured(p->x, variance, kept, run));
    else
        TW_TRY(keep_by_operator(p, variance, kept, run));
    TW_TRY(tw_run_poll(run));
    tw_crop(kept, job->top, job->left, part);
    TW_TRY(tw_run_poll(run));
    if (!tw_run_is_sizing(run)) {
        tw_pixels_copy(p->result, out);
        tw_image_from_tensor(out, part);
    }
    tw_run_release(run, mark);
    return TW_OK;
}

/* --- holes: what is known is there, to the bit --- */

static void
gray_holes(const tw_image *mask, tw_image *out)
{
#pragma omp parallel for if ((int64_t) out->width * out->height > TW_SERIAL)
    for (int64_t y = 0; y < out->height; y++)
        for (int64_t x = 0; x < out->width; x++)
            for (int64_t c = 0; c < 3 && tw_mask_white(mask, y, x); c++)
                out->data[y * out->stride + 4 * x + c] = 0.5F;
}

/* No misfit, where something was measured. */
static void
draw_known(const tw_image *mask, const tw_image *in, tw_image *out)
{
#pragma omp parallel for if ((int64_t) out->width * out->height > TW_SERIAL)
    for (int64_t y = 0; y < out->height; y++)
        for (int64_t x = 0; x < out->width; x++) {
            const float *p = in->data + y * in->stride + 4 * x;
            float *to = out->data + y * out->stride + 4 * x;

            to[0] = to[1] = to[2] = 0;
            to[3] = p[3] > 0 && !tw_mask_white(mask, y, x);
        }
}

static tw_status
explain_holes(const parts *p, tw_image *measured, tw_image *misfit, tw_run *run)
{
    const tw_image *mask = tw_request_get_mask(p->job->request);

    if (measured) {
        tw_pixels_copy(p->result, measured);
        gray_holes(mask, measured);
    }
    TW_TRY(tw_run_poll(run));
    if (misfit)
        draw_known(mask, p->in, misfit);
    return tw_run_poll(run);
}

/* --- both --- */

static tw_status
look(parts *p, tw_run *run)
{
    tw_job *job = p->job;
    const tw_shape shape =
        tw_shape4(1, 3, job->result.height, job->result.width);

    TW_TRY(tw_pixels_read(job, p->in, &p->pixels, run));
    job->known = p->pixels.known;
    if (!tw_run_is_sizing(run))
        job->reach = tw_reach(p->pixels.y, job->known);
    if (p->pixels.unknown)
        TW_TRY(tw_fill_holes(p->pixels.y, job->known, run));
    TW_TRY(tw_job_make(job, NULL, run));
    p->x = tw_scratch_shape(run, job->x);
    const size_t mark = tw_run_mark(run);
    tw_tensor *part = tw_scratch_shape(run, shape);

    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run))
        tw_image_to_tensor(p->result, part);
    TW_TRY(tw_run_poll(run));
    tw_extend(part, job->top, job->left, p->x);
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

/* Of all tasks but those with holes. */
static tw_status
explain_all(parts *p, tw_image *measured, tw_image *misfit, tw_run *run)
{
    TW_TRY(look(p, run));
    if (misfit)
        TW_TRY(tw_misfit(p->job, p->pixels.y, p->x, misfit, run));
    if (measured)
        TW_TRY(show_measured(p, measured, run));
    return TW_OK;
}

/* Input, result and both pictures, and what is to be computed. */
static tw_status
explain(parts *p, tw_image *measured, tw_image *misfit, tw_run *run)
{
    tw_scratch_hold(run, tw_job_pictures(p->job, 3));
    TW_TRY(tw_run_check(run));
    if (!p->job->task->holes)
        return explain_all(p, measured, misfit, run);
    return tw_run_is_sizing(run) ? TW_OK
                                 : explain_holes(p, measured, misfit, run);
}

tw_status
tw_explain_size(tw_job *job, tw_run *run)
{
    tw_image none = { 0 };
    parts p = { .job = job };

    return explain(&p, &none, &none, run);
}

static bool
same_size(const tw_image *a, int width, int height)
{
    return !a || (a->width == width && a->height == height);
}

static tw_status
check(const tw_job *job, const tw_image *in, const tw_image *result,
      const tw_image *measured, const tw_image *misfit, tw_error *err)
{
    const int width = job->out_width, height = job->out_height;

    TW_TRY(tw_image_check(in, TW_IMAGE_PICTURE, err));
    TW_TRY(tw_image_check(result, TW_IMAGE_PICTURE, err));
    if (!same_size(result, width, height) ||
        !same_size(measured, width, height) ||
        !same_size(misfit, width, height))
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("The result of this request has %d x %d pixels; give "
                         "pictures of this size"),
                       width, height);
    return TW_OK;
}

static tw_status
check_memory(const tw_job *job, size_t memory_limit, tw_error *err)
{
    const size_t limit = tw_job_limit(job, memory_limit);

    if (job->plan.explain_bytes <= limit)
        return TW_OK;
    return tw_plan_refuse(job->plan.explain_bytes, limit, err);
}

tw_status
tw_explain(const tw_request *request, tw_store *store, const tw_image *in,
           const tw_image *result, const tw_report *report, tw_image *measured,
           tw_image *misfit, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_error *err = tw_run_error(run);
    tw_job job;
    parts p = { .job = &job, .in = in, .result = result };

    tw_run_enter(run);
    tw_status status = tw_job_open(&job, request, store, in->width, in->height,
                                   tw_run_memory_limit(run), err);

    if (status == TW_OK)
        status = check(&job, in, result, measured, misfit, err);
    if (status == TW_OK)
        status = check_memory(&job, tw_run_memory_limit(run), err);
    job.noise = report->noise;
    job.shot = report->shot;
    if (status == TW_OK && job.task->recall)
        job.task->recall(&job, &report->blur);
    if (status == TW_OK)
        status = explain(&p, measured, misfit, run);
    tw_job_close(&job);
    tw_run_leave(run);
    tw_run_release(run, mark);
    return status;
}
