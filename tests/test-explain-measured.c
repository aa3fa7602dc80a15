/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a result comes from the picture, against closed forms. */
#include <math.h>

#include "explain-fixture.h"
#include "operators/psf.h"

static const double sigma_data = 0.5; /* of the model, see its card */

/* Is @out = mid gray + @mean times the rest of the mean + @factor times the
 * cosine that is in @in? The mean of cosine() is mid gray. */
static void
check_factor(const char *what, const tw_image *in, const tw_image *out,
             double factor)
{
    g_test_message("%s: factor %.4f", what, factor);
    for (int y = 0; y < in->height; y++)
        for (int i = 0; i < 4 * in->width; i++) {
            const double a = (double) in->data[y * in->stride + i];
            const double b = (double) out->data[y * out->stride + i];

            check_near(what, b, i % 4 == 3 ? a : 0.5 + factor * (a - 0.5),
                       2e-5);
        }
}

/* Gain of a Gaussian blur at a frequency, in radians per pixel. */
static double
gain(double sigma, double omega)
{
    tw_psf psf;
    double sum = 0;

    tw_psf_gaussian(sigma, &psf, NULL);
    for (int y = 0; y < psf.height; y++)
        for (int x = 0; x < psf.width; x++)
            sum += (double) psf.data[y * psf.width + x] *
                   cos(omega * (x - psf.width / 2));
    tw_psf_clear(&psf);
    return sum;
}

/* Of a blurred cosine stays |H|^2 / (|H|^2 + rho), also where no noise at all is
 * said to be. */
static void
blur(void)
{
    static const struct {
        const char *words;
        int k; /* half waves; periodic ones are whole */
    } cases[] = { { "deblur sigma=1.5 border=mirror", 3 },
                  { "deblur sigma=1.5 border=periodic", 2 } };
    static const double noises[] = { 0.05, 0 };

    for (size_t i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
        const double noise = noises[i % 2], least = 0.0005;
        const double rho = pow(2 * fmax(noise, least) / sigma_data, 2);
        tw_request *request = check_request(cases[i / 2].words);
        double last = 1;

        for (int k = cases[i / 2].k; k < 40; k *= 2) {
            const tw_report report = noise_of(noise, 0);
            const double h = gain(1.5, G_PI * k / 40);
            tw_image p = cosine(40, 24, k, 0);
            explained e = explain(request, &p, &p, &report, 0);
            const double factor = h * h / (h * h + rho);

            check_factor(cases[i / 2].words, &p, &e.measured, factor);
            g_assert_cmpfloat(factor, <, last);
            last = factor;
            explained_clear(&e);
            check_picture_free(&p);
        }
        if (noise > 0)
            g_assert_cmpfloat(last, <, 0.01); /* fine detail is invented */
        tw_request_free(request);
    }
}

/* Of a picture enlarged twice the means of 2 x 2 pixels are measured, to within
 * the rounding of 8 bits: A A^T = 1/4, so they count 1 / (1 + 4 rho). */
static void
enlarged(void)
{
    tw_request *request = check_request("upscale scale=2 kernel=box");
    tw_image in = check_photo("quail", 0, 0, 12, 10);
    tw_image result = check_photo("quail", 20, 30, 24, 20);
    const double noise = 0.02, rho = pow(2 * noise / sigma_data, 2);
    const tw_report report = noise_of(noise, 0);
    explained e = explain(request, &in, &result, &report, 0);

    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 24; x++)
            for (int c = 0; c < 3; c++) {
                const float *p =
                    result.data + y / 2 * 2 * result.stride + x / 2 * 8 + c;
                const double sum = (double) p[0] + (double) p[4] +
                                   (double) p[result.stride] +
                                   (double) p[result.stride + 4];

                check_near(
                    "mean of four",
                    (double) e.measured.data[y * e.measured.stride + 4 * x + c],
                    0.5 + (sum / 4 - 0.5) / (1 + 4 * rho), 1e-5);
            }
    explained_clear(&e);
    check_picture_free(&in);
    check_picture_free(&result);
    tw_request_free(request);
}

/* Coefficients whose frequency is as high as that of (@row, @column), to within
 * one of the longer side. */
static int
ring_size(int width, int height, int row, int column)
{
    const int longer = MAX(width, height);
    const int ring =
        (int) (hypot((double) row / height, (double) column / width) * longer +
               0.5);
    int count = 0;

    for (int r = 0; r < height; r++)
        for (int c = 0; c < width; c++)
            count +=
                (int) (hypot((double) r / height, (double) c / width) * longer +
                       0.5) == ring;
    return count;
}

/* Wiener's filter: a cosine of power P in a ring of n coefficients has
 * S = P / n, and of it stays S / (S + noise^2); the mean stays. */
static void
noisy(void)
{
    static const int waves[][2] = { { 2, 0 }, { 9, 0 }, { 0, 13 } };
    tw_request *request = check_request("denoise");
    const double noise = 0.4;

    for (size_t i = 0; i < G_N_ELEMENTS(waves); i++) {
        const int across = waves[i][0], down = waves[i][1];
        const tw_report report = noise_of(noise, 0);
        tw_image p = cosine(40, 24, across, down);
        explained e = explain(request, &p, &p, &report, 0);
        const int n = ring_size(40, 24, down, across);

        for (int c = 0; c < 3; c++) {
            const double amplitude = c == 1 ? 0.15 : 0.3;
            const double s = amplitude * amplitude * 40 * 24 / 2 / n;
            const double factor = s / (s + noise * noise);

            g_test_message("%d, %d: ring of %d, factor %.4f", across, down, n,
                           factor);
            for (int k = c; k < 4 * 40 * 24; k += 4)
                check_near("wave", (double) e.measured.data[k] - 0.5,
                           factor * ((double) p.data[k] - 0.5), 1e-5);
        }
        explained_clear(&e);
        check_picture_free(&p);
    }
    tw_request_free(request);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/explain/measured/blur", blur);
    g_test_add_func("/explain/measured/enlarged", enlarged);
    g_test_add_func("/explain/measured/noisy", noisy);
    return g_test_run();
}
