/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * MPGD: manifold preserving guided diffusion.
 * He et al. 2024, arXiv:2311.16424, algorithm 1, without an autoencoder.
 *
 * One gradient step of |y - A x0|^2 / 2 on the estimate itself, not through the
 * network: the cheapest way to follow the data, which under-fits what A shows
 * weakly. The step must stay below 2 / |A|^2; our operators have |A| <= 1 but for
 * the weights of a camera's noise.
 */

#include "solvers/solver.h"

enum { STEP, ETA };

static const tw_param params[] = {
    TW_REAL("step", N_("Data"), N_("Weight of the measurement"), 0, 2, 1),
    TW_REAL("eta", N_("Fresh noise"),
            N_("Share of the noise that is new in each step"), 0, 1, 1),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x), *g = tw_scratch(run, x);
    tw_tensor *r = tw_scratch(run, p->data->y);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];

        /* line 3: x0 = D(x, sigma) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* line 5: x0 = x0 + c A^T (y - A x0) */
        TW_TRY(tw_data_residual(p->data, x0, r, run));
        TW_TRY(tw_adjoint(p->data->op, x0, r, g, run));
        tw_lin2(x0, 1, x0, par[STEP], g);

        /* line 6: DDIM's step, with the noise that the fit leaves in x */
        TW_TRY(tw_renoise(x, x0, x0, sigma, next,
                          tw_ddim_share(par[ETA], sigma, next), run));
        TW_TRY(tw_run_step(run, i + 1, p->steps, x0));
    }
    return TW_OK;
}

const tw_solver tw_solver_mpgd = {
    .name = "mpgd",
    .title = N_("Manifold preserving guidance (MPGD)"),
    .paper = "He et al. 2024, arXiv:2311.16424",
    .needs = 0,
    .params = params,
    .schedule = "ddpm",
    .steps = 100,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
