/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conjugate gradients.
 * Hestenes and Stiefel 1952, "Methods of conjugate gradients for solving linear
 * systems"; with a preconditioner as in Golub and Van Loan 2013, algorithm
 * 11.5.1.
 */

#include <math.h>

#include "core/sizing.h"
#include "operators/operator-private.h"

typedef struct system {
    tw_apply_func apply, precondition;
    const void *user_data;
} system;

/* s = the preconditioned r */
static tw_status
precondition(const system *m, const tw_tensor *r, tw_tensor *s, tw_run *run)
{
    if (m->precondition)
        return m->precondition(m->user_data, r, s, run);
    return TW_OK; /* s is r */
}

static tw_status
solve(const system *m, const tw_tensor *b, int iterations, double tolerance,
      tw_tensor *x, tw_run *run)
{
    tw_tensor *r = tw_scratch(run, b), *p = tw_scratch(run, b);
    tw_tensor *q = tw_scratch(run, b);
    tw_tensor *s = m->precondition ? tw_scratch(run, b) : r;

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_run_poll(run));
    const double least = tolerance * tw_norm(b);

    if (tw_norm(x) > 0)
        TW_TRY(m->apply(m->user_data, x, r, run));
    else
        tw_fill(r, 0);
    tw_lin2(r, 1, b, -1, r);
    TW_TRY(precondition(m, r, s, run));
    tw_copy(p, s);
    double rs = tw_dot(r, s);

    if (tw_run_is_sizing(run)) /* precondition() was sized above */
        return m->apply(m->user_data, p, q, run);
    for (int i = 0; i < iterations && tw_norm(r) > least; i++) {
        TW_TRY(tw_run_poll(run));
        TW_TRY(m->apply(m->user_data, p, q, run));
        const double pq = tw_dot(p, q);

        if (!(rs > 0) || !(pq > 0)) /* solved as far as rounding lets it */
            break;
        tw_lin2(x, 1, x, rs / pq, p);
        tw_lin2(r, 1, r, -rs / pq, q);
        TW_TRY(precondition(m, r, s, run));
        const double old = rs;

        rs = tw_dot(r, s);
        tw_lin2(p, 1, s, rs / old, p);
    }
    return TW_OK;
}

tw_status
tw_cg(tw_apply_func apply, tw_apply_func precondition_func,
      const void *user_data, const tw_tensor *b, int iterations,
      double tolerance, tw_tensor *x, tw_run *run)
{
    const system m = { apply, precondition_func, user_data };
    const size_t mark = tw_run_mark(run);
    const tw_status status = solve(&m, b, iterations, tolerance, x, run);

    tw_run_release(run, mark);
    return status;
}

static tw_status
solve_squares(const tw_operator *op, tw_tensor *e, double rho, int iterations,
              double tolerance, tw_tensor *d, tw_run *run)
{
    tw_tensor *s = tw_scratch(run, d), *p = tw_scratch(run, d);
    tw_tensor *q = tw_scratch(run, e);

    TW_TRY(tw_run_check(run));
    tw_fill(d, 0);
    TW_TRY(tw_adjoint(op, NULL, e, s, run));
    tw_copy(p, s);
    double ss = tw_dot(s, s);
    const double least = tolerance * tolerance * ss;

    if (tw_run_is_sizing(run)) /* the adjoint was sized above */
        return tw_forward(op, p, q, run);
    for (int i = 0; i < iterations && ss > least; i++) {
        TW_TRY(tw_forward(op, p, q, run));
        const double step = ss / (tw_dot(q, q) + rho * tw_dot(p, p));

        if (!isfinite(step))
            break;
        tw_lin2(d, 1, d, step, p);
        tw_lin2(e, 1, e, -step, q);
        TW_TRY(tw_adjoint(op, NULL, e, s, run)); /* s = A^T e - rho d */
        tw_lin2(s, 1, s, -rho, d);
        const double old = ss;

        ss = tw_dot(s, s);
        tw_lin2(p, 1, s, ss / old, p);
    }
    return TW_OK;
}

tw_status
tw_cgls(const tw_operator *op, tw_tensor *e, double rho, int iterations,
        double tolerance, tw_tensor *d, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const tw_status status =
        solve_squares(op, e, rho, iterations, tolerance, d, run);

    tw_run_release(run, mark);
    return status;
}
