/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photo network with the shipped weights: golden results and pulls, bytes for
 * any number of threads, memory. test-nets-small.c has what can go wrong. */
#include "check-network.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Measured: 1e-7 to 2.5e-6 in float32, over sizes, levels and noise levels. */
static const double PARITY = 1e-5;

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
    tw_tensor *x = check_uniform(denoised->shape, 1,
                                 sqrt(3 * (s * s + SIGMA_DATA * SIGMA_DATA)));
    tw_tensor *v = check_uniform(denoised->shape, 2, 1);
    tw_tensor *out = check_tensor(x->shape), *g = check_tensor(x->shape);
    tw_tape *tape = tw_tape_new(n->run);

    g_assert_cmpint(tags->size, ==, tw_photo_unet_text(n->net));
    check_ok(check_network_denoise(n, x, s, tags->data, out, NULL, n->run),
             n->run);
    check_close("denoised", out->data, denoised->data, out->size, PARITY);
    tw_fill(out, (double) NAN);
    check_ok(check_network_denoise(n, x, s, tags->data, out, tape, n->run),
             n->run);
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
    tw_tensor *x = check_uniform(two, 1, 1), *out = check_tensor(two);
    tw_tensor *single = check_tensor(one);
    const float no_words[80] = { 0 };

    (void) data;
    check_ok(check_network_denoise(n, x, 0.3, NULL, out, NULL, n->run), n->run);
    for (int i = 0; i < 2; i++) {
        memcpy(single->data, x->data + i * single->size,
               (size_t) single->size * sizeof(float));
        check_ok(check_network_denoise(n, single, 0.3, no_words, single, NULL,
                                       n->run),
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

    check_ok(check_network_denoise(n, x, 0.3, NULL, to[0], tape, run), run);
    check_ok(tw_pull(tape, x, to[1], run), run);
    tw_run_free(run);
}

static void
test_threads(network *n, gconstpointer data)
{
    tw_tensor *x = check_uniform(tw_shape4(1, 3, 96, 80), 1, 1);
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

static size_t
peak_of(const network *n, tw_tensor *x, bool taped, tw_run *run)
{
    tw_tape *tape = taped ? tw_tape_new(run) : NULL;

    check_ok(check_network_denoise(n, x, 0.3, NULL, x, tape, run), run);
    if (tape)
        check_ok(tw_pull(tape, x, x, run), run);
    const size_t peak = tw_run_peak(run);

    tw_run_free(run);
    return peak;
}

/* A run that only sizes tells what a run takes, to the byte: with a tape and its
 * pull, too, whose weights are packed besides. */
static void
test_bytes(network *n, gconstpointer data)
{
    static const int sizes[] = { 16, 64, 192 };

    (void) data;
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        tw_tensor *x = check_uniform(tw_shape4(1, 3, sizes[i], sizes[i]), 1, 1);
        tw_tensor sized = check_sized(x->shape);

        for (int taped = 0; taped < 2; taped++) {
            const size_t peak = peak_of(n, x, taped, check_run(1, 3));

            g_assert_cmpuint(peak_of(n, &sized, taped, tw_run_new_sizing(3)),
                             ==, peak);
        }
        check_free(x);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(path, data, up, func)                                              \
    g_test_add("/nets/photo-unet/" path, network, data, up, func,              \
               check_network_free)
    ADD("golden/64", "photo-64.safetensors", set_up, test_golden);
    ADD("golden/208", "photo-208.safetensors", set_up, test_golden);
    ADD("forms", NULL, set_up, test_forms);
    ADD("threads", NULL, set_up, test_threads);
    ADD("bytes", NULL, set_up, test_bytes);
    return g_test_run();
}
