/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures in and out of the four tasks. */
#include "check-picture.h"

#include <math.h>
#include <string.h>

static tw_image
photo(void)
{
    return check_photo("quail", 8, 4, 48, 40);
}

/* White (opaque) in a rectangle, black elsewhere. */
static tw_image
mask_for(const tw_image *picture, int left, int top, int width, int height)
{
    tw_image mask = check_picture(picture->width, picture->height);

    for (int y = 0; y < mask.height; y++)
        for (int x = 0; x < mask.width; x++)
            for (int c = 0; c < 3; c++)
                mask.data[y * mask.stride + 4 * x + c] =
                    x >= left && x < left + width && y >= top &&
                    y < top + height;
    return mask;
}

static const char *const quick[] = {
    "denoise noise=0.1",
    "denoise noise=0.1 style=textured steps=2",
    "denoise noise=0.05 shot=0.01 steps=2",
    "deblur sigma=1.5 noise=0.01 steps=2",
    "deblur sigma=1.5 noise=0.01 steps=2 style=textured",
    "deblur radius=2 noise=0.01 steps=2 border=mirror",
    "deblur length=5 angle=30 steps=2 light=linear",
    "inpaint steps=2",
    "inpaint steps=2 style=textured",
    "upscale scale=2 steps=2",
    "upscale scale=1.5 kernel=bicubic steps=2 style=textured",
    "upscale scale=2 kernel=gaussian steps=2 light=linear",
};

static gboolean
all_finite(const tw_image *p)
{
    for (ptrdiff_t i = 0; i < p->height * p->stride; i++)
        if (!isfinite(p->data[i]))
            return FALSE;
    return TRUE;
}

static void
any_size(void)
{
    static const int sizes[][2] = { { 1, 1 }, { 7, 1 }, { 1, 5 }, { 17, 3 } };

    for (size_t q = 0; q < G_N_ELEMENTS(quick); q++)
        for (size_t s = 0; s < G_N_ELEMENTS(sizes); s++) {
            tw_image in =
                check_photo("quail", 40, 40, sizes[s][0], sizes[s][1]);
            tw_image mask = mask_for(&in, 0, 0, 1, 1), out;
            tw_report report;

            g_test_message("%s, %dx%d", quick[q], in.width, in.height);
            out = check_restored(quick[q], &in, &mask, &report);
            g_assert_true(all_finite(&out));
            g_assert_true(isfinite(report.consistency));
            check_picture_free(&in);
            check_picture_free(&mask);
            check_picture_free(&out);
        }
}

/* Alpha of 0, of 1 and between, and colors under alpha 0 that depend on
 * @hidden. */
static tw_image
with_alpha(float hidden)
{
    tw_image p = photo();

    for (int y = 0; y < p.height; y++)
        for (int x = 0; x < p.width; x++) {
            float *pixel = p.data + y * p.stride + 4 * x;

            pixel[3] = x < 10 ? 0 : (float) (x % 7) / 6;
            for (int c = 0; c < 3 && pixel[3] <= 0; c++)
                pixel[c] = hidden + (float) (x * y % 3) / 10;
        }
    return p;
}

/* Alpha and what is under alpha 0 come back as they were; and nothing that is
 * visible depends on it. */
static void
alpha(void)
{
    for (size_t q = 0; q < G_N_ELEMENTS(quick); q++) {
        tw_image a = with_alpha(0.1F), b = with_alpha(0.6F);
        tw_image mask = mask_for(&a, 5, 10, 20, 12);
        tw_image ra = check_restored(quick[q], &a, &mask, NULL);
        tw_image rb = check_restored(quick[q], &b, &mask, NULL);

        g_test_message("%s", quick[q]);
        if (ra.width != a.width) {
            g_assert_true(check_picture_equal(&ra, &rb));
        } else {
            for (ptrdiff_t i = 0; i < a.height * a.stride; i += 4) {
                const gboolean visible = a.data[i + 3] > 0;
                const float *same = visible ? rb.data : a.data;

                g_assert_cmpmem(&ra.data[i + 3], 4, &a.data[i + 3], 4);
                g_assert_cmpmem(&ra.data[i], 12, &same[i], 12);
            }
        }
        check_picture_free(&a);
        check_picture_free(&b);
        check_picture_free(&ra);
        check_picture_free(&rb);
        check_picture_free(&mask);
    }
}

static void
gray(void)
{
    for (size_t q = 0; q < G_N_ELEMENTS(quick); q++) {
        tw_image in = photo(), mask = mask_for(&in, 5, 10, 20, 12), out;

        for (ptrdiff_t i = 0; i < in.height * in.stride; i += 4)
            in.data[i + 1] = in.data[i + 2] = in.data[i];
        out = check_restored(quick[q], &in, &mask, NULL);
        g_test_message("%s", quick[q]);
        for (ptrdiff_t i = 0; i < out.height * out.stride; i += 4) {
            g_assert_cmpmem(&out.data[i], 4, &out.data[i + 1], 4);
            g_assert_cmpmem(&out.data[i], 4, &out.data[i + 2], 4);
        }
        check_picture_free(&in);
        check_picture_free(&mask);
        check_picture_free(&out);
    }
}

/* Outside of the mask every bit stays, also of values that no screen shows;
 * inside something happens. */
static void
untouched(void)
{
    tw_image in = check_photo("quail", 0, 0, 96, 96);
    tw_image mask = mask_for(&in, 40, 30, 6, 7), out;

    in.data[0] = 17.5F;
    in.data[in.stride + 1] = -0.0F;
    in.data[4 * 40 + 30 * in.stride] = -3;
    out = check_restored("inpaint steps=2 noise=0.02", &in, &mask, NULL);
    for (int y = 0; y < in.height; y++)
        for (int x = 0; x < in.width; x++) {
            const ptrdiff_t at = y * in.stride + 4 * x;
            const gboolean inside = mask.data[at] > 0;

            g_assert_true(inside !=
                          (memcmp(&in.data[at], &out.data[at], 16) == 0));
        }
    check_picture_free(&in);
    check_picture_free(&mask);
    check_picture_free(&out);
}

/* A mask that selects nothing, and a picture of which nothing can be seen. */
static void
nothing_to_do(void)
{
    tw_image in = photo(), mask = mask_for(&in, 0, 0, 0, 0), out;
    tw_report report;

    out = check_restored("inpaint", &in, &mask, &report);
    g_assert_true(check_picture_equal(&in, &out));
    g_assert_nonnull(strstr(report.warning, "mask"));
    g_assert_cmpint(report.evaluations, ==, 0);
    check_picture_free(&out);

    for (ptrdiff_t i = 0; i < in.height * in.stride; i += 4)
        in.data[i + 3] = 0;
    out = check_restored("deblur", &in, NULL, &report);
    g_assert_true(check_picture_equal(&in, &out));
    g_assert_nonnull(strstr(report.warning, "transparent"));
    check_picture_free(&out);
    check_picture_free(&in);
    check_picture_free(&mask);
}

/* The same bytes for any number of threads, and into the same memory. */
static void
repeats(void)
{
    static const char *const threads[] = { "1", "2", "3", "8" };

    for (size_t q = 0; q < G_N_ELEMENTS(quick); q++) {
        tw_image in = photo(), mask = mask_for(&in, 5, 10, 20, 12), first;

        first = check_restored(quick[q], &in, &mask, NULL);
        for (size_t t = 0; t < G_N_ELEMENTS(threads); t++) {
            char *words = g_strconcat(quick[q], " threads=", threads[t], NULL);
            tw_image out = check_restored(words, &in, &mask, NULL);

            g_test_message("%s", words);
            g_assert_true(check_picture_equal(&first, &out));
            check_picture_free(&out);
            g_free(words);
        }
        check_picture_free(&in);
        check_picture_free(&mask);
        check_picture_free(&first);
    }
}

static void
in_place(void)
{
    tw_image in = photo(), out = check_restored(quick[3], &in, NULL, NULL);
    tw_request *request = check_request(quick[3]);
    tw_run *run = check_run(0, 0);

    check_ok(tw_restore(request, check_store(), &in, &in, NULL, run), run);
    g_assert_true(check_picture_equal(&in, &out));
    tw_run_free(run);
    tw_request_free(request);
    check_picture_free(&in);
    check_picture_free(&out);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tasks/any-size", any_size);
    g_test_add_func("/tasks/alpha", alpha);
    g_test_add_func("/tasks/gray", gray);
    g_test_add_func("/tasks/untouched", untouched);
    g_test_add_func("/tasks/nothing-to-do", nothing_to_do);
    g_test_add_func("/tasks/repeats", repeats);
    g_test_add_func("/tasks/in-place", in_place);
    return g_test_run();
}
