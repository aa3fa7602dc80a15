/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What run.c, progress.c and tape.c share. */

#ifndef TW_RUN_PRIVATE_H
#define TW_RUN_PRIVATE_H

#include <stdatomic.h>

#include "core/memory.h"
#include "core/run.h"

typedef struct tw_arena tw_arena;

typedef struct tw_window {
    int64_t top, left, height, width; /* width 0: everything */
} tw_window;

/* Where a run stands. */
typedef struct tw_work {
    const char *phase;
    double from, to; /* the part of the request that the steps fill */
    int step, steps; /* the steps done; of how many: 0 if not known yet */
    int before, planned, all;   /* see tw_run_count(); all is 0: not counted */
    double fraction;            /* reported last */
    double started, started_at; /* time and fraction when the span began */
    double reported, estimated; /* times of the last report and estimate */
    tw_window window;
} tw_work;

struct tw_run {
    tw_run_config config;
    double born; /* seconds of the monotonic clock */
    atomic_bool cancelled, stopping;
    tw_tensor *kept; /* see tw_run_keep() */
    tw_error error;
    tw_status failure; /* remembered for tw_run_check() */

    tw_memory memory;
    tw_stack scratch;
    tw_arena *arenas;

    uint64_t sample; /* see tw_run_reseed() */
    uint32_t draw;

    int entered, threads_outside;
    int threads; /* as many as can be had, known when entered */
    int evaluations, checks;
    tw_work work;

    /* Of a run that only sizes: see sizing.h. */
    int sized_steps;
    double multiply_adds, last_work;
};

/* Seconds of the monotonic clock. */
double tw_run_now(void);

/* Onto @stack; a failure is remembered. */
void *tw_run_take(tw_run *run, tw_stack *stack, size_t bytes);

/* As tw_scratch_shape(), but a failure goes to @err and is not remembered. */
tw_tensor *tw_scratch_try(tw_run *run, tw_shape shape, tw_error *err);

/* Progress at the start of a run. */
void tw_run_begin(tw_run *run);

#endif
