/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tw-tries-private.h"

#include <math.h>
#include <string.h>

#include "kernel/tw-busy.h"

/* Values that a request and a setting may differ by: they pass through texts. */
#define SAME 1e-6

G_DEFINE_FINAL_TYPE(TwTries, tw_tries, G_TYPE_OBJECT)

static guint changed_signal;

void
tw_tries_tell(TwTries *tries)
{
    g_signal_emit(tries, changed_signal, 0);
}

/* --- the tries --- */

static void
drop(TwTries *tries)
{
    for (int i = 0; i < TW_TRIES_MOST; i++) {
        tw_picture_unref(tries->tries[i].picture);
        tries->tries[i] = (TwTry) { 0 };
    }
    tries->count = 0;
    tries->running = -1;
}

/* Values around the center; what the try of the same values showed is kept. */
void
tw_tries_lay_out(TwTries *tries)
{
    TwTry old[TW_TRIES_MOST];
    const int count = tries->count;

    memcpy(old, tries->tries, sizeof old);
    memset(tries->tries, 0, sizeof tries->tries);
    tries->count = 0;
    if (!tw_tries_are_fine(tries))
        tries->count = tw_tries_places(tries);
    for (int i = 0; i < tries->count; i++) {
        TwTry *now = &tries->tries[i];

        tw_try_kind_values(tries->kind, tries->center, tries->level, i,
                           now->values);
        for (int k = 0; k < count; k++)
            if (memcmp(old[k].values, now->values, sizeof now->values) == 0)
                tw_picture_set(&now->picture, old[k].picture);
    }
    for (int k = 0; k < count; k++)
        tw_picture_unref(old[k].picture);
}

/* The next one to compute: that in the middle, then the others; -1: none. */
static int
next(const TwTries *tries)
{
    const int middle = tries->count / 2;

    for (int i = -1; i < tries->count; i++) {
        const int index = i < 0 ? middle : i;

        if (tries->count > 0 && !tries->tries[index].picture &&
            !tries->tries[index].failed)
            return index;
    }
    return -1;
}

void
tw_tries_compute(TwTries *tries)
{
    const int index = next(tries);
    tw_request *request;

    if (!tries->active || tries->running >= 0 || index < 0 ||
        !tw_session_is_settled(tries->session))
        return;
    request = tw_try_kind_request(
        tries->kind, tw_session_request(tries->session),
        tw_session_report(tries->session), tries->tries[index].values);
    if (request && tw_session_try(tries->session, request, &tries->part))
        tries->running = index;
    tw_request_free(request);
}

static void
on_tried(TwSession *session, TwPicture *picture, gpointer data)
{
    TwTries *tries = data;

    (void) session;
    if (tries->running < 0)
        return;
    tw_picture_set(&tries->tries[tries->running].picture, picture);
    tries->tries[tries->running].failed = picture == NULL;
    tries->running = -1;
    tw_tries_compute(tries);
    tw_tries_tell(tries);
}

/* --- what they are for --- */

gboolean
tw_tries_is_center(const TwTries *tries, const TwTryKind *kind,
                   const double *values)
{
    return kind == tries->kind && fabs(values[0] - tries->center[0]) < SAME &&
           fabs(values[1] - tries->center[1]) < SAME;
}

/* Values that were set elsewhere begin with large steps. FALSE: there are such. */
static gboolean
read_request(TwTries *tries)
{
    const tw_request *request = tw_session_request(tries->session);
    const TwTryKind *kind = tw_try_kind_of(request);
    double values[2] = { 0 };

    if (kind)
        tw_try_kind_read(kind, request, values);
    if (tw_tries_is_center(tries, kind, values))
        return TRUE;
    tries->kind = kind;
    memcpy(tries->center, values, sizeof values);
    tries->level = 0;
    g_array_set_size(tries->past, 0);
    return FALSE;
}

/* FALSE: it is another. */
static gboolean
choose_part(TwTries *tries)
{
    const cairo_rectangle_int_t before = tries->part;
    cairo_rectangle_int_t region;

    tw_session_region(tries->session, &region);
    tries->part = tw_busy_part(tw_session_input(tries->session), &region,
                               TW_TRIES_SIDE, TW_TRIES_SIDE);
    return memcmp(&before, &tries->part, sizeof before) == 0;
}

/* The session has begun a run, with settings of its own or with those that were
 * taken here. */
static void
renew(TwTries *tries)
{
    const gboolean same_values = read_request(tries);
    const gboolean same_part = choose_part(tries);

    if (!tries->taken || !same_values || !same_part)
        drop(tries);
    tries->taken = FALSE;
    tries->generation = tw_session_generation(tries->session);
    tw_tries_lay_out(tries);
    tw_tries_tell(tries);
}

static void
on_changed(TwSession *session, gpointer data)
{
    TwTries *tries = data;

    if (!tw_session_is_settled(session))
        tries->running = -1;
    if (!tries->active || !tw_session_request(session))
        return;
    if (tries->generation != tw_session_generation(session))
        renew(tries);
    tw_tries_compute(tries);
}

/* --- what to do --- */

void
tw_tries_stop(TwTries *tries)
{
    tw_session_cancel_try(tries->session);
    tries->running = -1;
}

void
tw_tries_set_active(TwTries *tries, gboolean active)
{
    tries->active = active;
    if (active)
        on_changed(tries->session, tries);
    else
        tw_tries_stop(tries);
}

/* --- object --- */

TwTries *
tw_tries_new(TwSession *session, GObject *settings)
{
    TwTries *tries = g_object_new(TW_TYPE_TRIES, NULL);

    tries->session = g_object_ref(session);
    tries->settings = g_object_ref(settings);
    g_signal_connect_object(session, "changed", G_CALLBACK(on_changed), tries,
                            0);
    g_signal_connect_object(session, "tried", G_CALLBACK(on_tried), tries, 0);
    return tries;
}

static void
finalize(GObject *object)
{
    TwTries *tries = TW_TRIES(object);

    drop(tries);
    g_array_unref(tries->past);
    g_object_unref(tries->session);
    g_object_unref(tries->settings);
    G_OBJECT_CLASS(tw_tries_parent_class)->finalize(object);
}

static void
tw_tries_class_init(TwTriesClass *class)
{
    G_OBJECT_CLASS(class)->finalize = finalize;
    changed_signal = g_signal_new("changed", TW_TYPE_TRIES, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_tries_init(TwTries *tries)
{
    tries->past = g_array_new(FALSE, FALSE, sizeof(Past));
    tries->running = -1;
}
