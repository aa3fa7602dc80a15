/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DiffPIR: denoising diffusion models for plug-and-play image restoration.
 * Zhu et al. 2023, arXiv:2305.08995, algorithm 1.
 *
 * Unlike the authors' program, the last step fits the data too: the box has no
 * exception for it. The authors' zeta is 0.1 for blur, 0.25 for small pictures
 * and 1 for holes.
 */

#include "solvers/solver.h"

enum { LAMBDA, ZETA };

static const tw_param params[] = {
    TW_REAL("lambda", N_("Regularization"),
            N_("Weight of the model against the measurement"), 0.001, 1000, 1),
    TW_REAL("zeta", N_("Fresh noise"),
            N_("Share of the noise's variance that is new in each step"), 0, 1,
            0.3),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];

        /* line 1: rho = lambda sigma_n^2 / sigma^2, of the variance */
        const double r2 = sigma * sigma / par[LAMBDA];

        /* line 3: x0 = D(x, sigma) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* line 4: x0 = argmin |y - A x|^2 + rho |x - x0|^2 */
        TW_TRY(tw_data_prox(p->data, x0, r2, x0, run));

        /* lines 5 to 7: the noise estimated again after the fit, and new */
        TW_TRY(tw_renoise(x, x0, x0, sigma, next, par[ZETA], run));

        TW_TRY(tw_run_step(run, i + 1, p->steps, x0));
    }
    return TW_OK;
}

const tw_solver tw_solver_diffpir = {
    .name = "diffpir",
    .title = N_("Diffusion plug and play (DiffPIR)"),
    .paper = "Zhu et al. 2023, arXiv:2305.08995",
    .needs = 0,
    .params = params,
    .schedule = "ddpm",
    .steps = 100,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
