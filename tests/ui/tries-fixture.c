/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tries-fixture.h"

#include "demo/demo-settings.h"
#include "settings/tw-property.h"

tw_store *store;

/* What every dialog does. */
static void
on_notify(bench *b)
{
    tw_request *request = tw_request_new(tw_task_find("deblur"));
    GError *error = NULL;

    (void) tw_property_apply(b->settings, request, &error);
    g_assert_no_error(error);
    tw_session_set_request(b->session, request);
    tw_request_free(request);
}

static void
on_tried(TwSession *session, TwPicture *picture, bench *b)
{
    g_assert_true(tw_session_is_settled(session));
    g_assert_nonnull(picture);
    b->tried++;
}

void
bench_init(bench *b)
{
    const cairo_rectangle_int_t region = { (SIDE - PART) / 2, (SIDE - PART) / 2,
                                           PART, PART };

    *b = (bench) { .in = check_ui_photo(0, 0, SIDE, SIDE),
                   .settings = demo_settings_new(tw_task_find("deblur")) };
    g_object_set(b->settings, "kernel", "motion", "length", 20.0, "angle", 30.0,
                 "noise", "0.01", NULL);
    b->session = tw_session_new(store, b->in);
    g_object_set(b->session, "delay", 0, NULL);
    tw_session_set_region(b->session, &region);
    b->tries = tw_tries_new(b->session, b->settings);
    g_signal_connect_swapped(b->settings, "notify", G_CALLBACK(on_notify), b);
    g_signal_connect(b->session, "tried", G_CALLBACK(on_tried), b);
    on_notify(b);
}

void
bench_clear(bench *b)
{
    tw_session_close(b->session);
    g_assert_true(tw_session_wait(b->session, 240));
    g_object_unref(b->tries);
    g_object_unref(b->session);
    g_object_unref(b->settings);
    tw_picture_unref(b->in);
}

static gboolean
have_all(gpointer data)
{
    bench *b = data;

    if (!tw_session_is_settled(b->session))
        return FALSE;
    for (int i = 0; i < tw_tries_count(b->tries); i++)
        if (!tw_tries_get(b->tries, i)->picture)
            return FALSE;
    return tw_tries_count(b->tries) > 0;
}

void
wait_for_tries(bench *b)
{
    check_ui_wait(have_all, b);
}

void
assert_try(bench *b, int index, double first, double second)
{
    const TwTry *what = tw_tries_get(b->tries, index);

    g_assert_cmpfloat_with_epsilon(what->values[0], first, 1e-6);
    g_assert_cmpfloat_with_epsilon(what->values[1], second, 1e-6);
}

double
setting(bench *b, const char *key)
{
    double value;

    g_object_get(b->settings, key, &value, NULL);
    return value;
}
