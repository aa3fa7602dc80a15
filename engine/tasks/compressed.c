/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/compressed.h"

#include <math.h>

#include "core/i18n.h"
#include "core/sizing.h"
#include "jpeg/cells.h"
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

void
tw_job_expect_jpeg(tw_job *job)
{
    const char *path = tw_request_get_file(job->request);
    tw_jpeg_header header;

    job->has_jpeg = is_wanted(job) && path &&
                    tw_jpeg_peek(path, &header, NULL) == TW_OK &&
                    header.height == job->height && header.width == job->width;
    if (job->has_jpeg)
        job->sampling = header.sampling;
}

/* Twice the coefficients while libjpeg has them too. */
static tw_status
read_file(tw_job *job, const tw_image *in, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_jpeg *sketch =
        tw_jpeg_new(job->height, job->width, 0, 0, &job->sampling, true);

    if (!sketch)
        return tw_job_no_memory(tw_run_error(run));
    tw_scratch_hold(run, 2 * tw_jpeg_bytes(sketch));
    if (tw_run_is_sizing(run))
        job->jpeg = sketch;
    else
        tw_jpeg_free(sketch);
    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run)) {
        tw_error ignored;

        /* A file that cannot be read is no reason to fail: pixels are there. */
        const tw_status status = tw_jpeg_read(tw_request_get_file(job->request),
                                              in, &job->jpeg, &ignored);

        if (status == TW_ERR_MEMORY)
            return tw_job_no_memory(tw_run_error(run));
    }
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

/* Is it too little to count? */
static bool
is_hidden(const tw_job *job)
{
    return !job->task->compressed && job->jpeg_noise < least_share * job->noise;
}

tw_status
tw_job_find_jpeg(tw_job *job, const tw_image *in, const tw_pixels *p,
                 tw_run *run)
{
    if (job->has_jpeg && (tw_run_is_sizing(run) || !p->unknown))
        TW_TRY(read_file(job, in, run));
    if (!job->jpeg && job->task->compressed && !tw_run_is_sizing(run))
        return tw_fail(tw_run_error(run), TW_ERR_ARGUMENT,
                       _("No JPEG compression was found in the picture; give "
                         "the quality that it was saved with, such as "
                         "jpeg=75"));
    job->has_jpeg = job->jpeg;
    if (!job->jpeg || tw_run_is_sizing(run))
        return TW_OK;
    job->jpeg_noise = tw_jpeg_noise(job->jpeg) / 2;
    if (is_hidden(job)) {
        tw_jpeg_free(job->jpeg);
        job->jpeg = NULL;
        job->jpeg_noise = 0;
        job->has_jpeg = false;
    } else {
        tw_job_subtract_noise(job, job->jpeg_noise);
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
