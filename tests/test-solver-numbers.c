/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every solver against numbers from an independent implementation in double
 * precision: one problem of three Gaussian unknowns and two measurements. The
 * program is linked with --wrap=tw_randn: random draws are what the test says,
 * and then zeros, so that a whole run is one known number.
 */

#include <math.h>
#include <string.h>

#include "check.h"
#include "dense.h"
#include "operators/operators.h"
#include "priors/gaussian.h"
#include "solvers/solver.h"

enum { N = 3, M = 2 };

static const double mean[N] = { 0.2, -0.1, 0.3 };
static const double covariance[N * N] = { 1, .3, .2, .3, .6, -.1, .2, -.1, .3 };
static const double a[M * N] = { .8, .6, 0, -.3, .4, 0 };
static const double measured[M] = { 0.9, -0.35 };

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

static void
draw_next(double z0, double z1, double z2)
{
    const double z[N] = { z0, z1, z2 };

    memcpy(draws.value[draws.count++], z, sizeof z);
}

typedef struct fixture {
    tw_prior *prior;
    tw_operator *op;
    tw_tensor *y, *x, *start;
    tw_problem problem;
    tw_run *run;
} fixture;

static void
set_up(fixture *f, const void *data)
{
    (void) data;
    f->prior = tw_prior_gaussian(N, mean, covariance);
    g_assert_nonnull(f->prior);
    f->prior->sigma_data = 1; /* so r^2 = sigma^2 / (1 + sigma^2) */
    f->op = dense_operator(M, N, a);
    f->x = check_tensor(tw_shape4(1, 1, 1, N));
    f->start = check_tensor(f->x->shape);
    f->y = check_tensor(tw_shape4(1, 1, 1, M));
    for (int i = 0; i < M; i++)
        f->y->data[i] = (float) measured[i];
    f->run = check_run(1, 1);
    f->problem = (tw_problem) { .prior = f->prior,
                                .op = f->op,
                                .y = f->y,
                                .noise = 0.1,
                                .start = f->start };
    memset(&draws, 0, sizeof draws);
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

static void
start_at(fixture *f, double x0, double x1, double x2)
{
    f->start->data[0] = (float) x0;
    f->start->data[1] = (float) x1;
    f->start->data[2] = (float) x2;
}

/* Six digits are known: 5e-7. Floats add 1e-6, or ten times that in runs that
 * start at 80 (one unit in the last place of 80 is 8e-6). */
static void
check_x(const fixture *f, const char *what, double limit, double x0, double x1,
        double x2)
{
    check_near(what, (double) f->x->data[0], x0, limit);
    check_near(what, (double) f->x->data[1], x1, limit);
    check_near(what, (double) f->x->data[2], x2, limit);
}

/* One step from x = (.5, -.4, .2) at level 1 to level @next. */
static void
one_step(fixture *f, const char *name, double next, double par0, double par1)
{
    const double sigma[2] = { 1, next }, par[3] = { par0, par1, 1 };
    const tw_solver *solver = tw_solver_find(name);

    g_assert_nonnull(solver);
    start_at(f, .5, -.4, .2);
    f->problem.sigma = sigma;
    f->problem.steps = 1;
    check_ok(tw_solve(solver, &f->problem, par, f->x, f->run), f->run);
}

static void
test_denoise(fixture *f, const void *data)
{
    (void) data;
    start_at(f, .5, -.4, .2);
    check_ok(tw_denoise(f->prior, f->start, 1, f->x, NULL, f->run), f->run);
    check_x(f, "D", 1e-6, .302635, -.167672, .325158);
}

static void
test_renoise(fixture *f, const void *data)
{
    tw_tensor *x0 = check_tensor(f->x->shape);

    (void) data;
    /* x0: the data fit with r^2 = 0.5 */
    one_step(f, "renoise", 0, 1, 0);
    check_x(f, "type II", 1e-6, 1.111023, -.006151, .325158);
    tw_copy(x0, f->x);

    tw_copy(f->x, f->start);
    check_ok(tw_renoise(f->x, x0, x0, 1, .5, 0, f->run), f->run);
    check_x(f, "DDIM", 1e-6, .805511, -.203076, .262579);

    tw_copy(f->x, f->start);
    check_ok(tw_renoise(f->x, x0, x0, 1, .5, tw_ddim_share(1, 1, .5), f->run),
             f->run);
    check_x(f, "ancestral mean", 1e-6, .958267, -.104613, .293869);

    memset(&draws, 0, sizeof draws);
    draw_next(1, -.5, .25);
    tw_copy(f->x, f->start);
    check_ok(tw_renoise(f->x, x0, x0, 1, .5, tw_ddim_share(.5, 1, .5), f->run),
             f->run);
    check_x(f, "DDIM, eta .5", 1e-6, 1.052145, -.291910, .322877);
    check_free(x0);
}

static void
test_steps(fixture *f, const void *data)
{
    (void) data;
    one_step(f, "diffpir", 0, 7, .3);
    check_x(f, "DiffPIR", 1e-6, 1.049866, .017477, .325158);
    one_step(f, "diffpir", .5, 2, 0);
    check_x(f, "DiffPIR, no new noise", 1e-6, .805511, -.203076, .262579);
    one_step(f, "dds", 0, 5, 5);
    check_x(f, "DDS", 1e-6, .936392, .040784, .325158);
    one_step(f, "ddnm", 0, 0, 1);
    check_x(f, "DDNM", 1e-6, 1.14, -.02, .325158);
    one_step(f, "hqs", 0, .1, 0);
    check_x(f, "HQS", 1e-6, .646069, .032196, .356822);
}

/* The draw before these steps is that of the start: zeros. */
static void
test_random_steps(fixture *f, const void *data)
{
    (void) data;
    draw_next(0, 0, 0);
    draw_next(1, -.5, .25);
    one_step(f, "diffpir", .5, 2, .85 * .85);
    check_x(f, "DiffPIR", 1e-6, 1.375085, -.322388, .398443);

    draws.next = 0;
    one_step(f, "ddnm", .5, .85, 1);
    check_x(f, "DDNM", 1e-6, 1.616984, -.293693, .398443);

    draws.next = 0;
    draw_next(.3, -.2, 0);
    one_step(f, "daps", .5, 1, 0);
    check_x(f, "DAPS", 1e-6, 1.193747, -.055877, .501935);
}

/* A whole run over Karras' levels from 80 (1, -1, .5). */
typedef struct row {
    const char *solver;
    double par[4], noise;
    double at20[N], at100[N];
} row;

static const row rows[] = {
    { "ddim",
      { 0 },
      .1,
      { .956403, -.634703, .743526 },
      { 1.038526, -.696308, .791374 } },
    { "renoise",
      { 1 },
      .1,
      { 1.112819, .005706, .464687 },
      { 1.113517, .005036, .516802 } },
    { "daps", /* without noise, the same */
      { 1 },
      .1,
      { 1.112819, .005706, .464687 },
      { 1.113517, .005036, .516802 } },
    { "diffpir",
      { 7, .3 },
      .1,
      { 1.072614, .020254, .451795 },
      { 1.025163, .067886, .445800 } },
    { "diffpir",
      { 1, 1 },
      .1,
      { 1.114185, .004163, .467114 },
      { 1.113776, .004730, .517605 } },
    { "dds",
      { 5, 5, .85 },
      .1,
      { 1.139109, -.018805, .438075 },
      { 1.139968, -.019966, .515958 } },
    { "ddnm",
      { 0, 1, 1 },
      0,
      { 1.14, -.02, .784785 },
      { 1.14, -.02, .788116 } },
    { "ddnm",
      { .85, 1, 1 },
      0,
      { 1.14, -.02, .477116 },
      { 1.14, -.02, .531196 } },
    { "ddrm",
      { .85, 1 },
      .1,
      { 1.111057, .007540, .446529 },
      { 1.124105, -.005625, .508506 } },
};

static void
run_from_80(fixture *f, const char *name, const double *par, int steps)
{
    double sigma[101];

    tw_schedule_karras(sigma, steps, 0.01, 80);
    start_at(f, 80, -80, 40);
    f->problem.sigma = sigma;
    f->problem.steps = steps;
    check_ok(tw_solve(tw_solver_find(name), &f->problem, par, f->x, f->run),
             f->run);
}

static void
test_runs(fixture *f, const void *data)
{
    (void) data;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const row *r = &rows[i];

        f->problem.noise = r->noise;
        run_from_80(f, r->solver, r->par, 20);
        check_x(f, r->solver, 1e-5, r->at20[0], r->at20[1], r->at20[2]);
        run_from_80(f, r->solver, r->par, 100);
        check_x(f, r->solver, 1e-5, r->at100[0], r->at100[1], r->at100[2]);
    }
}

/* Samplers that know no data, with the posterior as their prior. */
static void
test_exact(fixture *f, const void *data)
{
    const double ddim[] = { 0 }, ancestral[] = { 1 }, heun[] = { 0, 0, 0, 1 };
    double m[N], c[N * N];

    (void) data;
    dense_posterior(M, N, a, measured, .01, mean, covariance, m, c);
    check_near("posterior mean", m[0], 1.114110, 5e-7);
    check_near("posterior variance", c[8], .216536, 5e-7);
    tw_prior_free(f->prior);
    f->problem.prior = f->prior = tw_prior_gaussian(N, m, c);

    run_from_80(f, "ddim", ddim, 20);
    check_x(f, "DDIM", 1e-5, 1.268750, -.174589, .764904);
    run_from_80(f, "ddim", ddim, 100);
    check_x(f, "DDIM", 1e-5, 1.289841, -.198675, .791966);
    run_from_80(f, "edm-heun", heun, 20);
    check_x(f, "Heun", 1e-5, 1.304289, -.214968, .808573);
    run_from_80(f, "edm-heun", heun, 100);
    check_x(f, "Heun", 1e-5, 1.295560, -.205194, .799179);
    run_from_80(f, "ddim", ancestral, 20);
    check_x(f, "ancestral", 1e-5, 1.114574, .003758, .537734);
}

/* The style "faithful" at its own levels, from zeros. */
static void
test_hqs(fixture *f, const void *data)
{
    const double par[] = { .1 };
    double sigma[21];

    (void) data;
    f->problem.sigma = sigma;
    f->problem.steps = 8;
    tw_schedule_log(sigma, 8, .02, .4);
    check_ok(tw_solve(tw_solver_find("hqs"), &f->problem, par, f->x, f->run),
             f->run);
    check_x(f, "HQS", 1e-6, 1.130680, -.010595, .329046);
    g_assert_cmpint(tw_run_evaluations(f->run), ==, 8);

    f->problem.steps = 20;
    tw_schedule_log(sigma, 20, .02, .4);
    check_ok(tw_solve(tw_solver_find("hqs"), &f->problem, par, f->x, f->run),
             f->run);
    check_x(f, "HQS", 1e-6, 1.135262, -.015533, .472365);
}

/* The lambda that is chosen: y = x with noise sigma passes 1 / (1 + 0.1) of it,
 * so it is 0.1 (1 / 1.1) / 0.5; without noise it is 0.1. 12000 values tell the
 * deviation of their noise to 1 %, and the result changes by less. */
static void
test_hqs_lambda(fixture *f, const void *data)
{
    static const double identity[] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
    static const double noises[] = { 1, 0 }, lambdas[] = { .2 / 1.1, .1 };
    const double sigma[] = { 1, 0 };
    tw_operator *op = dense_operator(N, N, identity);
    tw_tensor *y = check_tensor(tw_shape4(4000, 1, 1, N));
    tw_tensor *x = check_tensor(y->shape), *known = check_tensor(y->shape);

    (void) data;
    check_fill(y, 1);
    for (int i = 0; i < 2; i++) {
        const tw_problem problem = { .prior = f->prior,
                                     .op = op,
                                     .y = y,
                                     .noise = noises[i],
                                     .sigma = sigma,
                                     .steps = 1 };
        const tw_solver *hqs = tw_solver_find("hqs");

        check_ok(tw_solve(hqs, &problem, NULL, x, f->run), f->run);
        check_ok(tw_solve(hqs, &problem, &lambdas[i], known, f->run), f->run);
        check_close("lambda", x->data, known->data, x->size, 5e-3);
    }
    check_free(y);
    check_free(x);
    check_free(known);
    tw_operator_free(op);
}

/* One plane stands for all: y = x passes the share 1 / (1 + rho) of the noise.
 * 4096 samples tell it to four standard errors of 1 %. */
static void
test_passed_noise(fixture *f, const void *data)
{
    float keep[64 * 64];
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 64, 64));
    double passed = 0;

    (void) data;
    for (size_t i = 0; i < G_N_ELEMENTS(keep); i++)
        keep[i] = 1;
    tw_operator *op = tw_operator_mask(keep, 64, 64);
    const tw_problem problem = { .op = op, .y = x, .noise = .1 };

    g_assert_true(op->klass->flags & TW_OPERATOR_PLANES);
    check_ok(tw_passed_noise(&problem, x, .25, &passed, f->run), f->run);
    check_near("passed", passed, .1 / 1.25, .04 * .08);
    g_assert_cmpuint(tw_run_peak(f->run), <, 3 * sizeof keep);
    tw_operator_free(op);
    check_free(x);
}

/* Ten steps in stretches of four, each walked three times but the last; what was
 * measured without noise comes back exactly. */
static void
test_travel(fixture *f, const void *data)
{
    const double par[] = { .85, 4, 3 };
    double sigma[11];

    (void) data;
    tw_schedule_karras(sigma, 10, .01, 80);
    f->problem.sigma = sigma;
    f->problem.steps = 10;
    f->problem.noise = 0;
    check_ok(tw_solve(tw_solver_find("ddnm"), &f->problem, par, f->x, f->run),
             f->run);
    g_assert_cmpint(tw_run_evaluations(f->run), ==, 4 * 3 + 4 * 3 + 2);
    check_near("measured",
               .8 * (double) f->x->data[0] + .6 * (double) f->x->data[1], .9,
               1e-6);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(fixture *f, const void *data);
    } tests[] = {
        { "/solver-numbers/denoise", test_denoise },
        { "/solver-numbers/renoise", test_renoise },
        { "/solver-numbers/steps", test_steps },
        { "/solver-numbers/random-steps", test_random_steps },
        { "/solver-numbers/runs", test_runs },
        { "/solver-numbers/exact", test_exact },
        { "/solver-numbers/hqs", test_hqs },
        { "/solver-numbers/hqs-lambda", test_hqs_lambda },
        { "/solver-numbers/passed-noise", test_passed_noise },
        { "/solver-numbers/travel", test_travel },
    };

    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, fixture, NULL, set_up, tests[i].test,
                   tear_down);
    return g_test_run();
}
