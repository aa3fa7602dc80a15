/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures whose noise was cut at black and white: their whites stay white and
 * their blacks black.
 */

#include <math.h>

#include "check-picture.h"
#include "check.h"

static const double noise = 0.1;

/* Bands of black, gray and white with noise; @cut: to 0…1, as in 8 bits. */
static tw_image
bands(gboolean cut)
{
    tw_image picture = check_picture(96, 96);

    for (int y = 0; y < 96; y++)
        for (int i = 0; i < 4 * 96; i++)
            if (i % 4 != 3)
                picture.data[y * picture.stride + i] = 0.5F * (float) (y / 32);
    check_picture_noise(&picture, noise, 7);
    for (ptrdiff_t i = 0; cut && i < 96 * picture.stride; i++)
        picture.data[i] = fminf(fmaxf(picture.data[i], 0), 1);
    return picture;
}

/* The mean of band @k without its rim. */
static double
level(const tw_image *picture, int k)
{
    double sum = 0;

    for (int y = 32 * k + 8; y < 32 * k + 24; y++)
        for (int x = 8; x < 88; x++)
            for (int c = 0; c < 3; c++)
                sum += (double) picture->data[y * picture->stride + 4 * x + c];
    return sum / (16 * 80 * 3);
}

/* Half of the noise at an end is lost: the mean of what is left is off by
 * 0.4 noise, 0.04. A quarter of that may remain; for values that were not cut the
 * mean is that of the noise, within four of its standard errors. */
static void
ends(void)
{
    const double error = 4 * noise / sqrt(16 * 80 * 3);

    for (int cut = 0; cut < 2; cut++) {
        tw_image in = bands(cut), out;
        tw_error err = { 0 };
        tw_report report;
        tw_request *request = check_request("denoise noise=0.1");

        g_assert_cmpint(check_restore(request, &in, &out, &report, &err), ==,
                        TW_OK);
        for (int k = 0; k < 3; k++)
            check_near(cut ? "cut" : "whole", level(&out, k), 0.5 * k,
                       cut && k != 1 ? 0.01 : error);
        if (cut)
            g_assert_cmpfloat(fabs(level(&in, 2) - 1), >, 0.035);
        check_near("consistency", report.consistency, 1, 0.1);
        tw_request_free(request);
        check_picture_free(&in);
        check_picture_free(&out);
    }
}

/* Lights of six times white under a motion of 9 pixels: the spots are cut at white,
 * and no white light explains their rims. Away from them the gray stays as it is. */
static void
lights(void)
{
    static const int at[][2] = { { 20, 30 }, { 48, 60 }, { 70, 40 } };
    tw_image in = check_picture(96, 96), out;
    tw_error err = { 0 };
    tw_report report;
    tw_request *request =
        check_request("deblur length=9 angle=0 border=periodic noise=0.01");
    double worst = 0;

    for (int i = 0; i < 3; i++)
        for (int y = at[i][0] - 1; y <= at[i][0] + 1; y++)
            for (int x = at[i][1] - 5; x <= at[i][1] + 5; x++)
                for (int c = 0; c < 3; c++)
                    in.data[y * in.stride + 4 * x + c] +=
                        5.5F / 9 *
                        (float) (MIN(MIN(x - at[i][1] + 6, 3),
                                     at[i][1] + 6 - x));
    check_picture_noise(&in, 0.01, 5);
    for (ptrdiff_t i = 0; i < 96 * in.stride; i++)
        in.data[i] = fminf(in.data[i], 1);
    g_assert_cmpint(check_restore(request, &in, &out, &report, &err), ==,
                    TW_OK);
    for (int y = 0; y < 96; y++)
        for (int x = 0; x < 96; x++) {
            gboolean near = FALSE;

            for (int i = 0; i < 3; i++)
                near |= abs(y - at[i][0]) < 8 && abs(x - at[i][1]) < 12;
            for (int c = 0; c < 3 && !near; c++)
                worst = fmax(
                    worst,
                    fabs((double) out.data[y * out.stride + 4 * x + c] - 0.5));
        }
    g_test_message("worst %.3f", worst);
    g_assert_cmpfloat(worst, <, 0.04); /* four deviations of the noise */
    tw_request_free(request);
    check_picture_free(&in);
    check_picture_free(&out);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clipped/ends", ends);
    g_test_add_func("/clipped/lights", lights);
    return g_test_run();
}
