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
#include "tasks/same.h"

static const tw_param params[] = { TW_PARAM_END };

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
    .lay_out = tw_same_lay_out,
    .make = tw_same_make,
    .tune = tune,
    .guess = tw_same_guess,
    .fit = tw_same_fit,
};
