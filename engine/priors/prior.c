/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way to a prior: what holds for every one of them is done here. */

#include <math.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "priors/prior.h"

/* What the clamping to [-1, 1] does to a derivative: 1 where it let the value
 * through, else 0. */
static tw_status
clip_pull(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const unsigned char *inside = saved;

    (void) run;
#pragma omp parallel for if (v->size > TW_SERIAL)
    for (int64_t i = 0; i < v->size; i++)
        g->data[i] = inside[i] ? v->data[i] : 0;
    return TW_OK;
}

static tw_status
clip_record(const tw_tensor *x0, tw_tape *tape, const tw_run *run)
{
    unsigned char *inside =
        tw_tape_bytes(tape, (size_t) tw_shape_size(x0->shape));

    TW_TRY(tw_run_check(run));
#pragma omp parallel for if (x0->size > TW_SERIAL)
    for (int64_t i = 0; i < x0->size; i++)
        inside[i] = fabsf(x0->data[i]) <= 1;
    return tw_tape_record(tape, clip_pull, inside, x0->shape, x0->shape);
}

static tw_status
check_shapes(const tw_prior *prior, const tw_tensor *x, const tw_tensor *x0,
             tw_run *run)
{
    if (tw_shape_equal(x->shape, x0->shape))
        return TW_OK;
    return tw_fail(tw_run_error(run), TW_ERR_ARGUMENT,
                   _("The tensors given to '%s' do not fit together, which is "
                     "an error in the program"),
                   prior->klass->name);
}

static tw_status
denoise(const tw_prior *prior, const tw_tensor *x, double sigma, tw_tensor *x0,
        tw_tape *tape, tw_run *run)
{
    const double level = fmin(fmax(sigma, prior->sigma_min), prior->sigma_max);

    TW_TRY(tw_run_poll(run));
    TW_TRY(check_shapes(prior, x, x0, run));
    tw_run_count_evaluations(run, 1 + prior->more_evaluations);
    if (tw_run_only_counts(run)) {
        tw_run_add_work(run, -1);
        return TW_OK;
    }
    if (tw_run_is_sizing(run))
        tw_run_add_work(run, prior->klass->work(prior, x->shape));
    TW_TRY(prior->klass->denoise(prior, x, level, x0, tape, run));
    if (!tw_all_finite(x0))
        return tw_fail(tw_run_error(run), TW_ERR_DIVERGED,
                       _("The result holds values that are not numbers: the "
                         "settings of the solver do not suit this picture"));
    if (prior->clips && tape)
        TW_TRY(clip_record(x0, tape, run));
    if (prior->clips)
        tw_clamp(x0, -1, 1);
    return TW_OK;
}

tw_status
tw_denoise(const tw_prior *prior, const tw_tensor *x, double sigma,
           tw_tensor *x0, tw_tape *tape, tw_run *run)
{
    const size_t mark = tw_run_mark(run);

    tw_run_enter(run);
    const tw_status status = denoise(prior, x, sigma, x0, tape, run);

    tw_run_leave(run);
    tw_run_release(run, mark);
    return status;
}

double
tw_prior_work(const tw_prior *prior, tw_shape x)
{
    return prior->klass->work(prior, x);
}

void
tw_prior_free(tw_prior *prior)
{
    if (prior)
        prior->klass->free(prior);
}

tw_status
tw_prior_visit(const tw_prior *prior, const tw_tensor *x, double sigma,
               tw_pull_func pull, tw_tape *tape, tw_run *run)
{
    tw_visit *visit = tw_tape_bytes(tape, sizeof *visit);
    float *data =
        tw_tape_bytes(tape, (size_t) tw_shape_size(x->shape) * sizeof *data);

    TW_TRY(tw_run_check(run));
    *visit = (tw_visit) { prior, sigma, { x->shape, x->size, data } };
    tw_copy(&visit->x, x);
    return tw_tape_record(tape, pull, visit, x->shape, x->shape);
}
