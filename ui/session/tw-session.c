/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-session-private.h"

G_DEFINE_TYPE(TwSession, tw_session, G_TYPE_OBJECT)

enum { PROP_DELAY = 1 };

enum {
    CHANGED_EVERY = 50, /* ms */
    DELAY = 300
};

/* --- telling --- */

static gboolean
emit_changed(gpointer data)
{
    TwSession *s = data;

    s->changed_source = 0;
    s->changed_at = g_get_monotonic_time();
    g_signal_emit_by_name(s, "changed");
    return G_SOURCE_REMOVE;
}

void
tw_session_touch(TwSession *s)
{
    const gint64 since = (g_get_monotonic_time() - s->changed_at) / 1000;
    const guint wait =
        since >= CHANGED_EVERY ? 0 : CHANGED_EVERY - (guint) since;

    if (!s->changed_source && !s->closed)
        s->changed_source = g_timeout_add(wait, emit_changed, s);
}

void
tw_session_set_text(char **slot, const char *text)
{
    g_free(*slot);
    *slot = g_strdup(text ? text : "");
}

void
tw_session_set_state(TwSession *s, TwSessionState state)
{
    s->state = state;
    if (!tw_session_is_settled(s))
        tw_job_cancel(s->trier);
    tw_session_touch(s);
}

cairo_rectangle_int_t
tw_session_whole(const TwSession *s)
{
    return (cairo_rectangle_int_t) { 0, 0, s->in->image.width,
                                     s->in->image.height };
}

TwWork
tw_session_work(const TwSession *s, const cairo_rectangle_int_t *region)
{
    return (TwWork) { s->request, s->in, s->mask, s->kernel, *region, FALSE };
}

/* --- the end --- */

void
tw_session_close(TwSession *session)
{
    TwJob *jobs[] = { session->job, session->mixer, session->explainer,
                      session->meter, session->trier };

    session->closed = TRUE;
    tw_session_clear_sources(session);
    g_clear_handle_id(&session->changed_source, g_source_remove);
    for (guint i = 0; i < G_N_ELEMENTS(jobs); i++) {
        g_signal_handlers_disconnect_by_data(jobs[i], session);
        tw_job_cancel(jobs[i]);
    }
}

gboolean
tw_session_wait(TwSession *session, double seconds)
{
    TwJob *jobs[] = { session->job, session->mixer, session->explainer,
                      session->meter, session->trier };
    const gint64 begin_time = g_get_monotonic_time();
    gboolean ended = TRUE;

    for (guint i = 0; i < G_N_ELEMENTS(jobs); i++) {
        const double gone =
            1e-6 * (double) (g_get_monotonic_time() - begin_time);

        ended = tw_job_wait(jobs[i], MAX(seconds - gone, 0)) && ended;
    }
    return ended;
}

/* --- object --- */

TwSession *
tw_session_new(tw_store *store, TwPicture *in)
{
    TwSession *session = g_object_new(TW_TYPE_SESSION, NULL);

    session->store = store;
    session->in = tw_picture_ref(in);
    session->region = tw_session_whole(session);
    session->job = tw_job_new(store);
    session->mixer = tw_job_new(store);
    session->explainer = tw_job_new(store);
    session->meter = tw_job_new(store);
    session->trier = tw_job_new(store);
    tw_session_listen(session);
    return session;
}

static void
tw_session_finalize(GObject *object)
{
    TwSession *s = TW_SESSION(object);

    tw_session_close(s);
    tw_session_drop_results(s);
    g_object_unref(s->job);
    g_object_unref(s->mixer);
    g_object_unref(s->explainer);
    g_object_unref(s->meter);
    g_object_unref(s->trier);
    tw_request_free(s->request);
    tw_picture_unref(s->in);
    tw_picture_unref(s->mask);
    tw_picture_unref(s->kernel);
    g_free(s->problem);
    g_free(s->phase);
    g_free(s->error);
    g_free(s->text);
    G_OBJECT_CLASS(tw_session_parent_class)->finalize(object);
}

static void
tw_session_set_property(GObject *object, guint id, const GValue *value,
                        GParamSpec *spec)
{
    if (id == PROP_DELAY)
        TW_SESSION(object)->delay = g_value_get_uint(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
}

static void
tw_session_get_property(GObject *object, guint id, GValue *value,
                        GParamSpec *spec)
{
    if (id == PROP_DELAY)
        g_value_set_uint(value, TW_SESSION(object)->delay);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
}

static guint
add_signal(GType type, const char *name, guint count, GType argument)
{
    return g_signal_new(name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                        G_TYPE_NONE, count, argument, argument);
}

static void
tw_session_class_init(TwSessionClass *klass)
{
    GObjectClass *object = G_OBJECT_CLASS(klass);
    const GType type = G_TYPE_FROM_CLASS(klass);

    object->finalize = tw_session_finalize;
    object->set_property = tw_session_set_property;
    object->get_property = tw_session_get_property;
    g_object_class_install_property(
        object, PROP_DELAY,
        g_param_spec_uint("delay", NULL, NULL, 0, G_MAXUINT, DELAY,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
    add_signal(type, "changed", 0, G_TYPE_NONE);
    add_signal(type, "estimate", 2, G_TYPE_POINTER);
    add_signal(type, "explained", 0, G_TYPE_NONE);
    add_signal(type, "noise", 1, G_TYPE_POINTER);
    add_signal(type, "applied", 0, G_TYPE_NONE);
    add_signal(type, "tried", 1, G_TYPE_POINTER);
}

static void
tw_session_init(TwSession *session)
{
    session->delay = DELAY;
    session->seconds_left = -1;
    session->phase = g_strdup("");
    session->error = g_strdup("");
    session->text = g_strdup("");
}
