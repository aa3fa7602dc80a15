/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What solvers sample, over many samples in one batch: mean and variance
 * against closed forms. Limits hold for a right implementation with a chance of
 * error below 1e-4 per number (four standard deviations); seeds are fixed.
 */

#include <math.h>
#include <string.h>

#include "check.h"
#include "dense.h"
#include "priors/gaussian.h"
#include "solvers/solver.h"

/* Mean and variance over @count vectors of @n values. */
static void
moments(const tw_tensor *x, int n, double *mean, double *variance)
{
    const int64_t count = x->size / n;

    for (int i = 0; i < n; i++) {
        double sum = 0, squares = 0;

        for (int64_t k = 0; k < count; k++)
            sum += (double) x->data[k * n + i];
        mean[i] = sum / (double) count;
        for (int64_t k = 0; k < count; k++) {
            const double d = (double) x->data[k * n + i] - mean[i];

            squares += d * d;
        }
        variance[i] = squares / (double) (count - 1);
    }
}

/* Runs @solver on @count copies of the data @y. */
static tw_tensor *
sample(const tw_solver *solver, const tw_prior *prior, const tw_operator *op,
       const double *y, int m, int n, double noise, const double *par,
       int steps, int count)
{
    tw_tensor *x = check_tensor(tw_shape4(count, 1, 1, n));
    tw_tensor *data = check_tensor(tw_shape4(count, 1, 1, m));
    double *sigma = g_new(double, steps + 1);
    tw_run *run = check_run(11, 1);

    for (int64_t i = 0; i < data->size; i++)
        data->data[i] = (float) y[i % m];
    tw_schedule_karras(sigma, steps, 0.01, 80);
    const tw_data term = tw_data_gaussian(op, data, noise);
    const tw_problem problem = {
        .prior = prior, .data = &term, .sigma = sigma, .steps = steps
    };

    check_ok(tw_solve(solver, &problem, par, x, run), run);
    tw_run_free(run);
    g_free(sigma);
    check_free(data);
    return x;
}

/* --- three unknowns: the exact moments of each method are known --- */

typedef struct law {
    const char *solver;
    double par[4], noise;
    gboolean posterior; /* as the prior, for samplers that know no data */
    double mean[3], variance[3];
} law;

/* Fifty steps from N(0, 80^2 I); moments propagated by another program. */
static const law laws[] = {
    { "ddim",
      { 0 },
      .1,
      TRUE,
      { 1.1123, .0050, .5330 },
      { .0172, .0238, .1942 } },
    { "ddim",
      { 1 },
      .1,
      TRUE,
      { 1.1141, .0043, .5361 },
      { .0152, .0209, .1735 } },
    { "edm-heun",
      { 0, 0, 0, 1 },
      .1,
      TRUE,
      { 1.1122, .0051, .5328 },
      { .0198, .0273, .2188 } },
    { "renoise",
      { 1 },
      .1,
      FALSE,
      { 1.1132, .0055, .5011 },
      { .0085, .0116, .1013 } },
    { "daps",
      { 1 },
      .1,
      FALSE,
      { 1.1132, .0055, .5011 },
      { .0196, .0269, .2513 } },
    { "diffpir",
      { 1, .3 },
      .1,
      FALSE,
      { 1.1155, .0027, .4482 },
      { .0149, .0202, .2024 } },
    { "diffpir",
      { 7, .3 },
      .1,
      FALSE,
      { 1.0348, .0590, .4309 },
      { .0769, .0907, .2122 } },
    { "dds",
      { 5, 5, .85 },
      .1,
      FALSE,
      { 1.1399, -.0199, .4894 },
      { 0, 0, .1569 } },
    { "ddrm",
      { .85, 1 },
      .1,
      FALSE,
      { 1.1156, .0027, .4847 },
      { .0049, .0065, .1554 } },
    { "ddnm", { 0, 1, 1 }, 0, FALSE, { 1.14, -.02, .5281 }, { 0, 0, .1970 } },
    { "ddnm", { .85, 1, 1 }, 0, FALSE, { 1.14, -.02, .5148 }, { 0, 0, .1507 } },
    { "ddnm", { 1, 1, 1 }, 0, FALSE, { 1.14, -.02, .5127 }, { 0, 0, .0985 } },
};

static void
test_laws(void)
{
    static const double m[] = { .2, -.1, .3 }, y[] = { .9, -.35 };
    static const double c[] = { 1, .3, .2, .3, .6, -.1, .2, -.1, .3 };
    static const double a[] = { .8, .6, 0, -.3, .4, 0 };
    double pm[3], pc[9], mean[3], variance[3];
    const int count = 4000;

    dense_posterior(2, 3, a, y, .01, m, c, pm, pc);
    tw_prior *prior = tw_prior_gaussian(3, m, c);
    tw_prior *posterior = tw_prior_gaussian(3, pm, pc);
    tw_operator *op = dense_operator(2, 3, a);

    prior->sigma_data = 1;
    for (size_t k = 0; k < G_N_ELEMENTS(laws); k++) {
        const law *l = &laws[k];
        tw_tensor *x =
            sample(tw_solver_find(l->solver), l->posterior ? posterior : prior,
                   op, y, 2, 3, l->noise, l->par, 50, count);

        moments(x, 3, mean, variance);
        for (int i = 0; i < 3; i++) { /* half a unit of the last digit given */
            const double v = l->variance[i];

            check_near(l->solver, mean[i], l->mean[i],
                       5e-5 + 4 * sqrt(v / count));
            check_near(l->solver, variance[i], v,
                       5e-5 + 4 * v * sqrt(2.0 / count));
        }
        check_free(x);
    }
    tw_prior_free(prior);
    tw_prior_free(posterior);
    tw_operator_free(op);
}

/* --- a picture of 4 x 4 pixels, seen as means of 2 x 2 --- */

enum { SIDE = 4, PIXELS = SIDE * SIDE, BLOCKS = PIXELS / 4, SAMPLES = 1000 };

/* How near each solver comes with its initial parameters in 100 steps: the
 * mean's distance from the true one, as a share of what the data changed (1000
 * samples alone make 0.02), and the mean ratio of variances. The limits are a
 * fifth, or five percent, around what a right implementation has. */
static const struct {
    const char *solver;
    double error, low, high;
} bounds[] = {
    /* no noise, no variance; lambda trusts the data more than it should */
    { "hqs", .22, 0, 0 },
    /* a scalar covariance, which at high levels trusts the data too little */
    { "moments with q=1", .28, .86, .95 },
    /* trusts the data less where noise passes, and nearly noises afresh there */
    { "moments", .14, .57, .63 },
    /* the posterior mean, noised again, halves the variance */
    { "renoise", .12, .44, .51 },
    /* sigma^2 / lambda is a loose covariance: with 400 steps 0.1 */
    { "diffpir", .24, .84, .92 },
    /* a scalar covariance: with 400 steps 0.03 */
    { "daps", .14, .97, 1.05 },
    /* mixing with a constant eta 0.85 takes the variance to 0.76 in the limit
     * (1/2 + 1/2 sqrt(1 - eta^2)); the data take some more */
    { "ddrm", .16, .65, .74 },
    /* the same, and the data are taken as exact */
    { "ddnm", .26, .64, .73 },
    /* gamma does not know the noise: with 400 steps 0.21 */
    { "dds", .33, .67, .76 },
    /* its step has one length for all 1000 samples, so that each moves little */
    { "dps", 1.15, 1.05, 1.17 },
    /* the step of a fit, through the network; its weight r^2 in place of sigma^2 */
    { "pigdm", .26, .78, .87 },
    /* a gradient step, not a fit */
    { "mpgd", .43, .84, .94 },
    /* the data are taken as exact, and what they fix does not know of the rest */
    { "score-sde", .35, .80, .89 },
    /* Euler's error, of first order: with 400 steps 0.995 */
    { "ddim", .04, .91, .99 },
    { "edm-heun", .04, .97, 1.06 },
};

static void
check_blocks(const char *name, const double *par, const tw_prior *prior,
             const tw_operator *op, const double *y, const double *before,
             const double *truth, const double *covariance)
{
    double mean[PIXELS], variance[PIXELS], error = 0, moved = 0, ratio = 0;
    size_t k = 0;
    char *solver = g_strndup(name, strcspn(name, " "));
    tw_tensor *x = sample(tw_solver_find(solver), prior, op, y, BLOCKS, PIXELS,
                          .05, par, 100, SAMPLES);

    moments(x, PIXELS, mean, variance);
    for (int i = 0; i < PIXELS; i++) {
        error += pow(mean[i] - truth[i], 2);
        moved += pow(truth[i] - before[i], 2);
        ratio += variance[i] / covariance[i * (PIXELS + 1)] / PIXELS;
    }
    error = sqrt(error / moved);
    while (k < G_N_ELEMENTS(bounds) && g_strcmp0(bounds[k].solver, name) != 0)
        k++;
    g_test_message("%s: error %.3f, variance %.3f", name, error, ratio);
    g_assert_cmpuint(k, <, G_N_ELEMENTS(bounds)); /* has a row */
    g_assert_cmpfloat(error, <=, bounds[k].error);
    g_assert_cmpfloat(ratio, >=, bounds[k].low);
    g_assert_cmpfloat(ratio, <=, bounds[k].high);
    g_free(solver);
    check_free(x);
}

static void
test_blocks(void)
{
    double m[PIXELS], c[PIXELS * PIXELS] = { 0 }, a[BLOCKS * PIXELS] = { 0 };
    double y[BLOCKS] = { 0 }, pm[PIXELS], pc[PIXELS * PIXELS];
    const double zeros[PIXELS] = { 0 };

    for (int i = 0; i < PIXELS; i++) {
        const int block = i / SIDE / 2 * (SIDE / 2) + i % SIDE / 2;

        m[i] = .3 * sin(1.7 * i + 1);
        c[i * (PIXELS + 1)] = .04 * exp(cos(2.3 * i * i));
        a[block * PIXELS + i] = .25;
        y[block] += .25 * (m[i] + .5 * cos(3 * block));
    }
    dense_posterior(BLOCKS, PIXELS, a, y, .05 * .05, m, c, pm, pc);
    tw_prior *prior = tw_prior_gaussian(PIXELS, m, c);
    tw_operator *op = dense_operator(BLOCKS, PIXELS, a);

    for (int i = 0; tw_solvers[i]; i++)
        if (tw_solvers[i]->needs & TW_IGNORES_DATA)
            check_blocks(tw_solvers[i]->name, NULL, prior, op, y, zeros, m, c);
        else
            check_blocks(tw_solvers[i]->name, NULL, prior, op, y, m, pm, pc);
    check_blocks("moments with q=1", (const double[]) { 1, 1 }, prior, op, y, m,
                 pm, pc);
    tw_prior_free(prior);
    tw_operator_free(op);
}

/* --- less noise: the sampler starts at y --- */

enum { UNKNOWNS = 4 };

/* What ddim draws from the level of the noise down, with the levels and the eta
 * that denoise gives it: the mean's distance from the posterior's, in posterior
 * deviations, and the ratio of variances, for unknowns from sure to unsure. */
static void
from_noise(int steps, double eta, double *error, double *ratio)
{
    static const double y[] = { .3, -.2, .5, .9 }, v[] = { .004, .04, .4, 4 };
    const double noise = .2;
    const int count = 4000;
    double zeros[UNKNOWNS] = { 0 }, c[UNKNOWNS * UNKNOWNS] = { 0 };
    double mean[UNKNOWNS], variance[UNKNOWNS];
    double *sigma = g_new(double, steps + 1);

    for (int i = 0; i < UNKNOWNS; i++)
        c[i * (UNKNOWNS + 1)] = v[i];
    tw_prior *prior = tw_prior_gaussian(UNKNOWNS, zeros, c);
    tw_tensor *x = check_tensor(tw_shape4(count, 1, 1, UNKNOWNS));
    tw_tensor *data = check_tensor(tw_shape4(count, 1, 1, UNKNOWNS));
    tw_run *run = check_run(5, 1);
    tw_solver solver = *tw_solver_find("ddim");

    for (int64_t i = 0; i < data->size; i++)
        data->data[i] = (float) y[i % UNKNOWNS];
    solver.needs |= TW_STARTS_CLEAN;
    tw_schedule_ddpm(sigma, steps, .01, noise);
    const tw_problem problem = {
        .prior = prior, .sigma = sigma, .steps = steps, .start = data
    };

    check_ok(tw_solve(&solver, &problem, &eta, x, run), run);
    moments(x, UNKNOWNS, mean, variance);
    for (int i = 0; i < UNKNOWNS; i++) {
        const double gain = v[i] / (v[i] + noise * noise);
        const double posterior = gain * noise * noise;

        error[i] = fabs(mean[i] - gain * y[i]) / sqrt(posterior);
        ratio[i] = variance[i] / posterior;
        g_test_message("%d steps, eta %g: error %.3f, variance %.3f", steps,
                       eta, error[i], ratio[i]);
    }
    tw_run_free(run);
    tw_prior_free(prior);
    check_free(x);
    check_free(data);
    g_free(sigma);
}

/* It is a posterior sample in the limit of many steps, 15 steps are near, and
 * without fresh noise it is none: all samples are the same. */
static void
test_from_noise(void)
{
    double error[UNKNOWNS], ratio[UNKNOWNS];

    from_noise(400, 1, error, ratio);
    for (int i = 0; i < UNKNOWNS; i++) { /* 4 standard deviations and a step */
        g_assert_cmpfloat(error[i], <, 4 / sqrt(4000) + .03);
        check_near("many steps", ratio[i], 1, 4 * sqrt(2.0 / 4000) + .03);
    }
    from_noise(15, 1, error, ratio);
    for (int i = 0; i < UNKNOWNS; i++) {
        g_assert_cmpfloat(error[i], <, .3);
        check_near("15 steps", ratio[i], .8, .25);
    }
    from_noise(15, 0, error, ratio);
    for (int i = 0; i < UNKNOWNS; i++)
        g_assert_cmpfloat(ratio[i], <, 1e-6);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/solver-posteriors/three-unknowns", test_laws);
    g_test_add_func("/solver-posteriors/blocks", test_blocks);
    g_test_add_func("/solver-posteriors/from-noise", test_from_noise);
    return g_test_run();
}
