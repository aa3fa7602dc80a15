/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tasks on pictures that were JPEG files; within the memory that their plan says. */

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "check-jpeg.h"

typedef struct fixture {
    tw_image truth, in; /* before and after the file */
    char *path;
} fixture;

static fixture
set_up(int quality, int size)
{
    const check_jpeg how = { .quality = quality, .across = 2, .down = 2 };
    fixture f = { .truth = check_photo("lighthouse", 0, 0, size, size - 3) };

    f.path = check_jpeg_write(&f.truth, &how);
    f.in = check_jpeg_decode(f.path);
    return f;
}

static void
tear_down(fixture *f)
{
    unlink(f->path);
    g_free(f->path);
    check_picture_free(&f->truth);
    check_picture_free(&f->in);
}

static tw_status
restore(const fixture *f, const char *words, bool by_file, tw_image *out,
        tw_report *report, tw_error *err)
{
    tw_request *request = check_request(words);

    if (by_file)
        tw_request_file(request, f->path);
    const tw_status status = check_restore(request, &f->in, out, report, err);

    tw_request_free(request);
    return status;
}

/* By the file and by the pixels: all coefficients in their cells, and nearer to the
 * truth. The gain of crops of 256 x 256 is 0.5 dB at least. */
static void
test_dejpeg(void)
{
    fixture f = set_up(20, 96);

    for (int by_file = 0; by_file < 2; by_file++) {
        tw_report report;
        tw_error err = { 0 };
        tw_image out;

        g_assert_cmpint(restore(&f, "dejpeg", by_file, &out, &report, &err), ==,
                        TW_OK);
        g_assert_cmpfloat(report.cells, >, 0.999);
        g_assert_cmpfloat(report.consistency, <, report.limit);
        g_assert_cmpfloat(20 * log10(check_picture_distance(&f.in, &f.truth) /
                                     check_picture_distance(&out, &f.truth)),
                          >, 0.5);
        check_picture_free(&out);
    }
    tear_down(&f);
}

/* Every task without holes takes the file's coefficients; the bytes do not depend on
 * the number of threads. */
static void
test_tasks(void)
{
    static const char *const words[] = {
        "dejpeg threads=",
        "dejpeg detail=100 steps=2 threads=",
        "denoise threads=",
        "upscale scale=1.5 steps=2 threads=",
        "deblur sigma=1 steps=2 threads=",
    };
    fixture f = set_up(30, 80);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_image out[2];

        for (int k = 0; k < 2; k++) {
            char *text = g_strconcat(words[i], k ? "3" : "1", NULL);
            tw_report report;
            tw_error err = { 0 };

            if (restore(&f, text, true, &out[k], &report, &err) != TW_OK)
                g_error("%s: %s", text, err.text);
            g_assert_cmpfloat(report.cells, >, 0.5);
            g_free(text);
        }
        g_assert_true(check_picture_equal(&out[0], &out[1]));
        check_picture_free(&out[0]);
        check_picture_free(&out[1]);
    }
    tear_down(&f);
}

/* A light of 9 x 3 pixels and six times white, under a motion of 9: its white spot and
 * rim are left out, which the cells cannot say (with them gray becomes black or white
 * further away). Quality 92 rounds by 0.8 %; deblurred, 0.025 was seen. */
static void
test_lights(void)
{
    const check_jpeg how = { .quality = 92, .across = 1, .down = 1 };
    fixture f = { .truth = check_picture(128, 96) };
    tw_report report;
    tw_error err = { 0 };
    tw_image out;
    double worst = 0;

    for (int y = 47; y < 50; y++)
        for (int x = 59; x < 70; x++)
            for (int c = 0; c < 3; c++)
                f.truth.data[y * f.truth.stride + 4 * x + c] = fminf(
                    0.5F + 5.5F / 9 * (float) MIN(MIN(x - 58, 3), 70 - x), 1);
    f.path = check_jpeg_write(&f.truth, &how);
    f.in = check_jpeg_decode(f.path);
    g_assert_cmpint(restore(&f, "deblur length=9 angle=0 border=periodic", true,
                            &out, &report, &err),
                    ==, TW_OK);
    g_assert_true(isnan(report.cells));
    for (int y = 0; y < 96; y++)
        for (int x = 0; x < 128; x++)
            if (abs(y - 48) > 8 || abs(x - 64) > 14)
                worst =
                    fmax(worst,
                         fabs((double) out.data[y * out.stride + 4 * x] - 0.5));
    g_test_message("worst %.3f", worst);
    g_assert_cmpfloat(worst, <, 0.06);
    check_picture_free(&out);
    tear_down(&f);
}

/* jpeg=no takes the pixels, and so does a picture that was changed too much for its
 * blocks to be found. */
static void
test_none(void)
{
    fixture f = set_up(30, 80);
    tw_report report;
    tw_error err = { 0 };
    tw_image out;

    g_assert_cmpint(
        restore(&f, "upscale jpeg=no steps=1", true, &out, &report, &err), ==,
        TW_OK);
    g_assert_true(isnan(report.cells));
    check_picture_free(&out);
    check_picture_noise(&f.in, 0.02, 1);
    g_assert_cmpint(restore(&f, "dejpeg", true, &out, &report, &err), ==,
                    TW_ERR_ARGUMENT);
    g_assert_nonnull(strstr(err.text, "jpeg="));
    g_assert_cmpint(restore(&f, "upscale steps=1", true, &out, &report, &err),
                    ==, TW_OK);
    g_assert_true(isnan(report.cells));
    check_picture_free(&out);
    tear_down(&f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compressed/dejpeg", test_dejpeg);
    g_test_add_func("/compressed/tasks", test_tasks);
    g_test_add_func("/compressed/lights", test_lights);
    g_test_add_func("/compressed/none", test_none);
    return g_test_run();
}
