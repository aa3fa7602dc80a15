/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that cannot go on: cancelled, without memory, out of time. */
#include "check-picture.h"

typedef struct stop {
    int reports, at;
    double fraction;
} stop;

static bool
report(const tw_progress *progress, void *user_data)
{
    stop *s = user_data;

    g_assert_cmpfloat(progress->fraction, >=, s->fraction);
    g_assert_cmpfloat(progress->fraction, <=, 1);
    g_assert_nonnull(progress->phase);
    s->fraction = progress->fraction;
    return s->reports++ != s->at;
}

/* At whichever report a run is cancelled, the pictures stay as they were. */
static void
cancel(void)
{
    static const char *const words[] = { "deblur steps=3", "upscale steps=3",
                                         "denoise samples=2 steps=2" };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_request *request = check_request(words[i]);
        tw_image in = check_photo("quail", 0, 0, 20, 20), out, before;
        tw_status status = TW_CANCELLED;
        tw_plan plan;

        tw_plan_request(request, check_store(), 20, 20, 0, &plan, NULL);
        out = check_picture(plan.width, plan.height);
        before = check_picture_copy(&out);
        for (int at = 0; status == TW_CANCELLED; at++) {
            stop s = { 0, at, 0 };
            tw_run *run = tw_run_new(
                &(tw_run_config) { .report = report, .user_data = &s });

            status = tw_restore(request, check_store(), &in, &out, NULL, run);
            if (status == TW_CANCELLED)
                g_assert_true(check_picture_equal(&out, &before));
            else
                g_assert_cmpint(at, >, 3);
            tw_run_free(run);
        }
        g_assert_cmpint(status, ==, TW_OK);
        g_assert_false(check_picture_equal(&out, &before));
        tw_request_free(request);
        check_picture_free(&in);
        check_picture_free(&out);
        check_picture_free(&before);
    }
}

static void
allocations(void)
{
    static const char *const words[] = {
        "denoise steps=1 prompt=bird guidance=2",
        "deblur steps=1 border=mirror strength=0.5",
        "inpaint steps=1",
        "upscale steps=1 samples=2 scale=1.5",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        check_job j = { check_small_store(), check_request(words[i]),
                        check_photo("quail", 0, 0, 6, 4), check_picture(6, 4) };
        tw_image mask = check_picture(6, 4);

        if (g_str_has_prefix(words[i], "upscale")) {
            check_picture_free(&j.out);
            j.out = check_picture(9, 6);
        }
        for (int c = 0; c < 3; c++)
            mask.data[4 * 7 + c] = 1;
        j.in.data[4 * 3 + 3] = 0;
        tw_request_mask(j.request, &mask);
        g_assert_cmpint(check_job_run(&j), ==, TW_OK); /* packs weights */
        check_every_allocation(words[i], check_job_run, &j);
        check_job_clear(&j);
        check_picture_free(&mask);
    }
}

/* time= chooses the number of steps; how many depends on the machine. */
static void
time_chooses_steps(void)
{
    tw_request *request = check_request("deblur time=0.5");
    tw_image in = check_photo("quail", 0, 0, 24, 24), out;
    tw_report r;
    tw_error err = { 0 };

    g_assert_cmpint(check_restore(request, &in, &out, &r, &err), ==, TW_OK);
    g_assert_cmpint(r.steps, >=, 1);
    g_assert_cmpint(r.steps, <=, 24);
    g_assert_cmpint(r.evaluations, >, r.steps);
    tw_request_free(request);
    check_picture_free(&in);
    check_picture_free(&out);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/cancel", cancel);
    g_test_add_func("/plan/allocations", allocations);
    g_test_add_func("/plan/time", time_chooses_steps);
    return g_test_run();
}
