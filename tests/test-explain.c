/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How tw_explain() runs: holes, threads, memory, and what is refused. */
#include <math.h>
#include <string.h>

#include "explain-fixture.h"

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
    explained_clear(&e);
    check_picture_free(&in);
    check_picture_free(&mask);
    check_picture_free(&out);
    tw_request_free(request);
}

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
            explained_clear(&e);
        }
        explained_clear(&first);
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
    tw_noise noise;

    if (run)
        status = tw_explain(j->request, j->store, &j->in, &j->result, &report,
                            &a, &b, run);
    if (status == TW_OK)
        status = tw_measure_noise(j->request, j->store, &j->in, &noise, run);
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

/* The tiles of a restoration may need less than an explanation, which is made of
 * the picture as a whole: it is refused with what it would take, before it starts. */
static void
exceeds_memory(void)
{
    enum { SIDE = 1024 };
    tw_request *request = check_request("upscale scale=2");
    tw_image in = check_picture(SIDE, SIDE);
    tw_image out = check_picture(2 * SIDE, 2 * SIDE);
    const tw_report report = noise_of(0.01, 0);
    tw_error err = { 0 };
    tw_plan plan;

    g_assert_cmpint(
        tw_plan_request(request, check_store(), SIDE, SIDE, 0, &plan, &err), ==,
        TW_OK);
    const size_t limit = plan.explain_bytes - 1;

    g_assert_cmpint(
        tw_plan_request(request, check_store(), SIDE, SIDE, limit, &plan, &err),
        ==, TW_OK);
    g_assert_cmpuint(plan.bytes, <=, limit);
    g_assert_cmpuint(plan.explain_bytes, >, limit);
    tw_run *run = tw_run_new(&(tw_run_config) { .memory_limit = limit });

    g_assert_cmpint(
        tw_explain(request, check_store(), &in, &out, &report, &out, NULL, run),
        ==, TW_ERR_MEMORY);
    char *needed = g_strdup_printf("%.0f MiB",
                                   ceil((double) plan.explain_bytes / 1048576));

    g_assert_nonnull(strstr(tw_run_error(run)->text, needed));
    g_assert_cmpuint(tw_run_peak(run), <, limit / 2);
    g_free(needed);
    tw_run_free(run);
    check_picture_free(&in);
    check_picture_free(&out);
    tw_request_free(request);
}

/* Down to one pixel, without a known one, and by a factor that is not whole:
 * the values are finite, and nothing is said of what was not measured. */
static void
odd_sizes(void)
{
    static const char *const cases[] = {
        "denoise noise=0.05 steps=1",
        "denoise shot=auto steps=1",
        "deblur sigma=1.5 noise=0.01 steps=1",
        "deblur sigma=1.5 noise=0.01 steps=1 border=mirror",
        "inpaint steps=1",
        "upscale steps=1 scale=1.7",
        "upscale steps=1 scale=2.3 kernel=bicubic light=linear",
    };
    static const int sides[][2] = { { 1, 1 }, { 2, 9 }, { 17, 5 } };

    for (size_t i = 0; i < 2 * 3 * G_N_ELEMENTS(cases); i++) {
        const int w = sides[i / 2 % 3][0], h = sides[i / 2 % 3][1];
        const gboolean visible = i % 2;
        tw_request *request = check_request(cases[i / 6]);
        tw_image in = check_photo("quail", 0, 0, w, h), out;
        tw_image mask = mask_for(w, h);
        tw_report report;

        g_test_message("%s: %d x %d%s", cases[i / 6], w, h,
                       visible ? "" : ", transparent");
        for (int k = 3; k < 4 * w * h; k += 4)
            in.data[k] = visible;
        tw_request_mask(request, &mask);
        out = restored(request, &in, &report);
        explained e = explain(request, &in, &out, &report, 0);

        for (int k = 0; k < 4 * out.width * out.height; k++) {
            const float m = e.misfit.data[k];

            g_assert_true(isfinite(e.measured.data[k]) && isfinite(m));
            if (k % 4 == 3)
                g_assert_true(visible ? m >= 0 && m <= 1 : m <= 0);
        }
        explained_clear(&e);
        check_picture_free(&in);
        check_picture_free(&out);
        check_picture_free(&mask);
        tw_request_free(request);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/explain/holes", holes);
    g_test_add_func("/explain/repeats", repeats);
    g_test_add_func("/explain/odd-sizes", odd_sizes);
    g_test_add_func("/explain/allocations", allocations);
    g_test_add_func("/explain/refused", refused);
    g_test_add_func("/explain/exceeds-memory", exceeds_memory);
    return g_test_run();
}
