/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does what a report says about a result hold? Recomputed here from the pixels,
 * without the engine's operators. */
#include "check-picture.h"

#include <math.h>
#include <string.h>

#include "operators/operators.h"

static const double level = 1 / 255.0;

/* The figure as the report defines it, over all values of @y that are not
 * clipped; and the same of the worst tile of 64 x 64. */
typedef struct figure {
    double whole, worst;
} figure;

static figure
compare(const tw_image *y, const tw_image *fit, double noise)
{
    const double unit = fmax(sqrt(noise * noise + level * level / 12), level);
    double sums[2][8][8] = { 0 }, sum = 0, count = 0;
    figure f = { 0, 0 };

    g_assert_cmpint(y->width, <=, 8 * 64);
    g_assert_cmpint(y->height, <=, 8 * 64);
    for (int r = 0; r < y->height; r++)
        for (int i = 0; i < 4 * y->width; i++) {
            const double v = (double) y->data[r * y->stride + i];
            const double d = (double) fit->data[r * fit->stride + i] - v;

            if (i % 4 == 3 || v == 0 || v == 1)
                continue;
            sums[0][r / 64][i / 256] += d * d;
            sums[1][r / 64][i / 256]++;
        }
    for (int t = 0; t < 64; t++) {
        const double s = sums[0][t / 8][t % 8], n = sums[1][t / 8][t % 8];

        sum += s;
        count += n;
        if (n >= 384)
            f.worst = fmax(f.worst, sqrt(s / n) / unit);
    }
    f.whole = sqrt(sum / count) / unit;
    return f;
}

static int
mirrored(int i, int n)
{
    i = i < 0 ? -1 - i : i;
    return i < n ? i : 2 * n - 1 - i;
}

/* Gaussian blur with mirrored borders, in double. */
static tw_image
blurred(const tw_image *in, double sigma)
{
    tw_image out = check_picture_copy(in);
    const int reach = (int) ceil(6 * sigma);
    double total = 0;

    for (int d = -reach; d <= reach; d++)
        total += exp(-d * d / (2 * sigma * sigma));
    for (int y = 0; y < in->height; y++)
        for (int x = 0; x < in->width; x++)
            for (int c = 0; c < 3; c++) {
                double sum = 0;

                for (int dy = -reach; dy <= reach; dy++)
                    for (int dx = -reach; dx <= reach; dx++)
                        sum +=
                            exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) *
                            (double)
                                in->data[mirrored(y + dy, in->height) *
                                             in->stride +
                                         4 * mirrored(x + dx, in->width) + c];
                out.data[y * out.stride + 4 * x + c] =
                    (float) (sum / (total * total));
            }
    return out;
}

/* The mean of blocks of @scale x @scale. */
static tw_image
shrunk(const tw_image *in, int scale)
{
    tw_image out = check_picture(in->width / scale, in->height / scale);

    for (int y = 0; y < out.height; y++)
        for (int x = 0; x < out.width; x++)
            for (int c = 0; c < 3; c++) {
                double sum = 0;

                for (int dy = 0; dy < scale; dy++)
                    for (int dx = 0; dx < scale; dx++)
                        sum += (double) in->data[(scale * y + dy) * in->stride +
                                                 4 * (scale * x + dx) + c];
                out.data[y * out.stride + 4 * x + c] =
                    (float) (sum / (scale * scale));
            }
    return out;
}

/* To 8 bits, as most files are. */
static void
round_values(tw_image *p)
{
    for (ptrdiff_t i = 0; i < p->height * p->stride; i++) {
        const float v = p->data[i] < 0 ? 0 : p->data[i] > 1 ? 1 : p->data[i];

        p->data[i] = roundf(255 * v) / 255;
    }
}

static tw_image
restore(const char *words, const tw_image *in, tw_report *report)
{
    tw_request *request = check_request(words);
    tw_image out;
    tw_error err = { 0 };

    if (check_restore(request, in, &out, report, &err) != TW_OK)
        g_error("%s: %s", words, err.text);
    tw_request_free(request);
    return out;
}

static void
check_figure(const char *what, const tw_report *report, figure f)
{
    /* The engine's blur is cut off at a smaller reach. */
    check_near(what, report->consistency, f.whole, 0.005 * f.whole + 1e-3);
    check_near(what, report->worst, fmax(f.worst, f.whole),
               0.005 * f.worst + 1e-3);
}

static void
deblur_is_consistent(void)
{
    static const char *const words[] = {
        "deblur sigma=1.5 noise=0.01 border=mirror",
        "deblur sigma=1.5 noise=0.01 border=mirror style=textured",
    };

    for (int i = 0; i < 2; i++) {
        tw_image sharp = check_photo("jaguar", 0, 0, 96, 80);
        tw_image y = blurred(&sharp, 1.5), out, again;
        tw_report report;

        check_picture_noise(&y, 0.01, 3);
        round_values(&y);
        out = restore(words[i], &y, &report);
        again = blurred(&out, 1.5);
        check_figure(words[i], &report, compare(&y, &again, 0.01));
        g_test_message("%s: consistency %.3f, worst %.3f, limit %.3f; error "
                       "%.4f, was %.4f",
                       words[i], report.consistency, report.worst, report.limit,
                       check_picture_distance(&out, &sharp),
                       check_picture_distance(&y, &sharp));
        g_assert_cmpfloat(report.consistency, <, report.limit);
        g_assert_cmpstr(report.warning, ==, "");
        /* Nearer to the truth than what was given. */
        g_assert_cmpfloat(check_picture_distance(&out, &sharp), <,
                          0.8 * check_picture_distance(&y, &sharp));
        check_picture_free(&sharp);
        check_picture_free(&y);
        check_picture_free(&out);
        check_picture_free(&again);
    }
}

/* Shrunk again, an enlarged picture is the one that was given. */
static void
upscale_is_consistent(void)
{
    static const struct {
        const char *words;
        int scale;
    } cases[] = {
        { "upscale scale=2 steps=4 kernel=box", 2 },
        { "upscale scale=3 steps=4 kernel=box", 3 },
        { "upscale scale=4 steps=4 kernel=box style=textured", 4 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_image large = check_photo("lighthouse", 0, 0, 96, 96);
        tw_image y = shrunk(&large, cases[i].scale), out, again;
        tw_report report;

        round_values(&y);
        out = restore(cases[i].words, &y, &report);
        g_assert_cmpint(out.width, ==, cases[i].scale * y.width);
        again = shrunk(&out, cases[i].scale);
        g_test_message("%s: rmse %.3g / 255", cases[i].words,
                       255 * check_picture_distance(&again, &y));
        g_assert_cmpfloat(check_picture_distance(&again, &y), <, level);
        check_figure(cases[i].words, &report, compare(&y, &again, 0));
        check_picture_free(&large);
        check_picture_free(&y);
        check_picture_free(&out);
        check_picture_free(&again);
    }
}

/* The picture that the engine's own operator makes of a photograph. */
static tw_image
shrunk_by(tw_filter filter, const tw_image *in, int width, int height)
{
    tw_operator *op = tw_operator_downsample(filter, 0.5, in->height, in->width,
                                             height, width);
    tw_image out = check_degraded(op, in, width, height);

    round_values(&out);
    tw_operator_free(op);
    return out;
}

/* The other kernels and ratios that are not whole, by the report alone: its
 * figure was tested above, the operators are in test-operators.c. Clipping and
 * the weak values of a Gaussian leave more than the mean of blocks does. */
static void
other_kernels(void)
{
    static const struct {
        const char *words;
        tw_filter filter;
        int width, height;
    } cases[] = {
        { "upscale scale=2 steps=4", TW_FILTER_BICUBIC, 48, 48 },
        { "upscale scale=1.5 steps=4 kernel=bicubic", TW_FILTER_BICUBIC, 64,
          64 },
        { "upscale scale=2.4 steps=4 kernel=box", TW_FILTER_BOX, 40, 40 },
        { "upscale scale=2 steps=4 kernel=gaussian", TW_FILTER_GAUSSIAN, 48,
          48 },
        { "upscale scale=2 steps=4 kernel=box light=linear", TW_FILTER_BOX, 48,
          48 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_image large = check_photo("lighthouse", 0, 0, 96, 96);
        tw_image y =
            shrunk_by(cases[i].filter, &large, cases[i].width, cases[i].height);
        tw_image out;
        tw_report report;

        out = restore(cases[i].words, &y, &report);
        g_test_message("%s: %.3f", cases[i].words, report.consistency);
        g_assert_cmpint(out.width, ==, 96);
        g_assert_cmpfloat(report.consistency, <, 1);
        check_picture_free(&large);
        check_picture_free(&y);
        check_picture_free(&out);
    }
}

static void
denoise_is_consistent(void)
{
    tw_image clean = check_photo("quail", 0, 0, 96, 96);
    tw_image y = check_picture_copy(&clean), out;
    tw_report report;

    check_picture_noise(&y, 0.1, 4);
    out = restore("denoise noise=0.1", &y, &report);
    check_figure("denoise", &report, compare(&y, &out, 0.1));
    check_near("noise", report.noise, 0.1, 0);
    g_assert_cmpfloat(report.consistency, <, report.limit);
    g_assert_cmpfloat(check_picture_distance(&out, &clean), <,
                      0.5 * check_picture_distance(&y, &clean));
    check_picture_free(&out);

    /* Ten times less noise than there is: the result cannot explain y. */
    out = restore("denoise noise=0.005 steps=1 solver=hqs strength=1", &y,
                  &report);
    check_figure("denoise", &report, compare(&y, &out, 0.005));
    check_picture_free(&out);
    check_picture_free(&clean);
    check_picture_free(&y);
}

/* A result that does not fit is reported: the solver that ignores the data. */
static void
warns(void)
{
    tw_image y = check_photo("jaguar", 0, 0, 64, 64), out;
    tw_report report;

    out = restore("deblur sigma=1 noise=0.01 solver=ddim steps=2", &y, &report);
    g_assert_cmpfloat(report.consistency, >, report.limit);
    g_assert_cmpint(report.fit, ==, TW_FIT_BAD);
    g_assert_cmpstr(report.warning, ==, tw_fit_words(TW_FIT_BAD));
    check_picture_free(&out);
    check_picture_free(&y);
}

/* noise=auto: what was added is found, within a quarter, and used. */
static void
noise_is_measured(void)
{
    static const double added[] = { 0.02, 0.1 };

    for (int i = 0; i < 2; i++) {
        tw_image y = check_photo("lighthouse", 0, 0, 96, 96), out;
        tw_report report;

        check_picture_noise(&y, added[i], 5);
        out = restore("denoise", &y, &report);
        g_test_message("%g added, %g measured", added[i], report.noise);
        check_near("noise", report.noise, added[i], added[i] / 4);
        check_picture_free(&out);
        check_picture_free(&y);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/certificate/deblur", deblur_is_consistent);
    g_test_add_func("/certificate/upscale", upscale_is_consistent);
    g_test_add_func("/certificate/other-kernels", other_kernels);
    g_test_add_func("/certificate/denoise", denoise_is_consistent);
    g_test_add_func("/certificate/warning", warns);
    g_test_add_func("/certificate/noise", noise_is_measured);
    return g_test_run();
}
