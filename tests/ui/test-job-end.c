/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a computation in a thread ends: cancelled, dropped, replaced, stopped, failed. */

#include "job-fixture.h"
#include "settings/tw-property.h"

static void
cancel(watch *w)
{
    tw_job_cancel(w->job);
}

/* At the first report, at the second, and so on, until the job ends first. */
static void
cancel_at_every_report(void)
{
    TwPicture *in = check_ui_photo(8, 4, 48, 40);
    int cancelled = 0;
    gboolean more = TRUE;

    for (int at = 1; more; at++) {
        watch w;

        watch_init(&w);
        w.act_at = at;
        w.act = cancel;
        start(&w, "deblur sigma=1.5 noise=0.01 steps=12", in, NULL, NULL);
        check_ui_wait(is_done, &w);
        more = w.error != NULL;
        if (more) {
            g_assert_error(w.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
            g_assert_cmpint(w.progress, ==, at);
            g_assert_null(tw_job_results(w.job));
            g_assert_null(tw_job_report(w.job));
            cancelled++;
        }
        watch_clear(&w);
    }
    g_assert_cmpint(cancelled, >, 0);
    check_ui_wait(is_alone, in);
    tw_picture_unref(in);
}

/* Before the thread has done anything, and after it has done all. */
static void
cancel_before_and_after(void)
{
    TwPicture *in = check_ui_photo(8, 4, 40, 32);

    for (int late = 0; late < 2; late++) {
        watch w;

        watch_init(&w);
        start(&w, "denoise noise=0.1", in, NULL, NULL);
        if (late)
            g_assert_true(tw_job_wait(w.job, 240));
        tw_job_cancel(w.job);
        check_ui_wait(is_done, &w);
        g_assert_error(w.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_assert_cmpint(w.progress + w.estimates, ==, 0);
        g_assert_null(tw_job_results(w.job));
        watch_clear(&w);
    }
    tw_picture_unref(in);
}

static void
drop(watch *w)
{
    g_clear_object(&w->job);
}

/* From outside, from inside of a handler, and when all is done but not yet told:
 * nothing comes any more, and all is freed. */
static void
drop_while_running(void)
{
    enum { OUTSIDE, INSIDE, LATE };
    TwPicture *in = check_ui_photo(8, 4, 48, 40);

    for (int when = OUTSIDE; when <= LATE; when++) {
        watch w;

        watch_init(&w);
        w.act_at = when == INSIDE;
        w.act = drop;
        start(&w,
              when == LATE ? quick[0] : "deblur sigma=1.5 noise=0.01 steps=200",
              in, NULL, NULL);
        if (when == LATE)
            g_assert_true(tw_job_wait(w.job, 240));
        if (when != INSIDE)
            drop(&w);
        check_ui_wait(is_alone, in);
        check_ui_settle();
        g_assert_cmpint(w.progress, ==, when == INSIDE);
        g_assert_cmpint(w.estimates + w.done, ==, 0);
        g_assert_null(w.job);
        watch_clear(&w);
    }
    tw_picture_unref(in);
}

static TwPicture *other;

static void
start_other(watch *w)
{
    w->fraction = 0;
    start(w, quick[0], other, NULL, NULL);
}

/* Only the last one counts. */
static void
start_again(void)
{
    TwPicture *in = check_ui_photo(8, 4, 48, 40);
    GPtrArray *direct;
    watch w;

    other = check_ui_photo(30, 20, 24, 16);
    direct = check_ui_restore(store, quick[0], other, NULL);
    watch_init(&w);
    w.act_at = 2;
    w.act = start_other;
    for (int i = 0; i < 4; i++)
        start(&w, "deblur sigma=1.5 noise=0.01 steps=200", in, NULL, NULL);
    check_ui_wait(is_done, &w);
    check_ui_settle();
    g_assert_no_error(w.error);
    g_assert_cmpint(w.done, ==, 1);
    g_assert_cmpint(tw_job_planned(w.job)->width, ==, 24);
    g_assert_true(
        check_ui_equal(tw_job_results(w.job)->pdata[0], direct->pdata[0]));
    /* Those before have let go of their picture. */
    check_ui_wait(is_alone, in);
    watch_clear(&w);
    g_ptr_array_unref(direct);
    tw_picture_unref(in);
    tw_picture_unref(other);
}

static void
stop(watch *w)
{
    tw_job_stop(w->job);
}

static void
stop_keeps(void)
{
    TwPicture *in = check_ui_photo(8, 4, 40, 32);
    watch w;

    watch_init(&w);
    w.act_at = 2;
    w.act = stop;
    start(&w, "deblur sigma=1.5 noise=0.01 steps=500", in, NULL, NULL);
    check_ui_wait(is_done, &w);
    g_assert_no_error(w.error);
    g_assert_true(tw_job_report(w.job)->stopped);
    g_assert_cmpint(tw_job_report(w.job)->steps, <, 500);
    g_assert_cmpuint(tw_job_results(w.job)->len, ==, 1);
    watch_clear(&w);
    tw_picture_unref(in);
}

static void
failure_has_a_sentence(void)
{
    static const char *const words[] = { "denoise model=none",
                                         "inpaint steps=2",
                                         "deblur kernel=blur.png" };
    TwPicture *in = check_ui_photo(8, 4, 40, 32);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_request *request = check_request(words[i]);
        tw_error why = { 0 };
        tw_plan plan;
        tw_status status =
            tw_plan_request(request, store, 40, 32, 0, &plan, &why);
        watch w;

        watch_init(&w);
        start(&w, words[i], in, NULL, NULL);
        check_ui_wait(is_done, &w);
        g_assert_error(w.error, TW_ERROR, (int) status);
        g_assert_cmpstr(w.error->message, ==, why.text);
        g_assert_null(tw_job_results(w.job));
        /* It can be used again. */
        start(&w, quick[0], in, NULL, NULL);
        w.done = 0;
        check_ui_wait(is_done, &w);
        g_assert_no_error(w.error);
        watch_clear(&w);
        tw_request_free(request);
    }
    tw_picture_unref(in);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/job/cancel", cancel_at_every_report);
    g_test_add_func("/ui/job/cancel-ends", cancel_before_and_after);
    g_test_add_func("/ui/job/drop", drop_while_running);
    g_test_add_func("/ui/job/start-again", start_again);
    g_test_add_func("/ui/job/stop", stop_keeps);
    g_test_add_func("/ui/job/failure", failure_has_a_sentence);
    return check_ui_run(&store);
}
