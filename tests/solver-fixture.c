/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver-fixture.h"

#include <string.h>

/* The draws to come; behind them, zeros. */
static struct {
    double value[3][N];
    int count, next;
} draws;

void __wrap_tw_randn(tw_run *run, tw_tensor *out);

void
__wrap_tw_randn(tw_run *run, tw_tensor *out)
{
    (void) run;
    tw_fill(out, 0);
    if (draws.next < draws.count)
        for (int64_t i = 0; i < out->size; i++)
            out->data[i] = (float) draws.value[draws.next][i];
    draws.next++;
}

void
draw_next(double z0, double z1, double z2)
{
    const double z[N] = { z0, z1, z2 };

    memcpy(draws.value[draws.count++], z, sizeof z);
}

void
draw_again(void)
{
    draws.next = 0;
}

void
draw_nothing(void)
{
    memset(&draws, 0, sizeof draws);
}

static void
set_up(fixture *f, const void *data)
{
    (void) data;
    f->prior = tw_prior_gaussian(N, dense_mean, dense_covariance);
    g_assert_nonnull(f->prior);
    f->prior->sigma_data = 1; /* so r^2 = sigma^2 / (1 + sigma^2) */
    f->op = dense_operator(M, N, dense_matrix);
    f->x = check_tensor(tw_shape4(1, 1, 1, N));
    f->start = check_tensor(f->x->shape);
    f->y = check_tensor(tw_shape4(1, 1, 1, M));
    for (int i = 0; i < M; i++)
        f->y->data[i] = (float) dense_measured[i];
    f->run = check_run(1, 1);
    f->data = tw_data_gaussian(f->op, f->y, 0.1);
    f->problem =
        (tw_problem) { .prior = f->prior, .data = &f->data, .start = f->start };
    draw_nothing();
}

static void
tear_down(fixture *f, const void *data)
{
    (void) data;
    tw_run_free(f->run);
    tw_prior_free(f->prior);
    tw_operator_free(f->op);
    check_free(f->x);
    check_free(f->y);
    check_free(f->start);
}

void
start_at(fixture *f, double x0, double x1, double x2)
{
    f->start->data[0] = (float) x0;
    f->start->data[1] = (float) x1;
    f->start->data[2] = (float) x2;
}

void
check_x(const fixture *f, const char *what, double limit, double x0, double x1,
        double x2)
{
    check_near(what, (double) f->x->data[0], x0, limit);
    check_near(what, (double) f->x->data[1], x1, limit);
    check_near(what, (double) f->x->data[2], x2, limit);
}

void
fixture_add(const fixture_test *tests, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_test_add(tests[i].path, fixture, NULL, set_up, tests[i].test,
                   tear_down);
}
