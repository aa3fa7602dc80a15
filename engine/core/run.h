/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One run: everything that changes while one request is being computed.
 *
 * Models, operators and solvers are immutable once built and may be shared by
 * any number of threads. What changes lives here: scratch memory, random
 * numbers, progress, the flags of cancelling and stopping, and the error. One
 * thread drives a run; only tw_run_cancel() and tw_run_stop() may be called from
 * another.
 */

#ifndef TW_RUN_H
#define TW_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/status.h"
#include "core/tensor.h"

typedef struct tw_run tw_run;

typedef struct tw_progress {
    double fraction;     /* of the whole request, 0…1, never goes back */
    double seconds_left; /* negative while unknown */
    int step, steps; /* those done, of all of the request; steps 0: not known */
    const char *phase; /* translated and static, e.g. "Loading the model" */
    const tw_tensor *estimate; /* (1, 3, H, W), sRGB in [-1, 1]: the picture as
                                  it stands; NULL when no new one is due. Only
                                  valid during the call. */
} tw_progress;

/* Called on the thread that drives the run. Return false to cancel. */
typedef bool (*tw_report_func)(const tw_progress *progress, void *user_data);

typedef struct tw_run_config {
    uint64_t seed;          /* with the same request: the same picture, bit for
                               bit, for any number of threads */
    int threads;            /* 0: one per core */
    size_t memory_limit;    /* bytes in use at once; 0: no limit */
    double report_interval; /* least seconds between two estimates */
    double time_limit;      /* seconds; the run cancels itself; 0: none */
    tw_report_func report;  /* may be NULL */
    void *user_data;
} tw_run_config;

tw_run *tw_run_new(const tw_run_config *config); /* NULL: out of memory */
void tw_run_free(tw_run *run);                   /* NULL is fine */
void tw_run_cancel(tw_run *run);                 /* any thread, any time */
tw_error *tw_run_error(tw_run *run);             /* owned by the run */

/* Stop and keep: the solver ends after the step that it is in, and the estimate
 * of that step is the result, finished as any other; see tw_report.stopped.
 * Holds for all that the run does later, too. Any thread, any time. */
void tw_run_stop(tw_run *run);

/* Returns TW_CANCELLED once the run was cancelled or its time limit is over, else
 * TW_OK. It costs an atomic load, and with a time limit a look at the clock: call
 * it between the layers of a network, or ten times in a loop over a picture. */
tw_status tw_run_poll(tw_run *run);

/* --- work and progress --- */

/* Around all work of a run: OpenMP's thread count of the calling thread is set
 * to the run's and put back. May be nested. Where the system does not give so
 * many threads, or after a fork, there are fewer (threads.h). */
void tw_run_enter(tw_run *run);
void tw_run_leave(tw_run *run);
int tw_run_threads(const tw_run *run);
void tw_run_set_threads(tw_run *run, int threads);

/* What is being done, translated and static; reports it. */
void tw_run_phase(tw_run *run, const char *phase);

/* The steps that follow fill this part of the whole request, 0…1. */
void tw_run_span(tw_run *run, double from, double to);

/* For tw_progress, so that a request of several loops has one count: the steps that
 * follow, however many the loop says, are @planned ones after @before, of @all. Holds
 * until the next tw_run_span(). */
void tw_run_count(tw_run *run, int before, int planned, int all);

/* Once per solver step @step of @steps (from 1), with the current estimate in
 * state space (NULL: none); reports progress. Step 0, before the loop, tells how
 * many there will be, so that the first one can already show its parts. Returns
 * TW_OK, TW_CANCELLED, or TW_STOPPED: a stop was asked for, this was not the last
 * step anyway, and @estimate is now where tw_run_keep() said. */
tw_status tw_run_step(tw_run *run, int step, int steps,
                      const tw_tensor *estimate);

/* Where the estimate goes when the run is stopped; NULL: it is not stopped. The
 * tensor may be the one that the steps give as their estimate. */
void tw_run_keep(tw_run *run, tw_tensor *kept);

/* Has a stop been asked for? */
bool tw_run_stopping(const tw_run *run);

/* The steps done of the solver's loop and how many it has, as reported last. */
int tw_run_steps_done(const tw_run *run, int *steps);

/* Inside a step: the share 0…1 of the step's work that is done; may be called
 * often, reports at most ten times a second. Returns TW_OK or TW_CANCELLED. */
tw_status tw_run_part(tw_run *run, double part);

/* Shows only the window of (1, 3, @height, @width) at (@top, @left) of each
 * estimate to the report function; 0 width: all of it. */
void tw_run_window(tw_run *run, int64_t top, int64_t left, int64_t height,
                   int64_t width);

/* Network evaluations so far; tw_denoise() counts them. */
void tw_run_count_evaluations(tw_run *run, int count);
int tw_run_evaluations(const tw_run *run);

/* Those since there were @before were made to judge a result: they are counted
 * apart. */
void tw_run_count_checks(tw_run *run, int before);
int tw_run_checks(const tw_run *run);

/* --- memory --- */

/* A scratch tensor shaped like @like, uninitialised. Belongs to the run and
 * goes when the dispatcher that called you (tw_solve(), tw_prox(), ...)
 * returns, so there is nothing to free. Out of memory: NULL, and the run
 * remembers; take all you need, then ask once with TW_TRY(tw_run_check(run)). */
tw_tensor *tw_scratch(tw_run *run, const tw_tensor *like);
tw_tensor *tw_scratch_shape(tw_run *run, tw_shape shape);

/* The same for plain bytes, 64-byte aligned. */
void *tw_scratch_bytes(tw_run *run, size_t bytes);

/* The failure that the run remembers, or TW_OK. */
tw_status tw_run_check(const tw_run *run);

/* For dispatchers: everything taken after the mark goes with the release. */
size_t tw_run_mark(const tw_run *run);
void tw_run_release(tw_run *run, size_t mark);

/* A block that stays until the run ends and is found again by @owner (for a
 * network's activations: taken once, touched once). Grows when @bytes does; its
 * content is then lost. NULL: as tw_scratch(). */
void *tw_run_arena(tw_run *run, const void *owner, size_t bytes);

/* Counts bytes that somebody else holds as if they were of the run: until its end,
 * once for each @owner; or as long as scratch memory taken now. Fails as
 * tw_scratch(). */
void tw_run_hold(tw_run *run, const void *owner, size_t bytes);
void tw_scratch_hold(tw_run *run, size_t bytes);

/* The limit that the run was made with; 0: none. */
size_t tw_run_memory_limit(const tw_run *run);

/* Most bytes in use at one time so far: scratch, arenas, and what was counted. */
size_t tw_run_peak(const tw_run *run);

/* --- random numbers --- */

/* Independent standard normal samples: Philox 4x32-10 (Salmon et al. 2011,
 * "Parallel random numbers: as easy as 1, 2, 3") keyed by the seed, counted by
 * the number of the draw and the index of the sample; Box-Muller. */
void tw_randn(tw_run *run, tw_tensor *out);

/* A key for tw_philox(), of the same kind: for what is not a normal sample. */
void tw_run_key(tw_run *run, uint32_t key[2]);

/* Starts the sequence again, as if the seed were (seed, @sample): sample 0 is
 * the seed itself. */
void tw_run_reseed(tw_run *run, uint64_t sample);

#endif
