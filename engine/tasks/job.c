/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a request to a problem. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/sizing.h"
#include "noise/noise.h"
#include "priors/guided.h"
#include "priors/tiled.h"
#include "priors/wide.h"
#include "tasks/compressed.h"
#include "tasks/holes.h"
#include "tasks/task-private.h"

/* Noise below this is not believed when it was measured in a picture: rounding
 * and compression are not white. */
static const double least_measured = 0.002;

/* One level of 8 bits, as noise: uniform over 1/255. */
static const double rounding = 1 / 255.0 / 3.4641016151377544;

tw_status
tw_job_no_memory(tw_error *err)
{
    return tw_fail(err, TW_ERR_MEMORY,
                   _("The system has no memory left; close other programs or "
                     "use a smaller picture"));
}

/* --- the model --- */

static tw_status
open_worded(tw_job *job, tw_store *store, const float *tags, tw_error *err)
{
    const double guidance = tw_request_real(job->request, "guidance");
    tw_prior *plain = NULL, *worded = NULL;

    TW_TRY(tw_store_prior(store, job->card, tags, &worded, err));
    if (fabs(guidance - 1) < 1e-9) {
        job->model = worded;
        return TW_OK;
    }
    const tw_status status =
        tw_store_prior(store, job->card, NULL, &plain, err);

    if (status != TW_OK) {
        tw_prior_free(worded);
        return status;
    }
    job->model = tw_prior_guided(plain, worded, guidance);
    return job->model ? TW_OK : tw_job_no_memory(err);
}

static tw_status
open_model(tw_job *job, tw_store *store, tw_error *err)
{
    const char *prompt = tw_request_text(job->request, "prompt");
    const int count = job->card->tag_count;
    tw_status status;

    if (!*prompt || count == 0)
        return tw_store_prior(store, job->card, NULL, &job->model, err);
    float *tags = malloc((size_t) count * sizeof *tags);

    if (!tags)
        return tw_job_no_memory(err);
    if (tw_prompt_tags(job->card, prompt, tags, job->unknown_words,
                       sizeof job->unknown_words) > 0)
        status = open_worded(job, store, tags, err);
    else
        status = tw_store_prior(store, job->card, NULL, &job->model, err);
    free(tags);
    return status;
}

/* --- noise --- */

/* What is known of the noise before the picture is seen. */
static void
expect_noise(tw_job *job)
{
    const double noise = tw_request_real(job->request, "noise");
    const double shot = tw_request_real(job->request, "shot");

    job->noise = isnan(noise) ? least_measured : noise;
    job->shot = isnan(shot) ? 1 : shot;
    tw_job_set_noise(job, 2 * job->noise, 2 * job->noise);
}

void
tw_job_set_noise(tw_job *job, double y_noise, double most)
{
    job->y_noise = y_noise;
    job->most_noise = most;
}

tw_status
tw_job_measure_noise(tw_job *job, double noise, double shot, const tw_tensor *y,
                     tw_run *run)
{
    if (tw_run_is_sizing(run))
        return TW_OK; /* what is expected stays */
    job->noise = noise;
    job->shot = shot;
    if (isnan(noise) && job->task->exact)
        job->noise = rounding;
    if (isnan(job->noise) || isnan(shot)) {
        TW_TRY(tw_noise_estimate(y, isnan(shot), &job->found, run));
        if (isnan(job->noise))
            job->noise = fmax(job->found.noise, least_measured);
        if (isnan(shot))
            job->shot = job->found.shot;
    }
    tw_job_set_noise(job, 2 * job->noise, 2 * job->noise);
    return TW_OK;
}

/* --- the solver --- */

static int
count_params(const tw_param *table)
{
    int count = 0;

    while (table[count].name)
        count++;
    return count;
}

static void
set_par(tw_job *job, const char *key, double value)
{
    const tw_param *params = job->solver.params;

    for (int i = 0; params[i].name; i++)
        if (strcmp(params[i].name, key) == 0 &&
            !tw_request_has(job->request, key))
            job->par[i] = value;
}

void
tw_job_apply(tw_job *job, const tw_tuning *rows)
{
    while (rows->solver && strcmp(rows->solver, job->solver.name) != 0)
        rows++;
    if (rows->steps > 0)
        job->steps = rows->steps;
    if (rows->high > 0)
        job->high = rows->high;
    if (rows->low > 0)
        job->low = rows->low;
    if (rows->key)
        set_par(job, rows->key, rows->value);
}

void
tw_job_tune(tw_job *job)
{
    const tw_request *request = job->request;
    const tw_solver *solver = job->faithful_turn
                                  ? tw_solver_find(job->task->faithful)
                                  : tw_request_solver(request);
    const double steps = tw_request_real(request, "steps");

    job->solver = *solver;
    job->steps = solver->steps;
    job->high = solver->high;
    job->low = solver->low;
    for (int i = 0; i < count_params(solver->params); i++) {
        const tw_param *p = &solver->params[i];

        job->par[i] = tw_request_has(request, p->name)
                          ? tw_request_real(request, p->name)
                          : p->initial;
    }
    job->task->tune(job);
    if (steps >= 1)
        job->steps = (int) steps;
}

void
tw_job_turn(tw_job *job, bool faithful)
{
    job->faithful_turn = faithful;
    tw_job_tune(job);
}

void
tw_job_levels(const tw_job *job, int steps, double *sigma)
{
    const tw_schedule *s = tw_schedules;

    while (strcmp(s->name, job->solver.schedule) != 0)
        s++;
    s->fill(sigma, steps, job->low, job->high);
}

/* --- all of it --- */

static tw_status
open_all(tw_job *job, tw_store *store, size_t memory_limit, tw_error *err)
{
    const char *model = tw_request_text(job->request, "model");

    TW_TRY(tw_store_find(store, model, &job->card, err));
    TW_TRY(open_model(job, store, err));
    expect_noise(job);
    tw_job_expect_jpeg(job);
    tw_job_tune(job);
    TW_TRY(tw_job_plan(job, memory_limit, err));
    if (job->plan.tile) {
        job->tiled = tw_prior_tiled(job->model, job->plan.tile,
                                    tw_tile_overlap(job->plan.tile));
        if (!job->tiled)
            return tw_job_no_memory(err);
    }
    job->prior = job->tiled ? job->tiled : job->model;
    return TW_OK;
}

static tw_status
check_detail(const tw_request *request, tw_error *err)
{
    const double style = tw_request_real(request, "style");
    const double detail = tw_request_real(request, "detail");

    if (style == 0 || isnan(detail) || fabs(detail / 100 - (style - 1)) < 1e-9)
        return TW_OK;
    return tw_fail(err, TW_ERR_ARGUMENT,
                   _("style=%s is detail=%d, and detail=%s contradicts it; "
                     "leave one of them out"),
                   tw_request_text(request, "style"), style > 1 ? 100 : 0,
                   tw_request_text(request, "detail"));
}

tw_status
tw_job_lay_out(tw_job *job, const tw_request *request, int width, int height,
               tw_error *err)
{
    const int samples = (int) tw_request_real(request, "samples");
    const double detail = tw_request_detail(request);

    *job = (tw_job) {
        .request = request,
        .task = (const tw_task_class *) tw_request_task(request),
        .width = width,
        .height = height,
        .reach = 1,
        .runs = samples,
        .detail = detail,
        .textured = detail > 0,
        .mixes = detail > 0 && detail < 1,
    };
    job->averages = !job->textured && samples > 1;
    if (width < 1 || height < 1)
        return tw_fail(err, TW_ERR_ARGUMENT, _("The picture is empty"));
    TW_TRY(check_detail(request, err));
    return job->task->lay_out(job, err);
}

tw_status
tw_job_open(tw_job *job, const tw_request *request, tw_store *store, int width,
            int height, size_t memory_limit, tw_error *err)
{
    TW_TRY(tw_job_lay_out(job, request, width, height, err));
    return open_all(job, store, memory_limit, err);
}

void
tw_job_close(tw_job *job)
{
    tw_operator_free(job->op);
    tw_jpeg_free(job->jpeg);
    tw_prior_free(job->wide);
    tw_prior_free(job->tiled);
    tw_prior_free(job->model);
    tw_psf_clear(&job->psf);
}

/* --- high dynamic range --- */

tw_status
tw_job_widen(tw_job *job, tw_error *err)
{
    if (job->reach <= 1)
        return TW_OK;
    job->wide = tw_prior_wide(job->prior, job->reach);
    job->prior = job->wide;
    return job->wide ? TW_OK : tw_job_no_memory(err);
}

double
tw_job_white(const tw_job *job)
{
    return (job->reach + 1) / 2;
}

/* --- the operator --- */

void
tw_job_change_noise(tw_job *job, double variance)
{
    const double left = job->noise * job->noise + variance;

    if (!isnan(tw_request_real(job->request, "noise")) || job->task->exact)
        return;
    job->noise = fmax(sqrt(fmax(left, 0)), least_measured);
    tw_job_set_noise(job, 2 * job->noise, 2 * job->noise);
}

bool
tw_job_is_noisy(const tw_job *job)
{
    return !isnan(tw_request_real(job->request, "noise")) ||
           (!job->task->exact && job->noise > least_measured) || job->shot > 0;
}

/* Beside the JPEG's own rounding, in units of y: its coefficients are exact. */
static double
data_noise(const tw_job *job)
{
    return tw_job_is_noisy(job) ? job->y_noise : 0;
}

tw_status
tw_job_make(tw_job *job, const tw_tensor *weights, tw_run *run)
{
    const bool sizes = tw_run_is_sizing(run);
    tw_operator *op = job->task->make(job, sizes ? NULL : job->known);

    tw_operator_free(job->op);
    job->op = NULL;
    if (op && tw_request_real(job->request, "light") > 0 && job->task->mixes)
        op = tw_operator_linear_light(op);
    job->degradation = op;
    job->compressed = NULL;
    if (op && job->jpeg) {
        op = tw_operator_jpeg(job->jpeg, data_noise(job), op);
        job->jpeg = NULL;
        job->compressed = op ? tw_operator_get_jpeg(op) : NULL;
    }
    if (op && weights)
        op = tw_operator_weighted(op, weights);
    job->op = op;
    if (!op)
        return tw_job_no_memory(tw_run_error(run));
    const size_t mark = tw_run_mark(run);

    tw_scratch_hold(run, op->held + op->making);
    tw_run_release(run, mark);
    tw_scratch_hold(run, op->held);
    return tw_run_check(run);
}
