/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a dialog shows before the start: noise and kernels. */
#include <math.h>
#include <string.h>

#include "explain-fixture.h"

/* What a run with noise=auto used, whatever the request says. */
static void
noise(void)
{
    static const struct {
        const char *words, *other; /* other: noise= is given */
    } cases[] = {
        { "denoise steps=1", "denoise noise=0.3" },
        { "denoise steps=1 shot=auto", "denoise noise=0.3 shot=auto" },
        { "denoise steps=1 shot=0.003", "denoise noise=0.3 shot=0.003" },
        { "deblur steps=1", "deblur noise=0" },
        { "inpaint steps=1", "inpaint noise=0.3" },
        { "upscale steps=1 scale=2", "upscale scale=2 noise=0.3" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_request *request = check_request(cases[i].words);
        tw_request *other = check_request(cases[i].other);
        tw_image in = check_photo("jaguar", 0, 0, 96, 96), out;
        tw_image mask = mask_for(96, 96);
        tw_run *run = check_run(0, 0);
        tw_report report;
        tw_noise found;

        check_picture_noise(&in, 0.04, 5);
        in.data[4 * 50 + 3] = 0;
        tw_request_mask(request, &mask);
        tw_request_mask(other, &mask);
        out = restored(request, &in, &report);
        check_ok(tw_measure_noise(other, check_store(), &in, &found, run), run);
        g_test_message("%s: %.4f, %.4f", cases[i].other, found.noise,
                       found.shot);
        check_near(cases[i].other, found.noise, report.noise, 0);
        check_near(cases[i].other, found.shot, report.shot, 0);
        tw_run_free(run);
        check_picture_free(&in);
        check_picture_free(&out);
        check_picture_free(&mask);
        tw_request_free(request);
        tw_request_free(other);
    }
}

static tw_image
kernel_picture(const tw_request *request, int expected)
{
    tw_error err = { 0 };
    tw_image p;
    int side;

    g_assert_cmpint(tw_kernel_side(request, &side, &err), ==, TW_OK);
    g_assert_cmpint(side, ==, expected);
    p = check_picture(side, side);
    g_assert_cmpint(tw_kernel_draw(request, &p, &err), ==, TW_OK);
    return p;
}

/* A Gaussian is 1 in the middle and falls as it should; a horizontal line of
 * seven pixels is seven squares in a square picture, those at its ends half
 * covered; a picture is drawn as it was given. */
static void
kernels(void)
{
    tw_request *request = check_request("deblur sigma=2");
    tw_image p = kernel_picture(request, 17), given;

    for (int y = 0; y < 17; y++)
        for (int x = 0; x < 17; x++)
            for (int c = 0; c < 4; c++)
                check_near(
                    "Gaussian", (double) p.data[y * p.stride + 4 * x + c],
                    c == 3 ? 1 : exp(-(pow(x - 8, 2) + pow(y - 8, 2)) / 8),
                    1e-6);
    check_picture_free(&p);
    tw_request_free(request);

    request = check_request("deblur length=7");
    p = kernel_picture(request, 7);
    for (int i = 0; i < 49; i++)
        check_near("line", (double) p.data[4 * i],
                   i / 7 != 3                 ? 0
                   : i % 7 == 0 || i % 7 == 6 ? 0.5
                                              : 1,
                   1e-6);
    check_picture_free(&p);
    tw_request_free(request);

    request = check_request("deblur kernel=a.png");
    given = check_picture(3, 5);
    given.data[4 * 7] = given.data[4 * 7 + 1] = given.data[4 * 7 + 2] = 4;
    tw_request_kernel(request, &given);
    p = kernel_picture(request, 5);
    for (int i = 0; i < 25; i++)
        check_near("picture", (double) p.data[4 * i],
                   i == 12                  ? 1
                   : i % 5 > 0 && i % 5 < 4 ? 0.125
                                            : 0,
                   1e-6);
    check_picture_free(&p);
    check_picture_free(&given);
    tw_request_free(request);
}

/* The messages are those of the plan. */
static void
bad_kernels(void)
{
    static const char *const cases[] = { "deblur kernel=no.png",
                                         "deblur kernel=black.png" };
    tw_image black = check_picture(3, 3), small = check_picture(5, 5);

    for (int i = 0; i < 9; i++)
        black.data[4 * i] = black.data[4 * i + 1] = black.data[4 * i + 2] = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_request *request = check_request(cases[i]);
        tw_error expected = { 0 }, err = { 0 };
        tw_plan plan;
        int side;

        if (i > 0)
            tw_request_kernel(request, &black);
        const tw_status status = tw_plan_request(request, check_store(), 20, 20,
                                                 0, &plan, &expected);

        g_assert_cmpint(status, !=, TW_OK);
        g_assert_cmpint(tw_kernel_side(request, &side, &err), ==, status);
        g_assert_cmpstr(err.text, ==, expected.text);
        g_assert_cmpint(tw_kernel_draw(request, &small, &err), ==, status);
        g_assert_cmpstr(err.text, ==, expected.text);
        tw_request_free(request);
    }
    for (int i = 0; i < 2; i++) {
        tw_request *request = check_request(i ? "deblur sigma=2" : "denoise");
        tw_error err = { 0 };

        g_assert_cmpint(tw_kernel_draw(request, &small, &err), ==,
                        TW_ERR_ARGUMENT);
        g_assert_nonnull(strstr(err.text, i ? "17 x 17" : "'denoise'"));
        tw_request_free(request);
    }
    check_picture_free(&black);
    check_picture_free(&small);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/inspect/noise", noise);
    g_test_add_func("/inspect/kernels", kernels);
    g_test_add_func("/inspect/bad-kernels", bad_kernels);
    return g_test_run();
}
