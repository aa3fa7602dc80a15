/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How prior and measurement are brought together: one file per method.
 *
 * A solver is a constant description plus one function that holds the whole
 * loop of the paper's algorithm box. It has no state and allocates only with
 * tw_scratch(). Memory, evaluations and work of a plan are found by running it
 * without data, where tensors have the size 0 (core/sizing.h): nothing is to be
 * counted for it. To add one: write solvers/NAME.c, list it in meson.build and in
 * solvers/list.h. The parameter table makes the dialog, the
 * arguments of GIMP's procedure, the options of ImageMagick and the manual.
 */

#ifndef TW_SOLVER_H
#define TW_SOLVER_H

#include "core/i18n.h"
#include "core/run.h"
#include "data/data.h"
#include "priors/prior.h"
#include "schedules/schedule.h"
#include "solvers/param.h"

typedef struct tw_problem {
    const tw_prior *prior;
    const tw_data *data;    /* the measurement: A, y and its noise */
    const double *sigma;    /* sigma[0] > … > sigma[steps] = 0 */
    int steps;              /* at least 1 */
    const tw_tensor *start; /* a first guess of the picture; NULL: zeros */
} tw_problem;

enum {
    TW_NEEDS_LINEAR = 1 << 0,   /* a linear operator */
    TW_NEEDS_PULL = 1 << 1,     /* a tape: more memory, more time */
    TW_NEEDS_SPECTRAL = 1 << 2, /* the operator's spectral form */
    TW_STARTS_CLEAN = 1 << 3,   /* x is the first guess alone, without noise */
    TW_IGNORES_DATA = 1 << 4    /* draws from the prior; for research */
};

typedef struct tw_solver {
    const char *name;  /* "dps" */
    const char *title; /* N_("Diffusion posterior sampling") */
    const char *paper; /* "Chung et al. 2023, arXiv:2209.14687" */
    unsigned needs;
    const tw_param *params; /* ends with an entry whose name is NULL */

    /* What to use where neither the request nor the task's tuning says it. */
    const char *schedule; /* a name of tw_schedules[] */
    int steps;
    double high, low; /* levels */

    /* @x: state; on entry the first guess plus sigma[0] times noise, the result
     * on return. @par: one value per entry of params, in its order and range.
     * Reports each step with tw_run_step(), together with its estimate of the
     * clean picture, which is the result when the run is stopped. */
    tw_status (*solve)(const tw_problem *problem, const double *par,
                       tw_tensor *x, tw_run *run);
} tw_solver;

/* All of them, in the order of the menu; ends with NULL. */
extern const tw_solver *const tw_solvers[];

/* NULL: there is none of this name. */
const tw_solver *tw_solver_find(const char *name);

/* Checks the needs, draws the first x, runs, checks that the result is finite
 * and gives scratch memory back. A run that is stopped (tw_run_stop()) ends with
 * the estimate of the step it was in, TW_OK. @par NULL: initial values.
 * Fails with TW_ERR_UNSUPPORTED (a need is not met), TW_ERR_MEMORY,
 * TW_CANCELLED, TW_ERR_DIVERGED. */
tw_status tw_solve(const tw_solver *solver, const tw_problem *problem,
                   const double *par, tw_tensor *x, tw_run *run);

/* --- for solvers --- */

/* From noise level @sigma down to @next, given the estimate @x0 and the noise
 * direction e = (x - from) / sigma, with the share @fresh (0...1) of the
 * variance being new noise (methods: MIX with eta^2 = fresh):
 *     x = x0 + next (sqrt(1 - fresh) e + sqrt(fresh) n)
 * @from is x0 (re-estimated noise) or the prior's own estimate (stale).
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_renoise(tw_tensor *x, const tw_tensor *x0, const tw_tensor *from,
                     double sigma, double next, double fresh, tw_run *run);

/* The share that DDIM takes: eta^2 (1 - next^2 / sigma^2); with eta 1 that is
 * DDPM's posterior, with eta 0 it is deterministic. */
double tw_ddim_share(double eta, double sigma, double next);

/* The prior's own uncertainty about x0, as a scalar variance:
 * sd^2 sigma^2 / (sd^2 + sigma^2) (methods 1.6). */
double tw_prior_variance(const tw_prior *prior, double sigma);

#endif
