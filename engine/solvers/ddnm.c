/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DDNM: the denoising diffusion null-space model.
 * Wang, Yu and Zhang 2023, arXiv:2212.00490, algorithm 1; with time-travel,
 * algorithm 2, in the form of the authors' program: each stretch of `travel`
 * steps is walked `repeat` times, going back by adding noise.
 *
 * The data are taken to be free of noise: what noise they have stays in the
 * result. With the singular values known, ddrm.c is the paper's DDNM+.
 */

#include <math.h>

#include "solvers/solver.h"

enum { ETA, TRAVEL, REPEAT };

static const tw_param params[] = {
    TW_REAL("eta", N_("Fresh noise"),
            N_("Share of the noise that is new in each step"), 0, 1, 0.85),
    TW_INT("travel", N_("Travel length"),
           N_("Steps in a stretch that is repeated"), 1, 1000, 1),
    TW_INT("repeat", N_("Repetitions"), N_("How often a stretch is walked"), 1,
           100, 1),
    TW_PARAM_END,
};

typedef struct state {
    const tw_problem *problem;
    double eta;
    tw_tensor *x, *x0, *fit, *r;
} state;

/* One step of algorithm 1, from level i to level i + 1. */
static tw_status
step(const state *s, int i, tw_run *run)
{
    const tw_problem *p = s->problem;
    const double sigma = p->sigma[i], next = p->sigma[i + 1];

    /* line 3: x0 = D(x, sigma) */
    TW_TRY(tw_denoise(p->prior, s->x, sigma, s->x0, NULL, run));

    /* line 4: fit = A^+ y + (I - A^+ A) x0 = x0 + A^+ (y - A x0) */
    TW_TRY(tw_data_residual(p->data, s->x0, s->r, run));
    TW_TRY(tw_pinv(p->data->op, s->r, s->fit, run));
    tw_lin2(s->fit, 1, s->x0, 1, s->fit);

    /* line 5, with the noise that the prior sees: estimated again after the
     * fit it would be biased (methods 1.8) */
    return tw_renoise(s->x, s->fit, s->x0, sigma, next, s->eta * s->eta, run);
}

/* Back from level @next up to level @sigma; uses s->fit. */
static void
travel_back(const state *s, double next, double sigma, tw_run *run)
{
    tw_randn(run, s->fit);
    tw_lin2(s->x, 1, s->x, sqrt(sigma * sigma - next * next), s->fit);
}

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    const state s = { p,
                      par[ETA],
                      x,
                      tw_scratch(run, x),
                      tw_scratch(run, x),
                      tw_scratch(run, p->data->y) };
    const int length = (int) par[TRAVEL], repeat = (int) par[REPEAT];
    const int stretches = (p->steps - 1) / length; /* before the last one */
    const int all = p->steps + stretches * length * (repeat - 1);
    int done = 0;

    TW_TRY(tw_run_check(run));
    for (int from = 0; from < p->steps; from += length) {
        const bool last = from + length >= p->steps;
        const int to = last ? p->steps : from + length;

        for (int k = 0; k < (last ? 1 : repeat); k++) {
            if (k > 0)
                travel_back(&s, p->sigma[to], p->sigma[from], run);
            for (int i = from; i < to; i++) {
                TW_TRY(step(&s, i, run));
                TW_TRY(tw_run_step(run, ++done, all, s.fit));
            }
        }
    }
    return TW_OK;
}

const tw_solver tw_solver_ddnm = {
    .name = "ddnm",
    .title = N_("Null-space model (DDNM)"),
    .paper = "Wang et al. 2023, arXiv:2212.00490",
    .needs = TW_NEEDS_LINEAR,
    .params = params,
    .schedule = "ddpm",
    .steps = 100,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
