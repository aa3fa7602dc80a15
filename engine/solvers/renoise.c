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
 * q: 1.5 and 2 were the best of 0.5...4 with our denoiser (Gaussian blur, 1 %
 * noise); higher keeps more texture and more noise.
 */

#include "solvers/solver.h"

enum { Q };

static const tw_param params[] = {
    TW_REAL("q", N_("Texture"),
            N_("Uncertainty of the model's estimate: more follows the "
               "measurement more closely"),
            0.01, 100, 1.5),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    const double v = tw_data_variance(p);
    tw_tensor *x0 = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];
        const double r2 = par[Q] * tw_prior_variance(p->prior, sigma);

        /* x0 = D(x, sigma) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* x0 = argmin |y - A x|^2 / v + |x - x0|^2 / r2 */
        TW_TRY(tw_prox(p->op, p->y, x0, v / r2, x0, run));

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
    .x_tensors = 2,
    .y_tensors = 0,
    .evaluations = 1,
    .solve = solve,
};
