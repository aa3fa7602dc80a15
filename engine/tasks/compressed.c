/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/compressed.h"

#include <math.h>

#include "core/i18n.h"
#include "core/sizing.h"
#include "jpeg/cells.h"
#include "jpeg/estimate.h"
#include "jpeg/read.h"

/* Rounding below this share of the noise changes nothing. */
static const double least_share = 1.0 / 3;

/* Rounds of projecting on the cells and on the range of pixels in turn. */
enum { ROUNDS = 4 };

static bool
is_wanted(const tw_job *job)
{
    const double quality = tw_request_real(job->request, "jpeg");

    return !job->task->holes && (isnan(quality) || quality > 0);
}

/* Are pixels asked? They cost memory that other tasks would have to plan for every
 * picture, and a part of a picture may say something else than the whole. */
static bool
asks_pixels(const tw_job *job)
{
    return job->task->compressed ||
           !isnan(tw_request_real(job->request, "jpeg"));
}

/* Are its cells of no use to what was asked? In linear light the task's operator is
 * not linear, and some solvers ask for what only that operator has. */
static bool
is_in_the_way(const tw_job *job)
{
    const tw_request *request = job->request;

    return (job->task->mixes && tw_request_real(request, "light") > 0) ||
           (tw_request_solver(request)->needs & TW_NEEDS_LINEAR);
}

/* The file of the picture, if it may be a JPEG and what it is now is not told. */
static bool
has_file(const tw_job *job, tw_jpeg_header *header)
{
    const char *path = tw_request_get_file(job->request);

    return isnan(tw_request_real(job->request, "jpeg")) && path &&
           (job->task->compressed || !is_in_the_way(job)) &&
           tw_jpeg_peek(path, header, NULL) == TW_OK &&
           header->height == job->height && header->width == job->width;
}

void
tw_job_expect_jpeg(tw_job *job)
{
    static const tw_jpeg_sampling full = { 3, { 1, 1, 1 }, { 1, 1, 1 } };
    const bool asks = asks_pixels(job);
    tw_jpeg_header header;

    job->has_file = is_wanted(job) && has_file(job, &header);
    job->has_jpeg = is_wanted(job) && (job->has_file || asks);
    /* In pixels more may be found than the file says. */
    job->sampling = job->has_file && !asks ? header.sampling : full;
}

/* What is planned for. */
static tw_jpeg *
sketch_of(const tw_job *job)
{
    const int64_t before = job->has_file ? 0 : 7;

    return tw_jpeg_new(job->height, job->width, before, before, &job->sampling,
                       true);
}

/* A file that cannot be read is no reason to fail: pixels are there. */
static tw_status
read_file(tw_job *job, const tw_image *in, tw_run *run)
{
    tw_error ignored;
    const tw_status status = tw_jpeg_read(tw_request_get_file(job->request), in,
                                          &job->jpeg, &ignored);

    return status == TW_ERR_MEMORY ? tw_job_no_memory(tw_run_error(run))
                                   : tw_run_poll(run);
}

static tw_status
read_pixels(tw_job *job, const tw_tensor *y, tw_run *run)
{
    const double quality = tw_request_real(job->request, "jpeg");
    const tw_jpeg_guess guess = tw_jpeg_guess_of(
        y->data, job->height, job->width, isnan(quality) ? 0 : (int) quality);

    TW_TRY(tw_run_poll(run));
    if (!guess.quality)
        return TW_OK;
    job->jpeg = tw_jpeg_from_pixels(&guess, y->data, job->height, job->width);
    return job->jpeg ? tw_run_poll(run) : tw_job_no_memory(tw_run_error(run));
}

static tw_status
search(tw_job *job, const tw_image *in, const tw_pixels *p, tw_run *run)
{
    if (!is_wanted(job) || p->unknown)
        return TW_OK;
    if (job->has_file)
        TW_TRY(read_file(job, in, run));
    return job->jpeg || !asks_pixels(job) ? TW_OK : read_pixels(job, p->y, run);
}

/* Is it too little to count? A quality that somebody gives is not asked. */
static bool
is_hidden(const tw_job *job)
{
    const double step = (double) job->jpeg->plane[0].step[1];

    return !job->task->compressed &&
           ((job->has_file && step < job->task->coarse) ||
            job->jpeg_noise < least_share * job->noise);
}

/* Lights in a blurred picture matter more than the rounding, which is then noise:
 * three photographs, motion of 13 pixels, 12 lights, in the mean 18.4 and 20.8 dB with
 * the cells of qualities 92 and 75, and 23.5 and 22.7 without. A picture without
 * lights gains 0.5 to 0.9 dB by the cells. Fewer white values than this share are no
 * lights, and with larger steps of luma's lowest frequency (below quality 72 or so)
 * they may be the rounding's own. */
static const double least_white = 1e-4, most_step = 6;

static bool
has_lights(const tw_job *job, const tw_pixels *p)
{
    return job->task->lights > 0 && p->white > least_white &&
           (double) job->jpeg->plane[0].step[1] <= most_step;
}

tw_status
tw_job_find_jpeg(tw_job *job, const tw_image *in, const tw_pixels *p,
                 tw_run *run)
{
    const size_t mark = tw_run_mark(run);

    if (job->has_jpeg && tw_run_is_sizing(run)) {
        job->jpeg = sketch_of(job);
        if (!job->jpeg)
            return tw_job_no_memory(tw_run_error(run));
        /* libjpeg has them, too, while they are read. */
        tw_scratch_hold(run, 2 * tw_jpeg_bytes(job->jpeg));
        tw_run_release(run, mark);
        return tw_run_check(run);
    }
    if (tw_run_is_sizing(run))
        return TW_OK;
    TW_TRY(search(job, in, p, run));
    if (!job->jpeg && job->task->compressed)
        return tw_fail(tw_run_error(run), TW_ERR_ARGUMENT,
                       _("No JPEG compression was found in the picture; give "
                         "the quality that it was saved with, such as "
                         "jpeg=75"));
    job->has_jpeg = job->jpeg;
    if (!job->jpeg)
        return TW_OK;
    job->jpeg_noise = tw_jpeg_noise(job->jpeg) / 2;
    const double variance = job->jpeg_noise * job->jpeg_noise;
    const bool lit = has_lights(job, p);

    if (lit)
        tw_job_change_noise(job, variance);
    if (lit || is_hidden(job)) {
        tw_jpeg_free(job->jpeg);
        job->jpeg = NULL;
        job->jpeg_noise = 0;
        job->has_jpeg = false;
    } else {
        tw_job_change_noise(job, -variance);
    }
    return tw_run_poll(run);
}

tw_status
tw_job_fit_cells(const tw_job *job, tw_tensor *x, tw_run *run)
{
    if (!job->compressed || tw_job_is_noisy(job) || tw_run_is_sizing(run))
        return TW_OK;
    for (int i = 0; i < ROUNDS; i++) {
        tw_jpeg_project(job->compressed, x->data);
        tw_clamp(x, -1, 1);
        TW_TRY(tw_run_poll(run));
    }
    return TW_OK;
}

tw_status
tw_job_count_cells(const tw_job *job, const tw_tensor *x, tw_report *report,
                   tw_run *run)
{
    const size_t mark = tw_run_mark(run);

    if (!job->compressed)
        return TW_OK;
    tw_tensor *seen = tw_scratch_shape(run, job->y);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(job->degradation, x, seen, run));
    if (!tw_run_is_sizing(run))
        report->cells = fmin(tw_jpeg_share(job->compressed, seen->data),
                             isnan(report->cells) ? 1 : report->cells);
    tw_run_release(run, mark);
    return tw_run_poll(run);
}
