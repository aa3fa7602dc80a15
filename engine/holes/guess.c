/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holes/guess.h"

#include <math.h>

#include "holes/onion.h"
#include "priors/self.h"

enum {
    TRIAL = 2, /* steps of all guesses: they tell as much as fifteen */
    START_ROUNDS = 4,
    PASSES = 4 /* of a round of the search */
};

/* Filling one from the rim takes as long as two thirds of them. */
const double tw_guess_start_passes = 48;

const double tw_guess_low = 0.1;
static const double high = 0.3;

static double
level(int step, int steps)
{
    return high * pow(tw_guess_low / high, (double) step / (steps - 1));
}

static double
energy(const tw_field *f, const tw_patches *p)
{
    double sum = 0;

    for (int32_t i = 0; i < p->targets; i++)
        sum += (double) f->distance[i];
    return sum;
}

tw_status
tw_guess_start(tw_guess *g, int number, const uint32_t key[2], tw_patches *p,
               tw_run *run)
{
    const uint32_t own[2] = { key[0], key[1] + (uint32_t) number };

    TW_TRY(tw_field_make(&g->field, p, 1, own, run));
    if (number > 0)
        TW_TRY(tw_onion(p, own, run));
    return tw_field_search(&g->field, p, START_ROUNDS, run);
}

/* Steps @from to below @to. @least: of those that came as far. */
static tw_status
work_out(tw_guess *g, int from, int to, const tw_guessing *how, bool alone,
         double *least, tw_patches *p, tw_run *run)
{
    for (int i = from; i < to; i++) {
        TW_TRY(tw_self_mean(p, &g->field, level(i, how->steps), run));
        TW_TRY(tw_field_search(&g->field, p, how->rounds, run));
        g->energy = energy(&g->field, p);
        TW_TRY(how->report(g, how->rounds * PASSES,
                           alone || (i + 1 == to && g->energy < *least),
                           how->user_data, run));
    }
    *least = fmin(*least, g->energy);
    return TW_OK;
}

/* The best first; of equals the one that came first. */
static void
sort(tw_guess *g, int count)
{
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && g[j].energy < g[j - 1].energy; j--) {
            const tw_guess better = g[j];

            g[j] = g[j - 1];
            g[j - 1] = better;
        }
}

static int
count_trial(const tw_guessing *how, int count)
{
    return count > how->kept && how->steps > TRIAL ? TRIAL : how->steps;
}

tw_status
tw_guess_choose(tw_guess *g, int count, const tw_guessing *how, tw_patches *p,
                tw_run *run)
{
    const int trial = count_trial(how, count);
    const int kept = count < how->kept ? count : how->kept;
    double least = HUGE_VAL;

    for (int i = 0; i < count; i++)
        TW_TRY(work_out(&g[i], 0, trial, how, count == 1, &least, p, run));
    sort(g, count);
    least = HUGE_VAL;
    for (int i = 0; i < kept; i++)
        TW_TRY(
            work_out(&g[i], trial, how->steps, how, kept == 1, &least, p, run));
    sort(g, kept);
    return TW_OK;
}

double
tw_guess_passes(const tw_guessing *how, int count)
{
    const int trial = count_trial(how, count);
    const int kept = count < how->kept ? count : how->kept;

    return (double) how->rounds * PASSES *
           (count * trial + kept * (how->steps - trial));
}

size_t
tw_guess_bytes(int64_t height, int64_t width, int64_t targets, int64_t count)
{
    return tw_field_bytes(targets * (count + 1), 1) + (size_t) count * 1024 +
           tw_onion_bytes(height, width);
}
