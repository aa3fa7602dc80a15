/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session computes on the side: explanations, the noise, and tries. */

#include "session/tw-session-private.h"

void
tw_session_drop_explanation(TwSession *s)
{
    tw_job_cancel(s->explainer);
    g_clear_pointer(&s->shown.misfit, tw_picture_unref);
    g_clear_pointer(&s->shown.measured, tw_picture_unref);
}

static void
on_explained(TwJob *job, const GError *error, TwSession *s)
{
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    tw_picture_set(&s->shown.misfit, tw_job_misfit(job));
    tw_picture_set(&s->shown.measured, tw_job_measured(job));
    g_signal_emit_by_name(s, "explained");
}

static void
on_noise(TwJob *job, const GError *error, TwSession *s)
{
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_signal_emit_by_name(s, "noise", tw_job_noise(job));
}

static void
on_tried(TwJob *job, const GError *error, TwSession *s)
{
    const GPtrArray *results = tw_job_results(job);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_signal_emit_by_name(s, "tried", results ? results->pdata[0] : NULL);
}

void
tw_session_listen_aside(TwSession *s)
{
    g_signal_connect(s->trier, "done", G_CALLBACK(on_tried), s);
    g_signal_connect(s->explainer, "done", G_CALLBACK(on_explained), s);
    g_signal_connect(s->meter, "done", G_CALLBACK(on_noise), s);
}

void
tw_session_explain(TwSession *session, guint index)
{
    const TwShown *shown = &session->shown;

    if (session->closed || !shown->results || index >= shown->uncut->len)
        return;
    const TwWork work = tw_session_work(session, &shown->region);

    tw_session_drop_explanation(session);
    tw_job_start_explain(session->explainer, &work, shown->uncut->pdata[index],
                         &shown->report);
}

void
tw_session_measure_noise(TwSession *session)
{
    const cairo_rectangle_int_t all = tw_session_whole(session);
    const TwWork work = tw_session_work(session, &all);

    if (session->request && !session->closed)
        tw_job_start_noise(session->meter, &work);
}

gboolean
tw_session_try(TwSession *session, const tw_request *request,
               const cairo_rectangle_int_t *part)
{
    TwWork work = tw_session_work(session, part);

    if (session->closed || !tw_session_is_settled(session))
        return FALSE;
    work.request = request;
    tw_job_start(session->trier, &work);
    return TRUE;
}

void
tw_session_cancel_try(TwSession *session)
{
    tw_job_cancel(session->trier);
}
