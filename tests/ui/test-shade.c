/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels of a picture to pixels of the screen: ui/preview/tw-resample.h, tw-source.h and
 * tw-shade.h. */
#include <math.h>
#include <string.h>

#include "preview/tw-shade.h"
#include "preview/tw-source.h"

/* Float sums of some hundred terms of order one. */
#define FLOAT 1e-5

/* Colors that differ everywhere; alpha between 0 and 1 if @clear. */
static TwPicture *
test_picture(int width, int height, gboolean clear)
{
    TwPicture *picture = tw_picture_new(width, height);
    GRand *random = g_rand_new_with_seed(7);

    for (int i = 0; i < 4 * width * height; i++)
        picture->image.data[i] =
            i % 4 == 3 && !clear ? 1 : (float) g_rand_double(random);
    g_rand_free(random);
    return picture;
}

static const float *
at(const TwPicture *picture, int x, int y)
{
    return picture->image.data + y * picture->image.stride + 4 * x;
}

/* At one to one every pixel is itself, times alpha, wherever the tile begins. */
static void
test_nearest(void)
{
    g_autoptr(TwPicture) picture = test_picture(19, 13, TRUE);
    const TwGrid same = { -5, -2, 1, 1 }, twice = { 0, 0, 0.5, 0.5 };
    float out[4 * 4 * 4];

    g_assert_true(tw_resample(&picture->image, &same, TW_FILTER_NEAREST, 8, 6,
                              4, 4, out));
    for (int y = 0; y < 4; y++)
        for (int x = 0; x < 4; x++) {
            const float *in = at(picture, x + 3, y + 4);
            const float *got = out + 4 * (4 * y + x);

            g_assert_cmpfloat(got[3], ==, in[3]);
            g_assert_cmpfloat(got[1], ==, in[1] * in[3]);
        }

    g_assert_true(tw_resample(&picture->image, &twice, TW_FILTER_NEAREST, 4, 6,
                              4, 4, out));
    for (int i = 0; i < 16; i++)
        g_assert_cmpfloat(out[4 * i + 3], ==,
                          at(picture, 2 + i % 4 / 2, 3 + i / 8)[3]);
}

/* Linear interpolation is exact where the picture is linear. */
static void
test_linear(void)
{
    g_autoptr(TwPicture) picture = tw_picture_new(30, 20);
    const TwGrid grid = { 2.25, 1.5, 0.7, 0.6 };
    float out[4 * 6 * 6];

    for (int i = 0; i < 30 * 20; i++) {
        float *p = picture->image.data + 4 * i;

        p[0] = (float) (i % 30) / 30;
        p[1] = (float) (i / 30) / 20;
        p[2] = 0;
        p[3] = 1;
    }
    g_assert_true(
        tw_resample(&picture->image, &grid, TW_FILTER_LINEAR, 3, 5, 6, 6, out));
    for (int i = 0; i < 36; i++) {
        const double x = 2.25 + (3 + i % 6 + 0.5) * 0.7 - 0.5;
        const double y = 1.5 + (5 + i / 6 + 0.5) * 0.6 - 0.5;

        g_assert_cmpfloat_with_epsilon((double) out[4 * i], x / 30, FLOAT);
        g_assert_cmpfloat_with_epsilon((double) out[4 * i + 1], y / 20, FLOAT);
    }
}

/* The mean over a rectangle of the picture, by many points. */
static void
mean_of(const TwPicture *picture, double left, double top, double step,
        double *mean)
{
    const int n = 60;

    memset(mean, 0, 4 * sizeof(double));
    for (int i = 0; i < n * n; i++) {
        const double x = left + (i % n + 0.5) * step / n;
        const double y = top + (i / n + 0.5) * step / n;
        const float *in = at(picture, (int) x, (int) y);
        const double alpha = (double) in[3];

        for (int k = 0; k < 3; k++)
            mean[k] += alpha * (double) in[k] / (n * n);
        mean[3] += alpha / (n * n);
    }
}

/* The area filter is the mean over the area; steps are such that 60 points are
 * exact. */
static void
test_area(void)
{
    g_autoptr(TwPicture) picture = test_picture(40, 40, TRUE);
    static const double steps[] = { 1.25, 2.5, 3, 5 };

    for (gsize s = 0; s < G_N_ELEMENTS(steps); s++) {
        const TwGrid grid = { 0, 0, steps[s], steps[s] };
        float out[4 * 5 * 5];

        g_assert_true(tw_resample(&picture->image, &grid, TW_FILTER_AREA, 2, 1,
                                  5, 5, out));
        for (int i = 0; i < 25; i++) {
            double mean[4];

            mean_of(picture, (2 + i % 5) * steps[s], (1 + i / 5) * steps[s],
                    steps[s], mean);
            for (int k = 0; k < 4; k++)
                g_assert_cmpfloat_with_epsilon((double) out[4 * i + k], mean[k],
                                               FLOAT);
        }
    }
}

/* Where steps are multiples of four the reduced copy changes nothing, also
 * beside the picture and where it is clear. */
static void
test_reduced(void)
{
    g_autoptr(TwPicture) picture = test_picture(83, 61, TRUE);
    const TwGrid grid = { -16, 0, 8, 8 };
    TwSource source = { 0 };
    float direct[4 * 5 * 8], out[4 * 5 * 8];

    tw_source_set(&source, picture);
    g_assert_true(
        tw_source_sample(&source, &grid, TW_FILTER_AREA, 2, 0, 5, 8, direct));
    g_assert_true(tw_source_prepare(&source, 3.9, 0));
    g_assert_null(source.reduced);

    /* No time: not ready, and the picture itself is still used. */
    g_assert_false(tw_source_prepare(&source, 8, 0));
    g_assert_true(
        tw_source_sample(&source, &grid, TW_FILTER_AREA, 2, 0, 5, 8, out));
    g_assert_cmpmem(out, sizeof(out), direct, sizeof(direct));

    g_assert_true(tw_source_prepare(&source, 8, G_MAXINT64));
    g_assert_cmpint(source.reduced->image.width, ==, 21);
    g_assert_cmpint(source.reduced->image.height, ==, 16);
    g_assert_true(
        tw_source_sample(&source, &grid, TW_FILTER_AREA, 2, 0, 5, 7, out));
    for (int i = 0; i < 4 * 5 * 7; i++)
        g_assert_cmpfloat_with_epsilon((double) out[i], (double) direct[i],
                                       FLOAT);
    tw_source_set(&source, NULL);
    g_assert_null(source.reduced);
}

static void
assert_rgb(const guchar *rgb, int red, int green, int blue)
{
    g_assert_cmpint(rgb[0], ==, red);
    g_assert_cmpint(rgb[1], ==, green);
    g_assert_cmpint(rgb[2], ==, blue);
}

static void
test_color(void)
{
    const float samples[] = {
        0,     0.5F,  1,     1,    /* plain */
        -3,    7,     NAN,   1,    /* outside of the range */
        0.12F, 0.12F, 0.12F, 0.5F, /* half clear */
        0,     0,     0,     0,    /* clear: dark, then light squares */
        0,     0,     0,     0,
    };
    guchar rgb[3 * 5];

    tw_shade_row(TW_SHADE_COLOR, samples, 5, 8, 4, 4, rgb);
    assert_rgb(rgb, 0, 128, 255);
    assert_rgb(rgb + 3, 0, 255, 0);
    /* (8 + 2) / 4 = 2 and 4 / 4 = 1: dark. 0.12 + 0.5 * 102 / 255 */
    assert_rgb(rgb + 6, 82, 82, 82);
    assert_rgb(rgb + 9, TW_CHECK_DARK, TW_CHECK_DARK, TW_CHECK_DARK);
    assert_rgb(rgb + 12, TW_CHECK_LIGHT, TW_CHECK_LIGHT, TW_CHECK_LIGHT);
}

static void
test_difference(void)
{
    const float samples[] = { 0, 0.25F, -0.75F, 0 };
    guchar rgb[3];

    tw_shade_row(TW_SHADE_DIFFERENCE, samples, 1, 0, 0, 8, rgb);
    assert_rgb(rgb, 128, 191, 0);
}

/* Lightness of the CIE, from 0 to 100. */
static double
lightness(const guchar *rgb)
{
    double y = 0;
    static const double weights[3] = { 0.2126, 0.7152, 0.0722 };

    for (int k = 0; k < 3; k++)
        y += weights[k] * pow(rgb[k] / 255.0, 2.2);
    return 116 * cbrt(y) - 16;
}

/* One is the lightest; both ends are darker the farther, of other hues; and what
 * was not measured is checkered. */
static void
test_heat(void)
{
    const float samples[] = { 4, 4, 4, 1, 3, 3, 3, 0 };
    guchar one[3], last[3], rgb[2 * 3];

    tw_heat_color(1, one);
    for (int way = -1; way <= 1; way += 2) {
        memcpy(last, one, 3);
        for (double exponent = 0.25; exponent <= 2; exponent += 0.25) {
            tw_heat_color(exp2(way * exponent), rgb);
            g_assert_cmpfloat(lightness(rgb), <, lightness(last));
            memcpy(last, rgb, 3);
        }
        tw_heat_color(exp2(way * 40), rgb);
        assert_rgb(rgb, last[0], last[1], last[2]);
        if (way < 0)
            g_assert_cmpint(rgb[2], >, rgb[0] + 100);
        else
            g_assert_cmpint(rgb[0], >, rgb[2] + 100);
    }
    tw_heat_color(NAN, rgb);
    tw_heat_color(0, rgb);

    tw_shade_row(TW_SHADE_HEAT, samples, 2, 0, 0, 8, rgb);
    assert_rgb(rgb, last[0], last[1], last[2]);
    assert_rgb(rgb + 3, TW_CHECK_LIGHT, TW_CHECK_LIGHT, TW_CHECK_LIGHT);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/resample/nearest", test_nearest);
    g_test_add_func("/resample/linear", test_linear);
    g_test_add_func("/resample/area", test_area);
    g_test_add_func("/source/reduced", test_reduced);
    g_test_add_func("/shade/color", test_color);
    g_test_add_func("/shade/difference", test_difference);
    g_test_add_func("/shade/heat", test_heat);
    return g_test_run();
}
