/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Less noise.
 *
 * Faithful: the model's own answer, E[x0 | y] = D(y, sigma), in one evaluation;
 * that is half quadratic splitting with one step from x = y, which also puts in what
 * is expected of clipped values, given y. Two and three rounds, given the estimate
 * before, gain next to nothing (noise 25/255 and 50/255 in 8 bits, mean of eight
 * photographs: 31.14 and 27.83 dB in one, 31.16 and 27.90 in two). Textured: y is
 * already x0 + sigma n, so sampling from the model starts there and draws an
 * exact posterior sample without a data step (methods: 8.1).
 *
 * Noise that depends on the brightness (shot=) has no single sigma: then y is
 * weighted to noise of one strength, and the loops with a data step are used.
 */

#include <math.h>

#include "core/i18n.h"
#include "tasks/same.h"
#include "tasks/wiener.h"

static const tw_param params[] = { TW_PARAM_END };

/* At shot noise the levels go from the noisiest part of the picture down. */
static void
tune_camera(tw_job *job)
{
    job->high = fmax(job->most_noise, 4 * job->model->sigma_min);
    job->low = fmax(job->high / 16, job->model->sigma_min);
}

/* The levels are those of the noise. */
static const tw_tuning rows[] = {
    { "hqs", .steps = 1 },
    { "ddim", .steps = 15, .key = "eta", .value = 1 },
    { "edm-heun", .steps = 15 },
    { .solver = NULL },
};

/* JPEG took more than the noise, or as much: as in dejpeg.c, but from where the noise
 * is below what the model is told, and not far below the noise. */
static const tw_tuning jpeg_rows[] = {
    { "hqs", .steps = 6, .key = "lambda", .value = 0.12 },
    { .solver = NULL },
};

static void
tune_jpeg(tw_job *job)
{
    job->high = 2 * fmax(25 / 255.0, 3 * job->noise);
    job->low = 2 * fmax(4 / 255.0, job->noise);
    tw_job_apply(job, jpeg_rows);
}

static void
tune(tw_job *job)
{
    const unsigned from_data = TW_IGNORES_DATA | TW_STARTS_CLEAN;

    if (job->shot > 0) {
        tune_camera(job);
        return;
    }
    if (job->has_jpeg && !(job->solver.needs & TW_IGNORES_DATA)) {
        tune_jpeg(job);
        return;
    }
    tw_job_apply(job, rows);
    if (!(job->solver.needs & from_data))
        return;
    job->solver.needs |= TW_STARTS_CLEAN;
    job->high = fmax(2 * job->noise, job->model->sigma_min);
    job->low = fmin(0.01, job->high / 4);
}

const tw_task_class tw_task_denoise = {
    .base = {
        .name = "denoise",
        .title = N_("De_noise"),
        .blurb = N_("Removes noise and grain"),
        .params = params,
    },
    .faithful = "hqs",
    .textured = "ddim",
    .lay_out = tw_same_lay_out,
    .make = tw_same_make,
    .tune = tune,
    .guess = tw_same_guess,
    .fit = tw_same_fit,
    /* Up to about quality 79. With the cells of quality 92 photographs from cameras
     * lost 0.2 to 0.5 dB, and clean ones changed by more than 42 dB. */
    .coarse = 5,
    .measured = tw_wiener,
};
