/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tw-tries.h"

#include <math.h>
#include <string.h>

#include "tw-busy.h"
#include "tw-try-kind.h"

/* Values that a request and a setting may differ by: they pass through texts. */
#define SAME 1e-6

/* Where one was before. */
typedef struct Past {
    double values[2];
    int level;
} Past;

struct _TwTries {
    GObject parent;
    TwSession *session;
    GObject *settings;
    gboolean active;

    const TwTryKind *kind; /* NULL: nothing to vary */
    double center[2];      /* the present values */
    int level;             /* how often the steps were halved */
    GArray *past;          /* of Past */

    TwTry tries[TW_TRIES_MOST];
    int count, running; /* running: an index, or -1 */
    guint generation;   /* of the session, that the tries are for */
    gboolean taken;     /* its next generation comes from here */
    cairo_rectangle_int_t part;
};

G_DEFINE_FINAL_TYPE(TwTries, tw_tries, G_TYPE_OBJECT)

static guint changed_signal;

static void
tell(TwTries *tries)
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
static void
lay_out(TwTries *tries)
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

static void
compute(TwTries *tries)
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
    compute(tries);
    tell(tries);
}

/* --- what they are for --- */

static gboolean
is_center(const TwTries *tries, const TwTryKind *kind, const double *values)
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
    if (is_center(tries, kind, values))
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
    lay_out(tries);
    tell(tries);
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
    compute(tries);
}

/* --- what to do --- */

static void
stop(TwTries *tries)
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
        stop(tries);
}

/* Comes to these values, and tells the settings. */
static void
go_to(TwTries *tries, Past where)
{
    stop(tries);
    tries->taken = !is_center(tries, tries->kind, where.values);
    memcpy(tries->center, where.values, sizeof where.values);
    tries->level = where.level;
    lay_out(tries);
    g_object_freeze_notify(tries->settings);
    for (int i = 0; i < tw_try_kind_axes(tries->kind); i++)
        g_object_set(tries->settings, tw_try_kind_key(tries->kind, i),
                     where.values[i], NULL);
    g_object_thaw_notify(tries->settings);
    compute(tries);
    tell(tries);
}

static void
remember(TwTries *tries)
{
    const Past here = { { tries->center[0], tries->center[1] }, tries->level };

    g_array_append_val(tries->past, here);
}

void
tw_tries_take(TwTries *tries, int index)
{
    Past there = { .level = tries->level + 1 };

    g_return_if_fail(index >= 0 && index < tries->count);
    memcpy(there.values, tries->tries[index].values, sizeof there.values);
    remember(tries);
    go_to(tries, there);
}

gboolean
tw_tries_can_go_back(TwTries *tries)
{
    return tries->past->len > 0;
}

void
tw_tries_go_back(TwTries *tries)
{
    Past last;

    if (tries->past->len == 0)
        return;
    last = g_array_index(tries->past, Past, tries->past->len - 1);
    g_array_set_size(tries->past, tries->past->len - 1);
    go_to(tries, last);
}

gboolean
tw_tries_can_start_over(TwTries *tries)
{
    return tries->kind && tries->level > 0;
}

void
tw_tries_start_over(TwTries *tries)
{
    if (!tw_tries_can_start_over(tries))
        return;
    remember(tries);
    go_to(tries, (Past) { { tries->center[0], tries->center[1] }, 0 });
}

/* --- what there is --- */

TwSession *
tw_tries_session(TwTries *tries)
{
    return tries->session;
}

int
tw_tries_places(TwTries *tries)
{
    if (!tries->kind)
        return 0;
    return tw_try_kind_axes(tries->kind) > 1 ? TW_TRIES_MOST : TW_TRIES_COLUMNS;
}

int
tw_tries_count(TwTries *tries)
{
    return tries->count;
}

const TwTry *
tw_tries_get(TwTries *tries, int index)
{
    return &tries->tries[index];
}

gboolean
tw_tries_is_present(TwTries *tries, int index)
{
    return index == tries->count / 2;
}

char *
tw_tries_text(TwTries *tries, int index)
{
    return tw_try_kind_text(tries->kind, tries->tries[index].values);
}

gboolean
tw_tries_are_fine(TwTries *tries)
{
    return tries->kind &&
           tw_try_kind_is_fine(tries->kind, tries->center, tries->level);
}

gboolean
tw_tries_part(TwTries *tries, cairo_rectangle_int_t *part)
{
    *part = tries->part;
    return tries->kind && part->width > 0;
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
