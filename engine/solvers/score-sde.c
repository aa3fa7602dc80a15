/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conditional sampling by projection.
 * Song et al. 2021, arXiv:2011.13456, appendix I.4; for linear inverse problems
 * Song et al. 2022, arXiv:2111.08005, eq. 8 with lambda 1.
 *
 * After each step of the prior, what A sees of the state is replaced by the data,
 * noised to the state's level. What it sees does not know of the rest, so there are
 * seams, and the noise of y is taken for signal: a method to compare with.
 */

#include "solvers/solver.h"

enum { ETA };

static const tw_param params[] = {
    TW_REAL("eta", N_("Fresh noise"),
            N_("Share of the noise that is new in each step"), 0, 1, 1),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x), *fit = tw_scratch(run, x);
    tw_tensor *r = tw_scratch(run, p->data->y), *n = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];

        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));
        TW_TRY(tw_renoise(x, x0, x0, sigma, next,
                          tw_ddim_share(par[ETA], sigma, next), run));

        /* x = (I - A^+ A) x + A^+ (y + next A n) = n' + A^+ (y - A n'),
         * n' = x - next n, and next n back */
        tw_randn(run, n);
        tw_lin2(x, 1, x, -next, n);
        TW_TRY(tw_data_residual(p->data, x, r, run));
        TW_TRY(tw_pinv(p->data->op, r, fit, run));
        tw_lin3(x, 1, x, 1, fit, next, n);
        TW_TRY(tw_run_step(run, i + 1, p->steps, next > 0 ? x0 : x));
    }
    return TW_OK;
}

const tw_solver tw_solver_score_sde = {
    .name = "score-sde",
    .title = N_("Projection of the noised state (Score-SDE)"),
    .paper = "Song et al. 2021, arXiv:2011.13456; Song et al. 2022, "
             "arXiv:2111.08005",
    .needs = TW_NEEDS_LINEAR,
    .params = params,
    .schedule = "ddpm",
    .steps = 100,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
