/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * EDM: sampling from the prior alone, second order.
 * Karras et al. 2022, arXiv:2206.00364, algorithm 2 (with S_churn 0:
 * algorithm 1 with Heun's steps).
 */

#include <math.h>

#include "solvers/solver.h"

enum { S_CHURN, S_MIN, S_MAX, S_NOISE };

static const tw_param params[] = {
    TW_REAL("churn", N_("Churn"),
            N_("Noise that is added and removed again; 0 is deterministic"), 0,
            100, 0),
    TW_REAL("churn-low", N_("Churn from"), N_("Lowest level with churn"), 0,
            100, 0.05),
    TW_REAL("churn-high", N_("Churn to"), N_("Highest level with churn"), 0,
            100, 50),
    TW_REAL("churn-noise", N_("Churn strength"),
            N_("Standard deviation of the added noise"), 0.9, 1.1, 1.003),
    TW_PARAM_END,
};

/* gamma_i, below the box. */
static double
gamma_at(const double *par, double t, int steps)
{
    if (t < par[S_MIN] || t > par[S_MAX])
        return 0;
    return fmin(par[S_CHURN] / steps, sqrt(2) - 1);
}

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x), *d = tw_scratch(run, x);
    tw_tensor *next = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double t = p->sigma[i], t_next = p->sigma[i + 1];

        /* lines 4 to 6: raise the level */
        const double t_hat = t * (1 + gamma_at(par, t, p->steps));

        if (t_hat > t) {
            tw_randn(run, d);
            tw_lin2(x, 1, x, par[S_NOISE] * sqrt(t_hat * t_hat - t * t), d);
        }

        /* line 7: d = (x - D(x, t_hat)) / t_hat */
        TW_TRY(tw_denoise(p->prior, x, t_hat, x0, NULL, run));
        tw_lin2(d, 1 / t_hat, x, -1 / t_hat, x0);

        /* line 8: Euler's step */
        const double h = t_next - t_hat;

        tw_lin2(next, 1, x, h, d);

        /* lines 9 to 11: the mean of the slopes at both ends */
        if (t_next > 0) {
            TW_TRY(tw_denoise(p->prior, next, t_next, x0, NULL, run));
            tw_lin3(d, 1, d, 1 / t_next, next, -1 / t_next, x0);
            tw_lin2(next, 1, x, h / 2, d);
        }
        tw_copy(x, next);
        TW_TRY(tw_run_step(run, i + 1, p->steps, x0));
    }
    return TW_OK;
}

const tw_solver tw_solver_edm_heun = {
    .name = "edm-heun",
    .title = N_("Sampling from the model alone (EDM)"),
    .paper = "Karras et al. 2022, arXiv:2206.00364",
    .needs = TW_IGNORES_DATA,
    .params = params,
    .schedule = "karras",
    .steps = 18,
    .high = 80,
    .low = 0.002,
    .solve = solve,
};
