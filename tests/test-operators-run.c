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

/* What a run that only sizes tells. */
static size_t
sized(const fixture *f)
{
    tw_tensor x = check_sized(f->xs), y = check_sized(f->ys);
    fixture s = { .op = f->op,
                  .run = tw_run_new_sizing(1),
                  .linear = f->linear };

    s.x = s.z = s.g = &x;
    s.y = s.e = &y;
    check_ok(do_all(&s), s.run);
    const size_t peak = tw_run_peak(s.run);

    tw_run_free(s.run);
    return peak;
}

/* Shapes that do not belong together are an error, not a read out of bounds: a
 * batch with the data of one picture, and a picture of another size. */
static void
test_shapes(void)
{
    fixture f;

    EXAMPLES(f, 0)
    {
        const tw_shape x = f.xs, y = f.ys;
        tw_tensor *many =
            check_tensor(tw_shape4(4, x.dim[1], x.dim[2], x.dim[3]));
        tw_tensor *larger =
            check_tensor(tw_shape4(y.dim[0], y.dim[1], y.dim[2] + 1, y.dim[3]));

        g_assert_cmpint(tw_forward(f.op, many, f.y, f.run), ==,
                        TW_ERR_ARGUMENT);
        g_assert_cmpint(tw_prox(f.op, f.y, many, 1, many, f.run), ==,
                        TW_ERR_ARGUMENT);
        g_assert_cmpint(tw_prox(f.op, f.y, many, 1, f.x, f.run), ==,
                        TW_ERR_ARGUMENT);
        g_assert_cmpint(tw_adjoint(f.op, f.x, f.y, many, f.run), ==,
                        TW_ERR_ARGUMENT);
        g_assert_cmpint(tw_adjoint(f.op, f.x, larger, f.x, f.run), ==,
                        TW_ERR_ARGUMENT);
        g_assert_cmpint(tw_forward(f.op, f.x, larger, f.run), ==,
                        TW_ERR_ARGUMENT);
        check_free(many);
        check_free(larger);
    }
}

static void
test_memory(void)
{
    fixture f;

    EXAMPLES(f, 0)
    {
        const tw_run_config little = { .memory_limit = 1 };
        const size_t bound = sized(&f);

        check_ok(do_all(&f), f.run);
        g_test_message("%s: %zu of %zu", check_title(&f, index, "bytes"),
                       tw_run_peak(f.run), bound);
        g_assert_cmpuint(tw_run_peak(f.run), ==, bound);
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
    g_test_add_func("/operators/shapes", test_shapes);
    g_test_add_func("/operators/memory", test_memory);
    g_test_add_func("/operators/cancel", test_cancel);
    g_test_add_func("/operators/threads", test_threads);
    g_test_add_func("/operators/allocations", test_allocations);
    return g_test_run();
}
