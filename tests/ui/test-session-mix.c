/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop of a dialog: another detail is another mixture of what is there, byte
 * for byte what a run of its own would give. */

#include "session-fixture.h"

#include <math.h>

#define WORDS "deblur sigma=1 noise=0.02 steps=3 seed=3 detail="

/* The results are those of this detail, without another run. */
static void
assert_mixed(watch *w, const char *detail)
{
    char *words = g_strconcat(WORDS, detail, NULL);

    w->estimates = 0;
    set(w, words);
    g_assert_cmpint(tw_session_state(w->session), ==, TW_SESSION_DONE);
    check_ui_wait(has_estimate, w);
    g_assert_cmpuint(tw_session_generation(w->session), ==, 1);
    assert_result(w, words, NULL);
    g_free(words);
}

/* The verdict is of the mixture that was computed; of others nothing is said. */
static void
assert_judged(watch *w, gboolean judged)
{
    const tw_report *report = tw_session_report(w->session);

    g_assert_true((report->fit != TW_FIT_NONE) == judged);
    g_assert_true(isfinite(report->consistency) == judged);
    g_assert_cmpfloat(report->noise, >, 0);
    if (!judged) {
        g_assert_cmpint(report->look, ==, TW_LOOK_NONE);
        g_assert_true(isnan(report->misfit) && isnan(report->detail));
        g_assert_cmpstr(report->warning, ==, "");
    }
}

static void
mixtures(void)
{
    watch w;

    watch_init(&w);
    set(&w, WORDS "60");
    wait_for(&w, TW_SESSION_DONE);
    assert_result(&w, WORDS "60", NULL);
    assert_judged(&w, TRUE);
    assert_mixed(&w, "20");
    assert_judged(&w, FALSE);
    assert_mixed(&w, "60");
    assert_judged(&w, TRUE);
    assert_mixed(&w, "100");
    assert_mixed(&w, "0");
    assert_mixed(&w, "0.5");
    /* And that is what is applied. */
    tw_session_apply(w.session);
    wait_for(&w, TW_SESSION_APPLIED);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    assert_result(&w, WORDS "0.5", NULL);
    watch_clear(&w);
}

/* The likely picture alone keeps the other one, too. */
static void
from_the_end(void)
{
    watch w;

    watch_init(&w);
    set(&w, WORDS "100");
    wait_for(&w, TW_SESSION_DONE);
    assert_result(&w, WORDS "100", NULL);
    assert_mixed(&w, "40");
    watch_clear(&w);
}

/* Nothing is likely in a faithful run: the first detail needs one. */
static void
from_nothing(void)
{
    watch w;

    watch_init(&w);
    set(&w, WORDS "0");
    wait_for(&w, TW_SESSION_DONE);
    set(&w, WORDS "50");
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WAITING);
    wait_for(&w, TW_SESSION_DONE);
    assert_result(&w, WORDS "50", NULL);
    /* Anything else does, too. */
    set(&w, WORDS "50 solver=renoise q=2");
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WAITING);
    watch_clear(&w);
}

/* While it is computed, and while the mixture is: the last one counts. */
static void
meanwhile(void)
{
    watch w;

    watch_init(&w);
    set(&w, WORDS "50");
    wait_for(&w, TW_SESSION_WORKING);
    set(&w, WORDS "70");
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WORKING);
    tw_session_apply(w.session);
    set(&w, WORDS "70");
    wait_for(&w, TW_SESSION_APPLIED);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    assert_result(&w, WORDS "70", NULL);
    g_assert_true(w.applied == 1 && w.estimates > 1);
    watch_clear(&w);

    watch_init(&w);
    set(&w, WORDS "50");
    wait_for(&w, TW_SESSION_DONE);
    for (int i = 1; i < 9; i++) {
        char *words = g_strdup_printf(WORDS "%d", 10 * i);

        set(&w, words);
        g_free(words);
    }
    tw_session_apply(w.session);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_APPLYING);
    wait_for(&w, TW_SESSION_APPLIED);
    assert_result(&w, WORDS "80", NULL);
    watch_clear(&w);
}

/* Of a region, the mixture is of it; Apply computes the rest. */
static void
of_a_region(void)
{
    watch w;

    watch_init(&w);
    tw_session_set_region(w.session, &middle);
    set(&w, WORDS "50");
    wait_for(&w, TW_SESSION_DONE);
    w.estimates = 0;
    set(&w, WORDS "90");
    check_ui_wait(has_estimate, &w);
    g_assert_cmpmem(&w.where, sizeof w.where, &middle, sizeof middle);
    g_assert_cmpint(w.estimate->image.width, ==, middle.width);
    tw_session_apply(w.session);
    wait_for(&w, TW_SESSION_APPLIED);
    assert_result(&w, WORDS "90", NULL);
    watch_clear(&w);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/session/mix/mixtures", mixtures);
    g_test_add_func("/ui/session/mix/from-the-end", from_the_end);
    g_test_add_func("/ui/session/mix/from-nothing", from_nothing);
    g_test_add_func("/ui/session/mix/meanwhile", meanwhile);
    g_test_add_func("/ui/session/mix/region", of_a_region);
    return check_ui_run(&store);
}
