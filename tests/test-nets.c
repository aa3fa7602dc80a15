/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photo network: golden results and pulls of the shipped weights, and a
 * small one of the same form for everything that can go wrong. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check-weights.h"
#include "nets/photo-unet.h"

/* Measured: 1e-7 to 2.5e-6 in float32, over sizes, levels and noise levels. */
static const double PARITY = 1e-5;

static const double SIGMA_DATA = 0.5;

typedef struct network {
    tw_weights *weights;
    tw_photo_unet *net;
    tw_run *run;
} network;

static void
set_up(network *n, gconstpointer data)
{
    tw_safetensors *file = NULL;

    (void) data;
    n->run = check_run(1, 0);
    tw_error *err = tw_run_error(n->run);

    check_ok(tw_safetensors_open(TW_TEST_MODELS "/photo/photo.safetensors",
                                 &file, err),
             n->run);
    check_ok(tw_weights_new(file, &n->weights, err), n->run);
    check_ok(tw_photo_unet_new(n->weights, &n->net, err), n->run);
    tw_safetensors_free(file);
}

static void
tear_down(network *n, gconstpointer data)
{
    (void) data;
    tw_run_free(n->run);
    tw_photo_unet_free(n->net);
    tw_weights_free(n->weights);
}

/* The same numbers as uniform() of models/photo/golden.py, times @scale. */
static tw_tensor *
uniform(tw_shape shape, uint32_t seed, double scale)
{
    tw_tensor *x = check_tensor(shape);

    for (int64_t i = 0; i < x->size; i++) {
        uint32_t h = (uint32_t) i + (seed << 24);

        h ^= h >> 16;
        h *= 0x85ebca6bu;
        h ^= h >> 13;
        h *= 0xc2b2ae35u;
        h ^= h >> 16;
        x->data[i] = (float) (scale * ((double) (h >> 8) / 0x1p23 - 1));
    }
    return x;
}

/* D(x, sigma), EDM's preconditioning. */
static tw_status
denoise(const network *n, const tw_tensor *x, double sigma, const float *tags,
        tw_tensor *out, tw_tape *tape, tw_run *run)
{
    const double r = 1 / sqrt(sigma * sigma + SIGMA_DATA * SIGMA_DATA);

    return tw_photo_unet_eval(n->net, x, r, log(sigma), tags,
                              SIGMA_DATA * SIGMA_DATA * r * r,
                              SIGMA_DATA * sigma * r, out, tape, run);
}

static tw_tensor *
stored(const tw_safetensors *file, int i, const char *key)
{
    char name[32];

    snprintf(name, sizeof name, "%d.%s", i, key);
    return check_stored(file, name);
}

static void
check_case(const network *n, const tw_safetensors *file, int i)
{
    const size_t mark = tw_run_mark(n->run);
    tw_tensor *sigma = stored(file, i, "sigma");
    tw_tensor *tags = stored(file, i, "tags");
    tw_tensor *denoised = stored(file, i, "denoised");
    tw_tensor *pull = stored(file, i, "pull");
    const double s = (double) sigma->data[0];
    tw_tensor *x = uniform(denoised->shape, 1,
                           sqrt(3 * (s * s + SIGMA_DATA * SIGMA_DATA)));
    tw_tensor *v = uniform(denoised->shape, 2, 1);
    tw_tensor *out = check_tensor(x->shape), *g = check_tensor(x->shape);
    tw_tape *tape = tw_tape_new(n->run);

    g_assert_cmpint(tags->size, ==, tw_photo_unet_text(n->net));
    check_ok(denoise(n, x, s, tags->data, out, NULL, n->run), n->run);
    check_close("denoised", out->data, denoised->data, out->size, PARITY);
    tw_fill(out, (double) NAN);
    check_ok(denoise(n, x, s, tags->data, out, tape, n->run), n->run);
    check_close("with a tape", out->data, denoised->data, out->size, PARITY);
    for (int again = 0; again < 2; again++) {
        tw_fill(g, (double) NAN);
        check_ok(tw_pull(tape, v, g, n->run), n->run);
        check_close("pull", g->data, pull->data, g->size, PARITY);
    }
    tw_run_release(n->run, mark);

    tw_tensor *all[] = { sigma, tags, denoised, pull, x, v, out, g };
    for (size_t k = 0; k < G_N_ELEMENTS(all); k++)
        check_free(all[k]);
}

static void
test_golden(network *n, gconstpointer name)
{
    tw_safetensors *file = check_golden(name);

    for (int i = 0; file && i < tw_safetensors_count(file) / 4; i++)
        check_case(n, file, i);
    tw_safetensors_free(file);
}

/* A batch is its pictures; out may be x; no words are zero words. */
static void
test_forms(network *n, gconstpointer data)
{
    const tw_shape two = tw_shape4(2, 3, 48, 16), one = tw_shape4(1, 3, 48, 16);
    tw_tensor *x = uniform(two, 1, 1), *out = check_tensor(two);
    tw_tensor *single = check_tensor(one);
    const float no_words[80] = { 0 };

    (void) data;
    check_ok(denoise(n, x, 0.3, NULL, out, NULL, n->run), n->run);
    for (int i = 0; i < 2; i++) {
        memcpy(single->data, x->data + i * single->size,
               (size_t) single->size * sizeof(float));
        check_ok(denoise(n, single, 0.3, no_words, single, NULL, n->run),
                 n->run);
        g_assert_cmpmem(single->data, (size_t) single->size * sizeof(float),
                        out->data + i * single->size,
                        (size_t) single->size * sizeof(float));
    }
    check_free(x);
    check_free(out);
    check_free(single);
}

/* Result and pull of x at 0.3 with this number of threads. */
static void
with_threads(const network *n, const tw_tensor *x, int threads,
             tw_tensor *const to[2])
{
    tw_run *run = check_run(1, threads);
    tw_tape *tape = tw_tape_new(run);

    check_ok(denoise(n, x, 0.3, NULL, to[0], tape, run), run);
    check_ok(tw_pull(tape, x, to[1], run), run);
    tw_run_free(run);
}

static void
test_threads(network *n, gconstpointer data)
{
    tw_tensor *x = uniform(tw_shape4(1, 3, 96, 80), 1, 1);
    tw_tensor *one[2] = { check_tensor(x->shape), check_tensor(x->shape) };
    tw_tensor *more[2] = { check_tensor(x->shape), check_tensor(x->shape) };
    static const int threads[] = { 2, 3, 8 };

    (void) data;
    with_threads(n, x, 1, one);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        with_threads(n, x, threads[i], more);
        for (int k = 0; k < 2; k++)
            g_assert_cmpmem(one[k]->data, (size_t) x->size * sizeof(float),
                            more[k]->data, (size_t) x->size * sizeof(float));
    }
    check_free(x);
    for (int k = 0; k < 2; k++) {
        check_free(one[k]);
        check_free(more[k]);
    }
}

/* What tw_photo_unet_bytes() says is what a run takes, within 2 per cent. */
static void
test_bytes(network *n, gconstpointer data)
{
    static const int sizes[] = { 16, 64, 192 };

    (void) data;
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        tw_run *run = check_run(1, 0);
        tw_tensor *x = uniform(tw_shape4(1, 3, sizes[i], sizes[i]), 1, 1);
        const double bytes =
            (double) tw_photo_unet_bytes(n->net, sizes[i], sizes[i]);

        check_ok(denoise(n, x, 0.3, NULL, x, NULL, run), run);
        g_assert_cmpfloat((double) tw_run_peak(run), <=, bytes);
        g_assert_cmpfloat((double) tw_run_peak(run), >=, 0.98 * bytes);
        check_free(x);
        tw_run_free(run);
    }
}

/* --- a small network --- */

static tw_status
make(const check_weight *list, int count, network *n, tw_error *err)
{
    n->weights = check_weights(list, count, 1, err);
    return n->weights ? tw_photo_unet_new(n->weights, &n->net, err)
                      : TW_ERR_MODEL;
}

static void
set_up_small(network *n, gconstpointer data)
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
    tw_tensor *x = uniform(shape, 1, 1), *d = uniform(shape, 2, 1);
    tw_tensor *v = uniform(shape, 3, 1), *plus = check_tensor(shape);
    tw_tensor *minus = check_tensor(shape), *g = check_tensor(shape);
    tw_tape *tape = tw_tape_new(n->run);
    const float words[5] = { 0, 1, 0, 1, 1 };

    (void) data;
    check_ok(denoise(n, x, 0.7, words, g, tape, n->run), n->run);
    check_ok(tw_pull(tape, v, g, n->run), n->run);
    tw_lin2(plus, 1, x, h, d);
    check_ok(denoise(n, plus, 0.7, words, plus, NULL, n->run), n->run);
    tw_lin2(minus, 1, x, -h, d);
    check_ok(denoise(n, minus, 0.7, words, minus, NULL, n->run), n->run);
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

        g_assert_cmpint(denoise(n, x, 1, NULL, x, NULL, n->run), ==,
                        TW_ERR_ARGUMENT);
        check_free(x);
    }
    /* Too large for any memory, and then for the arithmetic. */
    g_assert_cmpuint(tw_photo_unet_bytes(n->net, 1 << 22, 1 << 22), >,
                     (size_t) 1 << 47);
    g_assert_cmpuint(tw_photo_unet_bytes(n->net, INT32_MAX - 3, INT32_MAX - 3),
                     ==, SIZE_MAX);
}

static void
test_cancel(network *n, gconstpointer data)
{
    tw_tensor *x = uniform(tw_shape4(1, 3, 16, 16), 1, 1);
    tw_tape *tape = tw_tape_new(n->run);

    (void) data;
    check_ok(denoise(n, x, 1, NULL, x, tape, n->run), n->run);
    tw_run_cancel(n->run);
    g_assert_cmpint(tw_pull(tape, x, x, n->run), ==, TW_CANCELLED);
    g_assert_cmpint(denoise(n, x, 1, NULL, x, NULL, n->run), ==, TW_CANCELLED);
    check_free(x);
}

/* A limit just below what is needed refuses, at any place. */
static void
test_memory_limit(network *n, gconstpointer data)
{
    const size_t bytes = tw_photo_unet_bytes(n->net, 64, 64);
    tw_tensor *x = uniform(tw_shape4(1, 3, 64, 64), 1, 1);

    (void) data;
    for (size_t limit = 2; limit < bytes; limit = limit * 5 / 4 + 1) {
        tw_run *run = tw_run_new(&(tw_run_config) {
            .threads = 2, .memory_limit = limit * 95 / 100 });

        g_assert_cmpint(denoise(n, x, 1, NULL, x, NULL, run), ==,
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
        status = denoise(n, x, 1, NULL, x, tape, n->run);
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
    tear_down(&n, NULL);
    return status;
}

static void
test_no_memory(void)
{
    check_weight list[CHECK_SMALL_NETWORK];
    whole w = { check_weights_file(list, check_small_network(list), 1),
                uniform(tw_shape4(1, 3, 4, 4), 1, 1) };

    check_every_allocation("photo-unet", do_whole, &w);
    g_byte_array_unref(w.file);
    check_free(w.x);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, data, up, func)                                              \
    g_test_add("/nets/photo-unet/" path, network, data, up, func, tear_down)
    ADD("golden/64", "photo-64.safetensors", set_up, test_golden);
    ADD("golden/208", "photo-208.safetensors", set_up, test_golden);
    ADD("forms", NULL, set_up, test_forms);
    ADD("threads", NULL, set_up, test_threads);
    ADD("bytes", NULL, set_up, test_bytes);
    ADD("small/pull", NULL, set_up_small, test_small_pull);
    ADD("small/sizes", NULL, set_up_small, test_bad_sizes);
    ADD("small/cancel", NULL, set_up_small, test_cancel);
    ADD("small/memory-limit", NULL, set_up_small, test_memory_limit);
    g_test_add_func("/nets/photo-unet/small/weights", test_bad_weights);
    g_test_add_func("/nets/photo-unet/small/no-memory", test_no_memory);
    return g_test_run();
}
