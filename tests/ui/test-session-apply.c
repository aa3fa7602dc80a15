/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop of a dialog: Apply, of results that are there and of those that are not. */

#include "session-fixture.h"

static const char *const words = "deblur sigma=1 noise=0.02 steps=2 seed=3 "
                                 "style=textured samples=2";

static void
apply_reuses(void)
{
    watch w;

    watch_init(&w);
    set(&w, words);
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpfloat(tw_session_predict(w.session), <=, 0);
    tw_session_apply(w.session);
    g_assert_cmpint(w.applied, ==, 0);
    wait_for(&w, TW_SESSION_APPLIED);
    g_assert_cmpint(w.applied, ==, 1);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    assert_result(&w, words, NULL);
    watch_clear(&w);
}

/* The margin covers the rest. */
static void
apply_reuses_the_margin(void)
{
    const cairo_rectangle_int_t most = { 20, 10, WIDTH - 30, HEIGHT - 20 };
    watch w;

    watch_init(&w);
    tw_session_set_region(w.session, &most);
    set(&w, words);
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpint(w.estimate->image.width, ==, most.width);
    tw_session_apply(w.session);
    wait_for(&w, TW_SESSION_APPLIED);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    g_assert_cmpint(w.where.width, ==, WIDTH);
    assert_result(&w, words, NULL);
    watch_clear(&w);
}

static void
apply_computes_the_rest(void)
{
    cairo_rectangle_int_t where;
    watch w;

    watch_init(&w);
    tw_session_set_region(w.session, &middle);
    set(&w, words);
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpfloat(tw_session_predict(w.session), >, 0);
    tw_session_where(w.session, &where);
    g_assert_cmpmem(&where, sizeof where, &middle, sizeof middle);
    tw_session_apply(w.session);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_APPLYING);
    g_assert_nonnull(tw_session_results(w.session));
    wait_for(&w, TW_SESSION_APPLIED);
    g_assert_cmpint(w.applied, ==, 1);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 2);
    tw_session_where(w.session, &where);
    g_assert_cmpint(where.width, ==, WIDTH);
    assert_result(&w, words, NULL);
    watch_clear(&w);
}

/* What is being computed is waited for, and given back by cancelling. */
static void
apply_waits(void)
{
    watch w;

    watch_init(&w);
    set(&w, "deblur sigma=1 noise=0.02 steps=500");
    check_ui_wait(has_estimate, &w);
    tw_session_apply(w.session);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_APPLYING);
    tw_session_cancel_apply(w.session);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WORKING);
    tw_session_apply(w.session);
    tw_session_stop(w.session);
    wait_for(&w, TW_SESSION_APPLIED);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    g_assert_cmpint(w.applied, ==, 1);
    watch_clear(&w);
}

static void
apply_after_a_change(void)
{
    watch w;

    watch_init(&w);
    set(&w, "denoise noise=0.1");
    wait_for(&w, TW_SESSION_DONE);
    set(&w, words);
    tw_session_apply(w.session);
    wait_for(&w, TW_SESSION_APPLIED);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 2);
    assert_result(&w, words, NULL);
    watch_clear(&w);
}

/* As for a run without a dialog. */
static void
apply_when_paused(void)
{
    watch w;

    watch_init(&w);
    tw_session_set_paused(w.session, TRUE);
    set(&w, words);
    tw_session_apply(w.session);
    wait_for(&w, TW_SESSION_APPLIED);
    assert_result(&w, words, NULL);
    watch_clear(&w);
}

static void
apply_cancelled(void)
{
    TwPicture *preview;
    watch w;

    watch_init(&w);
    tw_session_set_region(w.session, &middle);
    set(&w, "deblur sigma=1 noise=0.02 steps=500");
    check_ui_wait(has_estimate, &w);
    tw_session_stop(w.session);
    wait_for(&w, TW_SESSION_STOPPED);
    preview = tw_picture_ref(tw_session_results(w.session)->pdata[0]);
    tw_session_apply(w.session);
    w.estimates = 0;
    check_ui_wait(has_estimate, &w);
    tw_session_cancel_apply(w.session);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_STOPPED);
    g_assert_true(tw_session_results(w.session)->pdata[0] == preview);
    w.estimates = 0;
    check_ui_settle();
    g_assert_cmpint(w.estimates + w.applied, ==, 0);
    /* Without a preview it begins again. */
    set(&w, "deblur sigma=1 noise=0.02 steps=2");
    tw_session_apply(w.session);
    tw_session_cancel_apply(w.session);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WORKING);
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpint(w.applied, ==, 0);
    tw_picture_unref(preview);
    watch_clear(&w);
}

static void
stop_and_keep(void)
{
    TwPicture *kept;
    watch w;

    watch_init(&w);
    set(&w, "deblur sigma=1 noise=0.02 steps=500");
    check_ui_wait(has_estimate, &w);
    tw_session_stop(w.session);
    wait_for(&w, TW_SESSION_STOPPED);
    g_assert_true(tw_session_report(w.session)->stopped);
    g_assert_true(
        g_str_has_prefix(tw_session_status_text(w.session), "Stopped at step"));
    kept = tw_picture_ref(tw_session_results(w.session)->pdata[0]);
    tw_session_apply(w.session);
    wait_for(&w, TW_SESSION_APPLIED);
    g_assert_true(
        check_ui_equal(tw_session_results(w.session)->pdata[0], kept));
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    tw_picture_unref(kept);
    watch_clear(&w);
}

static void
upscaling(void)
{
    cairo_rectangle_int_t where;
    watch w;

    watch_init(&w);
    tw_session_set_region(w.session, &middle);
    set(&w, "upscale scale=1.5 steps=2");
    check_near("scale", tw_session_scale(w.session), 1.5, 0);
    wait_for(&w, TW_SESSION_DONE);
    tw_session_where(w.session, &where);
    g_assert_cmpint(where.x, ==, 90);
    g_assert_cmpint(where.width, ==, 60);
    g_assert_cmpmem(&where, sizeof where, &w.where, sizeof w.where);
    tw_session_apply(w.session);
    wait_for(&w, TW_SESSION_APPLIED);
    assert_result(&w, "upscale scale=1.5 steps=2", NULL);
    watch_clear(&w);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/session/apply/reuses", apply_reuses);
    g_test_add_func("/ui/session/apply/margin", apply_reuses_the_margin);
    g_test_add_func("/ui/session/apply/rest", apply_computes_the_rest);
    g_test_add_func("/ui/session/apply/waits", apply_waits);
    g_test_add_func("/ui/session/apply/change", apply_after_a_change);
    g_test_add_func("/ui/session/apply/paused", apply_when_paused);
    g_test_add_func("/ui/session/apply/cancelled", apply_cancelled);
    g_test_add_func("/ui/session/stop", stop_and_keep);
    g_test_add_func("/ui/session/upscale", upscaling);
    return check_ui_run(&store);
}
