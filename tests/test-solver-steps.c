/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single steps of every solver, and what steps are made of, against numbers from
 * an independent implementation in double precision. */
#include "solver-fixture.h"

#include <math.h>

#include "operators/operators.h"

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

    draw_nothing();
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
    one_step(f, "pigdm", 0, 1, 0);
    check_x(f, "PiGDM", 1e-6, .302635 + .401208, -.167672 + .140732,
            .325158 + .061044);
    /* x0 and zeta sqrt(2) times the gradient; a whole run has no number of its
     * own: a step of one length along |r| flips its sign at the end. */
    one_step(f, "dps", 0, .1, 0);
    check_x(f, "DPS", 1e-6, .302635 + .1 * sqrt(2) * .454039,
            -.167672 + .1 * sqrt(2) * .258080,
            .325158 + .1 * sqrt(2) * .043457);
    one_step(f, "mpgd", 0, .5, 1);
    check_x(f, "MPGD", 1e-6, .634854, .021449, .325158);
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

    draw_again();
    one_step(f, "ddnm", .5, .85, 1);
    check_x(f, "DDNM", 1e-6, 1.616984, -.293693, .398443);

    draw_again();
    draw_next(.3, -.2, 0);
    one_step(f, "daps", .5, 1, 0);
    check_x(f, "DAPS", 1e-6, 1.193747, -.055877, .501935);
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
        const tw_data term = tw_data_gaussian(op, y, noises[i]);
        const tw_problem problem = {
            .prior = f->prior, .data = &term, .sigma = sigma, .steps = 1
        };
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
    const tw_data term = tw_data_gaussian(op, x, .1);

    g_assert_true(op->klass->flags & TW_OPERATOR_PLANES);
    check_ok(tw_data_passed(&term, x, .04, &passed, f->run), f->run);
    check_near("passed", passed, .1 / 1.25, .04 * .08);
    g_assert_cmpuint(tw_run_peak(f->run), <, 3 * sizeof keep);
    tw_operator_free(op);
    check_free(x);
}

int
main(int argc, char **argv)
{
    static const fixture_test tests[] = {
        { "/solver-steps/denoise", test_denoise },
        { "/solver-steps/renoise", test_renoise },
        { "/solver-steps/steps", test_steps },
        { "/solver-steps/random-steps", test_random_steps },
        { "/solver-steps/hqs-lambda", test_hqs_lambda },
        { "/solver-steps/passed-noise", test_passed_noise },
    };

    g_test_init(&argc, &argv, NULL);
    fixture_add(tests, G_N_ELEMENTS(tests));
    return g_test_run();
}
