/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DPS: diffusion posterior sampling.
 * Chung et al. 2023, arXiv:2209.14687, algorithm 1.
 *
 * The gradient goes through the network, so any A will do that can be
 * differentiated, at two to three times the cost of an evaluation. The step is
 * along the gradient of |y - A D(x)|, not of its square (the authors' program).
 * Their state is the scaled one of DDPM, x / sqrt(1 + sigma^2); in ours the same
 * step has the factor sqrt((1 + sigma^2) (1 + next^2)).
 */

#include <math.h>

#include "solvers/solver.h"

enum { ZETA };

static const tw_param params[] = {
    TW_REAL("zeta", N_("Data"), N_("Weight of the measurement"), 0, 100, 0.3),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x), *g = tw_scratch(run, x);
    tw_tensor *r = tw_scratch(run, p->data->y);
    tw_tape *tape = tw_tape_new(run);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];

        /* line 4: x0 = D(x, sigma) */
        tw_tape_rewind(tape);
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, tape, run));

        /* line 7: g = -gradient of |y - A x0| = J^T A^T r / |r| */
        TW_TRY(tw_data_residual(p->data, x0, r, run));
        const double norm = tw_norm(r);

        TW_TRY(tw_adjoint(p->data->op, x0, r, g, run));
        TW_TRY(tw_pull(tape, g, g, run));

        /* line 6: the ancestral step, and line 7: x += zeta g */
        TW_TRY(tw_renoise(x, x0, x0, sigma, next, tw_ddim_share(1, sigma, next),
                          run));
        const double scale = sqrt((1 + sigma * sigma) * (1 + next * next));

        tw_lin2(x, 1, x, norm > 0 ? par[ZETA] * scale / norm : 0, g);
        TW_TRY(tw_run_step(run, i + 1, p->steps, next > 0 ? x0 : x));
    }
    return TW_OK;
}

const tw_solver tw_solver_dps = {
    .name = "dps",
    .title = N_("Diffusion posterior sampling (DPS)"),
    .paper = "Chung et al. 2023, arXiv:2209.14687",
    .needs = TW_NEEDS_PULL,
    .params = params,
    .schedule = "ddpm",
    .steps = 250,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
