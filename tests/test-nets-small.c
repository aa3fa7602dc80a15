/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small network of the photo network's form: its pull, and everything that can
 * go wrong. */
#include "check-network.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check-weights.h"

static tw_status
make(const check_weight *list, int count, network *n, tw_error *err)
{
    n->weights = check_weights(list, count, 1, err);
    return n->weights ? tw_photo_unet_new(n->weights, &n->net, err)
                      : TW_ERR_MODEL;
}

static void
set_up(network *n, gconstpointer data)
{
    check_weight list[CHECK_SMALL_NETWORK];

    (void) data;
    n->run = check_run(1, 2);
    check_ok(make(list, check_small_network(list), n, tw_run_error(n->run)),
             n->run);
}

/* The directional derivative by a central difference. With h = 1/64 its error
 * is that of the third derivative, h^2 / 6, and of rounding, 1e-7 / h. */
static void
test_small_pull(network *n, gconstpointer data)
{
    const double h = 1.0 / 64;
    const tw_shape shape = tw_shape4(1, 3, 12, 20);
    tw_tensor *x = check_uniform(shape, 1, 1), *d = check_uniform(shape, 2, 1);
    tw_tensor *v = check_uniform(shape, 3, 1), *plus = check_tensor(shape);
    tw_tensor *minus = check_tensor(shape), *g = check_tensor(shape);
    tw_tape *tape = tw_tape_new(n->run);
    const float words[5] = { 0, 1, 0, 1, 1 };

    (void) data;
    check_ok(check_network_denoise(n, x, 0.7, words, g, tape, n->run), n->run);
    check_ok(tw_pull(tape, v, g, n->run), n->run);
    tw_lin2(plus, 1, x, h, d);
    check_ok(check_network_denoise(n, plus, 0.7, words, plus, NULL, n->run),
             n->run);
    tw_lin2(minus, 1, x, -h, d);
    check_ok(check_network_denoise(n, minus, 0.7, words, minus, NULL, n->run),
             n->run);
    check_near("derivative", tw_dot(g, d),
               (tw_dot(plus, v) - tw_dot(minus, v)) / (2 * h),
               1e-3 * tw_norm(g) * tw_norm(d) / sqrt((double) x->size));

    tw_tensor *all[] = { x, d, v, plus, minus, g };
    for (size_t k = 0; k < G_N_ELEMENTS(all); k++)
        check_free(all[k]);
}

/* Every weight is needed, and needed in its shape (only the number of words is
 * free); the message names it. */
static void
test_bad_weights(void)
{
    check_weight list[CHECK_SMALL_NETWORK];
    const int count = check_small_network(list);

    for (int i = 0; i < count; i++)
        for (int change = -1; change < list[i].shape.rank; change++) {
            check_weight bad[CHECK_SMALL_NETWORK];
            network n = { 0 };
            tw_error err = { TW_OK, "" };

            if (change == 1 && strcmp(list[i].name, "text.weight") == 0)
                continue;
            memcpy(bad, list, sizeof bad);
            if (change < 0)
                strcpy(bad[i].name, "other");
            else
                bad[i].shape.dim[change] += 16;
            if (make(bad, count, &n, &err) != TW_ERR_MODEL)
                g_error("%s, change %d", list[i].name, change);
            g_assert_cmpint(err.status, ==, TW_ERR_MODEL);
            g_assert_null(n.net);
            if (change < 0 && !strstr(err.text, list[i].name)) {
                g_test_message("%s: %s", list[i].name, err.text);
                g_test_fail();
            }
            tw_weights_free(n.weights);
        }
}

/* The memory for a square picture, as a run that only sizes tells it. */
static size_t
sized(const network *n, int64_t side, tw_status expected)
{
    tw_run *run = tw_run_new_sizing(2);
    tw_tensor x = check_sized(tw_shape4(1, 3, side, side));

    g_assert_cmpint(check_network_denoise(n, &x, 1, NULL, &x, NULL, run), ==,
                    expected);
    const size_t peak = tw_run_peak(run);

    tw_run_free(run);
    return peak;
}

/* Sizes that the network cannot take are refused, not computed. */
static void
test_bad_sizes(network *n, gconstpointer data)
{
    static const int64_t bad[][4] = {
        { 1, 3, 16, 6 }, { 1, 3, 2, 16 }, { 1, 1, 16, 16 }, { 1, 4, 16, 16 }
    };

    (void) data;
    g_assert_cmpint(tw_photo_unet_align(n->net), ==, 4);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        tw_tensor *x =
            check_tensor(tw_shape4(bad[i][0], bad[i][1], bad[i][2], bad[i][3]));

        g_assert_cmpint(check_network_denoise(n, x, 1, NULL, x, NULL, n->run),
                        ==, TW_ERR_ARGUMENT);
        check_free(x);
    }
    /* Too large for any memory, and then for the arithmetic. */
    g_assert_cmpuint(sized(n, 1 << 22, TW_OK), >, (size_t) 1 << 47);
    sized(n, INT32_MAX - 3, TW_ERR_MEMORY);
}

static void
test_cancel(network *n, gconstpointer data)
{
    tw_tensor *x = check_uniform(tw_shape4(1, 3, 16, 16), 1, 1);
    tw_tape *tape = tw_tape_new(n->run);

    (void) data;
    check_ok(check_network_denoise(n, x, 1, NULL, x, tape, n->run), n->run);
    tw_run_cancel(n->run);
    g_assert_cmpint(tw_pull(tape, x, x, n->run), ==, TW_CANCELLED);
    g_assert_cmpint(check_network_denoise(n, x, 1, NULL, x, NULL, n->run), ==,
                    TW_CANCELLED);
    check_free(x);
}

/* A limit just below what is needed refuses, at any place. */
static void
test_memory_limit(network *n, gconstpointer data)
{
    const size_t bytes = sized(n, 64, TW_OK);
    tw_tensor *x = check_uniform(tw_shape4(1, 3, 64, 64), 1, 1);

    (void) data;
    for (size_t limit = 2; limit < bytes; limit = limit * 5 / 4 + 1) {
        tw_run *run = tw_run_new(&(tw_run_config) {
            .threads = 2, .memory_limit = limit * 95 / 100 });

        g_assert_cmpint(check_network_denoise(n, x, 1, NULL, x, NULL, run), ==,
                        TW_ERR_MEMORY);
        tw_run_free(run);
    }
    check_free(x);
}

typedef struct whole {
    GByteArray *file;
    tw_tensor *x;
} whole;

static tw_status
evaluate_and_pull(const network *n, tw_tensor *x)
{
    tw_tape *tape = tw_tape_new(n->run);
    tw_status status = tw_run_check(n->run);

    if (status == TW_OK)
        status = check_network_denoise(n, x, 1, NULL, x, tape, n->run);
    return status == TW_OK ? tw_pull(tape, x, x, n->run) : status;
}

/* From the file to the pull. */
static tw_status
do_whole(void *data)
{
    const whole *w = data;
    network n = { .run = tw_run_new(&(tw_run_config) { .threads = 1 }) };
    tw_safetensors *file = NULL;
    tw_status status = n.run ? TW_OK : TW_ERR_MEMORY;

    if (status == TW_OK)
        status = tw_safetensors_parse(w->file->data, w->file->len, "test",
                                      &file, NULL);
    if (status == TW_OK)
        status = tw_weights_new(file, &n.weights, NULL);
    if (status == TW_OK)
        status = tw_photo_unet_new(n.weights, &n.net, NULL);
    if (status == TW_OK)
        status = evaluate_and_pull(&n, w->x);
    tw_safetensors_free(file);
    check_network_free(&n, NULL);
    return status;
}

static void
test_no_memory(void)
{
    check_weight list[CHECK_SMALL_NETWORK];
    whole w = { check_weights_file(list, check_small_network(list), 1),
                check_uniform(tw_shape4(1, 3, 4, 4), 1, 1) };

    check_every_allocation("photo-unet", do_whole, &w);
    g_byte_array_unref(w.file);
    check_free(w.x);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, data, up, func)                                              \
    g_test_add("/nets/photo-unet/" path, network, data, up, func,              \
               check_network_free)
    ADD("small/pull", NULL, set_up, test_small_pull);
    ADD("small/sizes", NULL, set_up, test_bad_sizes);
    ADD("small/cancel", NULL, set_up, test_cancel);
    ADD("small/memory-limit", NULL, set_up, test_memory_limit);
    g_test_add_func("/nets/photo-unet/small/weights", test_bad_weights);
    g_test_add_func("/nets/photo-unet/small/no-memory", test_no_memory);
    return g_test_run();
}
