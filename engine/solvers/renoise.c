/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Data fit and fresh noise: the style "textured".
 *
 * The estimate D(x, sigma) is fitted to the data with a scalar model of its
 * uncertainty, r^2 = q sd^2 sigma^2 / (sd^2 + sigma^2) (the covariance of Song
 * et al. 2023, "Pseudoinverse-guided diffusion models", with the deviation sd
 * of the data), and noised again, independently, to the next level. It is
 * DiffPIR's loop (Zhu et al. 2023, arXiv:2305.08995, algorithm 1) with zeta 1,
 * which draws all noise afresh, and with this covariance in place of
 * sigma^2 / lambda, which trusts the data too much at high levels.
 *
 * Higher q keep more texture and more noise. With our denoiser 1.5 and 2 were the
 * best of 0.5...4 for a Gaussian blur, but 1 is better by 1 to 2 dB for motion
 * and defocus when there is little noise: by default q sinks from 1.5 where a fit
 * passes more of the data's noise, as lambda grows in hqs.c.
 */

#include <math.h>

#include "solvers/solver.h"

enum { Q };

static const tw_param params[] = {
    { "q", N_("Texture"),
      N_("Uncertainty of the model's estimate: more follows the measurement "
         "more closely"),
      TW_PARAM_REAL, 0.01, 100, (double) NAN, TW_PARAM_AUTO, NULL, NULL },
    TW_PARAM_END,
};

/* q where little noise passes, and how much is little: a share of sigma. */
static const double MOST = 1.5, LITTLE = 0.25;

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x);
    double q = par[Q];

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];
        const double variance = tw_prior_variance(p->prior, sigma);

        if (isnan(par[Q])) {
            double passed;

            TW_TRY(tw_data_passed(p->data, x, MOST * variance, &passed, run));
            q = MOST / fmax(1, passed / (LITTLE * sigma));
        }
        const double r2 = q * variance;

        /* x0 = D(x, sigma) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* x0 = argmin -2 log p(y|x) + |x - x0|^2 / r2 */
        TW_TRY(tw_data_prox(p->data, x0, r2, x0, run));

        /* x = x0 + next n */
        TW_TRY(tw_renoise(x, x0, x0, sigma, next, 1, run));

        TW_TRY(tw_run_step(run, i + 1, p->steps, x0));
    }
    return TW_OK;
}

const tw_solver tw_solver_renoise = {
    .name = "renoise",
    .title = N_("Data fit and fresh noise"),
    .paper = "Zhu et al. 2023, arXiv:2305.08995, with the covariance of Song "
             "et al. 2023",
    .needs = 0,
    .params = params,
    .schedule = "karras",
    .steps = 15,
    .high = 1,
    .low = 0.01,
    .solve = solve,
};
