/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a result comes from and where it does not fit, against closed forms and
 * definitions; what a dialog shows before the start. */
#include "check-picture.h"

#include <math.h>
#include <string.h>

#include "operators/psf.h"

static const double sigma_data = 0.5; /* of the model, see its card */

/* What tw_explain() draws, with a run that has what the plan promises. */
typedef struct explained {
    tw_image measured, misfit;
} explained;

static tw_report
noise_of(double noise, double shot)
{
    return (tw_report) { .noise = noise, .shot = shot };
}

static explained
explain(const tw_request *request, const tw_image *in, const tw_image *result,
        const tw_report *report, int threads)
{
    explained e = { check_picture(result->width, result->height),
                    check_picture(result->width, result->height) };
    tw_error err = { 0 };
    tw_plan plan;

    g_assert_cmpint(tw_plan_request(request, check_store(), in->width,
                                    in->height, 0, &plan, &err),
                    ==, TW_OK);
    tw_run *run = tw_run_new(
        &(tw_run_config) { .threads = threads, .memory_limit = plan.bytes });

    check_ok(tw_explain(request, check_store(), in, result, report, &e.measured,
                        &e.misfit, run),
             run);
    g_assert_cmpuint(tw_run_mark(run), ==, 0);
    tw_run_free(run);
    return e;
}

static void
clear(explained *e)
{
    check_picture_free(&e->measured);
    check_picture_free(&e->misfit);
}

static tw_image
restored(const tw_request *request, const tw_image *in, tw_report *report)
{
    tw_error err = { 0 };
    tw_image out;

    if (check_restore(request, in, &out, report, &err) != TW_OK)
        g_error("%s", err.text);
    return out;
}

/* --- measured --- */

/* 0.5 + 0.3 cos(pi (@across (x + 1/2) / width + @down (y + 1/2) / height)), a
 * half of it less in green: a cosine that half-sample mirrors keep when one of
 * the two is 0. */
static tw_image
cosine(int width, int height, int across, int down)
{
    tw_image p = check_picture(width, height);

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                p.data[y * p.stride + 4 * x + c] =
                    (float) (0.5 + (c == 1 ? 0.15 : 0.3) *
                                       cos(G_PI * (across * (x + 0.5) / width +
                                                   down * (y + 0.5) / height)));
    return p;
}

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
            clear(&e);
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
    tw_request *request = check_request("upscale scale=2");
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
    clear(&e);
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
        clear(&e);
        check_picture_free(&p);
    }
    tw_request_free(request);
}

static gboolean
in_hole(int y, int x)
{
    return y >= 10 && y < 16 && x >= 20 && x < 33;
}

/* Known pixels are measured and fit; holes are mid gray, and have no misfit. */
static void
holes(void)
{
    tw_request *request = check_request("inpaint steps=1");
    tw_image in = check_photo("quail", 0, 0, 48, 40);
    tw_image mask = check_picture(48, 40), out;
    tw_report report;

    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 48; x++)
            for (int c = 0; c < 3; c++)
                mask.data[y * mask.stride + 4 * x + c] = in_hole(y, x);
    in.data[3] = 0; /* transparent */
    in.data[4 * 47 + 3] = 0.25F;
    tw_request_mask(request, &mask);
    out = restored(request, &in, &report);
    explained e = explain(request, &in, &out, &report, 0);

    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 48; x++) {
            const ptrdiff_t at = y * in.stride + 4 * x;
            const gboolean counts = !in_hole(y, x) && x + y > 0;

            for (int c = 0; c < 4; c++) {
                const float gray = 0.5F, none = c < 3 ? 0 : counts;
                const gboolean hole = c < 3 && in_hole(y, x);

                g_assert_cmpmem(&e.measured.data[at + c], 4,
                                hole ? &gray : &in.data[at + c], 4);
                g_assert_cmpmem(&e.misfit.data[at + c], 4, &none, 4);
            }
        }
    clear(&e);
    check_picture_free(&in);
    check_picture_free(&mask);
    check_picture_free(&out);
    tw_request_free(request);
}

/* --- misfit --- */

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

            for (int c = 0; c < 3; c++)
                if (p[3] > 0 && p[c] > 0 && p[c] < 1) {
                    sum += pow(((double) q[c] - (double) p[c]) / unit, 2);
                    count++;
                }
        }
    return count > 0 ? sqrt(sum / count) : -1;
}

static void
check_map(const tw_image *y, const tw_image *fit, const tw_image *map,
          double noise)
{
    const int scale = map->width / y->width;

    for (int r = 0; r < map->height; r++)
        for (int c = 0; c < map->width; c++) {
            const float *p = map->data + r * map->stride + 4 * c;
            const float *given =
                y->data + r / scale * y->stride + 4 * (c / scale);
            const double m = misfit_at(y, fit, r / scale, c / scale, noise);

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

            if (p[3] > 0 && p[c] > 0 && p[c] < 1) {
                sum += pow((double) e.misfit.data[4 * i], 2);
                count++;
            }
        }
    g_test_message("mean square %.4f, consistency^2 %.4f", sum / count,
                   pow(report.consistency, 2));
    check_near("mean square", sum / count, pow(report.consistency, 2),
               0.02 * pow(report.consistency, 2));
    clear(&e);
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

static void
upscaled(void)
{
    tw_request *request = check_request("upscale scale=2");
    tw_image in = check_photo("quail", 0, 0, 40, 36);
    tw_image result = check_photo("jaguar", 0, 0, 80, 72);
    tw_image fit = shrunk(&result);
    const tw_report report = noise_of(0.01, 0);
    explained e = explain(request, &in, &result, &report, 0);

    check_map(&in, &fit, &e.misfit, 0.01);
    clear(&e);
    check_picture_free(&in);
    check_picture_free(&result);
    check_picture_free(&fit);
    tw_request_free(request);
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
    clear(&e);
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
    clear(&e);
    check_picture_free(&in);
    check_picture_free(&result);
    tw_request_free(request);
}

/* --- how it runs --- */

static const char *const words[] = {
    "denoise noise=0.05 steps=1",
    "denoise noise=0.02 shot=0.01 steps=1",
    "deblur sigma=1.5 noise=0.01 steps=1",
    "deblur length=7 angle=30 noise=0.01 steps=1 border=mirror",
    "deblur radius=2 noise=0.01 steps=1 light=linear",
    "inpaint steps=1",
    "upscale steps=1 scale=1.5 kernel=bicubic",
    "upscale steps=1 scale=2 kernel=gaussian light=linear",
};

/* White in the middle. */
static tw_image
mask_for(int width, int height)
{
    tw_image mask = check_picture(width, height);

    for (int y = 0; y < height; y++)
        for (int i = 0; i < 4 * width; i++)
            mask.data[y * mask.stride + i] =
                i % 4 == 3 || (y > height / 3 && y < height / 2);
    return mask;
}

/* The same bytes for any number of threads, within the memory of the plan. */
static void
repeats(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_request *request = check_request(words[i]);
        tw_image in = check_photo("quail", 0, 0, 90, 70), out;
        tw_image mask = mask_for(90, 70);
        tw_report report;

        g_test_message("%s", words[i]);
        tw_request_mask(request, &mask);
        out = restored(request, &in, &report);
        explained first = explain(request, &in, &out, &report, 1);

        for (int threads = 2; threads <= 8; threads += 1 + 4 * (threads > 2)) {
            explained e = explain(request, &in, &out, &report, threads);

            g_assert_true(check_picture_equal(&first.measured, &e.measured));
            g_assert_true(check_picture_equal(&first.misfit, &e.misfit));
            clear(&e);
        }
        clear(&first);
        check_picture_free(&in);
        check_picture_free(&out);
        check_picture_free(&mask);
        tw_request_free(request);
    }
}

typedef struct job {
    tw_store *store;
    tw_request *request;
    tw_image in, result, mask;
} job;

static tw_status
explain_once(void *data)
{
    job *j = data;
    const tw_report report = noise_of(0.01, 0.01);
    tw_image a = check_picture(j->result.width, j->result.height);
    tw_image b = check_picture(j->result.width, j->result.height);
    tw_run *run = tw_run_new(&(tw_run_config) { .threads = 1 });
    tw_status status = TW_ERR_MEMORY;
    double noise, shot;

    if (run)
        status = tw_explain(j->request, j->store, &j->in, &j->result, &report,
                            &a, &b, run);
    if (status == TW_OK)
        status =
            tw_measure_noise(j->request, j->store, &j->in, &noise, &shot, run);
    tw_run_free(run);
    check_picture_free(&a);
    check_picture_free(&b);
    return status;
}

static void
allocations(void)
{
    static const char *const cases[] = { "denoise shot=auto", "deblur",
                                         "inpaint", "upscale" };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const int scale = g_str_equal(cases[i], "upscale") ? 2 : 1;
        job j = { check_small_store(), check_request(cases[i]),
                  check_photo("quail", 0, 0, 24, 16),
                  check_photo("quail", 0, 0, 24 * scale, 16 * scale),
                  mask_for(24, 16) };

        j.in.data[4 * 3 + 3] = 0;
        tw_request_mask(j.request, &j.mask);
        check_every_allocation(cases[i], explain_once, &j);
        tw_store_free(j.store);
        tw_request_free(j.request);
        check_picture_free(&j.in);
        check_picture_free(&j.result);
        check_picture_free(&j.mask);
    }
}

static void
refused(void)
{
    tw_request *request = check_request("upscale scale=2");
    tw_image in = check_photo("quail", 0, 0, 20, 20);
    tw_image out = check_picture(40, 40), wrong = check_picture(41, 40);
    const tw_report report = noise_of(0.01, 0);
    tw_run *run = check_run(0, 1);

    g_assert_cmpint(tw_explain(request, check_store(), &in, &out, &report,
                               &wrong, NULL, run),
                    ==, TW_ERR_ARGUMENT);
    g_assert_nonnull(strstr(tw_run_error(run)->text, "40 x 40"));
    check_ok(
        tw_explain(request, check_store(), &in, &out, &report, NULL, NULL, run),
        run);
    tw_run_cancel(run);
    g_assert_cmpint(
        tw_explain(request, check_store(), &in, &out, &report, NULL, NULL, run),
        ==, TW_CANCELLED);
    tw_run_free(run);
    run = tw_run_new(&(tw_run_config) { .memory_limit = 1 << 16 });
    g_assert_cmpint(
        tw_explain(request, check_store(), &in, &out, &report, NULL, NULL, run),
        ==, TW_ERR_MEMORY);
    tw_run_free(run);
    check_picture_free(&in);
    check_picture_free(&out);
    check_picture_free(&wrong);
    tw_request_free(request);
}

/* --- before the start --- */

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
        double value = 0, shot = 0;

        check_picture_noise(&in, 0.04, 5);
        in.data[4 * 50 + 3] = 0;
        tw_request_mask(request, &mask);
        tw_request_mask(other, &mask);
        out = restored(request, &in, &report);
        check_ok(
            tw_measure_noise(other, check_store(), &in, &value, &shot, run),
            run);
        g_test_message("%s: %.4f, %.4f", cases[i].other, value, shot);
        check_near(cases[i].other, value, report.noise, 0);
        check_near(cases[i].other, shot, report.shot, 0);
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
    g_test_add_func("/explain/measured/blur", blur);
    g_test_add_func("/explain/measured/enlarged", enlarged);
    g_test_add_func("/explain/measured/noisy", noisy);
    g_test_add_func("/explain/holes", holes);
    g_test_add_func("/explain/misfit/denoised", denoised);
    g_test_add_func("/explain/misfit/upscaled", upscaled);
    g_test_add_func("/explain/misfit/camera", camera);
    g_test_add_func("/explain/misfit/frame", frame);
    g_test_add_func("/explain/repeats", repeats);
    g_test_add_func("/explain/allocations", allocations);
    g_test_add_func("/explain/refused", refused);
    g_test_add_func("/inspect/noise", noise);
    g_test_add_func("/inspect/kernels", kernels);
    g_test_add_func("/inspect/bad-kernels", bad_kernels);
    return g_test_run();
}
