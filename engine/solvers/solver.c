/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way to a solver, and what solvers share. */

#include <math.h>
#include <string.h>

#include "core/sizing.h"
#include "solvers/solver.h"

const tw_solver *
tw_solver_find(const char *name)
{
    for (int i = 0; tw_solvers[i]; i++)
        if (strcmp(tw_solvers[i]->name, name) == 0)
            return tw_solvers[i];
    return NULL;
}

static tw_status
check_needs(const tw_solver *solver, const tw_problem *p, tw_run *run)
{
    if (solver->needs & TW_IGNORES_DATA)
        return TW_OK;
    const tw_operator_class *klass = p->data->op->klass;

    if ((solver->needs & TW_NEEDS_LINEAR) &&
        !(klass->flags & TW_OPERATOR_LINEAR))
        return tw_fail(tw_run_error(run), TW_ERR_UNSUPPORTED,
                       _("Solver '%s' needs a linear degradation, and '%s' is "
                         "not linear: choose another solver, such as 'hqs'"),
                       solver->name, klass->name);
    if ((solver->needs & TW_NEEDS_SPECTRAL) &&
        !(klass->flags & TW_OPERATOR_SPECTRAL))
        return tw_fail(tw_run_error(run), TW_ERR_UNSUPPORTED,
                       _("Solver '%s' needs the singular values of the "
                         "degradation, and '%s' does not have them: choose "
                         "another solver, such as 'ddnm'"),
                       solver->name, klass->name);
    return TW_OK;
}

/* x = first guess + sigma[0] n, or the first guess alone. */
static tw_status
draw_start(const tw_solver *solver, const tw_problem *p, tw_tensor *x,
           tw_run *run)
{
    if (p->start)
        tw_copy(x, p->start);
    else
        tw_fill(x, 0);
    if (solver->needs & TW_STARTS_CLEAN)
        return TW_OK;
    const size_t mark = tw_run_mark(run);
    tw_tensor *n = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    tw_randn(run, n);
    TW_TRY(tw_run_poll(run));
    tw_lin2(x, 1, x, p->sigma[0], n);
    tw_run_release(run, mark);
    return TW_OK;
}

static tw_status
solve(const tw_solver *solver, const tw_problem *p, const double *par,
      tw_tensor *x, tw_run *run)
{
    TW_TRY(check_needs(solver, p, run));
    if (!par) {
        int count = 0;

        while (solver->params[count].name)
            count++;
        double *initial =
            tw_scratch_bytes(run, sizeof(double) * (size_t) (count + 1));

        TW_TRY(tw_run_check(run));
        for (int i = 0; i < count; i++)
            initial[i] = solver->params[i].initial;
        par = initial;
    }
    TW_TRY(draw_start(solver, p, x, run));
    TW_TRY(tw_run_step(run, 0, p->steps, NULL));
    tw_run_keep(run, x);
    const tw_status status = solver->solve(p, par, x, run);

    tw_run_keep(run, NULL);
    if (status != TW_STOPPED)
        TW_TRY(status);
    if (!tw_all_finite(x))
        return tw_fail(tw_run_error(run), TW_ERR_DIVERGED,
                       _("Solver '%s' diverged: its result holds values that "
                         "are not numbers; choose milder parameters or more "
                         "steps"),
                       solver->name);
    return TW_OK;
}

tw_status
tw_solve(const tw_solver *solver, const tw_problem *problem, const double *par,
         tw_tensor *x, tw_run *run)
{
    const size_t mark = tw_run_mark(run);

    tw_run_enter(run);
    tw_run_size_loop(run);
    const tw_status status = solve(solver, problem, par, x, run);

    tw_run_size_loop(run);
    tw_run_leave(run);
    tw_run_release(run, mark);
    return status;
}

tw_status
tw_renoise(tw_tensor *x, const tw_tensor *x0, const tw_tensor *from,
           double sigma, double next, double fresh, tw_run *run)
{
    const double kept = next * sqrt(1 - fresh) / sigma;
    const double added = next * sqrt(fresh);

    /* x = x0 + kept (x - from) */
    tw_lin3(x, kept, x, 1, x0, -kept, from);
    TW_TRY(tw_run_poll(run));
    if (added <= 0)
        return TW_OK;
    const size_t mark = tw_run_mark(run);
    tw_tensor *n = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    tw_randn(run, n);
    tw_lin2(x, 1, x, added, n);
    tw_run_release(run, mark);
    return TW_OK;
}

double
tw_ddim_share(double eta, double sigma, double next)
{
    return eta * eta * (1 - next * next / (sigma * sigma));
}

double
tw_prior_variance(const tw_prior *prior, double sigma)
{
    const double sd2 = prior->sigma_data * prior->sigma_data;

    return sd2 * sigma * sigma / (sd2 + sigma * sigma);
}
