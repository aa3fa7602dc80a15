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
 *
 * A scalar makes too much of the data in smooth places, where the model is sure:
 * their noise passes, at the frequencies where a blur leaves little, and stays in
 * the noise that is kept from step to step. So where some of it passes less noise
 * is kept, down to none as in renoise.c, and where much passes q sinks, too.
 */

#include <math.h>

#include "solvers/solver.h"

enum { Q, ETA };

static const tw_param params[] = {
    { "q", N_("Texture"),
      N_("Uncertainty of the model's estimate: more follows the measurement "
         "more closely"),
      TW_PARAM_REAL, 0.01, 100, (double) NAN, TW_PARAM_AUTO, NULL, NULL },
    TW_REAL("eta", N_("Fresh noise"),
            N_("Share of the noise that is new in each step"), 0, 1, 1),
    TW_PARAM_END,
};

/* How much of the data's noise may pass before q sinks, and before less noise is
 * kept: shares of sigma. */
static const double MUCH = 0.25, SOME = 0.1;

/* q and the share of the noise that is kept, by the noise that passes. */
static tw_status
weigh(const tw_problem *p, const tw_tensor *x, double sigma, double *q,
      double *kept, tw_run *run)
{
    double passed;

    TW_TRY(tw_data_passed(p->data, x, tw_prior_variance(p->prior, sigma),
                          &passed, run));
    *q = 1 / fmax(1, passed / (MUCH * sigma));
    *kept = pow(fmax(1, passed / (SOME * sigma)), -4);
    return TW_OK;
}

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x);
    double q = par[Q], kept = 1;

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];

        if (isnan(par[Q]))
            TW_TRY(weigh(p, x, sigma, &q, &kept, run));

        /* x0 = D(x, sigma) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* x0 = E[x0 | x, y] = argmin -2 log p(y|x) + |x - x0|^2 / r2 */
        TW_TRY(tw_data_prox(p->data, x0, q * tw_prior_variance(p->prior, sigma),
                            x0, run));

        /* x = x0 + next (sqrt(1 - f) (x - x0) / sigma + sqrt(f) n) */
        const double f = tw_ddim_share(par[ETA], sigma, next);

        TW_TRY(tw_renoise(x, x0, x0, sigma, next, 1 - kept * (1 - f), run));

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
