/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of a run and its tapes: limits, peak, lifetimes, the chain rule. */
#include "check.h"

#include <string.h>

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
    g_test_add_func("/tape/chain", test_tape);
    g_test_add_func("/tape/lifetime", test_tape_lifetime);
    return g_test_run();
}
