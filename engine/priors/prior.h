/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a picture probably looks like: a denoiser.
 *
 * Every prior, whatever its network was trained to predict, answers one
 * question: given x = x0 + sigma n, with n standard normal, what is E[x0 | x]?
 * Solvers therefore know no timestep, no alpha-bar, no velocity.
 *
 * "State" is what the prior works on; for the priors here it is the picture,
 * (N, 3, H, W), sRGB in [-1, 1], any H and W from 1. sigma is in units of the
 * state.
 *
 * Wrappers are priors too: tiled.h works in overlapping tiles, guided.h adds a
 * text prompt (classifier-free guidance). A solver cannot tell.
 */

#ifndef TW_PRIOR_H
#define TW_PRIOR_H

#include "core/run.h"
#include "core/tape.h"

typedef struct tw_prior tw_prior;

typedef struct tw_prior_class {
    const char *name; /* for messages: "pixel", "tiled", … */

    /* @x, @x0: state. @tape: NULL, or record for tw_pull(). */
    tw_status (*denoise)(const tw_prior *prior, const tw_tensor *x,
                         double sigma, tw_tensor *x0, tw_tape *tape,
                         tw_run *run);

    /* Relative cost of one evaluation: network multiply-adds, for time=. */
    double (*work)(const tw_prior *prior, tw_shape x);

    void (*free)(tw_prior *prior);
} tw_prior_class;

struct tw_prior { /* first member of every prior's own struct */
    const tw_prior_class *klass;
    double sigma_min, sigma_max; /* range that the network was trained on */
    double sigma_data;           /* standard deviation of the data */
    int more_evaluations;        /* of networks in one call, beyond one */
    bool clips; /* x0 is clamped to [-1, 1]; off for the Gaussian test prior */
};

/* x0 = E[x0 | x] at noise level @sigma, clamped to the trained range.
 * @x and @x0 may be the same tensor. One call is one "network evaluation", the
 * unit in which progress is counted. Cancellable between layers.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED, TW_ERR_DIVERGED. */
tw_status tw_denoise(const tw_prior *prior, const tw_tensor *x, double sigma,
                     tw_tensor *x0, tw_tape *tape, tw_run *run);

double tw_prior_work(const tw_prior *prior, tw_shape x);
void tw_prior_free(tw_prior *prior); /* NULL is fine */

/* --- for wrappers --- */

/* Where a wrapper was evaluated: its pull evaluates there again, part by part,
 * so that only one part's record is in memory at a time. */
typedef struct tw_visit {
    const tw_prior *prior;
    double sigma;
    tw_tensor x; /* a copy */
} tw_visit;

/* Records @pull, whose saved is a tw_visit. Fails with TW_ERR_MEMORY. */
tw_status tw_prior_visit(const tw_prior *prior, const tw_tensor *x,
                         double sigma, tw_pull_func pull, tw_tape *tape,
                         tw_run *run);

#endif
