/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PiGDM: pseudoinverse-guided diffusion models.
 * Song, Vahdat, Mardani and Kautz 2023, ICLR (OpenReview 9_gsMA8MRKQ), algorithm 1.
 *
 * With the covariance r^2 of x0 given x the score of the data is
 *     J^T A^T (r^2 A A^T + v)^-1 (y - A x0),
 * weighted by r^2 (the authors' program), so that the step is J^T of what a fit
 * with that covariance would change: no system but the fit's own is solved. Their
 * r^2 is sigma^2 / (1 + sigma^2); here the data's deviation takes the place of 1.
 */

#include "solvers/solver.h"

enum { ETA };

static const tw_param params[] = {
    TW_REAL("eta", N_("Fresh noise"),
            N_("Share of the noise that is new in each step"), 0, 1, 1),
    TW_PARAM_END,
};

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x), *g = tw_scratch(run, x);
    tw_tape *tape = tw_tape_new(run);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        const double sigma = p->sigma[i], next = p->sigma[i + 1];

        /* line 4: x0 = D(x, sigma) */
        tw_tape_rewind(tape);
        TW_TRY(tw_denoise(p->prior, x, sigma, x0, tape, run));

        /* line 6: g = r^2 J^T A^T (r^2 A A^T + v)^-1 (y - A x0) */
        TW_TRY(tw_data_prox(p->data, x0, tw_prior_variance(p->prior, sigma), g,
                            run));
        tw_lin2(g, 1, g, -1, x0);
        TW_TRY(tw_pull(tape, g, g, run));

        /* line 7: DDIM's step, and g */
        TW_TRY(tw_renoise(x, x0, x0, sigma, next,
                          tw_ddim_share(par[ETA], sigma, next), run));
        tw_lin2(x, 1, x, 1, g);
        TW_TRY(tw_run_step(run, i + 1, p->steps, next > 0 ? x0 : x));
    }
    return TW_OK;
}

const tw_solver tw_solver_pigdm = {
    .name = "pigdm",
    .title = N_("Pseudoinverse guidance (PiGDM)"),
    .paper = "Song et al. 2023, ICLR (OpenReview 9_gsMA8MRKQ)",
    .needs = TW_NEEDS_PULL,
    .params = params,
    .schedule = "ddpm",
    .steps = 100,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
