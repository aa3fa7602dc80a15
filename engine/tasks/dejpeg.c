/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What JPEG's quantiser took away: blocks, mosquitoes around edges, bands in skies.
 * The measurement are the cells of the coefficients (operators/jpeg.c).
 *
 * Half quadratic splitting from 25/255 to 4/255 in six evaluations with lambda 0.12,
 * and at the end every coefficient is put into its cell. Crops of four photographs,
 * quality 20, over the JPEG: lambda 0.06, 0.12, 0.25, 0.5, 1 give 0.89, 0.94, 0.88,
 * 0.75, 0.62 dB; ten evaluations down to 2/255 no more than six.
 */

#include "core/i18n.h"
#include "tasks/compressed.h"

static const tw_param params[] = { TW_PARAM_END };

static tw_status
lay_out(tw_job *job, tw_error *err)
{
    (void) err;
    job->box = job->result = (tw_box) { 0, 0, job->height, job->width };
    job->x = job->y = tw_shape4(1, 3, job->height, job->width);
    job->out_width = job->width;
    job->out_height = job->height;
    return TW_OK;
}

static tw_operator *
make(const tw_job *job, const unsigned char *known)
{
    (void) job;
    (void) known;
    return tw_operator_identity();
}

static const tw_tuning rows[] = {
    { "hqs", .steps = 6, .high = 2 * 25 / 255.0, .low = 2 * 4 / 255.0,
      .key = "lambda", .value = 0.12 },
    { .solver = NULL },
};

static void
tune(tw_job *job)
{
    tw_job_apply(job, rows);
}

static tw_status
guess(const tw_job *job, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    (void) job;
    (void) run;
    tw_copy(x, y);
    return TW_OK;
}

static tw_status
fit(const tw_job *job, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    (void) y;
    return tw_job_fit_cells(job, x, run);
}

const tw_task_class tw_task_dejpeg = {
    .base = {
        .name = "dejpeg",
        .title = N_("_JPEG Artifacts"),
        .blurb = N_("Removes blocks and ringing that JPEG compression left"),
        .params = params,
    },
    .faithful = "hqs",
    .textured = "renoise",
    .exact = true,
    .compressed = true,
    .lay_out = lay_out,
    .make = make,
    .tune = tune,
    .guess = guess,
    .fit = fit,
};
