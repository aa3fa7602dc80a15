/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tw_denoise() does for every prior, shown with the Gaussian one, whose
 * answer is known. The networks have test-priors-net.c. */

#include <math.h>

#include "check.h"
#include "dense.h"
#include "priors/gaussian.h"
#include "priors/wide.h"

enum { N = DENSE_UNKNOWNS };

typedef struct fixture {
    tw_prior *prior;
    tw_tensor *x, *x0, *v, *g;
    tw_run *run;
} fixture;

static void
set_up(fixture *f, const void *data)
{
    (void) data;
    f->prior = tw_prior_gaussian(N, dense_mean, dense_covariance);
    g_assert_nonnull(f->prior);
    f->x = check_tensor(tw_shape4(2, 1, 1, N));
    f->x0 = check_tensor(f->x->shape);
    f->v = check_tensor(f->x->shape);
    f->g = check_tensor(f->x->shape);
    check_fill(f->x, 1);
    check_fill(f->v, 2);
    f->run = check_run(1, 1);
}

static void
tear_down(fixture *f, const void *data)
{
    (void) data;
    tw_prior_free(f->prior);
    check_free(f->x);
    check_free(f->x0);
    check_free(f->v);
    check_free(f->g);
    tw_run_free(f->run);
}

/* Two vectors at once; the first has a known answer (to its last digit). */
static void
test_value(fixture *f, const void *data)
{
    static const float at[] = { .5F, -.4F, .2F };

    (void) data;
    for (int i = 0; i < N; i++) {
        f->x->data[i] = at[i];
        f->x->data[N + i] = (float) dense_mean[i];
    }
    check_ok(tw_denoise(f->prior, f->x, 1, f->x0, NULL, f->run), f->run);
    check_near("D", (double) f->x0->data[0], .302635, 1e-6);
    check_near("D", (double) f->x0->data[1], -.167672, 1e-6);
    check_near("D", (double) f->x0->data[2], .325158, 1e-6);
    for (int i = 0; i < N; i++) /* the mean stays where it is */
        check_near("mean", (double) f->x0->data[N + i], dense_mean[i], 1e-7);
    check_near("sd", f->prior->sigma_data, sqrt(1.9 / 3), 1e-12);

    /* no noise: nothing to do */
    check_ok(tw_denoise(f->prior, f->x, 0, f->x0, NULL, f->run), f->run);
    check_close("D at 0", f->x0->data, f->x->data, f->x->size, 1e-6);

    /* in place */
    check_ok(tw_denoise(f->prior, f->x, 1, f->x, NULL, f->run), f->run);
    check_near("D in place", (double) f->x->data[0], .302635, 1e-6);
}

/* Levels outside the trained range are answered as its ends are. */
static void
test_range(fixture *f, const void *data)
{
    static const double cases[][2] = { { 1e9, 2 }, { 2, 2 }, { 1e-9, .5 } };

    (void) data;
    for (int i = 0; i < 3; i++) {
        f->prior->sigma_min = 0;
        f->prior->sigma_max = HUGE_VAL;
        check_ok(tw_denoise(f->prior, f->x, cases[i][1], f->v, NULL, f->run),
                 f->run);
        f->prior->sigma_min = .5;
        f->prior->sigma_max = 2;
        check_ok(tw_denoise(f->prior, f->x, cases[i][0], f->x0, NULL, f->run),
                 f->run);
        g_assert_cmpmem(f->x0->data, sizeof(float) * 2 * N, f->v->data,
                        sizeof(float) * 2 * N);
    }
    g_assert_cmpint(tw_run_evaluations(f->run), ==, 6);
}

/* The pull against central differences, without and with clipping. The state
 * is linear in x between the clips: only rounding remains, 1e-7 / 1e-2. */
static void
test_pull(fixture *f, const void *data)
{
    const float step = 0.01F;

    (void) data;
    for (int clips = 0; clips < 2; clips++) {
        tw_tape *tape = tw_tape_new(f->run);

        f->prior->clips = clips;
        f->x->data[0] = 4; /* its estimate is above 1 */
        check_ok(tw_denoise(f->prior, f->x, 1, f->x0, tape, f->run), f->run);
        g_assert_true((f->x0->data[0] > 1) == !clips);
        check_ok(tw_pull(tape, f->v, f->g, f->run), f->run);
        for (int64_t i = 0; i < f->x->size; i++) {
            const float was = f->x->data[i];

            f->x->data[i] = was + step;
            check_ok(tw_denoise(f->prior, f->x, 1, f->x0, NULL, f->run),
                     f->run);
            double slope = tw_dot(f->v, f->x0);

            f->x->data[i] = was - step;
            check_ok(tw_denoise(f->prior, f->x, 1, f->x0, NULL, f->run),
                     f->run);
            slope -= tw_dot(f->v, f->x0);
            f->x->data[i] = was;
            check_near("slope", (double) f->g->data[i],
                       slope / (2 * (double) step), 1e-4);
        }
    }
}

static void
test_clips(fixture *f, const void *data)
{
    (void) data;
    f->prior->clips = true;
    tw_fill(f->x, 50);
    check_ok(tw_denoise(f->prior, f->x, .1, f->x0, NULL, f->run), f->run);
    for (int64_t i = 0; i < f->x0->size; i++)
        g_assert_cmpfloat((double) f->x0->data[i], ==, 1);
}

static void
test_failures(fixture *f, const void *data)
{
    tw_tensor *odd = check_tensor(tw_shape4(1, 1, 1, N + 1));
    tw_run *run = check_run(1, 1);

    (void) data;
    g_assert_null(tw_prior_gaussian(0, dense_mean, dense_covariance));
    g_assert_null(
        tw_prior_gaussian(TW_GAUSSIAN_MAX + 1, dense_mean, dense_covariance));

    g_assert_cmpint(tw_denoise(f->prior, odd, 1, odd, NULL, run), ==,
                    TW_ERR_ARGUMENT);
    check_free(odd);

    f->x->data[1] = NAN;
    g_assert_cmpint(tw_denoise(f->prior, f->x, 1, f->x0, NULL, run), ==,
                    TW_ERR_DIVERGED);
    g_assert_cmpstr(tw_run_error(run)->text, !=, "");

    /* cancelled: nothing is evaluated any more */
    const int before = tw_run_evaluations(run);

    tw_run_cancel(run);
    g_assert_cmpint(tw_denoise(f->prior, f->x, 1, f->x0, NULL, run), ==,
                    TW_CANCELLED);
    g_assert_cmpint(tw_run_evaluations(run), ==, before);
    tw_run_free(run);
}

/* Scratch is given back, and is what a run that only sizes tells. */
static void
test_memory(fixture *f, const void *data)
{
    (void) data;
    for (int i = 0; i < 3; i++)
        check_ok(tw_denoise(f->prior, f->x, 1, f->x0, NULL, f->run), f->run);
    g_assert_cmpuint(tw_run_peak(f->run), ==,
                     check_sized_denoise(f->prior, f->x->shape, 1));
    g_assert_cmpfloat(tw_prior_work(f->prior, f->x->shape), >, 0);
}

typedef struct job {
    tw_tensor *x, *g;
} job;

static tw_status
evaluate(tw_prior *prior, job *j, tw_run *run)
{
    tw_tape *tape = tw_tape_new(run);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_denoise(prior, j->x, 1, j->g, tape, run));
    return tw_pull(tape, j->x, j->g, run);
}

static tw_status
whole(void *data)
{
    const tw_run_config config = { .threads = 1 };
    tw_run *run = tw_run_new(&config);
    tw_prior *prior = tw_prior_gaussian(N, dense_mean, dense_covariance);
    tw_status status = TW_ERR_MEMORY;

    if (run && prior) {
        prior->clips = true;
        status = evaluate(prior, data, run);
    }
    tw_prior_free(prior);
    tw_run_free(run);
    return status;
}

/* D(g x, g sigma) / g, with g = 1 / reach, or more where the noise would be less
 * than the prior knows; what is then outside stays. */
static void
test_wide(fixture *f, const void *data)
{
    static const double reach = 5;

    (void) data;
    f->prior->sigma_min = 0.01;
    for (int i = 0; i < 2 * N; i++)
        f->x->data[i] *= i < N ? 2 : 0.1F;
    f->x->data[2 * N - 1] = 1000;
    tw_prior *wide = tw_prior_wide(f->prior, reach);
    tw_prior *far = tw_prior_wide(f->prior, 1001);

    tw_lin2(f->v, 1 / reach, f->x, 0, f->x);
    f->v->data[2 * N - 1] = (float) (1 + 3 * 0.5 / reach);
    check_ok(tw_denoise(f->prior, f->v, 0.5 / reach, f->g, NULL, f->run),
             f->run);
    tw_lin2(f->g, reach, f->g, 0, f->g);
    check_ok(tw_denoise(wide, f->x, 0.5, f->x0, NULL, f->run), f->run);
    check_close("wide", f->x0->data, f->g->data, 2 * N, 1e-6);
    check_ok(tw_denoise(wide, f->x, 0.5, f->x, NULL, f->run), f->run);
    g_assert_cmpmem(f->x->data, sizeof(float) * 2 * N, f->x0->data,
                    sizeof(float) * 2 * N);

    f->x->data[2 * N - 1] = 1000;

    /* 0.01 / 0.04: a quarter, not 1 / 1001. */
    check_ok(tw_denoise(far, f->x, 0.04, f->x0, NULL, f->run), f->run);
    tw_lin2(f->v, 0.25, f->x, 0, f->x);
    tw_clamp(f->v, -1.03, 1.03);
    check_ok(tw_denoise(f->prior, f->v, 0.01, f->g, NULL, f->run), f->run);
    for (int i = 0; i < 2 * N; i++)
        f->g->data[i] = fabsf(f->x->data[i]) > 4 * 1.03F ? f->x->data[i]
                                                         : 4 * f->g->data[i];
    check_close("far", f->x0->data, f->g->data, 2 * N, 1e-6);
    tw_prior_free(wide);
    tw_prior_free(far);
}

static void
test_allocations(fixture *f, const void *data)
{
    job j = { f->x, f->g };

    (void) data;
    check_every_allocation("gaussian", whole, &j);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(fixture *f, const void *data);
    } tests[] = {
        { "/priors/value", test_value },
        { "/priors/range", test_range },
        { "/priors/pull", test_pull },
        { "/priors/clips", test_clips },
        { "/priors/failures", test_failures },
        { "/priors/memory", test_memory },
        { "/priors/wide", test_wide },
        { "/priors/allocations", test_allocations },
    };

    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, fixture, NULL, set_up, tests[i].test,
                   tear_down);
    return g_test_run();
}
