/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory a job takes, and which tiles fit: by running it for each choice
 * in a run that only sizes. */

#include <math.h>

#include "core/i18n.h"
#include "core/sizing.h"
#include "priors/tiled.h"
#include "tasks/holes.h"
#include "tasks/samples.h"

/* Pictures up to this size are not tiled unless memory is short: tiles repeat
 * the work of their overlaps, but larger activations leave the caches. */
static const int64_t untiled = 1536 * 1024;

/* Sides to try, the largest first; multiples of the network's grid. */
static const int sides[] = { 1024, 768, 512, 384, 256, 192, 128 };

/* Threads to plan for, each of which has memory of its own: the same numbers on
 * all machines, so that neither tiles nor a refusal depend on the machine. Fewer
 * than the first only where even the smallest tile does not fit else. */
static const int threads[] = { 8, 4, 2, 1 };

enum {
    SIDES = sizeof sides / sizeof *sides,
    THREADS = sizeof threads / sizeof *threads
};

typedef struct cost {
    size_t bytes; /* SIZE_MAX: no memory is enough */
    int evaluations, checks;
    double work;
} cost;

int
tw_tile_overlap(int tile)
{
    return tile >= 192 ? 64 : 32;
}

static tw_status
run_trial(tw_job *trial, tw_run *run, cost *c, tw_error *err)
{
    tw_report report = { 0 };
    tw_samples w = { .job = trial, .report = &report };
    tw_status status = tw_samples_compute(&w, run);

    if (status == TW_OK)
        status = tw_samples_write(&w, NULL, NULL, run);
    *c = (cost) { tw_run_peak(run), tw_run_evaluations(run), tw_run_checks(run),
                  tw_run_work(run) };
    if (status == TW_ERR_MEMORY)
        c->bytes = SIZE_MAX;
    else if (status != TW_OK)
        *err = *tw_run_error(run);
    return status == TW_ERR_MEMORY ? TW_OK : status;
}

/* In tiles of side @tile; 0: whole. */
static tw_status
size_up(const tw_job *job, int tile, int thread_count, cost *c, tw_error *err)
{
    tw_job trial = *job;
    tw_run *run = tw_run_new_sizing(thread_count);
    tw_status status = TW_ERR_MEMORY;

    trial.tiled = NULL;
    if (tile)
        trial.tiled = tw_prior_tiled(job->model, tile, tw_tile_overlap(tile));
    trial.prior = tile ? trial.tiled : trial.model;
    if (run && trial.prior)
        status = run_trial(&trial, run, c, err);
    else
        tw_job_no_memory(err);
    tw_operator_free(trial.op);
    tw_jpeg_free(trial.jpeg);
    tw_prior_free(trial.wide);
    tw_prior_free(trial.tiled);
    tw_run_free(run);
    return status;
}

static bool
is_small(tw_shape x)
{
    return x.dim[2] * x.dim[3] <= untiled;
}

static bool
is_within(tw_shape x, int tile)
{
    return x.dim[2] <= tile && x.dim[3] <= tile;
}

size_t
tw_job_limit(const tw_job *job, size_t memory_limit)
{
    const double memory = tw_request_real(job->request, "memory");

    if (isnan(memory))
        return memory_limit ? memory_limit : SIZE_MAX - 1;
    return memory_limit && (double) memory_limit < memory ? memory_limit
                                                          : (size_t) memory;
}

/* Tries a tile; *@fits: it is within the limit. */
static tw_status
try_tile(tw_job *job, int tile, int thread_count, size_t limit, bool *fits,
         cost *c, tw_error *err)
{
    TW_TRY(size_up(job, tile, thread_count, c, err));
    *fits = c->bytes <= limit;
    job->plan.tile = tile;
    job->threads = thread_count;
    return TW_OK;
}

/* The first choice that is within the limit, or else the last. */
static tw_status
choose_tile(tw_job *job, size_t limit, bool *fits, cost *c, tw_error *err)
{
    int tile = 0;

    *fits = false;
    if (is_small(job->x))
        TW_TRY(try_tile(job, 0, threads[0], limit, fits, c, err));
    for (int i = 0; i < SIDES && !*fits; i++)
        if (!is_within(job->x, sides[i])) {
            tile = sides[i];
            TW_TRY(try_tile(job, tile, threads[0], limit, fits, c, err));
        }
    for (int i = 1; i < THREADS && !*fits; i++)
        TW_TRY(try_tile(job, tile, threads[i], limit, fits, c, err));
    return TW_OK;
}

size_t
tw_job_pictures(const tw_job *job, int results)
{
    const tw_image *mask = tw_request_get_mask(job->request);
    const tw_image *kernel = tw_request_get_kernel(job->request);
    size_t pixels =
        (size_t) job->width * (size_t) job->height +
        (size_t) results * (size_t) job->out_width * (size_t) job->out_height;

    if (mask)
        pixels += (size_t) mask->width * (size_t) mask->height;
    if (kernel)
        pixels += (size_t) kernel->width * (size_t) kernel->height;
    return pixels * 4 * sizeof(float);
}

tw_status
tw_plan_refuse(size_t bytes, size_t limit, tw_error *err)
{
    if (bytes == SIZE_MAX)
        return tw_fail(err, TW_ERR_MEMORY,
                       _("The picture is too large for any memory; use a "
                         "smaller one"));
    return tw_fail(err, TW_ERR_MEMORY,
                   _("The picture needs %.0f MiB of memory to work in, but "
                     "%.0f MiB are allowed; allow more (memory=) or use a "
                     "smaller picture"),
                   ceil((double) bytes / (1 << 20)),
                   floor((double) limit / (1 << 20)));
}

/* The first choice that is within the limit: the same one at the bytes that the
 * plan says, because those before took more than the limit. */
static tw_status
choose(tw_job *job, size_t limit, tw_error *err)
{
    bool fits;
    cost c;

    TW_TRY(choose_tile(job, limit, &fits, &c, err));
    while (!fits && tw_holes_save(job))
        TW_TRY(choose_tile(job, limit, &fits, &c, err));
    job->plan.bytes = c.bytes;
    if (!fits)
        return tw_plan_refuse(c.bytes, limit, err);
    job->plan.evaluations = c.evaluations;
    job->plan.checks = c.checks;
    job->plan.work = c.work;
    return TW_OK;
}

/* The memory of tw_explain() does not depend on tiles. */
static tw_status
size_up_explain(tw_job *job, tw_error *err)
{
    tw_job trial = *job;
    tw_run *run = tw_run_new_sizing(threads[0]);

    if (!run)
        return tw_job_no_memory(err);
    tw_status status = tw_explain_size(&trial, run);

    job->plan.explain_bytes = tw_run_peak(run);
    if (status == TW_ERR_MEMORY) {
        job->plan.explain_bytes = SIZE_MAX;
        status = TW_OK;
    } else if (status != TW_OK) {
        *err = *tw_run_error(run);
    }
    tw_operator_free(trial.op);
    tw_run_free(run);
    return status;
}

tw_status
tw_job_plan(tw_job *job, size_t memory_limit, tw_error *err)
{
    job->plan = (tw_plan) {
        .width = job->out_width,
        .height = job->out_height,
        .results = job->textured ? job->runs : 1,
        .left = job->result.left,
        .top = job->result.top,
        .shown_width = job->result.width,
        .shown_height = job->result.height,
    };
    TW_TRY(choose(job, tw_job_limit(job, memory_limit), err));
    job->plan.steps = job->steps;
    return size_up_explain(job, err);
}

tw_status
tw_job_fit_threads(const tw_job *job, tw_run *run)
{
    const size_t limit = tw_job_limit(job, tw_run_memory_limit(run));
    int count = tw_run_threads(run);
    cost c = { .bytes = limit < SIZE_MAX - 1 ? SIZE_MAX : 0 };

    while (count > job->threads && c.bytes > limit) {
        TW_TRY(size_up(job, job->plan.tile, count, &c, tw_run_error(run)));
        if (c.bytes > limit)
            count = count / 2 > job->threads ? count / 2 : job->threads;
    }
    tw_run_set_threads(run, count);
    return TW_OK;
}

tw_status
tw_plan_request(const tw_request *request, tw_store *store, int width,
                int height, size_t memory_limit, tw_plan *plan, tw_error *err)
{
    tw_job job;
    const tw_status status =
        tw_job_open(&job, request, store, width, height, memory_limit, err);

    *plan = job.plan;
    tw_job_close(&job);
    return status;
}
