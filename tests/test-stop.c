/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stop and keep: the estimate of the step in which a run is stopped is its
 * result. */
#include "check-picture.h"

#include <math.h>
#include <string.h>

#include "dense.h"
#include "priors/gaussian.h"

/* Stops the run at estimate @at (from 1) and keeps it. */
typedef struct watcher {
    tw_run *run;
    int at, seen;
    int announced; /* steps, before anything was evaluated */
    double most;   /* root mean square of any estimate */
    GArray *estimate;
} watcher;

static bool
watch(const tw_progress *progress, void *user_data)
{
    watcher *w = user_data;
    const tw_tensor *x = progress->estimate;
    int steps;

    if (tw_run_steps_done(w->run, &steps) == 0 &&
        tw_run_evaluations(w->run) == 0)
        w->announced = steps;
    if (!x)
        return true;
    w->most = fmax(w->most, tw_norm(x) / sqrt((double) x->size));
    if (++w->seen == w->at) {
        g_array_set_size(w->estimate, 0);
        g_array_append_vals(w->estimate, x->data, (guint) x->size);
        tw_run_stop(w->run);
    }
    return true;
}

static void
watch_run(watcher *w, int at)
{
    *w = (watcher) { .at = at };
    w->estimate = g_array_new(FALSE, FALSE, sizeof(float));
    w->run = tw_run_new(
        &(tw_run_config) { .seed = 3, .report = watch, .user_data = w });
    g_assert_nonnull(w->run);
}

static void
unwatch(watcher *w)
{
    tw_run_free(w->run);
    g_array_unref(w->estimate);
}

/* --- solvers --- */

enum { N = DENSE_UNKNOWNS, M = DENSE_MEASURED, STEPS = 12, COUNT = 40 };

typedef struct problem {
    tw_prior *prior;
    tw_operator *op;
    tw_tensor *y;
    double sigma[STEPS + 1];
} problem;

static void
solve(const problem *p, const tw_solver *solver, tw_tensor *x, tw_run *run)
{
    const tw_data data = tw_data_gaussian(p->op, p->y, 0.1);
    const tw_problem whole = {
        .prior = p->prior, .data = &data, .sigma = p->sigma, .steps = STEPS
    };
    const size_t mark = tw_run_mark(run);

    check_ok(tw_solve(solver, &whole, NULL, x, run), run);
    g_assert_cmpuint(tw_run_mark(run), ==, mark);
}

/* At every step in turn; the last one has nothing left to stop. */
static void
stop_solver(const problem *p, const tw_solver *solver)
{
    tw_tensor *whole = check_tensor(tw_shape4(COUNT, 1, 1, N));
    tw_tensor *x = check_tensor(whole->shape);
    int all = 1, of;
    watcher w;

    for (int at = 0; at <= all; at++) {
        watch_run(&w, at);
        solve(p, solver, at ? x : whole, w.run);
        all = at ? all : w.seen;
        g_assert_cmpint(tw_run_steps_done(w.run, &of), ==, at ? at : all);
        g_assert_cmpint(of, ==, all);
        g_assert_cmpint(w.announced, ==, STEPS);
        if (at > 0)
            g_assert_cmpmem(x->data, (size_t) x->size * sizeof(float),
                            at == all ? (void *) whole->data : w.estimate->data,
                            (size_t) x->size * sizeof(float));
        /* Of the clean picture: the state begins with noise of 80, the unknowns
         * are near 1 and the largest estimate is 1.4. */
        g_assert_cmpfloat(w.most, <, 8);
        unwatch(&w);
    }
    g_assert_cmpint(all, >=, STEPS);
    check_free(whole);
    check_free(x);
}

static void
solvers(void)
{
    problem p = { tw_prior_gaussian(N, dense_mean, dense_covariance),
                  dense_operator(M, N, dense_matrix),
                  check_tensor(tw_shape4(COUNT, 1, 1, M)),
                  { 0 } };

    check_fill(p.y, 3);
    tw_schedule_karras(p.sigma, STEPS, 0.01, 80);
    for (int i = 0; tw_solvers[i]; i++) {
        g_test_message("%s", tw_solvers[i]->name);
        stop_solver(&p, tw_solvers[i]);
    }
    tw_prior_free(p.prior);
    tw_operator_free(p.op);
    check_free(p.y);
}

/* --- tasks --- */

enum { SIDE = 24, HOLE = 8 };

/* Whether a pixel is in the hole, and the picture of that. */
static gboolean
in_hole(int y, int x)
{
    return y >= HOLE && y < 2 * HOLE && x >= HOLE && x < 2 * HOLE;
}

static tw_image
hole_mask(void)
{
    tw_image mask = check_picture(SIDE, SIDE);

    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            for (int c = 0; c < 3; c++)
                mask.data[y * mask.stride + 4 * x + c] = in_hole(y, x) ? 1 : 0;
    return mask;
}

/* Restores the photograph with a run that stops at estimate @at. @out: as many
 * pictures as are planned, of gray. */
static tw_plan
stopped(const char *words, int at, watcher *w, tw_image *out, tw_report *report)
{
    tw_request *request = check_request(words);
    tw_image in = check_photo("quail", 0, 0, SIDE, SIDE), mask = hole_mask();
    tw_error err = { 0 };
    tw_plan plan;

    tw_request_mask(request, &mask);
    g_assert_cmpint(
        tw_plan_request(request, check_store(), SIDE, SIDE, 0, &plan, &err), ==,
        TW_OK);
    for (int i = 0; i < plan.results; i++)
        out[i] = check_picture(plan.width, plan.height);
    watch_run(w, at);
    if (at == 0)
        tw_run_stop(w->run);
    check_ok(tw_restore(request, check_store(), &in, out, report, w->run),
             w->run);
    g_assert_cmpuint(tw_run_mark(w->run), ==, 0);
    g_assert_cmpuint(tw_run_peak(w->run), <=, plan.bytes);
    tw_request_free(request);
    check_picture_free(&in);
    check_picture_free(&mask);
    return plan;
}

/* Value @c of pixel (@y, @x) as the estimate shows it. */
static float
shown(const watcher *w, int y, int x, int c)
{
    const float v =
        g_array_index(w->estimate, float, (guint) ((c * SIDE + y) * SIDE + x));

    return 0.5F * (v < -1 ? -1 : v > 1 ? 1 : v) + 0.5F;
}

static void
check_shown(const watcher *w, const tw_image *out, gboolean hole_only)
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            for (int c = 0; c < 3 && (!hole_only || in_hole(y, x)); c++) {
                const float a = out->data[y * out->stride + 4 * x + c];
                const float b = shown(w, y, x, c);

                g_assert_cmpmem(&a, sizeof a, &b, sizeof b);
            }
}

/* The user gets what the preview showed: canvas and window, mask and exact fit
 * included. */
static void
tasks(void)
{
    static const char *const words[] = {
        "denoise noise=0.1 style=textured steps=4",
        "deblur sigma=1.5 noise=0.01 steps=4",
        "inpaint steps=4",
        "upscale scale=2 steps=4 style=textured",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        for (int at = 1; at <= 4; at++) {
            const gboolean hole = g_str_has_prefix(words[i], "inpaint");
            tw_report report;
            tw_image out;
            watcher w;

            g_test_message("%s, stopped at %d", words[i], at);
            stopped(words[i], at, &w, &out, &report);
            g_assert_cmpint(report.steps, ==, at);
            g_assert_cmpint(report.evaluations, ==, at);
            g_assert_cmpint(report.results, ==, 1);
            g_assert_true(report.stopped == (at < 4));
            g_assert_true(isfinite(report.consistency));
            if (out.width == SIDE)
                check_shown(&w, &out, hole);
            else /* the result still shrinks to what was given */
                g_assert_cmpfloat(report.consistency, <, report.limit);
            unwatch(&w);
            check_picture_free(&out);
        }
}

/* Known pixels are those given, whenever it was stopped: that is what a check of
 * the result against the data finds, to the bit. */
static void
known_pixels(void)
{
    tw_image in = check_photo("quail", 0, 0, SIDE, SIDE), out;
    tw_report report;
    watcher w;

    stopped("inpaint steps=4", 1, &w, &out, &report);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (!in_hole(y, x))
                g_assert_cmpmem(&out.data[y * out.stride + 4 * x], 16,
                                &in.data[y * in.stride + 4 * x], 16);
    unwatch(&w);
    check_picture_free(&in);
    check_picture_free(&out);
}

/* Asked before the start: one step. */
static void
before_the_start(void)
{
    static const char *const words[] = { "deblur noise=0.01 steps=5",
                                         "deblur noise=0.01 time=1000" };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_report report;
        tw_image out;
        watcher w;

        stopped(words[i], 0, &w, &out, &report);
        g_assert_true(report.stopped);
        g_assert_cmpint(report.steps, ==, 1);
        unwatch(&w);
        check_picture_free(&out);
    }
}

/* --- samples --- */

static const char several[] = "denoise noise=0.1 style=textured steps=4 "
                              "samples=3 shot=0";

/* Those done before stay, the one shown is there as it was shown, and pictures
 * that were not begun are not touched. */
static void
results(void)
{
    tw_image gray = check_picture(SIDE, SIDE), all[3];
    tw_report report;
    watcher w;

    stopped(several, -1, &w, all, &report);
    g_assert_false(report.stopped);
    g_assert_cmpint(report.results, ==, 3);
    unwatch(&w);
    for (int at = 1; at <= 12; at++) {
        const int whole = at / 4, part = at % 4;
        tw_image out[3];

        g_test_message("stopped at %d", at);
        stopped(several, at, &w, out, &report);
        g_assert_true(report.stopped == (at < 12));
        g_assert_cmpint(report.results, ==, whole + (part > 0));
        g_assert_cmpint(report.steps, ==, part ? part : 4);
        g_assert_cmpint(report.evaluations, ==, at);
        if (part)
            check_shown(&w, &out[whole], FALSE);
        for (int i = 0; i < 3; i++) {
            if (i < whole)
                g_assert_true(check_picture_equal(&out[i], &all[i]));
            if (i >= report.results)
                g_assert_true(check_picture_equal(&out[i], &gray));
            check_picture_free(&out[i]);
        }
        unwatch(&w);
    }
    for (int i = 0; i < 3; i++)
        check_picture_free(&all[i]);
    check_picture_free(&gray);
}

/* A mean of one sample and of three quarters of another. */
static void
mean(void)
{
    tw_image all[3], out;
    tw_report report;
    watcher w;

    stopped(several, -1, &w, all, &report);
    unwatch(&w);
    stopped("denoise noise=0.1 steps=4 samples=3", 7, &w, &out, &report);
    g_assert_true(report.stopped);
    g_assert_cmpint(report.results, ==, 1);
    g_assert_cmpint(report.steps, ==, 3);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            for (int c = 0; c < 3; c++) {
                const ptrdiff_t at = y * out.stride + 4 * x + c;

                check_near("mean", (double) out.data[at],
                           ((double) all[0].data[at] +
                            0.75 * (double) shown(&w, y, x, c)) /
                               1.75,
                           1e-6);
            }
    unwatch(&w);
    check_picture_free(&out);
    for (int i = 0; i < 3; i++)
        check_picture_free(&all[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stop/solvers", solvers);
    g_test_add_func("/stop/tasks", tasks);
    g_test_add_func("/stop/known-pixels", known_pixels);
    g_test_add_func("/stop/before-the-start", before_the_start);
    g_test_add_func("/stop/results", results);
    g_test_add_func("/stop/mean", mean);
    return g_test_run();
}
