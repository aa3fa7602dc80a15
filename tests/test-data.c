/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Data terms: gradients against differences of the loss, fits against closed
 * forms, and what is expected of a clipped value against sampling.
 */

#include <math.h>

#include "check.h"
#include "data/data.h"
#include "dense.h"
#include "operators/operators.h"

enum { N = DENSE_UNKNOWNS, M = DENSE_MEASURED };

typedef struct fixture {
    tw_run *run;
    tw_operator *op, *weighted;
    tw_tensor *x, *y, *even, *weights, *g;
} fixture;

static void
set_up(fixture *f, const void *data)
{
    const float y[M] = { -0.5F, 0.25F }, w[M] = { 2, 0.5F };

    (void) data;
    f->run = check_run(1, 1);
    f->op = dense_operator(M, N, dense_matrix);
    f->x = check_tensor(tw_shape4(1, 1, 1, N));
    f->g = check_tensor(f->x->shape);
    f->y = check_tensor(tw_shape4(1, 1, 1, M));
    f->even = check_tensor(f->y->shape);
    f->weights = check_tensor(f->y->shape);
    check_fill(f->x, 3);
    for (int i = 0; i < M; i++) {
        f->y->data[i] = y[i];
        f->weights->data[i] = w[i];
        f->even->data[i] = y[i] * w[i];
    }
    f->weighted =
        tw_operator_weighted(dense_operator(M, N, dense_matrix), f->weights);
}

static void
tear_down(fixture *f, const void *data)
{
    (void) data;
    tw_operator_free(f->op);
    tw_operator_free(f->weighted);
    check_free(f->x);
    check_free(f->y);
    check_free(f->g);
    check_free(f->even);
    check_free(f->weights);
    tw_run_free(f->run);
}

/* The gradient against central differences of the loss in double steps of h: they
 * are off by h^2 times the third derivative, and by the loss's rounding in floats
 * (about 1e-6) over h. */
static void
check_gradient(fixture *f, const tw_data *data)
{
    const double h = 0.02;
    double loss, above, below;
    tw_tensor *unused = check_tensor(f->x->shape);

    check_ok(tw_data_grad(data, f->x, &loss, f->g, f->run), f->run);
    for (int i = 0; i < N; i++) {
        const float x = f->x->data[i];

        f->x->data[i] = x + (float) h;
        check_ok(tw_data_grad(data, f->x, &above, unused, f->run), f->run);
        f->x->data[i] = x - (float) h;
        check_ok(tw_data_grad(data, f->x, &below, unused, f->run), f->run);
        f->x->data[i] = x;
        check_near("slope", (double) f->g->data[i], (above - below) / (2 * h),
                   2e-3 * (1 + fabs((double) f->g->data[i])));
    }
    check_free(unused);
}

static void
test_gradients(fixture *f, const void *unused)
{
    const tw_data gaussian = tw_data_gaussian(f->op, f->y, 0.5);
    const tw_data even = tw_data_gaussian(f->weighted, f->even, 0.5);
    const double low[] = { -0.5, -1, -0.5 }, high[] = { 1, 0.25, 0.25 };

    (void) unused;
    check_gradient(f, &gaussian);
    check_gradient(f, &even);
    for (int i = 0; i < 3; i++) {
        const tw_data_clipped clipped =
            tw_data_clip(gaussian, f->op, f->y, NULL, low[i], high[i], 0);
        const tw_data_clipped weighted =
            tw_data_clip(even, f->op, f->y, f->weights, low[i], high[i], 0);

        check_gradient(f, &clipped.base);
        check_gradient(f, &weighted.base);
    }
}

/* The fit is where the gradient of both terms vanishes. */
static void
test_prox(fixture *f, const void *unused)
{
    const double r2 = 0.3;
    const tw_data data = tw_data_gaussian(f->op, f->y, 0.5);
    tw_tensor *x = check_tensor(f->x->shape);
    double loss;

    (void) unused;
    check_ok(tw_data_prox(&data, f->x, r2, x, f->run), f->run);
    check_ok(tw_data_grad(&data, x, &loss, f->g, f->run), f->run);
    for (int i = 0; i < N; i++)
        check_near("stationary", (double) f->g->data[i],
                   ((double) f->x->data[i] - (double) x->data[i]) / r2, 2e-4);
    check_free(x);
}

/* Repeated, the fit of clipped data ends at the maximum of the censored likelihood
 * with the Gaussian around z: each round is one of expectation maximization. */
static void
test_rounds(fixture *f, const void *unused)
{
    const double r2 = 0.3;
    const tw_data gaussian = tw_data_gaussian(f->op, f->y, 0.5);
    const tw_data_clipped clipped =
        tw_data_clip(gaussian, f->op, f->y, NULL, -0.5, 0.25, 0);
    tw_tensor *x = check_tensor(f->x->shape), *y = check_tensor(f->y->shape);
    double loss;

    (void) unused;
    tw_copy(x, f->x);
    for (int i = 0; i < 100; i++) {
        check_ok(tw_data_complete(&clipped.base, x, y, f->run), f->run);
        check_ok(tw_prox(f->op, y, f->x, 0.25 / r2, x, f->run), f->run);
    }
    check_ok(tw_data_grad(&clipped.base, x, &loss, f->g, f->run), f->run);
    for (int i = 0; i < N; i++)
        check_near("stationary", (double) f->g->data[i],
                   ((double) f->x->data[i] - (double) x->data[i]) / r2, 2e-4);
    check_free(x);
    check_free(y);
}

/* E[v | v < c] by the mean of a million draws of v = x + n, in units where their
 * standard error is 1e-3; far above c by the series c - s / z. */
static void
test_expectation(fixture *f, const void *unused)
{
    enum { DRAWS = 1000000 };
    tw_operator *op = tw_operator_identity();
    tw_tensor *n = check_tensor(tw_shape4(1, 1, 1000, 1000));
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 1, 4));
    tw_tensor *y = check_tensor(x->shape), *v = check_tensor(x->shape);
    const tw_data gaussian = tw_data_gaussian(op, y, 1);
    const tw_data_clipped data =
        tw_data_clip(gaussian, op, y, NULL, -0.5, (double) INFINITY, 0);

    (void) unused;
    tw_randn(f->run, n);
    tw_fill(y, -1);
    for (int i = 0; i < 3; i++)
        x->data[i] = (float) i - 1;
    x->data[3] = 60;
    check_ok(tw_data_complete(&data.base, x, v, f->run), f->run);
    for (int i = 0; i < 3; i++) {
        double sum = 0, count = 0;

        for (int64_t k = 0; k < n->size; k++) {
            const double value = (double) x->data[i] + (double) n->data[k];

            sum += value < -0.5 ? value : 0;
            count += value < -0.5;
        }
        check_near("expectation", (double) v->data[i], sum / count,
                   5 / sqrt(count));
    }
    check_near("far", (double) v->data[3], -0.5 - 1 / 60.5, 1e-4);
    tw_operator_free(op);
    check_free(n);
    check_free(x);
    check_free(y);
    check_free(v);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/data/gradients", fixture, NULL, set_up, test_gradients,
               tear_down);
    g_test_add("/data/prox", fixture, NULL, set_up, test_prox, tear_down);
    g_test_add("/data/rounds", fixture, NULL, set_up, test_rounds, tear_down);
    g_test_add("/data/expectation", fixture, NULL, set_up, test_expectation,
               tear_down);
    return g_test_run();
}
