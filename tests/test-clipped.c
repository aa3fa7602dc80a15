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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clipped/ends", ends);
    return g_test_run();
}
