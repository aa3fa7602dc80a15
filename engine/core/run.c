/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/run.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/i18n.h"
#include "core/random.h"
#include "core/run-private.h"
#include "core/threads.h"

struct tw_arena {
    tw_arena *next;
    const void *owner;
    tw_stack stack; /* of one block, or none */
    void *data;
    size_t bytes;
};

double
tw_run_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

tw_run *
tw_run_new(const tw_run_config *config)
{
    tw_run *run = calloc(1, sizeof *run);

    if (!run)
        return NULL;
    run->config = *config;
    if (run->config.threads <= 0)
        run->config.threads = omp_get_num_procs();
    run->threads = run->config.threads;
    tw_threads_watch();
    run->memory.limit = config->memory_limit;
    atomic_init(&run->cancelled, false);
    atomic_init(&run->stopping, false);
    run->born = tw_run_now();
    tw_run_begin(run);
    return run;
}

void
tw_run_free(tw_run *run)
{
    if (!run)
        return;
    tw_memory_release(&run->memory, &run->scratch, 0);
    while (run->arenas) {
        tw_arena *arena = run->arenas;

        run->arenas = arena->next;
        tw_memory_release(&run->memory, &arena->stack, 0);
        free(arena);
    }
    tw_memory_trim(&run->memory);
    free(run);
}

void
tw_run_cancel(tw_run *run)
{
    atomic_store(&run->cancelled, true);
}

void
tw_run_stop(tw_run *run)
{
    atomic_store(&run->stopping, true);
}

bool
tw_run_stopping(const tw_run *run)
{
    return atomic_load(&run->stopping);
}

tw_error *
tw_run_error(tw_run *run)
{
    return &run->error;
}

tw_status
tw_run_poll(tw_run *run)
{
    const double limit = run->config.time_limit;

    if (atomic_load(&run->cancelled))
        return TW_CANCELLED;
    if (limit > 0 && tw_run_now() - run->born > limit) {
        tw_run_cancel(run);
        return tw_fail(&run->error, TW_CANCELLED,
                       _("The time limit of %g seconds was reached"), limit);
    }
    return TW_OK;
}

void
tw_run_enter(tw_run *run)
{
    if (run->entered++ == 0 && !run->memory.sizes) {
        run->threads_outside = omp_get_max_threads();
        run->threads = tw_threads_possible(run->config.threads);
        omp_set_num_threads(run->threads);
    }
}

void
tw_run_leave(tw_run *run)
{
    if (--run->entered == 0 && !run->memory.sizes)
        omp_set_num_threads(run->threads_outside);
}

int
tw_run_threads(const tw_run *run)
{
    return run->threads;
}

void
tw_run_count_evaluations(tw_run *run, int count)
{
    run->evaluations += count;
}

int
tw_run_evaluations(const tw_run *run)
{
    return run->evaluations;
}

void
tw_run_count_checks(tw_run *run, int before)
{
    run->checks += run->evaluations - before;
    run->evaluations = before;
}

int
tw_run_checks(const tw_run *run)
{
    return run->checks;
}

void *
tw_run_take(tw_run *run, tw_stack *stack, size_t bytes)
{
    void *data = tw_memory_take(&run->memory, stack, bytes, &run->error);

    if (!data)
        run->failure = TW_ERR_MEMORY;
    return run->memory.sizes && bytes > TW_MEMORY_SMALL ? NULL : data;
}

tw_tensor *
tw_scratch(tw_run *run, const tw_tensor *like)
{
    return tw_scratch_shape(run, like->shape);
}

/* The tensor stands in front of its data, padded to a cache line. */
tw_tensor *
tw_scratch_try(tw_run *run, tw_shape shape, tw_error *err)
{
    enum { HEAD = (sizeof(tw_tensor) + 63) / 64 * 64 };
    _Static_assert((int) HEAD <= (int) TW_MEMORY_HEAD, "must be there");
    const bool sizes = run->memory.sizes;
    size_t bytes = sizeof(float);
    bool fits = true;

    for (int i = 0; i < shape.rank; i++)
        fits = fits && !__builtin_mul_overflow(bytes, shape.dim[i], &bytes);
    if (!fits || __builtin_add_overflow(bytes, HEAD, &bytes))
        bytes = SIZE_MAX;

    tw_tensor *tensor = tw_memory_take(&run->memory, &run->scratch, bytes, err);

    if (tensor)
        *tensor = (tw_tensor) {
            .shape = shape,
            .size = sizes ? 0 : tw_shape_size(shape),
            .data = sizes ? NULL : (float *) (void *) ((char *) tensor + HEAD),
        };
    return tensor;
}

tw_tensor *
tw_scratch_shape(tw_run *run, tw_shape shape)
{
    tw_tensor *tensor = tw_scratch_try(run, shape, &run->error);

    if (!tensor)
        run->failure = TW_ERR_MEMORY;
    return tensor;
}

void *
tw_scratch_bytes(tw_run *run, size_t bytes)
{
    return tw_run_take(run, &run->scratch, bytes);
}

tw_status
tw_run_check(const tw_run *run)
{
    return run->failure;
}

size_t
tw_run_mark(const tw_run *run)
{
    return run->scratch.count;
}

void
tw_run_release(tw_run *run, size_t mark)
{
    tw_memory_release(&run->memory, &run->scratch, mark);
}

static tw_arena *
find_arena(tw_run *run, const void *owner)
{
    tw_arena *arena = run->arenas;

    while (arena && arena->owner != owner)
        arena = arena->next;
    if (arena)
        return arena;

    arena = calloc(1, sizeof *arena);
    if (!arena) {
        run->failure = tw_fail(&run->error, TW_ERR_MEMORY,
                               _("The system has no memory left"));
        return NULL;
    }
    arena->owner = owner;
    arena->next = run->arenas;
    run->arenas = arena;
    return arena;
}

void *
tw_run_arena(tw_run *run, const void *owner, size_t bytes)
{
    tw_arena *arena = find_arena(run, owner);

    if (!arena)
        return NULL;
    if (arena->stack.count == 0 || arena->bytes < bytes) {
        tw_memory_release(&run->memory, &arena->stack, 0);
        arena->data = tw_run_take(run, &arena->stack, bytes);
        arena->bytes = bytes;
    }
    return arena->data;
}

void
tw_run_hold(tw_run *run, const void *owner, size_t bytes)
{
    tw_arena *arena = find_arena(run, owner);

    if (!arena || arena->bytes >= bytes)
        return;
    tw_memory_release(&run->memory, &arena->stack, 0);
    if (tw_memory_count(&run->memory, &arena->stack, bytes, &run->error))
        arena->bytes = bytes;
    else
        run->failure = TW_ERR_MEMORY;
}

void
tw_scratch_hold(tw_run *run, size_t bytes)
{
    if (!tw_memory_count(&run->memory, &run->scratch, bytes, &run->error))
        run->failure = TW_ERR_MEMORY;
}

void
tw_run_set_threads(tw_run *run, int threads)
{
    run->config.threads = run->threads = threads;
    if (run->entered)
        omp_set_num_threads(threads);
}

size_t
tw_run_memory_limit(const tw_run *run)
{
    return run->memory.limit;
}

size_t
tw_run_peak(const tw_run *run)
{
    return run->memory.peak;
}

void
tw_randn(tw_run *run, tw_tensor *out)
{
    tw_random_normal(run->config.seed, run->sample, run->draw++, out->data,
                     out->size);
}

void
tw_run_key(tw_run *run, uint32_t key[2])
{
    const uint64_t seed = run->config.seed;
    const uint32_t outer[2] = { (uint32_t) seed, (uint32_t) (seed >> 32) };
    const uint32_t counter[4] = { UINT32_MAX, run->draw++,
                                  (uint32_t) run->sample,
                                  (uint32_t) (run->sample >> 32) };
    uint32_t bits[4];

    tw_philox(counter, outer, bits);
    memcpy(key, bits, 2 * sizeof *key);
}

void
tw_run_reseed(tw_run *run, uint64_t sample)
{
    run->sample = sample;
    run->draw = 0;
}
