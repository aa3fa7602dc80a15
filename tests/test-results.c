/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What settings do to a result. */
#include "check-picture.h"

#include <string.h>

static tw_image
photo(void)
{
    return check_photo("quail", 8, 4, 48, 40);
}

static tw_image
restored(const char *words, const tw_image *in)
{
    return check_restored(words, in, NULL, NULL);
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

/* Words change the result, and those that are not known are named. */
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
    g_test_add_func("/results/seeds", seeds);
    g_test_add_func("/results/samples", samples);
    g_test_add_func("/results/detail", detail);
    g_test_add_func("/results/contradictions", contradictions);
    g_test_add_func("/results/strength", strength);
    g_test_add_func("/results/solver-keys", solver_keys);
    g_test_add_func("/results/prompts", prompts);
    return g_test_run();
}
