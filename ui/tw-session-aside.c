/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session computes on the side: explanations, and the noise. */

#include "tw-session-private.h"

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
    double noise = -1, shot = -1;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    (void) tw_job_noise(job, &noise, &shot);
    g_signal_emit_by_name(s, "noise", noise, shot);
}

void
tw_session_listen_aside(TwSession *s)
{
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
