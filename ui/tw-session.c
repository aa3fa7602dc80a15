/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tw-session.h"

struct _TwSession {
    GObject parent;
};

G_DEFINE_TYPE(TwSession, tw_session, G_TYPE_OBJECT)

static void
tw_session_class_init(TwSessionClass *klass)
{
    g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                 NULL, NULL, NULL, G_TYPE_NONE, 0);
    g_signal_new("estimate", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                 NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER,
                 G_TYPE_POINTER);
    g_signal_new("explained", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                 NULL, NULL, NULL, G_TYPE_NONE, 0);
    g_signal_new("noise", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
    g_signal_new("applied", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_session_init(TwSession *self)
{
    (void) self;
}

TwSession *
tw_session_new(tw_store *store, TwPicture *in)
{
    (void) store;
    (void) in;
    return g_object_new(TW_TYPE_SESSION, NULL);
}

void
tw_session_set_request(TwSession *session, const tw_request *request)
{
    (void) session;
    (void) request;
}

void
tw_session_set_mask(TwSession *session, TwPicture *mask)
{
    (void) session;
    (void) mask;
}

void
tw_session_set_kernel(TwSession *session, TwPicture *kernel)
{
    (void) session;
    (void) kernel;
}

void
tw_session_set_region(TwSession *session, const cairo_rectangle_int_t *region)
{
    (void) session;
    (void) region;
}

void
tw_session_set_paused(TwSession *session, gboolean paused)
{
    (void) session;
    (void) paused;
}

void
tw_session_set_problem(TwSession *session, const char *sentence)
{
    (void) session;
    (void) sentence;
}

void
tw_session_stop(TwSession *session)
{
    (void) session;
}

void
tw_session_restart(TwSession *session)
{
    (void) session;
}

void
tw_session_apply(TwSession *session)
{
    (void) session;
}

void
tw_session_cancel_apply(TwSession *session)
{
    (void) session;
}

void
tw_session_close(TwSession *session)
{
    (void) session;
}

gboolean
tw_session_wait(TwSession *session, double seconds)
{
    (void) session;
    (void) seconds;
    return 0;
}

void
tw_session_explain(TwSession *session, guint index)
{
    (void) session;
    (void) index;
}

void
tw_session_measure_noise(TwSession *session)
{
    (void) session;
}

TwSessionState
tw_session_state(TwSession *session)
{
    (void) session;
    return 0;
}

double
tw_session_fraction(TwSession *session)
{
    (void) session;
    return -1;
}

double
tw_session_seconds_left(TwSession *session)
{
    (void) session;
    return -1;
}

int
tw_session_step(TwSession *session)
{
    (void) session;
    return 0;
}

int
tw_session_steps(TwSession *session)
{
    (void) session;
    return 0;
}

const char *
tw_session_phase(TwSession *session)
{
    (void) session;
    return "";
}

const char *
tw_session_error(TwSession *session)
{
    (void) session;
    return "";
}

guint
tw_session_generation(TwSession *session)
{
    (void) session;
    return 0;
}

const char *
tw_session_status_text(TwSession *session)
{
    (void) session;
    return "";
}

double
tw_session_predict(TwSession *session)
{
    (void) session;
    return -1;
}

GPtrArray *
tw_session_results(TwSession *session)
{
    (void) session;
    return NULL;
}

const tw_report *
tw_session_report(TwSession *session)
{
    (void) session;
    return NULL;
}

const tw_plan *
tw_session_plan(TwSession *session)
{
    (void) session;
    return NULL;
}

const tw_plan *
tw_session_whole_plan(TwSession *session)
{
    (void) session;
    return NULL;
}

void
tw_session_region(TwSession *session, cairo_rectangle_int_t *region)
{
    (void) session;
    (void) region;
}

void
tw_session_where(TwSession *session, cairo_rectangle_int_t *where)
{
    (void) session;
    (void) where;
}

double
tw_session_scale(TwSession *session)
{
    (void) session;
    return -1;
}

TwPicture *
tw_session_misfit(TwSession *session)
{
    (void) session;
    return NULL;
}

TwPicture *
tw_session_measured(TwSession *session)
{
    (void) session;
    return NULL;
}
