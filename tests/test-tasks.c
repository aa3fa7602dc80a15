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

/* One result, which must come. */
static tw_image
restored_with(const char *words, const tw_image *in, const tw_image *mask,
              tw_report *report)
{
    tw_request *request = check_request(words);
    tw_image out[16];
    tw_error err = { 0 };

    tw_request_mask(request, mask);
    if (check_restore(request, in, out, report, &err) != TW_OK)
        g_error("%s: %s", words, err.text);
    tw_request_free(request);
    return out[0];
}

static tw_image
restored(const char *words, const tw_image *in)
{
    return restored_with(words, in, NULL, NULL);
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
            out = restored_with(quick[q], &in, &mask, &report);
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
        tw_image ra = restored_with(quick[q], &a, &mask, NULL);
        tw_image rb = restored_with(quick[q], &b, &mask, NULL);

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
        out = restored_with(quick[q], &in, &mask, NULL);
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
    out = restored_with("inpaint steps=2 noise=0.02", &in, &mask, NULL);
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

    out = restored_with("inpaint", &in, &mask, &report);
    g_assert_true(check_picture_equal(&in, &out));
    g_assert_nonnull(strstr(report.warning, "mask"));
    g_assert_cmpint(report.evaluations, ==, 0);
    check_picture_free(&out);

    for (ptrdiff_t i = 0; i < in.height * in.stride; i += 4)
        in.data[i + 3] = 0;
    out = restored_with("deblur", &in, NULL, &report);
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

        first = restored_with(quick[q], &in, &mask, NULL);
        for (size_t t = 0; t < G_N_ELEMENTS(threads); t++) {
            char *words = g_strconcat(quick[q], " threads=", threads[t], NULL);
            tw_image out = restored_with(words, &in, &mask, NULL);

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
    tw_image in = photo(), out = restored(quick[3], &in);
    tw_request *request = check_request(quick[3]);
    tw_run *run = check_run(0, 0);

    check_ok(tw_restore(request, check_store(), &in, &in, NULL, run), run);
    g_assert_true(check_picture_equal(&in, &out));
    tw_run_free(run);
    tw_request_free(request);
    check_picture_free(&in);
    check_picture_free(&out);
}

/* Another seed gives another sample, and the same answer where nothing is
 * drawn. */
static void
seeds(void)
{
    static const char *const words[] = { "denoise noise=0.1",
                                         "deblur noise=0.02 steps=2",
                                         "denoise noise=0.1 style=textured",
                                         "deblur noise=0.02 style=textured" };

    for (int i = 0; i < 4; i++) {
        tw_image in = photo(), a = restored(words[i], &in), b;
        char *other = g_strconcat(words[i], " seed=5", NULL);

        b = restored(other, &in);
        g_assert_true(check_picture_equal(&a, &b) == (i < 2));
        g_free(other);
        check_picture_free(&in);
        check_picture_free(&a);
        check_picture_free(&b);
    }
}

/* samples=: the first is what there is without, the others differ; and the
 * faithful style returns their mean. */
static void
samples(void)
{
    tw_request *three = check_request("denoise noise=0.1 style=textured "
                                      "samples=3 steps=3");
    tw_image in = photo(), out[3], mean;
    tw_image one = restored("denoise noise=0.1 style=textured steps=3", &in);
    tw_error err = { 0 };
    tw_report report;

    g_assert_cmpint(check_restore(three, &in, out, &report, &err), ==, TW_OK);
    g_assert_cmpint(report.evaluations, ==, 9);
    g_assert_true(check_picture_equal(&one, &out[0]));
    g_assert_false(check_picture_equal(&out[1], &out[0]));
    g_assert_false(check_picture_equal(&out[1], &out[2]));
    mean = restored("denoise noise=0.1 samples=3 steps=3", &in);
    for (ptrdiff_t i = 0; i < in.height * in.stride; i++)
        check_near("mean", (double) mean.data[i],
                   ((double) out[0].data[i] + (double) out[1].data[i] +
                    (double) out[2].data[i]) /
                       3,
                   1e-6);
    for (int i = 0; i < 3; i++)
        check_picture_free(&out[i]);
    check_picture_free(&in);
    check_picture_free(&one);
    check_picture_free(&mean);
    tw_request_free(three);
}

static tw_image
mixed(const char *format, int detail, const tw_image *in)
{
    char *words = g_strdup_printf("%s detail=%d", format, detail);
    const tw_image out = restored(words, in);

    g_free(words);
    return out;
}

/* detail=: both ends are the two results, and what is between is their mixture,
 * byte for byte that which is made later of both pictures of one run. */
static void
detail(void)
{
    static const char *const words[] = {
        "denoise noise=0.1 steps=2 strength=0.7",
        "deblur sigma=1 noise=0.02 steps=2",
        "upscale scale=1.5 steps=2",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_image in = photo();
        tw_image ends[2] = { mixed(words[i], 0, &in),
                             mixed(words[i], 100, &in) };
        tw_image some = mixed(words[i], 30, &in);
        tw_image faithful = check_picture(some.width, some.height);
        tw_image likely = check_picture(some.width, some.height);
        tw_image mixture = check_picture(some.width, some.height);
        tw_request *request = check_request(words[i]);
        tw_report report;
        tw_error err = { 0 };
        tw_run *run = check_run(0, 0);

        g_test_message("%s", words[i]);
        g_assert_cmpint(tw_request_set(request, "detail", "60", &err), ==,
                        TW_OK);
        g_assert_cmpint(tw_restore_both(request, check_store(), &in, &faithful,
                                        &likely, &report, run),
                        ==, TW_OK);
        g_assert_cmpint(report.evaluations, ==, 4);
        g_assert_true(check_picture_equal(&faithful, &ends[0]));
        g_assert_true(check_picture_equal(&likely, &ends[1]));
        g_assert_false(check_picture_equal(&faithful, &likely));
        tw_mix(&faithful, &likely, 0.3, &mixture);
        g_assert_true(check_picture_equal(&mixture, &some));
        tw_mix(&faithful, &likely, 1, &mixture);
        for (ptrdiff_t k = 0; k < in.height * in.stride; k++)
            check_near("end", (double) mixture.data[k], (double) likely.data[k],
                       1e-6);
        tw_run_free(run);
        tw_request_free(request);
        check_picture_free(&in);
        check_picture_free(&some);
        check_picture_free(&faithful);
        check_picture_free(&likely);
        check_picture_free(&mixture);
        check_picture_free(&ends[0]);
        check_picture_free(&ends[1]);
    }
}

static void
contradictions(void)
{
    static const struct {
        const char *words;
        tw_status status;
    } cases[] = {
        { "denoise noise=0.1 steps=1 style=textured detail=100", TW_OK },
        { "denoise noise=0.1 steps=1 style=textured detail=30",
          TW_ERR_ARGUMENT },
        { "denoise noise=0.1 steps=1 detail=1 style=faithful",
          TW_ERR_ARGUMENT },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_request *request = check_request(cases[i].words);
        tw_plan plan;
        tw_error err = { 0 };

        g_assert_cmpint(
            tw_plan_request(request, check_store(), 40, 30, 0, &plan, &err), ==,
            cases[i].status);
        if (cases[i].status != TW_OK)
            g_assert_nonnull(strstr(err.text, "contradicts"));
        tw_request_free(request);
    }
}

/* strength= mixes with the picture given. */
static void
strength(void)
{
    tw_image in = photo(), all = restored("denoise noise=0.1", &in);
    tw_image half = restored("denoise noise=0.1 strength=0.5", &in);
    tw_image none = restored("denoise noise=0.1 strength=0", &in);

    for (ptrdiff_t i = 0; i < in.height * in.stride; i++) {
        const double a = (double) in.data[i], b = (double) all.data[i];

        check_near("half", (double) half.data[i], (a + b) / 2, 1e-6);
        check_near("none", (double) none.data[i], a, 1e-6);
    }
    check_picture_free(&in);
    check_picture_free(&all);
    check_picture_free(&half);
    check_picture_free(&none);
}

/* Words change the result, and those that are not known are named. */
/* A task's own choice of steps and levels leaves the solver's keys alone. */
static void
solver_keys(void)
{
    tw_image in = photo();
    tw_image plain = restored("denoise noise=0.1 solver=edm-heun", &in);
    tw_image zero = restored("denoise noise=0.1 solver=edm-heun churn=0", &in);
    tw_image more = restored("denoise noise=0.1 solver=edm-heun churn=40", &in);

    g_assert_true(check_picture_equal(&plain, &zero));
    g_assert_false(check_picture_equal(&plain, &more));
    check_picture_free(&in);
    check_picture_free(&plain);
    check_picture_free(&zero);
    check_picture_free(&more);
}

static void
prompts(void)
{
    tw_request *request = tw_request_new(tw_task_find("denoise"));
    tw_image in = photo(), plain = restored("denoise noise=0.1", &in), out[1];
    tw_report report;
    tw_error err = { 0 };

    tw_request_set(request, "noise", "0.1", NULL);
    tw_request_set(request, "prompt", "a bird, Feathers and xyzzy", NULL);
    g_assert_cmpint(check_restore(request, &in, out, &report, &err), ==, TW_OK);
    g_assert_cmpstr(report.unknown_words, ==, "xyzzy");
    g_assert_false(check_picture_equal(&plain, out));
    check_picture_free(out);

    tw_request_set(request, "guidance", "0", NULL);
    g_assert_cmpint(check_restore(request, &in, out, &report, &err), ==, TW_OK);
    g_assert_true(check_picture_equal(&plain, out));
    check_picture_free(out);
    check_picture_free(&in);
    check_picture_free(&plain);
    tw_request_free(request);
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
    g_test_add_func("/tasks/seeds", seeds);
    g_test_add_func("/tasks/samples", samples);
    g_test_add_func("/tasks/detail", detail);
    g_test_add_func("/tasks/contradictions", contradictions);
    g_test_add_func("/tasks/strength", strength);
    g_test_add_func("/tasks/solver-keys", solver_keys);
    g_test_add_func("/tasks/prompts", prompts);
    return g_test_run();
}
