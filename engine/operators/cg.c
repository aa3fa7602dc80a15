/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conjugate gradients.
 * Hestenes and Stiefel 1952, "Methods of conjugate gradients for solving linear
 * systems".
 */

#include <math.h>

#include "operators/operator-private.h"

static tw_status
solve(tw_apply_func apply, const void *user_data, const tw_tensor *b,
      int iterations, double tolerance, tw_tensor *x, tw_run *run)
{
    tw_tensor *r = tw_scratch(run, b), *p = tw_scratch(run, b);
    tw_tensor *q = tw_scratch(run, b);

    TW_TRY(tw_run_check(run));
    const double least = tolerance * tw_norm(b);

    TW_TRY(apply(user_data, x, r, run));
    tw_lin2(r, 1, b, -1, r);
    tw_copy(p, r);
    double rr = tw_dot(r, r);

    for (int i = 0; i < iterations && sqrt(rr) > least; i++) {
        TW_TRY(tw_run_poll(run));
        TW_TRY(apply(user_data, p, q, run));
        const double pq = tw_dot(p, q);

        if (!(pq > 0)) /* solved as far as rounding lets it */
            break;
        tw_lin2(x, 1, x, rr / pq, p);
        tw_lin2(r, 1, r, -rr / pq, q);
        const double old = rr;

        rr = tw_dot(r, r);
        tw_lin2(p, 1, r, rr / old, p);
    }
    return TW_OK;
}

tw_status
tw_cg(tw_apply_func apply, const void *user_data, const tw_tensor *b,
      int iterations, double tolerance, tw_tensor *x, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const tw_status status =
        solve(apply, user_data, b, iterations, tolerance, x, run);

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
