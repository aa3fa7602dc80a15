/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans are made by running without data: what a plan says is what a run takes, and
 * neither depends on the machine. */
#include "check-picture.h"

#include <string.h>

#include "core/sizing.h"
#include "operators/operators.h"
#include "priors/tiled.h"
#include "solvers/solver.h"

/* --- a method with a tape, of which nobody has counted anything --- */

/* Chung et al. 2023, arXiv:2209.14687, algorithm 1, with a step of 1 over the
 * norm of the residual. */
static tw_status
dps(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *x0 = tw_scratch(run, x), *g = tw_scratch(run, x);
    tw_tensor *r = tw_scratch(run, p->data->y);
    tw_tape *tape = tw_tape_new(run);

    (void) par;
    TW_TRY(tw_run_check(run));
    for (int i = 0; i < p->steps; i++) {
        tw_tape_rewind(tape);
        TW_TRY(tw_denoise(p->prior, x, p->sigma[i], x0, tape, run));
        TW_TRY(tw_data_residual(p->data, x0, r, run));
        const double norm = tw_norm(r);

        TW_TRY(tw_adjoint(p->data->op, x0, r, g, run));
        TW_TRY(tw_pull(tape, g, g, run));
        TW_TRY(tw_renoise(x, x0, x0, p->sigma[i], p->sigma[i + 1], 0.5, run));
        tw_lin2(x, 1, x, norm > 0 ? 1 / norm : 0, g);
        TW_TRY(tw_run_step(run, i + 1, p->steps, x0));
    }
    return TW_OK;
}

static const tw_param no_params[] = { TW_PARAM_END };

static const tw_solver solver = {
    .name = "dps", .needs = TW_NEEDS_PULL, .params = no_params, .solve = dps
};

static void
solve(const tw_prior *prior, tw_tensor *x, tw_run *run)
{
    static const double sigma[] = { 1, 0.5, 0.2, 0.05, 0 };
    tw_operator *op = tw_operator_identity();
    tw_tensor y = *x;
    const tw_data data = tw_data_gaussian(op, &y, 0.1);
    const tw_problem problem = {
        .prior = prior, .data = &data, .sigma = sigma, .steps = 4
    };

    tw_run_enter(run);
    check_ok(tw_solve(&solver, &problem, NULL, x, run), run);
    tw_run_leave(run);
    tw_operator_free(op);
}

/* Whole, where both are the same to the byte; and in tiles, where those of the plan
 * are the largest that there can be. */
static void
tape(void)
{
    tw_error err = { 0 };
    tw_prior *prior;

    g_assert_cmpint(tw_store_prior(check_store(),
                                   tw_store_card(check_store(), 0), NULL,
                                   &prior, &err),
                    ==, TW_OK);
    for (int tiles = 0; tiles < 2; tiles++) {
        tw_prior *tiled = tw_prior_tiled(prior, 96, 32);
        tw_tensor *x = check_noise(1, 3, 80, tiles ? 160 : 64, 1);
        tw_tensor shape = check_sized(x->shape);
        tw_run *run = check_run(1, 2), *sizes = tw_run_new_sizing(2);

        solve(tiles ? tiled : prior, x, run);
        solve(tiles ? tiled : prior, &shape, sizes);
        g_test_message("%zu of %zu bytes", tw_run_peak(run),
                       tw_run_peak(sizes));
        g_assert_cmpint(tw_run_evaluations(run), ==, 4);
        g_assert_cmpint(tw_run_evaluations(sizes), ==, 4);
        g_assert_cmpuint(tw_run_peak(run), <=, tw_run_peak(sizes));
        if (!tiles)
            g_assert_cmpuint(tw_run_peak(run), ==, tw_run_peak(sizes));
        tw_run_free(run);
        tw_run_free(sizes);
        tw_prior_free(tiled);
        check_free(x);
    }
    tw_prior_free(prior);
}

/* --- requests --- */

static void
cover(tw_image *mask, tw_request *request)
{
    for (int y = 20; y < 28; y++)
        for (int x = 30; x < 40; x++)
            for (int c = 0; c < 3; c++)
                mask->data[y * mask->stride + 4 * x + c] = 1;
    tw_request_mask(request, mask);
}

/* What explains a result takes what the plan says, which counts its four
 * pictures. */
static void
check_explained(const tw_request *request, const tw_image *in,
                const tw_image *out, const tw_report *report,
                const tw_plan *plan)
{
    tw_image measured = check_picture(out->width, out->height);
    tw_image misfit = check_picture(out->width, out->height);

    g_assert_cmpuint(plan->explain_bytes, >,
                     (size_t) (3 * out->width * out->height) * 16);
    tw_run *run = check_run(1, 8);

    check_ok(tw_explain(request, check_store(), in, out, report, &measured,
                        &misfit, run),
             run);
    g_test_message("explained: %zu of %zu bytes", tw_run_peak(run),
                   plan->explain_bytes);
    g_assert_cmpuint(tw_run_peak(run), <=, plan->explain_bytes);
    tw_run_free(run);
    check_picture_free(&measured);
    check_picture_free(&misfit);
}

/* Bytes and evaluations of the report are those of the plan, which has as many
 * threads as the run here, but for one state: it allows for values above white. (And
 * for transparent pixels and the largest hole that a mask may have; none of these
 * takes most memory there.) */
static void
requests(void)
{
    static const char *const words[] = {
        "denoise",
        "denoise style=textured steps=4 strength=0.5",
        "denoise noise=0.02 shot=0.01 steps=2",
        "denoise solver=edm-heun steps=3",
        "deblur sigma=1.5 noise=0.01 steps=2",
        "deblur sigma=1.5 border=mirror noise=0.01 steps=2 solver=ddrm",
        "deblur length=9 angle=20 border=mirror noise=0.01 steps=1 solver=dds",
        "deblur sigma=1 border=periodic shot=0.01 noise=0.01 steps=1",
        "deblur sigma=1 light=linear noise=0.01 steps=1",
        "deblur radius=2 noise=0.01 samples=2 steps=2",
        "deblur radius=2 noise=0.01 samples=2 style=textured steps=2",
        "inpaint fill=network steps=2",
        "upscale scale=2 steps=2 prompt=bird guidance=2",
        "upscale scale=1.7 kernel=bicubic solver=daps steps=2",
        "upscale scale=2 solver=ddnm travel=2 repeat=2 steps=5",
        "upscale scale=2 solver=diffpir steps=3",
        "denoise noise=0.05 detail=50 steps=1",
        "deblur sigma=1 noise=0.01 detail=30 samples=2 steps=1",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_request *request = check_request(words[i]);
        tw_image in = check_photo("quail", 0, 0, 96, 80), out[2];
        tw_image mask = check_picture(96, 80);
        tw_error err = { 0 };
        tw_report report;
        tw_plan plan;

        check_picture_soften(&in);
        if (g_str_has_prefix(words[i], "inpaint"))
            cover(&mask, request);
        tw_request_set(request, "threads", "8", &err);
        g_assert_cmpint(
            tw_plan_request(request, check_store(), 96, 80, 0, &plan, &err), ==,
            TW_OK);
        g_assert_cmpint(check_restore(request, &in, out, &report, &err), ==,
                        TW_OK);
        g_test_message("%s: %zu of %zu bytes", words[i], report.peak_bytes,
                       plan.bytes);
        const size_t state = (size_t) (plan.width * plan.height) * 3 * 4;

        g_assert_cmpuint(report.peak_bytes, <=, plan.bytes);
        g_assert_cmpuint(report.peak_bytes + 2 * state, >=, plan.bytes);
        g_assert_cmpint(report.evaluations, ==, plan.evaluations);
        check_explained(request, &in, out, &report, &plan);
        for (int k = 0; k < plan.results; k++)
            check_picture_free(&out[k]);
        check_picture_free(&in);
        check_picture_free(&mask);
        tw_request_free(request);
    }
}

/* --- threads --- */

/* The same tile and the same bytes for any number of threads, within the limit. */
static void
threads_choose_nothing(void)
{
    static const int threads[] = { 1, 2, 8, 16, 64 };
    tw_request *request = check_request("denoise noise=0.05 steps=2");
    tw_image in = check_photo("jaguar", 0, 0, 208, 160), first;
    tw_error err = { 0 };
    tw_plan plan;

    tw_plan_request(request, check_store(), in.width, in.height, 0, &plan,
                    &err);
    /* Too little for the whole: tiles. */
    const size_t limit = plan.bytes - 1;

    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        tw_run *run = tw_run_new(
            &(tw_run_config) { .threads = threads[i], .memory_limit = limit });
        tw_image out = check_picture(in.width, in.height);
        tw_report report;

        check_ok(tw_restore(request, check_store(), &in, &out, &report, run),
                 run);
        g_test_message("%d threads: %d, %zu of %zu bytes", threads[i],
                       tw_run_threads(run), report.peak_bytes, limit);
        g_assert_cmpint(report.tile, >, 0);
        g_assert_cmpint(tw_run_threads(run), <=, threads[i]);
        g_assert_cmpuint(report.peak_bytes, <=, limit);
        if (i == 0)
            first = check_picture_copy(&out);
        g_assert_true(check_picture_equal(&out, &first));
        check_picture_free(&out);
        tw_run_free(run);
    }
    check_picture_free(&in);
    check_picture_free(&first);
    tw_request_free(request);
}

/* A refusal says what is enough, rounded to MiB, and it is, with 64 threads too. */
static void
refusal(void)
{
    tw_request *request = check_request("denoise noise=0.05");
    tw_image in = check_photo("jaguar", 0, 0, 208, 208);
    tw_error err = { 0 };
    tw_plan plan;

    g_assert_cmpint(tw_plan_request(request, check_store(), in.width, in.height,
                                    20 << 20, &plan, &err),
                    ==, TW_ERR_MEMORY);
    const char *said = strstr(err.text, "needs ");

    g_assert_nonnull(said);
    const size_t enough =
        (size_t) g_ascii_strtoull(said + strlen("needs "), NULL, 10) << 20;
    tw_run *run =
        tw_run_new(&(tw_run_config) { .threads = 64, .memory_limit = enough });
    tw_image out = check_picture(in.width, in.height);

    g_assert_cmpint(tw_plan_request(request, check_store(), in.width, in.height,
                                    enough - (1 << 20), &plan, &err),
                    ==, TW_ERR_MEMORY);
    check_ok(tw_restore(request, check_store(), &in, &out, NULL, run), run);
    check_picture_free(&in);
    check_picture_free(&out);
    tw_run_free(run);
    tw_request_free(request);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sizing/tape", tape);
    g_test_add_func("/sizing/requests", requests);
    g_test_add_func("/sizing/threads", threads_choose_nothing);
    g_test_add_func("/sizing/refusal", refusal);
    return g_test_run();
}
