/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a result does not fit what was given, against the definition. */
#include <math.h>

#include "explain-fixture.h"

static const double level = 1 / 255.0;

/* The map as defined, for the data @y and A result; -1: nothing counts. */
static double
misfit_at(const tw_image *y, const tw_image *fit, int row, int column,
          double noise)
{
    const double unit = fmax(sqrt(noise * noise + level * level / 12), level);
    double sum = 0, count = 0;

    for (int r = MAX(row - 8, 0); r < MIN(row + 8, y->height); r++)
        for (int k = MAX(column - 8, 0); k < MIN(column + 8, y->width); k++) {
            const float *p = y->data + r * y->stride + 4 * k;
            const float *q = fit->data + r * fit->stride + 4 * k;

            for (int c = 0; c < 3; c++) {
                const double d = ((double) q[c] - (double) p[c]) / unit;
                const gboolean clipped = p[c] == 0 || p[c] == 1;

                /* black and white only if the result is far inside */
                if (p[3] > 0 && (!clipped || (p[c] == 0 ? d : -d) > 4)) {
                    sum += d * d;
                    count++;
                }
            }
        }
    return count > 0 ? sqrt(sum / count) : -1;
}

static void
check_map(const tw_image *y, const tw_image *fit, const tw_image *map,
          double noise)
{
    for (int r = 0; r < map->height; r++)
        for (int c = 0; c < map->width; c++) {
            const float *p = map->data + r * map->stride + 4 * c;
            const int row = (2 * r + 1) * y->height / (2 * map->height);
            const int column = (2 * c + 1) * y->width / (2 * map->width);
            const float *given = y->data + row * y->stride + 4 * column;
            const double m = misfit_at(y, fit, row, column, noise);

            for (int i = 0; i < 3; i++) /* sums of 256 floats */
                check_near("misfit", (double) p[i], fmax(m, 0),
                           1e-5 * fabs(m) + 1e-5);
            check_near("alpha", (double) p[3], m >= 0 && given[3] > 0, 0);
        }
}

/* Every pixel of the map, and its mean square, against the report: windows at
 * the rim are smaller, so pixels there count a little more or less; the squares
 * of a quarter of the picture differ from those of all by 1 %. */
static void
denoised(void)
{
    tw_request *request = check_request("denoise noise=0.05");
    tw_image in = check_photo("jaguar", 0, 0, 96, 80), out;
    tw_report report;
    double sum = 0, count = 0;

    check_picture_noise(&in, 0.05, 1);
    for (int i = 0; i < 10; i++) {
        in.data[4 * (30 * 96 + 40 + i) + i % 3] = i % 2 ? 1.5F : 0;
        in.data[4 * (70 * 96 + i) + 3] = 0;
    }
    for (int i = 0; i < 18 * 18 * 4; i++) /* a window that is all white */
        in.data[in.stride * (50 + i / 72) + 4 * 60 + i % 72] = 1;
    out = restored(request, &in, &report);
    explained e = explain(request, &in, &out, &report, 0);

    check_map(&in, &out, &e.misfit, 0.05);
    for (int i = 0; i < 96 * 80; i++)
        for (int c = 0; c < 3; c++) {
            const float *p = &in.data[4 * i];

            if (p[3] > 0 && p[c] != 0 && p[c] != 1) {
                sum += pow((double) e.misfit.data[4 * i], 2);
                count++;
            }
        }
    g_test_message("mean square %.4f, consistency^2 %.4f", sum / count,
                   pow(report.consistency, 2));
    check_near("mean square", sum / count, pow(report.consistency, 2),
               0.02 * pow(report.consistency, 2));
    explained_clear(&e);
    check_picture_free(&in);
    check_picture_free(&out);
    tw_request_free(request);
}

/* The mean of blocks of 2 x 2. */
static tw_image
shrunk(const tw_image *in)
{
    tw_image out = check_picture(in->width / 2, in->height / 2);

    for (int y = 0; y < out.height; y++)
        for (int i = 0; i < 4 * out.width; i++) {
            const float *p = in->data + 2 * y * in->stride + i / 4 * 8 + i % 4;

            out.data[y * out.stride + i] =
                (p[0] + p[4] + p[in->stride] + p[in->stride + 4]) / 4;
        }
    return out;
}

/* @fit: the result, made smaller; this frees all pictures. */
static void
check_upscaled(const char *words, tw_image in, tw_image result, tw_image fit)
{
    tw_request *request = check_request(words);
    const tw_report report = noise_of(0.01, 0);
    explained e = explain(request, &in, &result, &report, 0);

    check_map(&in, &fit, &e.misfit, 0.01);
    explained_clear(&e);
    check_picture_free(&in);
    check_picture_free(&result);
    check_picture_free(&fit);
    tw_request_free(request);
}

static void
upscaled(void)
{
    tw_image result = check_photo("jaguar", 0, 0, 80, 72);

    check_upscaled("upscale scale=2 kernel=box",
                   check_photo("quail", 0, 0, 40, 36), result, shrunk(&result));
}

/* By a factor that is not whole: flat gray stays so at any size. */
static void
not_whole(void)
{
    check_upscaled("upscale scale=1.5", check_photo("quail", 0, 0, 21, 18),
                   check_picture(32, 27), check_picture(21, 18));
}

/* Noise that grows with brightness: where the result has it, it is no misfit. */
static void
camera(void)
{
    tw_request *request = check_request("denoise noise=0.01 shot=0.02");
    tw_image result = check_picture(64, 48), in;
    const tw_report report = noise_of(0.01, 0.02);

    for (ptrdiff_t i = 0; i < result.height * result.stride; i++)
        if (i % 4 != 3)
            result.data[i] = 0.2F;
    in = check_picture_copy(&result);
    for (ptrdiff_t i = 0; i < in.height * in.stride; i++)
        if (i % 4 != 3)
            in.data[i] += (float) (3 * sqrt(0.01 * 0.01 + 0.02 * 0.2));
    explained e = explain(request, &in, &result, &report, 0);

    for (int i = 0; i < 64 * 48; i++)
        check_near("three times the noise", (double) e.misfit.data[4 * i], 3,
                   1e-4);
    explained_clear(&e);
    check_picture_free(&in);
    check_picture_free(&result);
    tw_request_free(request);
}

/* A blur goes on outside of the frame: the rim of the kernel's reach has no
 * figure. Inside, a result that is blurred by the same kernel fits. */
static void
frame(void)
{
    tw_request *request = check_request("deblur length=9 angle=0");
    tw_image result = cosine(64, 40, 7, 0), in;
    const tw_report report = noise_of(0.01, 0);

    in = check_picture_copy(&result);
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 64; x++)
            for (int c = 0; c < 3; c++) {
                double sum = 0;

                for (int k = -4; k <= 4; k++) {
                    const int at = CLAMP(x + k, 0, 63);

                    sum +=
                        (double) result.data[y * result.stride + 4 * at + c] *
                        (abs(k) == 4 ? 0.5 : 1);
                }
                in.data[y * in.stride + 4 * x + c] = (float) (sum / 8);
            }
    explained e = explain(request, &in, &result, &report, 0);

    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 64; x++) {
            const float *p = e.misfit.data + y * e.misfit.stride + 4 * x;

            g_assert_cmpint(p[3] > 0, ==, x >= 4 && x < 60);
            check_near("fits", (double) p[0], 0, 1e-3);
        }
    explained_clear(&e);
    check_picture_free(&in);
    check_picture_free(&result);
    tw_request_free(request);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/explain/misfit/denoised", denoised);
    g_test_add_func("/explain/misfit/upscaled", upscaled);
    g_test_add_func("/explain/misfit/not-whole", not_whole);
    g_test_add_func("/explain/misfit/camera", camera);
    g_test_add_func("/explain/misfit/frame", frame);
    return g_test_run();
}
