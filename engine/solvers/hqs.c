/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plug-and-play restoration by half quadratic splitting: the style "faithful".
 * Zhang et al. 2021, arXiv:2008.13751, eq. 6 and algorithm 1.
 *
 * Data fit and denoiser in turn, the denoiser's level sinking; no noise is ever
 * added, so the result tends to the mean of what the picture may have been. The
 * paper has lambda 0.23 and levels from 49/255 (of 1) down to the noise of y;
 * 0.1 and the levels here were better with our denoiser by 0.3 dB (Gaussian
 * blur, 1 % noise).
 */

#include "solvers/solver.h"

enum { LAMBDA };

static const tw_param params[] = {
    TW_REAL("lambda", N_("Regularization"),
            N_("Weight of the model against the measurement"), 0.001, 100, 0.1),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    const double v = tw_data_variance(p);

    for (int k = 0; k < p->steps; k++) {
        const double sigma = p->sigma[k];
        const double alpha = par[LAMBDA] * v / (sigma * sigma);

        /* eq. 6a: x_k = argmin |y - A x|^2 + alpha_k |x - z_(k-1)|^2 */
        TW_TRY(tw_prox(p->op, p->y, x, alpha, x, run));

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
    .x_tensors = 0,
    .y_tensors = 0,
    .evaluations = 1,
    .solve = solve,
};
