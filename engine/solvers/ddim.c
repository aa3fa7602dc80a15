/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DDIM: sampling from the prior alone.
 * Song, Meng and Ermon 2021, arXiv:2010.02502, eq. 12 and 16.
 *
 * eta 1 is DDPM's ancestral sampling (Ho et al. 2020, arXiv:2006.11239,
 * algorithm 2), eta 0 follows the probability flow deterministically.
 */

#include "solvers/solver.h"

enum { ETA };

static const tw_param params[] = {
    TW_REAL("eta", N_("Fresh noise"),
            N_("0 is deterministic (DDIM), 1 is ancestral (DDPM)"), 0, 1, 0),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];

        /* "predicted x0" */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* "direction pointing to x_t" and "random noise"; eq. 16 */
        const double fresh = tw_ddim_share(par[ETA], sigma, next);

        TW_TRY(tw_renoise(x, x0, x0, sigma, next, fresh, run));

        TW_TRY(tw_run_step(run, i + 1, p->steps, x0));
    }
    return TW_OK;
}

const tw_solver tw_solver_ddim = {
    .name = "ddim",
    .title = N_("Sampling from the model alone (DDIM, DDPM)"),
    .paper = "Song et al. 2021, arXiv:2010.02502; Ho et al. 2020, "
             "arXiv:2006.11239",
    .needs = TW_IGNORES_DATA,
    .params = params,
    .schedule = "ddpm",
    .steps = 50,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
