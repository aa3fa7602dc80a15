/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdlib.h>

#include "priors/guided.h"

typedef struct guided {
    tw_prior base;
    tw_prior *plain, *worded;
    double w;
} guided;

static tw_status
pull_one(const tw_prior *prior, const tw_visit *r, const tw_tensor *v,
         tw_tensor *g, tw_run *run)
{
    tw_tape *tape = tw_tape_new(run);

    TW_TRY(tw_run_check(run));
    TW_TRY(prior->klass->denoise(prior, &r->x, r->sigma, g, tape, run));
    TW_TRY(tw_pull(tape, v, g, run));
    tw_tape_rewind(tape);
    return TW_OK;
}

/* g = J0^T v + w (J1 - J0)^T v */
static tw_status
pull(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const tw_visit *r = saved;
    const guided *p = (const guided *) r->prior;
    tw_tensor *g1 = tw_scratch(run, g);

    TW_TRY(tw_run_check(run));
    TW_TRY(pull_one(p->worded, r, v, g1, run));
    TW_TRY(pull_one(p->plain, r, v, g, run));
    tw_lin2(g, 1 - p->w, g, p->w, g1);
    return TW_OK;
}

static tw_status
denoise(const tw_prior *prior, const tw_tensor *x, double sigma, tw_tensor *x0,
        tw_tape *tape, tw_run *run)
{
    const guided *p = (const guided *) prior;
    tw_tensor *x1 = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    if (tape)
        TW_TRY(tw_prior_visit(prior, x, sigma, pull, tape, run));
    TW_TRY(p->worded->klass->denoise(p->worded, x, sigma, x1, NULL, run));
    TW_TRY(p->plain->klass->denoise(p->plain, x, sigma, x0, NULL, run));
    tw_lin2(x0, 1 - p->w, x0, p->w, x1);
    return TW_OK;
}

static double
work(const tw_prior *prior, tw_shape x)
{
    const guided *p = (const guided *) prior;

    return tw_prior_work(p->plain, x) + tw_prior_work(p->worded, x);
}

static void
destroy(tw_prior *prior)
{
    guided *p = (guided *) prior;

    tw_prior_free(p->plain);
    tw_prior_free(p->worded);
    free(p);
}

static const tw_prior_class klass = {
    .name = "guided",
    .denoise = denoise,
    .work = work,
    .free = destroy,
};

tw_prior *
tw_prior_guided(tw_prior *plain, tw_prior *worded, double guidance)
{
    guided *p = calloc(1, sizeof *p);

    if (!p) {
        tw_prior_free(plain);
        tw_prior_free(worded);
        return NULL;
    }
    p->base = *plain;
    p->base.klass = &klass;
    p->base.more_evaluations += 1 + worded->more_evaluations;
    p->plain = plain;
    p->worded = worded;
    p->w = guidance;
    return &p->base;
}
