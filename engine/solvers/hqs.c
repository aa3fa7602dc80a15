/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plug-and-play restoration by half quadratic splitting: the style "faithful".
 * Zhang et al. 2021, arXiv:2008.13751, eq. 6 and algorithm 1.
 *
 * Data fit and denoiser in turn, the denoiser's level sinking; no noise is ever
 * added, so the result tends to the mean of what the picture may have been. The
 * paper has lambda 0.23 for everything. What a fit passes of the data's noise
 * has at most the deviation sigma_k / (2 sqrt(lambda)) at any frequency, so from
 * 0.25 on it is nowhere more than the denoiser is told. A Gaussian kernel comes
 * near that bound in a narrow band only, and 0.1 is better by 0.2 dB; kernels of
 * motion and defocus do so in wide ones, and with 0.1 the iteration runs away
 * (8 dB lost). By default lambda therefore grows from 0.1 as that noise does.
 */

#include <math.h>

#include "solvers/solver.h"

enum { LAMBDA };

static const tw_param params[] = {
    { "lambda", N_("Regularization"),
      N_("Weight of the model against the measurement"), TW_PARAM_REAL, 0.001,
      100, (double) NAN, TW_PARAM_AUTO, NULL, NULL },
    TW_PARAM_END,
};

/* lambda where little noise passes, and how much is little: a share of sigma.
 * Shares of 0.5 and 0.6 end within 0.1 dB of each other. */
static const double LEAST = 0.1, LITTLE = 0.5;

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    double lambda = par[LAMBDA];

    for (int k = 0; k < p->steps; k++) {
        const double sigma = p->sigma[k], variance = sigma * sigma;

        if (isnan(par[LAMBDA])) {
            double passed;

            TW_TRY(tw_data_passed(p->data, x, variance / LEAST, &passed, run));
            lambda = LEAST * fmax(1, passed / (LITTLE * sigma));
        }
        /* eq. 6a: x_k = argmin |y - A x|^2 + alpha_k |x - z_(k-1)|^2 */
        TW_TRY(tw_data_prox(p->data, x, variance / lambda, x, run));

        /* eq. 6b: z_k = D(x_k, sigma_k) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x, NULL, run));

        TW_TRY(tw_run_step(run, k + 1, p->steps, x));
    }
    return TW_OK;
}

const tw_solver tw_solver_hqs = {
    .name = "hqs",
    .title = N_("Plug and play (half quadratic splitting)"),
    .paper = "Zhang et al. 2021, arXiv:2008.13751",
    .needs = TW_STARTS_CLEAN,
    .params = params,
    .schedule = "log",
    .steps = 8,
    .high = 0.4,
    .low = 0.02,
    .solve = solve,
};
