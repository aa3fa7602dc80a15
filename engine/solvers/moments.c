/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sample of what the picture may have been: the detail of the other solvers'
 * results, and its uncertainty, without the mean's smoothness.
 *
 * The estimate D(x, sigma) becomes the mean of x0 given x and the data, with the
 * covariance of x0 given x taken as the scalar r^2 = q sd^2 sigma^2 / (sd^2 +
 * sigma^2) (Song et al. 2023, "Pseudoinverse-guided diffusion models", section
 * 3.3, with the deviation sd of the data; moment matching, Rozet et al. 2024,
 * arXiv:2405.13712, has the full one). From there DDIM goes to the next level
 * (Song et al. 2021, arXiv:2010.02502, eq. 12 and 16). The direction of the noise
 * is that which the fitted estimate leaves in x. Noising afresh instead
 * (renoise.c) halves the variance, and ends near the mean.
 */

#include "solvers/solver.h"

enum { Q, ETA };

static const tw_param params[] = {
    TW_REAL("q", N_("Texture"),
            N_("Uncertainty of the model's estimate: more follows the "
               "measurement more closely"),
            0.01, 100, 1),
    TW_REAL("eta", N_("Fresh noise"),
            N_("Share of the noise that is new in each step"), 0, 1, 1),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];
        const double r2 = par[Q] * tw_prior_variance(p->prior, sigma);

        /* x0 = D(x, sigma) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* x0 = E[x0 | x, y] = argmin -2 log p(y|x) + |x - x0|^2 / r2 */
        TW_TRY(tw_data_prox(p->data, x0, r2, x0, run));

        /* x = x0 + next (sqrt(1 - f) (x - x0) / sigma + sqrt(f) n) */
        TW_TRY(tw_renoise(x, x0, x0, sigma, next,
                          tw_ddim_share(par[ETA], sigma, next), run));

        TW_TRY(tw_run_step(run, i + 1, p->steps, x0));
    }
    return TW_OK;
}

const tw_solver tw_solver_moments = {
    .name = "moments",
    .title = N_("Moment matching"),
    .paper = "Rozet et al. 2024, arXiv:2405.13712, with the covariance of Song "
             "et al. 2023",
    .needs = 0,
    .params = params,
    .schedule = "karras",
    .steps = 30,
    .high = 1,
    .low = 0.01,
    .solve = solve,
};
