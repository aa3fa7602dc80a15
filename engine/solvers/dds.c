/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DDS: the decomposed diffusion sampler.
 * Chung, Lee and Ye 2024, arXiv:2303.05754.
 *
 * A few conjugate-gradient steps from the prior's estimate stay close to the
 * manifold of pictures (the paper's Krylov argument), so M is a parameter and
 * not an accuracy. gamma knows neither the noise of y nor the level.
 */

#include "solvers/solver.h"

enum { GAMMA, M, ETA };

static const tw_param params[] = {
    TW_REAL("gamma", N_("Data"),
            N_("Weight of the measurement (if it is noisy)"), 0.001, 1000, 1),
    TW_INT("m", N_("Inner steps"), N_("Conjugate-gradient steps"), 1, 100, 5),
    TW_REAL("eta", N_("Fresh noise"),
            N_("Share of the noise that is new in each step"), 0, 1, 0.85),
    TW_PARAM_END,
};

typedef struct normal {
    const tw_operator *op;
    double identity, gamma;
    tw_tensor *ax; /* shaped like y */
} normal;

/* out = identity in + gamma A^T A in */
static tw_status
apply(const void *user_data, const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    const normal *m = user_data;

    TW_TRY(tw_forward(m->op, in, m->ax, run));
    TW_TRY(tw_adjoint(m->op, in, m->ax, out, run));
    tw_lin2(out, m->identity, in, m->gamma, out);
    return TW_OK;
}

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x), *fit = tw_scratch(run, x);
    tw_tensor *aty = tw_scratch(run, x), *b = tw_scratch(run, x);
    const tw_data *data = p->data;
    const bool noisy = data->noise > 0;
    const normal m = { data->op, noisy ? 1 : 0, noisy ? par[GAMMA] : 1,
                       tw_scratch(run, data->y) };
    tw_tensor *y = tw_scratch(run, data->y);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];

        /* x0 = D(x, sigma) */
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, NULL, run));

        /* (I + gamma A^T A) fit = x0 + gamma A^T y, or A^T A fit = A^T y:
         * M steps from fit = x0 */
        TW_TRY(tw_data_complete(data, x0, y, run));
        TW_TRY(tw_adjoint(data->op, x0, y, aty, run));
        tw_lin2(b, m.identity, x0, m.gamma, aty);
        tw_copy(fit, x0);
        TW_TRY(tw_cg(apply, NULL, &m, b, (int) par[M], 1e-6, fit, run));

        /* x = fit + next (sqrt(1 - eta^2) e + eta n), e what the prior sees */
        TW_TRY(tw_renoise(x, fit, x0, sigma, next, par[ETA] * par[ETA], run));

        TW_TRY(tw_run_step(run, i + 1, p->steps, fit));
    }
    return TW_OK;
}

const tw_solver tw_solver_dds = {
    .name = "dds",
    .title = N_("Decomposed sampler (DDS)"),
    .paper = "Chung et al. 2024, arXiv:2303.05754",
    .needs = TW_NEEDS_LINEAR,
    .params = params,
    .schedule = "ddpm",
    .steps = 50,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
