/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs: threads, progress, cancelling, random numbers. */
#include "check.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/run-private.h"

static void
test_threads(void)
{
    const int outside = omp_get_max_threads();
    tw_run *run = check_run(1, outside + 2);

    g_assert_cmpint(tw_run_threads(run), ==, outside + 2);
    tw_run_enter(run);
    tw_run_enter(run);
    g_assert_cmpint(omp_get_max_threads(), ==, outside + 2);
    tw_run_leave(run);
    g_assert_cmpint(omp_get_max_threads(), ==, outside + 2);
    tw_run_leave(run);
    g_assert_cmpint(omp_get_max_threads(), ==, outside);
    tw_run_free(run);

    run = check_run(1, 0);
    g_assert_cmpint(tw_run_threads(run), ==, omp_get_num_procs());
    tw_run_free(run);
}

/* What the report function saw. */
typedef struct seen {
    int reports, estimates, cancel_at;
    double fraction, seconds_left;
    tw_shape shape;
    float first;
    const char *phase;
} seen;

static bool
report(const tw_progress *progress, void *user_data)
{
    seen *s = user_data;

    g_assert_cmpfloat(progress->fraction, >=, s->fraction);
    g_assert_cmpfloat(progress->fraction, <=, 1);
    s->fraction = progress->fraction;
    s->seconds_left = progress->seconds_left;
    s->phase = progress->phase;
    if (progress->estimate) {
        s->estimates++;
        s->shape = progress->estimate->shape;
        s->first = progress->estimate->data[0];
    }
    return ++s->reports != s->cancel_at;
}

static tw_run *
reporting_run(seen *s, double interval)
{
    const tw_run_config config = {
        .report_interval = interval,
        .report = report,
        .user_data = s,
    };
    tw_run *run = tw_run_new(&config);

    g_assert_nonnull(run);
    return run;
}

static void
test_progress(void)
{
    seen s = { 0 };
    tw_run *run = reporting_run(&s, 0);
    tw_tensor *x = tw_scratch_shape(run, tw_shape4(1, 3, 8, 9));

    for (int64_t i = 0; i < x->size; i++)
        x->data[i] = (float) i;
    tw_run_phase(run, "Working");
    g_assert_cmpint(s.reports, ==, 1);
    s.reports = 0;
    tw_run_span(run, 0.2, 0.6);
    check_ok(tw_run_step(run, 0, 4, NULL), run);
    g_assert_cmpstr(s.phase, ==, "Working");
    check_near("at the start", s.fraction, 0.2, 1e-12);
    check_ok(tw_run_step(run, 1, 4, x), run);
    check_near("a quarter", s.fraction, 0.3, 1e-12);
    g_assert_cmpint(s.estimates, ==, 1);
    g_assert_true(tw_shape_equal(s.shape, x->shape));

    /* Soon after a report no part is reported, and it never goes back. */
    run->work.reported = tw_run_now() + 1000;
    check_ok(tw_run_part(run, 0.5), run);
    g_assert_cmpint(s.reports, ==, 2);
    run->work.reported = tw_run_now() - 0.11;
    check_ok(tw_run_part(run, 0.25), run);
    g_assert_cmpint(s.reports, ==, 3);
    check_near("half of the second step", s.fraction, 0.35, 1e-12);

    tw_run_window(run, 2, 3, 5, 6);
    check_ok(tw_run_step(run, 2, 4, x), run);
    g_assert_true(tw_shape_equal(s.shape, tw_shape4(1, 3, 5, 6)));
    g_assert_cmpfloat(s.first, ==, 2 * 9 + 3);
    /* A window that is not inside shows nothing. */
    tw_run_window(run, 4, 3, 5, 6);
    check_ok(tw_run_step(run, 3, 4, x), run);
    g_assert_cmpint(s.estimates, ==, 2);

    check_ok(tw_run_step(run, 4, 4, NULL), run);
    run->work.reported = tw_run_now() - 0.11;
    check_ok(tw_run_part(run, 0.5), run);
    check_near("not past the span", s.fraction, 0.6, 1e-12);
    tw_run_span(run, 0.6, 1);
    check_ok(tw_run_step(run, 1, 1, NULL), run);
    check_near("done", s.fraction, 1, 1e-12);
    tw_run_free(run);
}

static void
test_estimates(void)
{
    seen s = { 0 };
    tw_run *run = reporting_run(&s, 1000);
    tw_tensor *x = tw_scratch_shape(run, tw_shape4(1, 3, 8, 9));

    /* The first one is due at once, the next after the interval. */
    for (int i = 1; i <= 10; i++)
        check_ok(tw_run_step(run, i, 10, x), run);
    g_assert_cmpint(s.reports, ==, 10);
    g_assert_cmpint(s.estimates, ==, 1);
    run->work.estimated -= 1000;
    check_ok(tw_run_step(run, 10, 10, x), run);
    g_assert_cmpint(s.estimates, ==, 2);
    tw_run_free(run);
}

/* The clock is turned by moving the start of the span. */
static void
test_seconds_left(void)
{
    seen s = { 0 };
    tw_run *run = reporting_run(&s, 0);

    tw_run_span(run, 0.5, 0.9);
    run->work.started = tw_run_now() + 1000;
    check_ok(tw_run_step(run, 1, 4, NULL), run);
    g_assert_cmpfloat(s.seconds_left, <, 0); /* too early to tell */

    /* A tenth of the request in 10 seconds or a little more, 0.4 are left. */
    run->work.started = tw_run_now() - 10;
    check_ok(tw_run_step(run, 1, 4, NULL), run);
    g_assert_cmpfloat(s.seconds_left, >=, 40);
    g_assert_cmpfloat(s.seconds_left, <, 80);

    /* The next phase counts with what came before it: 0.45 of the request in 90
     * seconds or a little more, 0.05 are left. */
    run->work.started = tw_run_now() - 90;
    check_ok(tw_run_step(run, 4, 4, NULL), run);
    tw_run_span(run, 0.9, 1);
    check_ok(tw_run_step(run, 1, 2, NULL), run);
    g_assert_cmpfloat(s.seconds_left, >=, 9.99);
    g_assert_cmpfloat(s.seconds_left, <, 20);
    tw_run_free(run);
}

static gpointer
cancel(gpointer run)
{
    tw_run_cancel(run);
    return NULL;
}

static void
test_cancel(void)
{
    seen s = { .cancel_at = 3 };
    tw_run *run = reporting_run(&s, 0);

    check_ok(tw_run_step(run, 1, 10, NULL), run);
    check_ok(tw_run_step(run, 2, 10, NULL), run);
    g_assert_cmpint(tw_run_step(run, 3, 10, NULL), ==, TW_CANCELLED);
    g_assert_cmpint(tw_run_poll(run), ==, TW_CANCELLED);
    g_assert_cmpint(tw_run_part(run, 0.5), ==, TW_CANCELLED);
    g_assert_cmpstr(tw_run_error(run)->text, ==, "");
    g_assert_cmpint(tw_run_check(run), ==, TW_OK);
    tw_run_free(run);

    /* From another thread. */
    run = check_run(1, 1);
    check_ok(tw_run_poll(run), run);
    GThread *thread = g_thread_new("cancel", cancel, run);

    while (tw_run_poll(run) == TW_OK)
        g_thread_yield();
    g_thread_join(thread);
    tw_run_free(run);
}

static void
test_time_limit(void)
{
    const tw_run_config config = { .time_limit = 1000 };
    tw_run *run = tw_run_new(&config);

    check_ok(tw_run_poll(run), run);
    run->born -= 1001;
    g_assert_cmpint(tw_run_poll(run), ==, TW_CANCELLED);
    g_assert_nonnull(strstr(tw_run_error(run)->text, "1000 seconds"));
    g_assert_cmpint(tw_run_error(run)->status, ==, TW_CANCELLED);
    tw_run_free(run);
}

static void
test_evaluations(void)
{
    tw_run *run = check_run(1, 1);

    tw_run_count_evaluations(run, 1);
    tw_run_count_evaluations(run, 1);
    tw_run_count_checks(run, 2);
    g_assert_cmpint(tw_run_checks(run), ==, 0);
    tw_run_count_evaluations(run, 1);
    tw_run_count_checks(run, 2);
    g_assert_cmpint(tw_run_checks(run), ==, 1);
    g_assert_cmpint(tw_run_evaluations(run), ==, 2);
    tw_run_free(run);
}

static void
test_randn(void)
{
    tw_run *run = check_run(5, 1), *same = check_run(5, 8);
    const tw_shape shape = tw_shape4(1, 1, 100, 333);
    tw_tensor *a = tw_scratch_shape(run, shape), *b = tw_scratch(run, a);
    const size_t bytes = (size_t) a->size * sizeof(float);
    const double far = 0.9; /* |a - b| of independent ones is sqrt (2) |a| */

    tw_randn(run, a);
    tw_run_enter(same);
    tw_randn(same, b);
    tw_run_leave(same);
    g_assert_cmpmem(a->data, bytes, b->data, bytes);

    for (int k = 0; k < 2; k++) {
        if (k == 1)
            tw_run_reseed(run, UINT64_C(1) << 40);
        tw_randn(run, b);
        tw_lin2(b, 1, b, -1, a);
        g_assert_cmpfloat(tw_norm(b), >, far * tw_norm(a));
    }
    tw_run_reseed(run, 0);
    tw_randn(run, b);
    g_assert_cmpmem(a->data, bytes, b->data, bytes);
    tw_run_free(run);
    tw_run_free(same);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/run/threads", test_threads);
    g_test_add_func("/run/progress", test_progress);
    g_test_add_func("/run/estimates", test_estimates);
    g_test_add_func("/run/seconds-left", test_seconds_left);
    g_test_add_func("/run/cancel", test_cancel);
    g_test_add_func("/run/time-limit", test_time_limit);
    g_test_add_func("/run/evaluations", test_evaluations);
    g_test_add_func("/run/randn", test_randn);
    return g_test_run();
}
