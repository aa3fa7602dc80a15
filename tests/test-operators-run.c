/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operator of the table of examples: memory, cancelling, threads. */

#include "check-operators.h"

/* One after the other, each given what it needs; returns the first failure. */
static tw_status
do_all(const fixture *f)
{
    TW_TRY(tw_forward(f->op, f->x, f->e, f->run));
    TW_TRY(tw_adjoint(f->op, f->x, f->y, f->g, f->run));
    TW_TRY(tw_prox(f->op, f->y, f->z, 0.1, f->g, f->run));
    if (f->linear)
        TW_TRY(tw_pinv(f->op, f->y, f->g, f->run));
    if (f->op->klass->flags & TW_OPERATOR_SPECTRAL) {
        TW_TRY(tw_values(f->op, f->g, f->run));
        TW_TRY(tw_to_v(f->op, f->x, f->g, f->run));
        TW_TRY(tw_from_v(f->op, f->x, f->g, f->run));
        TW_TRY(tw_to_u(f->op, f->y, f->g, f->run));
    }
    return TW_OK;
}

static void
test_memory(void)
{
    fixture f;

    EXAMPLES(f, 0)
    {
        const size_t bound = tw_operator_bytes(f.op, f.xs);
        const tw_run_config little = { .memory_limit = 1 };

        check_ok(do_all(&f), f.run);
        g_test_message("%s: %zu of %zu", check_title(&f, index, "bytes"),
                       tw_run_peak(f.run), bound);
        g_assert_cmpuint(tw_run_peak(f.run), <=, bound);
        tw_run_free(f.run);
        f.run = tw_run_new(&little);
        g_assert_cmpint(do_all(&f), ==, bound > 0 ? TW_ERR_MEMORY : TW_OK);
    }
}

static void
test_cancel(void)
{
    fixture f;

    EXAMPLES(f, 0)
    {
        tw_run_cancel(f.run);
        g_assert_cmpint(tw_forward(f.op, f.x, f.e, f.run), ==, TW_CANCELLED);
        g_assert_cmpint(tw_adjoint(f.op, f.x, f.y, f.g, f.run), ==,
                        TW_CANCELLED);
        g_assert_cmpint(tw_prox(f.op, f.y, f.z, 0.1, f.g, f.run), ==,
                        TW_CANCELLED);
        g_assert_cmpint(tw_pinv(f.op, f.y, f.g, f.run), ==, TW_CANCELLED);
    }
}

/* The same bytes for any number of threads. */
static void
test_threads(void)
{
    static const int threads[] = { 2, 3, 8 };
    fixture f;

    EXAMPLES(f, 1)
    {
        tw_tensor *x = check_tensor(f.xs), *g = check_tensor(f.xs);

        check_ok(tw_prox(f.op, f.y, f.z, 0.03, x, f.run), f.run);
        check_ok(tw_adjoint(f.op, f.x, f.y, g, f.run), f.run);
        for (int i = 0; i < 3; i++) {
            tw_run_free(f.run);
            f.run = check_run(1, threads[i]);
            check_ok(tw_prox(f.op, f.y, f.z, 0.03, f.g, f.run), f.run);
            g_assert_cmpmem(x->data, (size_t) x->size * 4, f.g->data,
                            (size_t) x->size * 4);
            check_ok(tw_adjoint(f.op, f.x, f.y, f.g, f.run), f.run);
            g_assert_cmpmem(g->data, (size_t) x->size * 4, f.g->data,
                            (size_t) x->size * 4);
        }
        check_free(x);
        check_free(g);
    }
}

static tw_status
make(void *data)
{
    tw_shape x;
    tw_operator *op = tw_operator_example(*(int *) data, &x);

    tw_operator_free(op);
    return op ? TW_OK : TW_ERR_MEMORY;
}

static void
test_allocations(void)
{
    fixture f;

    EXAMPLES(f, 1)
    check_every_allocation(check_title(&f, index, "allocations"), make, &index);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/operators/memory", test_memory);
    g_test_add_func("/operators/cancel", test_cancel);
    g_test_add_func("/operators/threads", test_threads);
    g_test_add_func("/operators/allocations", test_allocations);
    return g_test_run();
}
