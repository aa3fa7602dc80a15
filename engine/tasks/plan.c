/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory a job takes, and which tiles fit. */

#include <math.h>
#include <omp.h>

#include "core/i18n.h"
#include "holes/fill.h"
#include "priors/tiled.h"
#include "tasks/holes.h"
#include "tasks/task-private.h"

/* Pictures up to this size are not tiled unless memory is short: tiles repeat
 * the work of their overlaps, but larger activations leave the caches. */
static const int64_t untiled = 1536 * 1024;

/* Sides to try, the largest first; multiples of the network's grid. */
static const int sides[] = { 1024, 768, 512, 384, 256, 192, 128 };

enum {
    SIDES = sizeof sides / sizeof *sides,
    SMALL = 64 << 10, /* levels, parameters, sums of tiles */
    THREADS = 8       /* planned for at least: each has its own memory, and the
                         tiles must not depend on how many there are */
};

int
tw_tile_overlap(int tile)
{
    return tile >= 192 ? 64 : 32;
}

/* With what the run adds to a block. */
size_t
tw_tensor_bytes(tw_shape shape)
{
    return (size_t) tw_shape_size(shape) * sizeof(float) + 256;
}

static size_t
larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t
add(size_t a, size_t b)
{
    return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

/* Of the model, in tiles of this side; 0: whole. SIZE_MAX: out of memory. */
static size_t
model_bytes(const tw_job *job, int tile)
{
    if (!tile)
        return tw_prior_bytes(job->model, job->x);
    tw_prior *tiled = tw_prior_tiled(job->model, tile, tw_tile_overlap(tile));

    if (!tiled)
        return SIZE_MAX;
    const size_t bytes = tw_prior_bytes(tiled, job->x);

    tw_prior_free(tiled);
    return bytes;
}

/* The results that wait until all are done. */
static size_t
kept_bytes(const tw_job *job)
{
    const tw_shape result =
        tw_shape4(1, 3, job->result.height, job->result.width);
    const size_t x = tw_tensor_bytes(job->x);
    size_t bytes = job->averages ? x : 0;

    if (job->textured && job->runs > 1)
        bytes += (size_t) job->runs * tw_tensor_bytes(result);
    else if (!tw_shape_equal(result, job->x))
        bytes += tw_tensor_bytes(result);
    return bytes;
}

/* Of a weighted operator: its weights, a weighted y, and conjugate gradients. */
static size_t
camera_bytes(const tw_job *job)
{
    return 5 * tw_tensor_bytes(job->x) + 4 * tw_tensor_bytes(job->y);
}

static size_t
bytes_at(const tw_job *job, int tile)
{
    const size_t x = tw_tensor_bytes(job->x), y = tw_tensor_bytes(job->y);
    const size_t known = tw_tensor_bytes(job->y) / 12 + 256;
    const size_t prepare = larger(tw_fill_bytes(job->x), 2 * y);
    const size_t model = model_bytes(job, tile);
    const int drawn = job->solver.x_tensors ? job->solver.x_tensors : 1;
    const size_t solve =
        (size_t) drawn * x + (size_t) job->solver.y_tensors * y;
    const size_t finish = larger(x, 2 * y);
    const size_t work = add(larger(solve, finish),
                            add(model, tw_operator_bytes(job->op, job->x)));
    const size_t camera = job->shot > 0 ? camera_bytes(job) : 0;
    const size_t holes = job->self ? tw_holes_bytes(job) : 0;

    return add(
        add(x + y + known + job->op_bytes + SMALL, kept_bytes(job) + camera),
        larger(prepare, add(work, holes)));
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

/* Without one all but SIZE_MAX, which is never within it. */
static size_t
limit_of(const tw_job *job, size_t memory_limit)
{
    const double memory = tw_request_real(job->request, "memory");

    if (isnan(memory))
        return memory_limit ? memory_limit : SIZE_MAX - 1;
    return memory_limit && (double) memory_limit < memory ? memory_limit
                                                          : (size_t) memory;
}

/* The number of threads to plan for; the one before is returned. */
static int
plan_threads(const tw_job *job)
{
    const double asked = tw_request_real(job->request, "threads");
    const int before = omp_get_max_threads();
    const double most = fmax(before, isnan(asked) ? 0 : asked);

    omp_set_num_threads((int) fmax(most, THREADS));
    return before;
}

/* The bytes of the first choice that is within the limit, or else of the last. */
static size_t
choose_tile(tw_job *job, size_t limit)
{
    size_t bytes = SIZE_MAX;

    if (is_small(job->x)) {
        bytes = bytes_at(job, 0);
        if (bytes <= limit)
            return bytes;
    }
    for (int i = 0; i < SIDES; i++) {
        if (is_within(job->x, sides[i]))
            continue;
        bytes = bytes_at(job, sides[i]);
        if (bytes <= limit) {
            job->plan.tile = sides[i];
            return bytes;
        }
    }
    return bytes;
}

/* The first choice that is within the limit: the same one at the bytes that the
 * plan says, because those before took more than the limit. */
static tw_status
choose(tw_job *job, size_t limit, tw_error *err)
{
    size_t bytes = choose_tile(job, limit);

    while (bytes > limit && tw_holes_save(job))
        bytes = choose_tile(job, limit);
    if (bytes <= limit) {
        job->plan.bytes = bytes;
        return TW_OK;
    }
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

tw_status
tw_job_plan(tw_job *job, size_t memory_limit, tw_error *err)
{
    tw_plan *plan = &job->plan;
    const int threads = plan_threads(job);
    tw_status status;

    *plan = (tw_plan) {
        .width = job->out_width,
        .height = job->out_height,
        .results = job->textured ? job->runs : 1,
        .left = job->result.left,
        .top = job->result.top,
        .shown_width = job->result.width,
        .shown_height = job->result.height,
    };
    status = choose(job, limit_of(job, memory_limit), err);
    plan->steps = job->steps;
    plan->evaluations = job->runs * job->steps * job->solver.evaluations;
    omp_set_num_threads(threads);
    return status;
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
