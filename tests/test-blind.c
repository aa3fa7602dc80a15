/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blurs that are found in pictures: the right kind, of the right size. */
#include <math.h>
#include <string.h>

#include "blind/blind.h"
#include "check-picture.h"
#include "operators/operators.h"

enum { SIDE = 192 };

static const double noise = 0.02; /* 1 % of the range */

/* Parts of four photographs. (One repeated has lines in its power.) */
static tw_image
mosaic(void)
{
    static const char *const names[] = { "dragonfly", "jaguar", "lighthouse",
                                         "quail" };
    tw_image all = check_picture(SIDE, SIDE);

    for (int i = 0; i < 4; i++) {
        tw_image part = check_photo(names[i], 0, 0, SIDE / 2, SIDE / 2);
        float *to =
            all.data + i / 2 * (SIDE / 2) * all.stride + i % 2 * (SIDE / 2) * 4;

        for (int y = 0; y < SIDE / 2; y++)
            memcpy(to + y * all.stride, part.data + y * part.stride,
                   SIDE / 2 * 4 * sizeof *to);
        check_picture_free(&part);
    }
    return all;
}

/* Photographs, blurred and noisy; freed by check_free(). */
static tw_tensor *
blurred(const tw_named *named, double deviation)
{
    tw_image photo = mosaic();
    const tw_shape shape = tw_shape4(1, 3, SIDE, SIDE);
    tw_tensor *x = check_tensor(shape), *n = check_tensor(shape);
    tw_run *run = check_run(3, 1);
    tw_error err = { 0 };
    tw_psf psf;

    g_assert_cmpint(tw_named_psf(named, &psf, &err), ==, TW_OK);
    tw_operator *op = tw_operator_blur(&psf, TW_BORDER_PERIODIC, SIDE, SIDE);

    tw_image_to_tensor(&photo, x);
    check_ok(tw_forward(op, x, x, run), run);
    tw_randn(run, n);
    tw_lin2(x, 1, x, deviation, n);
    tw_operator_free(op);
    tw_psf_clear(&psf);
    tw_run_free(run);
    check_free(n);
    check_picture_free(&photo);
    return x;
}

static tw_blind
find(const tw_tensor *y, double deviation, const tw_prior *prior, int threads)
{
    const tw_foretell f = { prior, y, deviation };
    tw_run *run = check_run(0, threads);
    tw_blind found;

    tw_run_enter(run);
    check_ok(tw_blind_find(&f, 0, 1, &found, run), run);
    tw_run_leave(run);
    g_assert_cmpuint(tw_run_mark(run), ==, 0);
    tw_run_free(run);
    g_test_message("family %d, size %.3f, angle %.1f, sure %.3f",
                   found.named.family, found.named.size, found.named.angle,
                   found.sure);
    return found;
}

static size_t
size_of(const tw_psf *psf)
{
    return (size_t) (psf->width * psf->height) * sizeof *psf->data;
}

/* Zeros of the power tell them, and no network is asked: the same bytes with one
 * and three threads. */
static void
zeros(void)
{
    static const tw_named cases[] = {
        { TW_FAMILY_DISC, 3.3, 0, 0 },
        { TW_FAMILY_MOTION, 9, 35, 0 },
        { TW_FAMILY_MOTION, 14, 160, 0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        /* The disc without any noise. */
        const double deviation = i > 0 ? noise : 0;
        tw_tensor *y = blurred(&cases[i], deviation);
        tw_blind one = find(y, deviation, NULL, 1);
        tw_blind three = find(y, deviation, NULL, 3);

        g_assert_cmpint(one.named.family, ==, cases[i].family);
        if (one.named.family == TW_FAMILY_DISC)
            check_near("radius", one.named.size / cases[i].size, 1, 0.1);
        else {
            check_near("length", one.named.size, cases[i].size, 1);
            check_near("angle", one.named.angle, cases[i].angle, 5);
        }
        g_assert_cmpfloat(one.sure, >, 0.5);
        g_assert_cmpmem(one.psf.data, size_of(&one.psf), three.psf.data,
                        size_of(&three.psf));
        tw_psf_clear(&one.psf);
        tw_psf_clear(&three.psf);
        check_free(y);
    }
}

/* The model tells how large a Gaussian is. */
static void
gaussian(void)
{
    static const tw_named named = { TW_FAMILY_GAUSSIAN, 1.8, 0, 0 };
    tw_tensor *y = blurred(&named, noise);
    const tw_card *card;
    tw_prior *prior;
    tw_error err = { 0 };

    g_assert_cmpint(tw_store_find(check_store(), NULL, &card, &err), ==, TW_OK);
    g_assert_cmpint(tw_store_prior(check_store(), card, NULL, &prior, &err), ==,
                    TW_OK);
    tw_blind found = find(y, noise, prior, 2);

    g_assert_cmpint(found.named.family, ==, TW_FAMILY_GAUSSIAN);
    check_near("sigma", found.named.size / named.size, 1, 0.1);
    tw_psf_clear(&found.psf);
    tw_prior_free(prior);
    check_free(y);
}

/* Too small a picture says nothing, and that is what is said. */
static void
small(void)
{
    tw_tensor *y = check_tensor(tw_shape4(1, 3, 127, 300));
    tw_blind found = find(y, 0, NULL, 1);

    g_assert_cmpint(found.named.family, ==, TW_FAMILY_NONE);
    g_assert_cmpfloat(found.sure, ==, 0);
    g_assert_cmpint(found.psf.width, ==, 1);
    tw_psf_clear(&found.psf);
    check_free(y);
}

static bool
cancel(const tw_progress *progress, void *user_data)
{
    const tw_tensor **seen = user_data;

    if (progress->estimate)
        *seen = progress->estimate;
    return progress->fraction < 0.05;
}

/* The foretelling of @y with threads. */
static double
error_of(const tw_foretell *f, const tw_psf *psf, int threads)
{
    tw_run *run = check_run(7, threads);
    double error;

    tw_run_enter(run);
    check_ok(tw_foretell_error(f, psf, &error, run), run);
    tw_run_leave(run);
    g_assert_cmpint(tw_run_evaluations(run), ==, TW_FORETELL_EVALUATIONS);
    tw_run_free(run);
    return error;
}

/* The same for any number of threads, to the last bit. */
static void
foretell(void)
{
    static const tw_named named = { TW_FAMILY_DISC, 2, 0, 0 };
    tw_store *store = check_small_store();
    tw_image photo = check_photo("jaguar", 0, 0, 80, 64);
    tw_tensor *y = check_tensor(tw_shape4(1, 3, 64, 80));
    const tw_card *card;
    tw_prior *prior;
    tw_error err = { 0 };
    tw_psf psf;

    tw_image_to_tensor(&photo, y);
    g_assert_cmpint(tw_named_psf(&named, &psf, &err), ==, TW_OK);
    g_assert_cmpint(tw_store_find(store, NULL, &card, &err), ==, TW_OK);
    g_assert_cmpint(tw_store_prior(store, card, NULL, &prior, &err), ==, TW_OK);
    const tw_foretell f = { prior, y, noise };
    const double one = error_of(&f, &psf, 1);

    g_assert_cmpfloat(one, >, 0);
    g_assert_true(one <= error_of(&f, &psf, 3) && one >= error_of(&f, &psf, 3));
    tw_psf_clear(&psf);
    tw_prior_free(prior);
    check_free(y);
    check_picture_free(&photo);
    tw_store_free(store);
}

/* A request that leaves the kernel open: within its plan (check_restore() sees to
 * that), with a kernel in the report, in each border; cancelled while it looks. */
static void
request(void)
{
    static const char *const words[] = {
        "deblur kernel=auto noise=0.01 steps=1",
        "deblur kernel=auto noise=0.01 steps=1 border=mirror",
        "deblur kernel=auto steps=1 border=periodic",
    };
    tw_store *store = check_small_store();
    tw_image in = check_photo("quail", 0, 0, 144, 130);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_request *r = check_request(words[i]);
        tw_image out = check_picture_copy(&in);
        const tw_tensor *seen = NULL;
        tw_error err = { 0 };
        tw_report report;
        tw_plan plan;
        double sum = 0;

        g_assert_cmpint(
            tw_plan_request(r, store, in.width, in.height, 0, &plan, &err), ==,
            TW_OK);
        tw_run *run = tw_run_new(
            &(tw_run_config) { .threads = 2, .memory_limit = plan.bytes });

        check_ok(tw_restore(r, store, &in, &out, &report, run), run);
        tw_run_free(run);
        g_assert_nonnull(report.blur.kind);
        g_test_message("%s: %s", words[i], report.blur.kind);
        for (int k = 0; k < TW_FOUND_SIDE * TW_FOUND_SIDE; k++)
            sum += (double) report.blur.kernel[k];
        check_near("sum of the kernel", sum, 1, 1e-5);
        g_assert_cmpint(report.evaluations, <=, plan.evaluations);

        run = tw_run_new(&(tw_run_config) {
            .threads = 2, .report = cancel, .user_data = &seen });
        g_assert_cmpint(tw_restore(r, store, &in, &out, &report, run), ==,
                        TW_CANCELLED);
        g_assert_null(seen);
        tw_run_free(run);
        check_picture_free(&out);
        tw_request_free(r);
    }
    check_picture_free(&in);
    tw_store_free(store);
}

/* What was found can be drawn, and is given back to who explains the result. */
static void
picture(void)
{
    tw_found found = { .kind = "motion" };
    const int middle = TW_FOUND_SIDE / 2;
    tw_request *r = check_request("deblur kernel=auto");
    tw_error err = { 0 };
    int side;

    found.kernel[middle * TW_FOUND_SIDE + middle] = 0.75F;
    found.kernel[(middle - 2) * TW_FOUND_SIDE + middle + 1] = 0.25F;
    g_assert_cmpint(tw_found_side(&found), ==, 5);
    tw_image out = check_picture(5, 5);

    g_assert_cmpint(tw_found_draw(&found, &out, &err), ==, TW_OK);
    check_near("middle", (double) out.data[2 * out.stride + 8], 1, 0);
    check_near("second", (double) out.data[4 * 3], 1 / 3.0, 1e-6);
    g_assert_cmpint(tw_kernel_side(r, &side, &err), ==, TW_OK);
    g_assert_cmpint(side, ==, TW_FOUND_SIDE);
    g_assert_cmpint(tw_kernel_draw(r, &out, &err), ==, TW_ERR_ARGUMENT);
    check_picture_free(&out);
    tw_request_free(r);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/blind/zeros", zeros);
    g_test_add_func("/blind/gaussian", gaussian);
    g_test_add_func("/blind/small", small);
    g_test_add_func("/blind/foretell", foretell);
    g_test_add_func("/blind/request", request);
    g_test_add_func("/blind/picture", picture);
    return g_test_run();
}
