/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noise level of pictures of known noise. */

#include <math.h>

#include "check-picture.h"
#include "noise/network.h"
#include "noise/noise.h"

typedef double (*scene_func)(double x, double y);

static double
smooth(double x, double y)
{
    return 0.5 * sin(x / 40) + 0.3 * sin(y / 55 + x / 90);
}

/* Disks with sharp edges, fine stripes in a third of the picture. */
static double
detailed(double x, double y)
{
    const double disk = hypot(fmod(x, 61) - 30, fmod(y, 53) - 26);

    return 0.4 * smooth(x, y) + (disk < 20 ? 0.4 : -0.2) +
           (x < 110 ? 0.3 * sin(1.9 * x + 1.3 * y) : 0);
}

static void
draw(tw_tensor *x, scene_func scene)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];

    for (int64_t i = 0; i < x->size; i++)
        x->data[i] = (float) scene((double) (i % w), (double) (i / w % h));
}

static void
check_level(scene_func scene, double level, double below, double above)
{
    tw_run *run = check_run(1, 0);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 300, 330));
    tw_tensor *n = check_tensor(x->shape);
    tw_noise noise;

    draw(x, scene);
    check_fill(n, 5);
    tw_lin2(x, 1, x, 2 * level / 255, n);
    check_ok(tw_noise_estimate(x, false, &noise, run), run);
    g_test_message("%g: %.3g", level, 255 * noise.noise);
    g_assert_cmpfloat(255 * noise.noise, >=, below);
    g_assert_cmpfloat(255 * noise.noise, <=, above);
    g_assert_cmpfloat(noise.shot, ==, 0);
    check_free(x);
    check_free(n);
    tw_run_free(run);
}

/* Within 10 %: three standard deviations of what 128 blocks give. */
static void
test_levels(void)
{
    static const double levels[] = { 2, 5, 10, 25, 50 };

    for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
        check_level(smooth, levels[i], 0.9 * levels[i], 1.1 * levels[i]);
        check_level(detailed, levels[i], 0.9 * levels[i], 1.1 * levels[i]);
    }
    check_level(smooth, 0, 0, 0.2);
    check_level(detailed, 0, 0, 0.5);
}

static double
read_photograph(const char *name, double level)
{
    tw_run *run = check_run(1, 0);
    tw_image photo = check_photo(name, 0, 0, 96, 96);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 96, 96));
    tw_noise noise;

    check_picture_noise(&photo, level / 255, 7);
    tw_image_to_tensor(&photo, x);
    for (int64_t i = 0; i < x->size; i++) /* 8 bits */
        x->data[i] = rintf(x->data[i] * 127.5f + 127.5f) / 127.5f - 1;
    check_ok(tw_noise_estimate(x, false, &noise, run), run);
    g_test_message("%s %g: %.3g, sure %.3g", name, level, 255 * noise.noise,
                   255 * noise.sure);
    /* Fur as well: what a verdict allows. */
    g_assert_cmpfloat(255 * noise.sure, <=, 1.5 * level);
    check_picture_free(&photo);
    check_free(x);
    tw_run_free(run);
    return 255 * noise.noise;
}

/* In 108 blocks all count. Of white noise the squares of the spread of the means over
 * the deviation of the diagonals are 15/16 (of 16 values around their own mean): then
 * sqrt(1 - (15/16 - 0.7) / 1.8) = 0.93 of it is sure. The sum of two neighbors has
 * diagonals of variance 1 and means of variance 3, so it is texture, and nothing is. */
static void
test_sure(void)
{
    tw_run *run = check_run(1, 0);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 48, 48));
    tw_noise noise;

    check_fill(x, 5);
    tw_lin2(x, 0.1, x, 0, x);
    check_ok(tw_noise_estimate(x, false, &noise, run), run);
    check_near("of noise", noise.sure / noise.noise, 0.93, 0.03);
    for (int64_t i = 0; i < x->size; i++)
        if (i % 48 < 47)
            x->data[i] += x->data[i + 1];
    check_ok(tw_noise_estimate(x, false, &noise, run), run);
    check_near("texture", noise.noise, 0.05, 0.005);
    g_assert_cmpfloat(noise.sure, ==, 0);
    check_free(x);
    tw_run_free(run);
}

/* Pieces of photographs: where there are flat parts, within 10 % (three standard
 * deviations of 128 blocks). Fur and feathers all over read as noise as well, so
 * there the estimate may only be too high. */
static void
test_photographs(void)
{
    static const double levels[] = { 5, 10, 25 };

    for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
        const double level = levels[i];

        check_near("flat parts", read_photograph("dragonfly", level), level,
                   0.1 * level);
        check_near("flat parts", read_photograph("lighthouse", level), level,
                   0.1 * level);
        g_assert_cmpfloat(read_photograph("jaguar", level), >=, 0.9 * level);
        g_assert_cmpfloat(read_photograph("quail", level), >=, 0.9 * level);
    }
}

static void
check_camera(double read, double shot)
{
    tw_run *run = check_run(1, 0);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 300, 330));
    tw_tensor *n = check_tensor(x->shape), *v = check_tensor(x->shape);
    const tw_noise truth = { .noise = read, .shot = shot };
    tw_noise noise;

    draw(x, smooth);
    tw_noise_variance(&truth, x, 1, 0, v);
    check_fill(n, 6);
    for (int64_t i = 0; i < x->size; i++)
        x->data[i] += sqrtf(v->data[i]) * n->data[i];
    check_ok(tw_noise_estimate(x, true, &noise, run), run);
    g_test_message("%g %g: %.3g %.3g", read, shot, noise.noise, noise.shot);

    /* the variance at dark, middle and bright, where the fit matters */
    for (int i = 1; i <= 5; i++) {
        const double s = 0.15 * i;

        check_near("variance",
                   (noise.noise * noise.noise + noise.shot * s) /
                       (read * read + shot * s),
                   1, 0.2);
    }
    check_free(x);
    check_free(n);
    check_free(v);
    tw_run_free(run);
}

static void
test_camera(void)
{
    check_camera(0.01, 0.002);
    check_camera(0.02, 0);
    check_camera(0.002, 0.0005);
}

/* Too small to tell: 0. Black, white and constant pictures: 0. */
static void
test_small(void)
{
    static const int64_t sizes[][2] = {
        { 1, 1 }, { 1, 500 }, { 7, 7 }, { 9, 8 }, { 40, 40 }
    };

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (int value = -1; value <= 1; value++) {
            tw_run *run = check_run(1, 1);
            tw_tensor *x =
                check_tensor(tw_shape4(1, 3, sizes[i][0], sizes[i][1]));
            tw_noise noise = { .noise = 1, .shot = 1 };

            tw_fill(x, value);
            check_ok(tw_noise_estimate(x, true, &noise, run), run);
            g_assert_cmpfloat(noise.noise, ==, 0);
            g_assert_cmpfloat(noise.shot, ==, 0);
            check_free(x);
            tw_run_free(run);
        }
}

/* 4 (noise^2 + shot s), s clamped to 0…1, and the least. */
static void
test_variance(void)
{
    const tw_noise noise = { .noise = 0.1, .shot = 0.02 };
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 1, 4));
    tw_tensor *v = check_tensor(x->shape);

    x->data[0] = -3;
    x->data[1] = 0;
    x->data[2] = 1;
    x->data[3] = 9;
    tw_noise_variance(&noise, x, 1, 0.05, v);
    check_near("least", (double) v->data[0], 0.05, 1e-7);
    check_near("middle", (double) v->data[1], 0.08, 1e-7);
    check_near("white", (double) v->data[2], 0.12, 1e-7);
    check_near("beyond", (double) v->data[3], 0.12, 1e-7);
    check_free(x);
    check_free(v);
}

/* --- noise that is not white --- */

/* Energies in bands grow as the square of the picture, know no constant, and no
 * slope: they are told from the mean of each block. */
static void
test_bands(void)
{
    tw_run *run = check_run(3, 0);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 97, 129));
    float before[TW_BAND_FEATURES], after[TW_BAND_FEATURES];
    int64_t tiles;

    check_fill(x, 3);
    tw_lin2(x, 0.05, x, 0, x);
    check_ok(tw_bands(x, before, &tiles, run), run);
    g_assert_cmpint(tiles, ==, 3 * 4);
    check_near("tiles", (double) before[TW_BAND_FEATURES - 1], log(12), 1e-6);
    for (int64_t i = 0; i < x->size; i++)
        x->data[i] = 3 * x->data[i] - 0.1f + 1e-3f * (float) (i % 129);
    check_ok(tw_bands(x, after, &tiles, run), run);
    for (int i = 0; i < TW_BAND_ENERGIES; i++)
        check_near("nine times", (double) (after[i] - before[i]), log(9), 1e-3);
    for (int i = TW_BAND_ENERGIES; i < TW_BAND_FEATURES - 1; i++)
        check_near("as before", (double) (after[i] - before[i]), 0, 1e-3);
    check_free(x);
    tw_run_free(run);
}

/* White noise has the same energy in all bands; at the 30 % quantile of blocks of
 * 16 to 128 values at most 30 % less. */
static void
test_white_bands(void)
{
    tw_run *run = check_run(1, 0);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 512, 512));
    float f[TW_BAND_FEATURES];
    int64_t tiles;

    check_fill(x, 4);
    tw_lin2(x, 2 * 7 / 255.0, x, 0, x);
    check_ok(tw_bands(x, f, &tiles, run), run);
    for (int i = 0; i < TW_BAND_CHANNELS; i++) {
        const double e = exp((double) f[2 * TW_BAND_CHANNELS + i]);

        g_assert_cmpfloat(e, >=, 0.7 * 49);
        g_assert_cmpfloat(e, <=, 49);
    }
    check_free(x);
    tw_run_free(run);
}

/* A piece of a photograph by a simulated camera: what models/noise/train.py finds. */
static void
test_golden(void)
{
    tw_safetensors *file = check_golden("noise.safetensors");
    tw_run *run = check_run(1, 0);
    tw_tensor *x = check_stored(file, "picture");
    tw_tensor *expected = check_stored(file, "features");
    tw_tensor *kinds = check_stored(file, "kinds");
    float f[TW_BAND_FEATURES];
    int64_t tiles;

    for (int64_t i = 0; i < x->size; i++)
        x->data[i] = x->data[i] / 127.5f - 1;
    check_ok(tw_bands(x, f, &tiles, run), run);
    for (int i = 0; i < TW_BAND_FEATURES; i++)
        check_near("feature", (double) f[i], (double) expected->data[i], 1e-3);
    const tw_noise_kinds found = tw_noise_network(f);

    check_near("fine", found.fine, (double) kinds->data[0], 0.02);
    check_near("coarse", found.coarse, (double) kinds->data[1], 0.02);
    check_near("color", found.color, (double) kinds->data[2], 0.02);
    check_free(x);
    check_free(expected);
    check_free(kinds);
    tw_safetensors_free(file);
    tw_run_free(run);
}

static void
test_memory(void)
{
    const tw_run_config little = { .memory_limit = 1 };
    tw_run *run = tw_run_new(&little);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 40, 40));
    tw_noise noise;

    g_assert_cmpint(tw_noise_estimate(x, true, &noise, run), ==, TW_ERR_MEMORY);
    check_free(x);
    tw_run_free(run);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/noise/levels", test_levels);
    g_test_add_func("/noise/sure", test_sure);
    g_test_add_func("/noise/photographs", test_photographs);
    g_test_add_func("/noise/camera", test_camera);
    g_test_add_func("/noise/small", test_small);
    g_test_add_func("/noise/variance", test_variance);
    g_test_add_func("/noise/bands", test_bands);
    g_test_add_func("/noise/white-bands", test_white_bands);
    g_test_add_func("/noise/golden", test_golden);
    g_test_add_func("/noise/memory", test_memory);
    return g_test_run();
}
