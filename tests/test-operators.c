/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operator of the table of examples, by the identities it must obey. */

#include <math.h>
#include <string.h>

#include "check-operators.h"
#include "operators/operator-private.h"

/* <A x, y> = <x, A^T y>; float rounding over some 50,000 values of size 1. */
static void
test_adjoint(void)
{
    fixture f;

    EXAMPLES(f, 1)
    {
        if (!f.linear)
            continue;
        check_ok(tw_forward(f.op, f.x, f.e, f.run), f.run);
        check_ok(tw_adjoint(f.op, NULL, f.y, f.g, f.run), f.run);
        check_near(check_title(&f, index, "adjoint"), tw_dot(f.e, f.y),
                   tw_dot(f.x, f.g), 1e-6 * tw_norm(f.e) * tw_norm(f.y));
    }
}

/* A(2 x - 3 z) = 2 A x - 3 A z */
static void
test_linear(void)
{
    fixture f;

    EXAMPLES(f, 1)
    {
        tw_tensor *sum = check_tensor(f.xs), *out = check_tensor(f.ys);

        tw_lin2(sum, 2, f.x, -3, f.z);
        check_ok(tw_forward(f.op, sum, out, f.run), f.run);
        check_ok(tw_forward(f.op, f.x, f.y, f.run), f.run);
        check_ok(tw_forward(f.op, f.z, f.e, f.run), f.run);
        tw_lin2(f.y, 2, f.y, -3, f.e);
        const double error = check_distance(out, f.y) / tw_norm(f.y);

        if (f.linear)
            check_near(check_title(&f, index, "linear"), error, 0, 1e-6);
        else
            g_assert_cmpfloat(error, >, 0.01);
        check_free(sum);
        check_free(out);
    }
}

/* How far prox may be from the solution: |gradient| as a share of what it was at
 * z. Iterative ones stop at a residual of 1e-3 of their own kind; three steps of
 * Gauss-Newton get less far the more they change. */
static double
prox_limit(const fixture *f, double rho)
{
    if (!f->linear)
        return rho < 0.01 ? 0.3 : 5e-3;
    /* in units of the noise, where a rho of 1 is small */
    if (!strcmp(f->op->klass->name, "jpeg") && rho < 0.01)
        return 0.02;
    return f->op->klass->prox ? 3e-3 : 2e-4;
}

/* gradient / 2 = J^T (A(x) - y) + rho (x - z) */
static double
gradient(const fixture *f, const tw_tensor *x, double rho)
{
    check_ok(tw_forward(f->op, x, f->e, f->run), f->run);
    tw_lin2(f->e, 1, f->e, -1, f->y);
    check_ok(tw_adjoint(f->op, x, f->e, f->g, f->run), f->run);
    tw_lin3(f->g, 1, f->g, rho, x, -rho, f->z);
    return tw_norm(f->g);
}

static void
test_prox(void)
{
    static const double rhos[] = { 0.001, 0.03, 1 };
    fixture f;

    EXAMPLES(f, 0)
    for (int i = 0; i < 3; i++) {
        const double start = gradient(&f, f.z, rhos[i]);

        check_ok(tw_prox(f.op, f.y, f.z, rhos[i], f.x, f.run), f.run);
        g_test_message("%s, rho %g: %.2g", check_title(&f, index, "prox"),
                       rhos[i], gradient(&f, f.x, rhos[i]) / start);
        check_near(check_title(&f, index, "gradient of prox"),
                   gradient(&f, f.x, rhos[i]) / start, 0,
                   prox_limit(&f, rhos[i]));
    }
}

/* The operator's own prox, and conjugate gradients carried further. */
static void
test_prox_twice(void)
{
    fixture f;

    EXAMPLES(f, 0)
    {
        if (!f.linear)
            continue;
        tw_tensor *d = check_tensor(f.xs);

        check_ok(tw_prox(f.op, f.y, f.z, 0.03, f.x, f.run), f.run);
        check_ok(tw_forward(f.op, f.z, f.e, f.run), f.run);
        tw_lin2(f.e, 1, f.y, -1, f.e);
        check_ok(tw_cgls(f.op, f.e, 0.03, 500, 1e-6, d, f.run), f.run);
        tw_lin2(f.x, 1, f.x, -1, f.z);
        /* the residual is 1e-3 at most, where rho is 0.03 */
        check_near(check_title(&f, index, "prox by other means"),
                   check_distance(f.x, d) / tw_norm(d), 0, 1e-2);

        /* x == z is allowed */
        tw_copy(f.g, f.z);
        check_ok(tw_prox(f.op, f.y, f.g, 0.03, f.g, f.run), f.run);
        tw_lin2(f.x, 1, f.x, 1, f.z);
        check_near(check_title(&f, index, "prox in place"),
                   check_distance(f.g, f.x), 0, 1e-6 * tw_norm(f.x));
        check_free(d);
    }
}

/* A A^+ A x = A x, but for the singular values of a blur below 3 % of the
 * largest, which count as 0. */
static void
test_pinv(void)
{
    fixture f;

    EXAMPLES(f, 0)
    {
        if (!f.linear) {
            g_assert_cmpint(tw_pinv(f.op, f.y, f.x, f.run), ==,
                            TW_ERR_UNSUPPORTED);
            continue;
        }
        const bool exact = (f.op->klass->flags & TW_OPERATOR_PROJECTS) ||
                           !strcmp(f.op->klass->name, "downsample");

        check_ok(tw_forward(f.op, f.x, f.y, f.run), f.run);
        check_ok(tw_pinv(f.op, f.y, f.g, f.run), f.run);
        check_ok(tw_forward(f.op, f.g, f.e, f.run), f.run);
        check_near(check_title(&f, index, "A A^+ A"),
                   check_distance(f.e, f.y) / tw_norm(f.y), 0,
                   exact ? 1e-4 : 0.03);
    }
}

/* V^T and U^T keep lengths, V^T x comes back, S V^T x = U^T A x. */
static void
test_spectral(void)
{
    fixture f;

    EXAMPLES(f, 0)
    {
        if (!(f.op->klass->flags & TW_OPERATOR_SPECTRAL)) {
            g_assert_cmpint(tw_values(f.op, f.x, f.run), ==,
                            TW_ERR_UNSUPPORTED);
            continue;
        }
        tw_tensor *s = check_tensor(f.xs), *v = check_tensor(f.xs);
        const double norm = tw_norm(f.x);

        check_ok(tw_values(f.op, s, f.run), f.run);
        check_ok(tw_to_v(f.op, f.x, v, f.run), f.run);
        check_near(check_title(&f, index, "|V^T x|"), tw_norm(v) / norm, 1,
                   1e-6);
        check_ok(tw_from_v(f.op, v, f.g, f.run), f.run);
        check_near(check_title(&f, index, "V V^T x"),
                   check_distance(f.g, f.x) / norm, 0, 1e-6);
        check_ok(tw_forward(f.op, f.x, f.e, f.run), f.run);
        check_ok(tw_to_u(f.op, f.e, f.g, f.run), f.run);
        check_near(check_title(&f, index, "|U^T A x|"),
                   tw_norm(f.g) / tw_norm(f.e), 1, 1e-6);
        for (int64_t i = 0; i < v->size; i++) {
            g_assert_cmpfloat(s->data[i], >=, 0);
            v->data[i] *= s->data[i];
        }
        check_near(check_title(&f, index, "S V^T x - U^T A x"),
                   check_distance(f.g, v) / tw_norm(v), 0, 1e-6);
        check_free(s);
        check_free(v);
    }
}

/* J^T v against (A(x + h u) - A(x - h u)) / 2 h. */
static void
test_curves(void)
{
    const double h = 1e-2;
    fixture f;

    EXAMPLES(f, 0)
    {
        if (f.linear)
            continue;
        tw_tensor *u = check_tensor(f.xs);

        check_fill(u, 20);
        check_scene(f.x);
        tw_lin2(f.x, 0.9, f.x, 0, f.x);
        check_ok(tw_adjoint(f.op, f.x, f.y, f.g, f.run), f.run);
        const double pulled = tw_dot(f.g, u);

        tw_lin2(f.z, 1, f.x, h, u);
        check_ok(tw_forward(f.op, f.z, f.e, f.run), f.run);
        const double above = tw_dot(f.e, f.y);

        tw_lin2(f.z, 1, f.x, -h, u);
        check_ok(tw_forward(f.op, f.z, f.e, f.run), f.run);

        /* the curve's third derivative leaves h^2 / 6 of the value */
        check_near(check_title(&f, index, "J^T v"),
                   (above - tw_dot(f.e, f.y)) / (2 * h), pulled,
                   1e-3 * tw_norm(f.g) * tw_norm(u));
        check_free(u);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/operators/adjoint", test_adjoint);
    g_test_add_func("/operators/linear", test_linear);
    g_test_add_func("/operators/prox", test_prox);
    g_test_add_func("/operators/prox-twice", test_prox_twice);
    g_test_add_func("/operators/pinv", test_pinv);
    g_test_add_func("/operators/spectral", test_spectral);
    g_test_add_func("/operators/curves", test_curves);
    return g_test_run();
}
