/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/sizing.h"

#include "core/run-private.h"

/* Steps of a loop that are sized: the second one may hold what the first one
 * left. */
enum { SIZED_STEPS = 2 };

tw_run *
tw_run_new_sizing(int threads)
{
    tw_run *run = tw_run_new(&(tw_run_config) { .threads = threads });

    if (run)
        run->memory.sizes = true;
    return run;
}

bool
tw_run_is_sizing(const tw_run *run)
{
    return run->memory.sizes;
}

bool
tw_run_only_counts(const tw_run *run)
{
    return run->memory.sizes && run->sized_steps >= SIZED_STEPS;
}

void
tw_run_size_loop(tw_run *run)
{
    run->sized_steps = 0;
}

void
tw_run_add_work(tw_run *run, double work)
{
    if (work >= 0)
        run->last_work = work;
    run->multiply_adds += run->last_work;
}

double
tw_run_work(const tw_run *run)
{
    return run->multiply_adds;
}
