/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * detail=100 has the fine texture of a photograph, detail=0 has not, and every
 * mixture keeps to the data. Fine texture is the power of luma from 0.25 to 0.5
 * cycles per pixel (Hann window), over the original's: 1 is as much as that has.
 *
 * Limits of detail=100 are about half of what was measured, and well above what
 * the mean has of the blurs that leave little; with an original's texture and with
 * grain in a sky there are 1 and more. Noise takes the second picture below black:
 * a sampler that keeps such values from high levels is not consistent (2.0).
 */

#include <math.h>

#include "check-picture.h"
#include "core/fft.h"
#include "operators/blur.h"
#include "operators/downsample.h"

enum { SIDE = 96 };

/* Of a picture of SIDE x SIDE. */
static double
fine_power(const tw_image *p)
{
    float luma[SIDE * SIDE];
    tw_fft *fft = tw_fft_new(SIDE, SIDE);
    float complex *spectrum = g_new(float complex, tw_fft_size(fft));
    double mean = 0, power = 0;

    for (int i = 0; i < SIDE * SIDE; i++) {
        const float *rgb =
            p->data + i / SIDE * p->stride + (ptrdiff_t) 4 * (i % SIDE);

        luma[i] = 0.299F * rgb[0] + 0.587F * rgb[1] + 0.114F * rgb[2];
        mean += (double) luma[i] / (SIDE * SIDE);
    }
    for (int i = 0; i < SIDE * SIDE; i++) {
        const double u = 2 * G_PI * (i / SIDE) / (SIDE - 1);
        const double v = 2 * G_PI * (i % SIDE) / (SIDE - 1);

        luma[i] = (float) (((double) luma[i] - mean) * (1 - cos(u)) *
                           (1 - cos(v)) / 4);
    }
    tw_fft_forward(fft, luma, spectrum);
    for (int v = 0; v < SIDE; v++)
        for (int u = 0; u <= SIDE / 2; u++) {
            const double f =
                hypot((double) (v <= SIDE / 2 ? v : SIDE - v), u) / SIDE;
            const double a = (double) cabsf(spectrum[v * (SIDE / 2 + 1) + u]);

            if (f >= 0.25 && f <= 0.5)
                power += (u % (SIDE / 2) ? 2 : 1) * a * a;
        }
    g_free(spectrum);
    tw_fft_free(fft);
    return power;
}

static tw_operator *
larger(void)
{
    return tw_operator_downsample(TW_FILTER_BOX, 0, SIDE, SIDE, SIDE / 4,
                                  SIDE / 4);
}

static tw_operator *
blur(tw_psf psf)
{
    tw_operator *op = tw_operator_blur(&psf, TW_BORDER_MIRROR, SIDE, SIDE);

    tw_psf_clear(&psf);
    return op;
}

static tw_operator *
soft(void)
{
    tw_psf psf;

    g_assert_cmpint(tw_psf_gaussian(2, &psf, NULL), ==, TW_OK);
    return blur(psf);
}

static tw_operator *
out_of_focus(void)
{
    tw_psf psf;

    g_assert_cmpint(tw_psf_disc(4, &psf, NULL), ==, TW_OK);
    return blur(psf);
}

static const struct {
    const char *photo, *words;
    tw_operator *(*make)(void);
    double noise;
    int side;           /* of what is given */
    double most, least; /* fine texture of detail=0, and of 100 */
    double low, high;   /* of the consistency of all mixtures */
} cases[] = {
    { "jaguar", "upscale scale=4", larger, 0, SIDE / 4, .05, .2, 0, 1.1 },
    { "jaguar", "deblur sigma=2 noise=0.01 border=mirror", soft, .01, SIDE, .1,
      .1, .85, 1.1 },
    { "lighthouse", "deblur radius=4 noise=0.01 border=mirror", out_of_focus,
      .01, SIDE, 1.3, .1, .85, 1.1 },
    { "jaguar", "denoise noise=0.1", tw_operator_identity, .1, SIDE, 1.3, .3,
      .8, 1.1 },
};

static void
check_detail(size_t i, const tw_image *y, double whole)
{
    for (int detail = 0; detail <= 100; detail += 50) {
        char *words = g_strdup_printf("%s detail=%d", cases[i].words, detail);
        tw_report report;
        tw_image out = check_restored(words, y, NULL, &report);
        const double share = fine_power(&out) / whole;

        g_test_message("%s, %s: octave %.3f, consistency %.3f", cases[i].photo,
                       words, share, report.consistency);
        g_assert_cmpfloat(report.consistency, >=, cases[i].low);
        g_assert_cmpfloat(report.consistency, <=, cases[i].high);
        if (detail == 0)
            g_assert_cmpfloat(share, <=, cases[i].most);
        if (detail == 100)
            g_assert_cmpfloat(share, >=, cases[i].least);
        g_assert_cmpfloat(share, <=, 1.3);
        check_picture_free(&out);
        g_free(words);
    }
}

static void
texture(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_image sharp = check_photo(cases[i].photo, 0, 0, SIDE, SIDE);
        tw_operator *op = cases[i].make();
        tw_image y = check_degraded(op, &sharp, cases[i].side, cases[i].side);

        check_picture_noise(&y, cases[i].noise, 3);
        check_detail(i, &y, fine_power(&sharp));
        tw_operator_free(op);
        check_picture_free(&sharp);
        check_picture_free(&y);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/texture/octave", texture);
    return g_test_run();
}
