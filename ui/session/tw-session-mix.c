/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another detail: the two pictures that are there are mixed otherwise. */

#include <math.h>

#include "session/tw-session-private.h"

gboolean
tw_session_is_mixed(const TwSession *s)
{
    return !s->shown.both.likely ||
           fabs(s->shown.detail - tw_request_detail(s->request)) <= 0;
}

gboolean
tw_session_can_mix(const TwSession *s, const tw_request *request)
{
    const gboolean coming = s->keeps_both && s->state == TW_SESSION_WORKING;

    return (coming || s->shown.both.likely) && tw_both_serves(request);
}

/* Nobody has looked at the mixtures that are made without a run. */
static tw_report
without_verdict(const tw_report *report)
{
    tw_report r = *report;

    r.fit = TW_FIT_NONE;
    r.look = TW_LOOK_NONE;
    r.consistency = r.worst = r.misfit = r.detail = (double) NAN;
    *r.warning = 0;
    return r;
}

void
tw_session_mix(TwSession *s)
{
    const TwWork work = tw_session_work(s, &s->shown.region);

    tw_session_drop_explanation(s);
    s->shown.detail = tw_request_detail(s->request);
    s->shown.unjudged = without_verdict(&s->shown.report);
    tw_job_start_mix(s->mixer, &work, &s->shown.both, s->shown.detail);
}

static void
on_mixed(TwJob *job, const GError *error, TwSession *s)
{
    TwShown *shown = &s->shown;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (error) {
        tw_session_set_text(&s->error, error->message);
        tw_session_set_state(s, TW_SESSION_FAILED);
        return;
    }
    g_ptr_array_unref(shown->results);
    g_ptr_array_unref(shown->uncut);
    shown->results = g_ptr_array_ref(tw_job_results(job));
    shown->uncut = g_ptr_array_ref(tw_job_uncut(job));
    tw_session_show_result(s);
    if (s->state == TW_SESSION_APPLYING)
        tw_session_finish_apply(s);
    else
        tw_session_touch(s);
}

void
tw_session_listen_mix(TwSession *s)
{
    g_signal_connect(s->mixer, "done", G_CALLBACK(on_mixed), s);
}
