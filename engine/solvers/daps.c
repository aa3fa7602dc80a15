/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DAPS: decoupled annealing posterior sampling.
 * Zhang et al. 2025, arXiv:2407.01521, algorithm 1, in closed form.
 *
 * The paper draws x0 from exp(-|y - A x|^2 / 2v - |x - xh|^2 / 2r^2) by a long
 * Langevin chain. For a linear A the same draw is exact by "perturb and solve":
 * noise is added to the center (deviation r) and to the data (deviation of
 * their noise), then the fit is solved once. Two more differences: the center
 * is one evaluation, D(x, sigma), not five steps of the probability flow, and
 *
 *     r^2 = q sd^2 sigma^2 / (sd^2 + sigma^2)
 *
 * in place of sigma^2; with the paper's two choices the spread of x0 counts
 * twice (methods 5.3.1).
 */

#include <math.h>

#include "solvers/solver.h"

enum { Q };

static const tw_param params[] = {
    TW_REAL("q", N_("Texture"),
            N_("Uncertainty of the model's estimate: more follows the "
               "measurement more closely"),
            0.01, 100, 1),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    const double v = tw_data_variance(p->data);
    tw_tensor *x0 = tw_scratch(run, x), *z = tw_scratch(run, x);
    tw_tensor *y = tw_scratch(run, p->data->y);
    tw_tensor *n = tw_scratch(run, p->data->y);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];
        const double r2 = par[Q] * tw_prior_variance(p->prior, sigma);

        /* the center, D(x, sigma) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* a draw of x0 given x and y; at the end its mean */
        TW_TRY(tw_data_complete(p->data, x0, y, run));
        if (next > 0) {
            tw_randn(run, z);
            tw_lin2(x0, 1, x0, sqrt(r2), z);
            tw_randn(run, n);
            tw_lin2(y, 1, y, sqrt(v), n);
        }
        TW_TRY(tw_prox(p->data->op, y, x0, v / r2, x0, run));

        /* x ~ N(x0, next^2 I) */
        TW_TRY(tw_renoise(x, x0, x0, sigma, next, 1, run));

        TW_TRY(tw_run_step(run, i + 1, p->steps, x0));
    }
    return TW_OK;
}

const tw_solver tw_solver_daps = {
    .name = "daps",
    .title = N_("Decoupled annealing (DAPS, in closed form)"),
    .paper = "Zhang et al. 2025, arXiv:2407.01521",
    .needs = 0,
    .params = params,
    .schedule = "karras",
    .steps = 50,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
