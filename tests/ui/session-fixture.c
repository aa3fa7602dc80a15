/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

tw_store *store;

const cairo_rectangle_int_t middle = { 60, 20, 40, 30 };

static void
on_changed(TwSession *session, watch *w)
{
    g_assert_true(session == w->session);
    g_assert_nonnull(tw_session_status_text(session));
    w->changed++;
}

static void
on_estimate(TwSession *session, TwPicture *picture,
            cairo_rectangle_int_t *where, watch *w)
{
    g_assert_true(session == w->session);
    g_assert_cmpint(picture->image.width, ==, where->width);
    g_assert_cmpint(picture->image.height, ==, where->height);
    if (w->generation)
        g_assert_cmpuint(tw_session_generation(session), ==, w->generation);
    tw_picture_set(&w->estimate, picture);
    w->where = *where;
    w->estimates++;
}

static void
on_applied(TwSession *session, watch *w)
{
    g_assert_cmpint(tw_session_state(session), ==, TW_SESSION_APPLIED);
    g_assert_nonnull(tw_session_results(session));
    w->applied++;
}

static void
on_explained(TwSession *session, watch *w)
{
    g_assert_true(session == w->session);
    w->explained++;
}

static void
on_noise(TwSession *session, const tw_noise *noise, watch *w)
{
    g_assert_true(session == w->session);
    g_assert_nonnull(noise);
    w->noise = *noise;
    w->noises++;
}

void
watch_init(watch *w)
{
    *w = (watch) { .in = check_ui_photo(0, 0, WIDTH, HEIGHT) };
    w->session = tw_session_new(store, w->in);
    g_object_set(w->session, "delay", 0, NULL);
    g_signal_connect(w->session, "changed", G_CALLBACK(on_changed), w);
    g_signal_connect(w->session, "estimate", G_CALLBACK(on_estimate), w);
    g_signal_connect(w->session, "applied", G_CALLBACK(on_applied), w);
    g_signal_connect(w->session, "explained", G_CALLBACK(on_explained), w);
    g_signal_connect(w->session, "noise", G_CALLBACK(on_noise), w);
}

void
watch_clear(watch *w)
{
    watch before;

    tw_session_close(w->session);
    before = *w;
    g_assert_true(tw_session_wait(w->session, 240));
    check_ui_settle();
    g_assert_cmpmem(w, sizeof *w, &before, sizeof before);
    g_object_unref(w->session);
    tw_picture_unref(w->in);
    tw_picture_unref(w->estimate);
}

void
set(watch *w, const char *words)
{
    tw_request *request = check_request(words);

    tw_session_set_request(w->session, request);
    tw_request_free(request);
}

static gboolean
in_state(gpointer data)
{
    const watch *w = data;

    return tw_session_state(w->session) == w->state;
}

void
wait_for(watch *w, TwSessionState state)
{
    w->state = state;
    check_ui_wait(in_state, w);
}

gboolean
has_estimate(gpointer data)
{
    return ((const watch *) data)->estimates > 0;
}

void
assert_result(watch *w, const char *words, const TwPicture *mask)
{
    GPtrArray *direct = check_ui_restore(store, words, w->in, mask);
    GPtrArray *results = tw_session_results(w->session);

    g_assert_cmpuint(results->len, ==, direct->len);
    for (guint i = 0; i < direct->len; i++)
        g_assert_true(check_ui_equal(results->pdata[i], direct->pdata[i]));
    g_ptr_array_unref(direct);
}
