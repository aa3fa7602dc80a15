/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "priors/wide.h"

/* Deviations of the noise by which a value may be outside by chance. */
static const double chance = 3;

typedef struct wide {
    tw_prior base;
    const tw_prior *inner;
    double reach;
} wide;

/* @x0 = @seen / gain, and what is beyond @limit = @x. */
static void
merge(const tw_tensor *x, const tw_tensor *seen, double gain, double limit,
      tw_tensor *x0)
{
    const float scale = (float) (1 / gain);

#pragma omp parallel for if (x0->size > TW_SERIAL)
    for (int64_t i = 0; i < x0->size; i++)
        x0->data[i] = fabsf(x->data[i]) > (float) limit ? x->data[i]
                                                        : scale * seen->data[i];
}

static tw_status
denoise(const tw_prior *prior, const tw_tensor *x, double sigma, tw_tensor *x0,
        tw_tape *tape, tw_run *run)
{
    const wide *p = (const wide *) prior;
    const double least = fmin(p->base.sigma_min / sigma, 1);
    const double gain = fmax(1 / p->reach, least);
    const double most = 1 + chance * gain * sigma;
    /* With all of the reach inside, what is beyond is noise, and must not stay. */
    const double limit = gain > 1 / p->reach ? most / gain : (double) INFINITY;
    tw_tensor *seen = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    if (tape && !tw_run_is_sizing(run))
        return tw_fail(tw_run_error(run), TW_ERR_UNSUPPORTED,
                       _("This solver takes no values outside of 0…1; choose "
                         "another solver"));
    tw_lin2(seen, gain, x, 0, x);
    tw_clamp(seen, -most, most);
    TW_TRY(p->inner->klass->denoise(p->inner, seen, gain * sigma, seen, tape,
                                    run));
    if (p->inner->clips)
        tw_clamp(seen, -1, 1);
    merge(x, seen, gain, limit, x0);
    return TW_OK;
}

static double
work(const tw_prior *prior, tw_shape x)
{
    return tw_prior_work(((const wide *) prior)->inner, x);
}

static void
destroy(tw_prior *prior)
{
    free(prior);
}

static const tw_prior_class klass = {
    .name = "wide",
    .denoise = denoise,
    .work = work,
    .free = destroy,
};

tw_prior *
tw_prior_wide(const tw_prior *inner, double reach)
{
    wide *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->base = *inner;
    p->base.klass = &klass;
    p->base.clips = false;
    p->inner = inner;
    p->reach = reach;
    return &p->base;
}
