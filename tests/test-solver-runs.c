/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs of every solver against numbers from an independent implementation
 * in double precision: all draws are zeros, so a run is one known number. */
#include "solver-fixture.h"

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
    { "mpgd",
      { .5, 1 },
      .1,
      { .996567, .146735, .350173 },
      { 1.040578, .104379, .363612 } },
    { "score-sde", { 0 }, 0, { 1.14, -.02, .625565 }, { 1.14, -.02, .656530 } },
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

        f->data.noise = r->noise;
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
    dense_posterior(M, N, dense_matrix, dense_measured, .01, dense_mean,
                    dense_covariance, m, c);
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
    f->data.noise = 0;
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
    static const fixture_test tests[] = {
        { "/solver-runs/runs", test_runs },
        { "/solver-runs/exact", test_exact },
        { "/solver-runs/hqs", test_hqs },
        { "/solver-runs/travel", test_travel },
    };

    g_test_init(&argc, &argv, NULL);
    fixture_add(tests, G_N_ELEMENTS(tests));
    return g_test_run();
}
