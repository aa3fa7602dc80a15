/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in the plan, and the pull of every operation against its forward. */
#include "check.h"

#include <math.h>

#include "check-weights.h"
#include "ops/eval.h"
#include "ops/plan.h"

/* --- the plan --- */

enum { PLACES = 60 };

/* No two that live at once overlap, and the block is not much larger than what
 * lives at once at some time. */
static void
test_plan(void)
{
    GRand *random = g_rand_new_with_seed(1);

    for (int round = 0; round < 50; round++) {
        tw_place places[PLACES] = { { 0 } };
        size_t most = 0;

        for (int i = 0; i < PLACES; i++) {
            places[i].bytes = 64 * (size_t) g_rand_int_range(random, 1, 100);
            places[i].from = g_rand_int_range(random, 0, 40);
            places[i].to = places[i].from + g_rand_int_range(random, 0, 8);
            places[i].next = i + 1 < PLACES ? &places[i + 1] : NULL;
        }
        const size_t size = tw_plan(places);

        for (int time = 0; time < 48; time++) {
            size_t alive = 0;

            for (int i = 0; i < PLACES; i++)
                if (places[i].from <= time && time <= places[i].to)
                    alive += places[i].bytes;
            most = MAX(most, alive);
        }
        for (int i = 0; i < PLACES; i++) {
            g_assert_cmpuint(places[i].offset + places[i].bytes, <=, size);
            g_assert_cmpuint(places[i].offset % 64, ==, 0);
            for (int j = 0; j < i; j++)
                g_assert_true(
                    places[i].to < places[j].from ||
                    places[j].to < places[i].from ||
                    places[i].offset + places[i].bytes <= places[j].offset ||
                    places[j].offset + places[j].bytes <= places[i].offset);
        }
        /* Random lifetimes are harder than a network's. */
        g_assert_cmpuint(size, <=, most + most / 3);
    }
    g_rand_free(random);
}

static void
test_plan_of_nothing(void)
{
    g_assert_cmpuint(tw_plan(NULL), ==, 0);
}

/* --- operations --- */

static const check_weight weights_list[] = {
    { "in.weight", { 4, { 32, 12, 3, 3 } } },
    { "in.bias", { 1, { 32, 1, 1, 1 } } },
    { "a.weight", { 4, { 32, 32, 3, 3 } } },
    { "b.weight", { 4, { 32, 32, 3, 3 } } },
    { "film.weight", { 2, { 64, 8, 1, 1 } } },
    { "film.bias", { 1, { 64, 1, 1, 1 } } },
    { "down.weight", { 4, { 48, 32, 2, 2 } } },
    { "up.weight", { 4, { 48, 32, 2, 2 } } },
    { "out.weight", { 4, { 12, 32, 3, 3 } } },
    { "out.bias", { 1, { 12, 1, 1, 1 } } },
};

/* What a network is given. */
typedef struct pictures {
    const tw_tensor *x;
    tw_tensor *out;
} pictures;

static tw_node *
begin(tw_eval *e, const pictures *p)
{
    return tw_convolve(e, "in", tw_picture_in(e, p->x, 0.5),
                       (tw_with) { .bias = true });
}

static void
end(tw_eval *e, tw_node *x, const pictures *p)
{
    x = tw_convolve(e, "out", x, (tw_with) { .bias = true });
    tw_picture_out(e, x, 0.25, p->x, 2, p->out);
}

static void
plain(tw_eval *e, const void *user_data)
{
    end(e, tw_convolve(e, "a", begin(e, user_data), (tw_with) { 0 }),
        user_data);
}

static void
down_up(tw_eval *e, const void *user_data)
{
    tw_node *x = begin(e, user_data), *skip = tw_ref(x);

    x = tw_down2(e, "down", x);
    end(e, tw_up2(e, "up", x, skip), user_data);
}

static void
silu(tw_eval *e, const void *user_data)
{
    end(e, tw_convolve(e, "a", begin(e, user_data), (tw_with) { .silu = true }),
        user_data);
}

static void
film(tw_eval *e, const void *user_data)
{
    static const float values[8] = { 1, -1, 0.5f, 2, 0, 0.25f, -2, 1 };
    tw_node *v = tw_vector_silu(e, tw_vector_in(e, values, 8));

    v = tw_vector_add(e, v, tw_waves(e, 0.3, 20, 8));
    v = tw_film(e, "film", v);
    end(e, tw_convolve(e, "a", begin(e, user_data), (tw_with) { .film = v }),
        user_data);
}

static void
residual(tw_eval *e, const void *user_data)
{
    tw_node *x = begin(e, user_data);
    tw_node *h = tw_convolve(e, "a", tw_ref(x), (tw_with) { .silu = true });

    end(e, tw_convolve(e, "b", h, (tw_with) { .silu = true, .add = x }),
        user_data);
}

/* x is used again after it was added, so that its cotangent is a sum when the
 * one of the sum arrives. */
static void
added_first(tw_eval *e, const void *user_data)
{
    tw_node *x = begin(e, user_data);
    tw_node *h = tw_convolve(e, "a", tw_ref(x), (tw_with) { .silu = true });

    h = tw_convolve(e, "b", h, (tw_with) { .add = tw_ref(x) });
    end(e, tw_convolve(e, "a", x, (tw_with) { .silu = true, .add = h }),
        user_data);
}

/* Added to itself. */
static void
doubled(tw_eval *e, const void *user_data)
{
    tw_node *x = begin(e, user_data), *same = tw_ref(x);

    end(e, tw_convolve(e, "a", x, (tw_with) { .add = same }), user_data);
}

typedef struct op_case {
    const char *path;
    tw_network network;
    bool affine;
} op_case;

static const op_case cases[] = {
    { "/ops/pull/convolve", plain, true },
    { "/ops/pull/down-up", down_up, true },
    { "/ops/pull/silu", silu, false },
    { "/ops/pull/film", film, true },
    { "/ops/pull/residual", residual, false },
    { "/ops/pull/added-first", added_first, false },
    { "/ops/pull/doubled", doubled, true },
};

static tw_tensor *
evaluate(const tw_weights *weights, const op_case *c, const tw_tensor *x,
         tw_tape *tape, tw_run *run)
{
    tw_tensor *out = check_tensor(x->shape);
    const pictures p = { x, out };

    check_ok(tw_evaluate(weights, c->network, &p, tape, run), run);
    return out;
}

/* x + step d */
static tw_tensor *
moved(const tw_tensor *x, double step, const tw_tensor *d)
{
    tw_tensor *to = check_tensor(x->shape);

    tw_lin2(to, 1, x, step, d);
    return to;
}

/* <v, J d> = <J^T v, d>, J d by a central difference: exact for an affine
 * network but for rounding, 1e-7; else the third derivative adds h^2 / 6, and
 * rounding is divided by h = 1/64. */
static void
test_pull(gconstpointer data)
{
    const op_case *c = data;
    const double h = c->affine ? 1 : 1.0 / 64;
    const double limit = c->affine ? 1e-6 : 2e-4;
    const tw_shape shape = tw_shape4(2, 3, 20, 28);
    tw_run *run = check_run(1, 2);
    tw_weights *weights = check_weights(
        weights_list, G_N_ELEMENTS(weights_list), 1, tw_run_error(run));
    tw_tensor *x = check_tensor(shape), *d = check_tensor(shape);
    tw_tensor *v = check_tensor(shape), *g = check_tensor(shape);

    check_fill(x, 11);
    check_fill(d, 12);
    check_fill(v, 13);

    tw_tape *tape = tw_tape_new(run);
    tw_tensor *out = evaluate(weights, c, x, tape, run);
    tw_tensor *same = evaluate(weights, c, x, NULL, run);
    tw_tensor *right = moved(x, h, d), *left = moved(x, -h, d);
    tw_tensor *plus = evaluate(weights, c, right, NULL, run);
    tw_tensor *minus = evaluate(weights, c, left, NULL, run);

    check_ok(tw_pull(tape, v, g, run), run);
    g_assert_cmpmem(out->data, (size_t) out->size * sizeof(float), same->data,
                    (size_t) out->size * sizeof(float));
    check_near("<v, J d>", (tw_dot(v, plus) - tw_dot(v, minus)) / (2 * h),
               tw_dot(g, d), limit * tw_norm(g) * tw_norm(d));

    tw_tensor *all[] = { x, d, v, g, out, same, right, left, plus, minus };
    for (size_t k = 0; k < G_N_ELEMENTS(all); k++)
        check_free(all[k]);
    tw_weights_free(weights);
    tw_run_free(run);
}

/* A weight that does not fit to what comes in, and one that is missing. */
static void
ask_misfit(tw_eval *e, const void *user_data)
{
    end(e, tw_down2(e, "down", tw_down2(e, "down", begin(e, user_data))),
        user_data);
}

static void
ask_missing(tw_eval *e, const void *user_data)
{
    tw_node *x = begin(e, user_data);

    tw_enter(e, "deep.%d", 7);
    x = tw_convolve(e, "c", x, (tw_with) { 0 });
    tw_leave(e);
    end(e, x, user_data);
}

static void
check_refused(tw_network network, const char *name)
{
    tw_error err = { TW_OK, "" };
    tw_weights *weights =
        check_weights(weights_list, G_N_ELEMENTS(weights_list), 1, &err);
    const tw_tensor x = { .shape = tw_shape4(1, 3, 32, 32) };
    const pictures p = { &x, NULL };
    double work;

    g_assert_cmpint(tw_plan_evaluation(weights, network, &p, &work, &err), ==,
                    TW_ERR_MODEL);
    g_assert_nonnull(strstr(err.text, name));
    tw_weights_free(weights);
}

static void
test_weights(void)
{
    check_refused(ask_misfit, "'down.weight'");
    check_refused(ask_missing, "'deep.7.c.weight'");
}

/* Multiply-adds, counted by hand. */
static void
test_work(void)
{
    tw_error err = { TW_OK, "" };
    tw_weights *weights =
        check_weights(weights_list, G_N_ELEMENTS(weights_list), 1, &err);
    const tw_tensor x = { .shape = tw_shape4(1, 3, 32, 32) };
    const pictures p = { &x, NULL };
    double work;

    g_assert_cmpint(tw_plan_evaluation(weights, down_up, &p, &work, &err), ==,
                    TW_OK);
    g_assert_cmpfloat(work, ==, 256 * 9 * 32 * 16 * 2 + 2 * 64 * 4 * 32 * 48);
    tw_weights_free(weights);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ops/plan", test_plan);
    g_test_add_func("/ops/plan/nothing", test_plan_of_nothing);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_test_add_data_func(cases[i].path, &cases[i], test_pull);
    g_test_add_func("/ops/weights", test_weights);
    g_test_add_func("/ops/work", test_work);
    return g_test_run();
}
