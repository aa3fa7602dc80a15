/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operator of the table of examples, by the identities it must obey. */

#include <math.h>

#include "check.h"
#include "operators/operator-private.h"
#include "operators/operators.h"

/* An instance and tensors for it. */
typedef struct fixture {
    tw_operator *op;
    tw_run *run;
    tw_shape xs, ys;
    tw_tensor *x, *z, *g, *y, *e; /* x, z, y: noise; g like x, e like y */
    bool linear;
} fixture;

/* Disks and waves over the whole range, out = factor out + that. */
static void
add_picture(tw_tensor *out, double factor)
{
    const int64_t h = out->shape.dim[2], w = out->shape.dim[3];

    for (int64_t i = 0; i < out->size; i++) {
        const double row = (double) (i / w % h), column = (double) (i % w);
        const double disk =
            hypot(fmod(row, 40) - 20, fmod(column, 50) - 25) < 12 ? 0.9 : -0.2;

        out->data[i] = (float) (factor * (double) out->data[i] + disk +
                                0.7 * sin(row / 9 + column / 13));
    }
    tw_clamp(out, -1, 1);
}

static bool
set_up(fixture *f, int index, int threads)
{
    f->op = tw_operator_example(index, &f->xs);
    if (!f->op)
        return false;
    f->run = check_run(1, threads);
    f->ys = tw_y_shape(f->op, f->xs);
    f->x = check_tensor(f->xs);
    f->z = check_tensor(f->xs);
    f->g = check_tensor(f->xs);
    f->y = check_tensor(f->ys);
    f->e = check_tensor(f->ys);
    f->linear = f->op->klass->flags & TW_OPERATOR_LINEAR;
    check_fill(f->x, 11);
    check_fill(f->z, 12);
    check_fill(f->y, 13);
    if (!f->linear) { /* Gauss-Newton wants a problem that makes sense */
        add_picture(f->z, 0);
        check_ok(tw_forward(f->op, f->z, f->e, f->run), f->run);
        tw_lin2(f->y, 0.02, f->y, 1, f->e);
        add_picture(f->z, 0);
        tw_lin2(f->z, 1, f->z, 0.1, f->x);
    }
    return true;
}

static void
tear_down(fixture *f)
{
    check_free(f->x);
    check_free(f->z);
    check_free(f->g);
    check_free(f->y);
    check_free(f->e);
    tw_run_free(f->run);
    tw_operator_free(f->op);
}

static double
distance(const tw_tensor *a, const tw_tensor *b)
{
    tw_tensor *d = check_tensor(a->shape);

    tw_lin2(d, 1, a, -1, b);
    const double norm = tw_norm(d);

    check_free(d);
    return norm;
}

#define EXAMPLES(f, threads)                                                   \
    for (int index = 0; set_up(&(f), index, threads); tear_down(&(f)), index++)

static const char *
title(const fixture *f, int index, const char *what)
{
    static char text[100];

    g_snprintf(text, sizeof text, "%d %s: %s", index, f->op->klass->name, what);
    return text;
}

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
        check_near(title(&f, index, "adjoint"), tw_dot(f.e, f.y),
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
        const double error = distance(out, f.y) / tw_norm(f.y);

        if (f.linear)
            check_near(title(&f, index, "linear"), error, 0, 1e-6);
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
        g_test_message("%s, rho %g: %.2g", title(&f, index, "prox"), rhos[i],
                       gradient(&f, f.x, rhos[i]) / start);
        check_near(title(&f, index, "gradient of prox"),
                   gradient(&f, f.x, rhos[i]) / start, 0,
                   prox_limit(&f, rhos[i]));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/operators/adjoint", test_adjoint);
    g_test_add_func("/operators/linear", test_linear);
    g_test_add_func("/operators/prox", test_prox);
    return g_test_run();
}
