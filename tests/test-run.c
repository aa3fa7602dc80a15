/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs: memory, limits, cancelling, progress, random numbers; tapes. */
#include "check.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/run-private.h"
#include "core/tape.h"

static const size_t megabyte = 1 << 20;

static tw_run *
limited_run(size_t limit)
{
    const tw_run_config config = { .memory_limit = limit };
    tw_run *run = tw_run_new(&config);

    g_assert_nonnull(run);
    return run;
}

static void
test_scratch(void)
{
    tw_run *run = check_run(1, 1);
    tw_tensor *a = tw_scratch_shape(run, tw_shape4(1, 3, 5, 7));
    const size_t mark = tw_run_mark(run);
    tw_tensor *b = tw_scratch(run, a);
    char *bytes = tw_scratch_bytes(run, 100);

    check_ok(tw_run_check(run), run);
    g_assert_true(tw_shape_equal(b->shape, a->shape));
    g_assert_cmpint(b->size, ==, 105);
    g_assert_cmpuint((uintptr_t) a->data % 64, ==, 0);
    g_assert_cmpuint((uintptr_t) bytes % 64, ==, 0);
    tw_fill(a, 1);
    tw_fill(b, 2);
    memset(bytes, 3, 100);
    tw_run_release(run, mark);
    g_assert_cmpuint(tw_run_mark(run), ==, mark);
    check_near("a is kept", tw_dot(a, a), 105, 0);

    tw_tensor *empty = tw_scratch_shape(run, tw_shape4(0, 3, 5, 7));

    g_assert_nonnull(empty);
    g_assert_cmpint(empty->size, ==, 0);
    tw_run_free(run);
}

/* Blocks are used again, and the peak is that of what was in use at once. */
static void
test_peak(void)
{
    tw_run *run = check_run(1, 1);
    const size_t mark = tw_run_mark(run);
    void *first = tw_scratch_bytes(run, megabyte);
    const size_t one = tw_run_peak(run);

    g_assert_cmpuint(one, >=, megabyte);
    g_assert_cmpuint(one, <=, megabyte + 256);
    tw_run_release(run, mark);
    g_assert_true(tw_scratch_bytes(run, megabyte) == first);
    tw_run_release(run, mark);
    for (int i = 0; i < 100; i++) {
        tw_scratch_bytes(run, (size_t) (i + 1) * 10000);
        tw_run_release(run, mark);
    }
    check_ok(tw_run_check(run), run);
    g_assert_cmpuint(tw_run_peak(run), ==, one);
    tw_scratch_bytes(run, megabyte);
    tw_scratch_bytes(run, megabyte);
    g_assert_cmpuint(tw_run_peak(run), ==, 2 * one);
    tw_run_free(run);
}

static void
test_limit(void)
{
    tw_run *run = limited_run(4 * megabyte);
    const size_t mark = tw_run_mark(run);

    for (int i = 0; i < 3; i++)
        g_assert_nonnull(tw_scratch_bytes(run, megabyte));
    check_ok(tw_run_check(run), run);
    /* What is kept for use again never stands in the way of another size. */
    tw_run_release(run, mark);
    g_assert_nonnull(tw_scratch_bytes(run, 4 * megabyte - 256));
    tw_run_release(run, mark);
    check_ok(tw_run_check(run), run);

    for (int i = 0; i < 3; i++)
        g_assert_nonnull(tw_scratch_bytes(run, megabyte));
    g_assert_null(tw_scratch_bytes(run, megabyte));
    g_assert_cmpint(tw_run_check(run), ==, TW_ERR_MEMORY);
    g_assert_cmpint(tw_run_error(run)->status, ==, TW_ERR_MEMORY);
    g_assert_nonnull(
        strstr(tw_run_error(run)->text, "4.1 MB of memory are needed"));
    g_assert_nonnull(strstr(tw_run_error(run)->text, "4.0 MB are allowed"));
    g_assert_cmpuint(tw_run_peak(run), <=, 4 * megabyte);
    tw_run_free(run);
}

static void
test_absurd_sizes(void)
{
    static const int64_t sizes[] = { INT64_MAX, INT64_MAX / 4, INT64_C(1) << 40,
                                     -1 };

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        tw_run *run = check_run(1, 1);

        g_assert_null(
            tw_scratch_shape(run, tw_shape4(sizes[i], 1, sizes[i], 1)));
        g_assert_cmpint(tw_run_check(run), ==, TW_ERR_MEMORY);
        tw_run_free(run);
    }
    tw_run *run = limited_run(1);

    g_assert_null(tw_scratch_bytes(run, 0));
    g_assert_null(tw_scratch_bytes(run, SIZE_MAX));
    g_assert_null(tw_run_arena(run, run, 1));
    g_assert_null(tw_tape_new(run));
    g_assert_cmpint(tw_run_check(run), ==, TW_ERR_MEMORY);
    tw_run_free(run);
}

static void
test_arena(void)
{
    tw_run *run = limited_run(32 * megabyte);
    const size_t mark = tw_run_mark(run);
    int a, b;
    char *first = tw_run_arena(run, &a, 8 * megabyte);
    char *second = tw_run_arena(run, &b, megabyte);

    memset(first, 1, 8 * megabyte);
    memset(second, 2, megabyte);
    tw_run_release(run, mark);
    g_assert_true(tw_run_arena(run, &a, 5) == first);
    g_assert_true(tw_run_arena(run, &b, megabyte) == second);
    g_assert_cmpint(first[8 * megabyte - 1], ==, 1);

    char *grown = tw_run_arena(run, &a, 16 * megabyte);

    memset(grown, 3, 16 * megabyte);
    g_assert_cmpuint(tw_run_peak(run), <, 18 * megabyte);
    g_assert_null(tw_run_arena(run, &a, 32 * megabyte));
    g_assert_cmpint(tw_run_check(run), ==, TW_ERR_MEMORY);
    tw_run_free(run);
}

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
    tw_run_free(run);
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

    run = check_run(1, 1);
    check_ok(tw_run_poll(run), run);
    tw_run_cancel(run);
    g_assert_cmpint(tw_run_poll(run), ==, TW_CANCELLED);
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

    tw_run_count_evaluation(run);
    tw_run_count_evaluation(run);
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

/* Parts of a tape: y = k x, k being saved; and y[i] = x[i] x[i + n]. */
static tw_status
pull_scale(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    (void) run;
    tw_lin2(g, (double) *(const float *) saved, v, 0, v);
    return TW_OK;
}

static tw_status
pull_product(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const float *x = saved;

    (void) run;
    for (int64_t i = 0; i < v->size; i++) {
        g->data[i] = v->data[i] * x[i + v->size];
        g->data[i + v->size] = v->data[i] * x[i];
    }
    return TW_OK;
}

static const tw_shape wide = { 1, { 6, 1, 1, 1 } };
static const tw_shape narrow = { 1, { 3, 1, 1, 1 } };

/* Records z = product (k x). */
static tw_status
record(tw_tape *tape, const tw_tensor *x, float k)
{
    float *factor = tw_tape_bytes(tape, sizeof *factor);
    float *kept = tw_tape_bytes(tape, 6 * sizeof *kept);

    if (!factor || !kept)
        return TW_ERR_MEMORY;
    *factor = k;
    for (int i = 0; i < 6; i++)
        kept[i] = k * x->data[i];
    TW_TRY(tw_tape_record(tape, pull_scale, factor, wide, wide));
    return tw_tape_record(tape, pull_product, kept, wide, narrow);
}

static void
test_tape(void)
{
    tw_run *run = check_run(1, 1);
    tw_tensor *x = tw_scratch_shape(run, wide), *g = tw_scratch(run, x);
    tw_tensor *v = tw_scratch_shape(run, narrow);
    tw_tape *tape = tw_tape_new(run);
    const size_t outside = tw_run_mark(run);

    check_fill(x, 1);
    check_fill(v, 2);
    for (int pass = 0; pass < 3; pass++) {
        const float k = 2 + (float) pass;

        tw_tape_rewind(tape);
        check_ok(record(tape, x, k), run);
        for (int again = 0; again < 2; again++) {
            check_ok(tw_pull(tape, v, g, run), run);
            for (int i = 0; i < 6; i++)
                check_near(
                    "pull", (double) g->data[i],
                    (double) (k * k * v->data[i % 3] * x->data[(i + 3) % 6]),
                    1e-5);
        }
        g_assert_cmpuint(tw_run_mark(run), ==, outside);
    }
    tw_run_cancel(run);
    g_assert_cmpint(tw_pull(tape, v, g, run), ==, TW_CANCELLED);
    tw_run_free(run);
}

/* What a tape keeps outlives the dispatcher that recorded it, and goes when the
 * tape goes. */
static void
test_tape_lifetime(void)
{
    tw_run *run = limited_run(8 * megabyte);
    const size_t outer = tw_run_mark(run);

    for (int round = 0; round < 10; round++) {
        tw_tape *tape = tw_tape_new(run);
        const size_t inner = tw_run_mark(run);
        char *scratch = tw_scratch_bytes(run, megabyte);
        char *kept = tw_tape_bytes(tape, 2 * megabyte);

        memset(scratch, 1, megabyte);
        memset(kept, 2, 2 * megabyte);
        tw_run_release(run, inner);
        memset(tw_scratch_bytes(run, 4 * megabyte), 3, 4 * megabyte);
        g_assert_cmpint(kept[2 * megabyte - 1], ==, 2);
        tw_run_release(run, outer);
    }
    check_ok(tw_run_check(run), run);

    /* An empty tape is the identity. */
    tw_tensor *v = tw_scratch_shape(run, wide), *g = tw_scratch(run, v);

    check_fill(v, 1);
    check_ok(tw_pull(tw_tape_new(run), v, g, run), run);
    g_assert_cmpmem(v->data, 24, g->data, 24);
    tw_run_free(run);
}

static tw_status
use_all(void *data)
{
    tw_run *run = tw_run_new(&(tw_run_config) { .threads = 1 });

    (void) data;
    if (!run)
        return TW_ERR_MEMORY;

    tw_tensor *x = tw_scratch_shape(run, wide);
    tw_tape *tape = tw_tape_new(run);
    void *arena = tw_run_arena(run, data, 100);
    tw_status status = tw_run_check(run);

    if (status == TW_OK && (!x || !tape || !arena))
        status = TW_ERR_DIVERGED; /* a failure was forgotten */
    if (status == TW_OK) {
        tw_fill(x, 1);
        status = record(tape, x, 2);
    }
    if (status == TW_OK) {
        tw_tensor *v = tw_scratch_shape(run, narrow);

        status = tw_run_check(run);
        if (status == TW_OK) {
            tw_fill(v, 1);
            status = tw_pull(tape, v, x, run);
        }
    }
    tw_run_free(run);
    return status;
}

static void
test_no_memory(void)
{
    check_every_allocation("run", use_all, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/memory/scratch", test_scratch);
    g_test_add_func("/memory/peak", test_peak);
    g_test_add_func("/memory/limit", test_limit);
    g_test_add_func("/memory/absurd-sizes", test_absurd_sizes);
    g_test_add_func("/memory/arena", test_arena);
    g_test_add_func("/memory/none-left", test_no_memory);
    g_test_add_func("/run/threads", test_threads);
    g_test_add_func("/run/progress", test_progress);
    g_test_add_func("/run/estimates", test_estimates);
    g_test_add_func("/run/seconds-left", test_seconds_left);
    g_test_add_func("/run/cancel", test_cancel);
    g_test_add_func("/run/time-limit", test_time_limit);
    g_test_add_func("/run/evaluations", test_evaluations);
    g_test_add_func("/run/randn", test_randn);
    g_test_add_func("/tape/chain", test_tape);
    g_test_add_func("/tape/lifetime", test_tape_lifetime);
    return g_test_run();
}
