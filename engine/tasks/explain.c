/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/explain.h"

#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "tasks/certificate.h"
#include "tasks/fill.h"
#include "tasks/mask.h"
#include "tasks/pixels.h"
#include "tasks/resample.h"

enum { WINDOW = 16 }; /* pixels of y */

/* What both pictures are made from. */
typedef struct parts {
    tw_job *job;
    const tw_image *in, *result;
    tw_pixels pixels; /* of the input */
    tw_tensor *x;     /* the result, mirrored into the margins of the state */
} parts;

/* --- measured --- */

static void
copy(const tw_image *in, tw_image *out)
{
    for (int64_t y = 0; y < in->height; y++)
        memcpy(out->data + y * out->stride, in->data + y * in->stride,
               (size_t) in->width * 4 * sizeof *in->data);
}

/* Of the noise, in units of y squared: the mean over the picture. */
static double
mean_variance(const tw_job *job, const tw_tensor *y)
{
    double sum = 0;

    for (int64_t i = 0; i < y->size; i++)
        sum += ((double) y->data[i] + 1) / 2;
    return 4 * (job->noise * job->noise + job->shot * sum / (double) y->size);
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
    tw_crop(kept, job->top, job->left, part);
    copy(p->result, out);
    tw_image_from_tensor(out, part);
    tw_run_release(run, mark);
    return TW_OK;
}

/* --- misfit --- */

/* The rim whose blur holds light from outside of the frame does not count. */
static void
leave_rim(const tw_job *job, tw_tensor *squares)
{
    const int64_t h = squares->shape.dim[2], w = squares->shape.dim[3];
    const int64_t across = job->left > 0 ? job->psf.width / 2 : 0;
    const int64_t down = job->top > 0 ? job->psf.height / 2 : 0;

#pragma omp parallel for if (squares->size > TW_SERIAL)
    for (int64_t i = 0; i < squares->size; i++) {
        const int64_t row = i / w % h, column = i % w;

        if (row < down || row >= h - down || column < across ||
            column >= w - across)
            squares->data[i] = -1;
    }
}

/* Sums over the channels: of the squares into the first plane, how many there
 * are into the second. */
static void
add_channels(tw_tensor *squares)
{
    const int64_t plane = squares->size / 3;
    float *x = squares->data;

#pragma omp parallel for if (squares->size > TW_SERIAL)
    for (int64_t i = 0; i < plane; i++) {
        double sum = 0;
        int count = 0;

        for (int64_t at = i; at < 3 * plane; at += plane)
            if (x[at] >= 0) {
                sum += (double) x[at];
                count++;
            }
        x[i] = (float) sum;
        x[i + plane] = (float) count;
    }
}

/* The sum of the window around place @i of @size, @step apart. */
static double
window(const float *x, int64_t i, int64_t size, int64_t step)
{
    const int64_t from = i < WINDOW / 2 ? 0 : i - WINDOW / 2;
    const int64_t to = i + WINDOW / 2 < size ? i + WINDOW / 2 : size;
    double sum = 0;

    for (int64_t k = from; k < to; k++)
        sum += (double) x[k * step];
    return sum;
}

/* Windows down the columns of a plane. */
static void
add_down(const float *x, int64_t h, int64_t w, float *out)
{
#pragma omp parallel for if (h * w > TW_SERIAL)
    for (int64_t r = 0; r < h; r++)
        for (int64_t c = 0; c < w; c++)
            out[r * w + c] = (float) window(x + c, r, h, w);
}

/* @sums, @counts: over the window in a column; @alone: how many values the pixel
 * itself has. */
static void
draw_misfit(const float *sums, const float *counts, const float *alone,
            int64_t h, int64_t w, tw_image *out)
{
    const int64_t H = out->height, W = out->width;

#pragma omp parallel for if (H * W > TW_SERIAL)
    for (int64_t row = 0; row < H; row++)
        for (int64_t column = 0; column < W; column++) {
            const int64_t r = (2 * row + 1) * h / (2 * H);
            const int64_t c = (2 * column + 1) * w / (2 * W);
            const double count = window(counts + r * w, c, w, 1);
            const double sum = window(sums + r * w, c, w, 1);
            float *pixel = out->data + row * out->stride + 4 * column;

            pixel[0] = count > 0 ? (float) sqrt(sum / count) : 0;
            pixel[1] = pixel[2] = pixel[0];
            pixel[3] = alone[r * w + c] > 0;
        }
}

static tw_status
show_misfit(const parts *p, tw_image *out, tw_run *run)
{
    const tw_tensor *y = p->pixels.y;
    const int64_t h = y->shape.dim[2], w = y->shape.dim[3];
    const size_t mark = tw_run_mark(run);
    tw_tensor *squares = tw_scratch(run, y);
    tw_tensor *counts = tw_scratch_shape(run, tw_shape4(1, 1, h, w));

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_certify_squares(p->job, y, p->x, squares, run));
    leave_rim(p->job, squares);
    add_channels(squares);
    float *sums = squares->data, *alone = sums + h * w, *down = alone + h * w;

    TW_TRY(tw_run_poll(run));
    add_down(sums, h, w, down);
    add_down(alone, h, w, counts->data);
    TW_TRY(tw_run_poll(run));
    draw_misfit(down, counts->data, alone, h, w, out);
    tw_run_release(run, mark);
    return TW_OK;
}

/* --- holes: what is known is there, bit by bit --- */

static void
show_holes(const tw_image *mask, const tw_image *in, const tw_image *result,
           tw_image *measured, tw_image *misfit)
{
#pragma omp parallel for if ((int64_t) in->width * in->height > TW_SERIAL)
    for (int64_t y = 0; y < in->height; y++)
        for (int64_t x = 0; x < in->width; x++) {
            const bool hole = tw_mask_white(mask, y, x);
            const float *from = result->data + y * result->stride + 4 * x;
            const float *given = in->data + y * in->stride + 4 * x;
            bool counts = false;

            for (int64_t c = 0; c < 3; c++)
                counts = counts || (given[c] > 0 && given[c] < 1);
            if (measured) {
                float *to = measured->data + y * measured->stride + 4 * x;

                for (int64_t c = 0; c < 3; c++)
                    to[c] = hole ? 0.5F : from[c];
                to[3] = from[3];
            }
            if (misfit) {
                float *to = misfit->data + y * misfit->stride + 4 * x;

                to[0] = to[1] = to[2] = 0;
                to[3] = counts && !hole && given[3] > 0;
            }
        }
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
    if (p->pixels.unknown)
        TW_TRY(tw_fill_holes(p->pixels.y, job->known, run));
    p->x = tw_scratch_shape(run, job->x);
    tw_tensor *part = tw_scratch_shape(run, shape);

    TW_TRY(tw_run_check(run));
    tw_image_to_tensor(p->result, part);
    tw_extend(part, job->top, job->left, p->x);
    return tw_run_poll(run);
}

static tw_status
explain(parts *p, const tw_report *report, tw_image *measured, tw_image *misfit,
        tw_run *run)
{
    p->job->noise = report->noise;
    p->job->shot = report->shot;
    TW_TRY(look(p, run));
    if (misfit)
        TW_TRY(show_misfit(p, misfit, run));
    if (measured)
        TW_TRY(show_measured(p, measured, run));
    return TW_OK;
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

    TW_TRY(tw_image_check(in, err));
    TW_TRY(tw_image_check(result, err));
    if (!same_size(result, width, height) ||
        !same_size(measured, width, height) ||
        !same_size(misfit, width, height))
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("The result of this request has %d x %d pixels; give "
                         "pictures of this size"),
                       width, height);
    return TW_OK;
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
    if (status == TW_OK && job.task->holes)
        show_holes(tw_request_get_mask(request), in, result, measured, misfit);
    else if (status == TW_OK)
        status = explain(&p, report, measured, misfit, run);
    tw_job_close(&job);
    tw_run_leave(run);
    tw_run_release(run, mark);
    return status;
}
