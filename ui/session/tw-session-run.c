/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a session: preview, Apply, explanation, noise. */

#include "session/tw-session-private.h"
#include "settings/tw-sentence.h"

/* --- results --- */

void
tw_session_drop_results(TwSession *s)
{
    tw_session_drop_explanation(s);
    g_clear_pointer(&s->shown.results, g_ptr_array_unref);
    g_clear_pointer(&s->shown.uncut, g_ptr_array_unref);
    tw_both_clear(&s->shown.both);
    tw_job_cancel(s->mixer);
}

static gboolean
is_whole(const TwSession *s, const cairo_rectangle_int_t *region)
{
    return region->width == s->in->image.width &&
           region->height == s->in->image.height;
}

/* Does what is computed, with its margin, cover the picture? */
static gboolean
covers_whole(const TwSession *s)
{
    return is_whole(s, &s->region) || (s->planned && s->whole_planned &&
                                       s->plan.width == s->whole_plan.width &&
                                       s->plan.height == s->whole_plan.height);
}

/* As the user knows the settings. */
static void
reword(const TwSession *s, char *text, gsize size)
{
    char *said = tw_sentence(tw_request_task(s->request), text);

    (void) g_strlcpy(text, said, size);
    g_free(said);
}

static void
keep_results(TwSession *s)
{
    const gboolean all = s->state == TW_SESSION_APPLYING;
    TwShown *shown = &s->shown;
    const TwBoth both = tw_job_both(s->job);

    tw_session_drop_results(s);
    shown->both = tw_both_ref(&both);
    shown->detail = s->job_detail;
    shown->judged = s->job_detail;
    shown->uncut = g_ptr_array_ref(tw_job_uncut(s->job));
    shown->results = all ? g_ptr_array_ref(shown->uncut)
                         : g_ptr_array_ref(tw_job_results(s->job));
    shown->report = *tw_job_report(s->job);
    reword(s, shown->report.warning, sizeof shown->report.warning);
    shown->plan = *tw_job_planned(s->job);
    shown->whole = all || covers_whole(s);
    shown->region = all ? tw_session_whole(s) : s->region;
}

/* The speed of this run, for the next; one that was stopped did less. */
static void
measure_rate(TwSession *s)
{
    const double seconds = tw_job_seconds(s->job);
    const tw_plan *plan = &s->shown.plan;
    const double share =
        plan->evaluations > 0
            ? (double) s->shown.report.evaluations / plan->evaluations
            : 0;

    if (seconds > 0 && plan->work * share > 0)
        s->rate = plan->work * MIN(share, 1) / seconds;
}

static TwSessionState
state_of_results(const TwSession *s)
{
    return s->shown.report.stopped ? TW_SESSION_STOPPED : TW_SESSION_DONE;
}

void
tw_session_show_result(TwSession *s)
{
    cairo_rectangle_int_t where;

    tw_session_where(s, &where);
    g_signal_emit_by_name(s, "estimate", s->shown.results->pdata[0], &where);
}

/* --- the job's reports --- */

static void
on_progress(TwJob *job, double fraction, double seconds_left, const char *phase,
            int step, int steps, TwSession *s)
{
    const tw_plan *plan = tw_job_planned(job);
    const tw_plan *whole_plan = tw_job_planned_whole(job);

    s->fraction = fraction;
    s->seconds_left = seconds_left;
    tw_session_set_text(&s->phase, phase);
    s->step = step;
    s->steps = steps;
    s->planned = plan != NULL;
    s->whole_planned = whole_plan != NULL;
    if (plan)
        s->plan = *plan;
    if (whole_plan)
        s->whole_plan = *whole_plan;
    tw_session_touch(s);
}

static void
on_estimate(TwJob *job, TwPicture *estimate, cairo_rectangle_int_t *where,
            TwSession *s)
{
    (void) job;
    g_signal_emit_by_name(s, "estimate", estimate, where);
}

/* A handler of "estimate" may change what is to be computed. */
static void
on_done(TwJob *job, const GError *error, TwSession *s)
{
    const gboolean applying = s->state == TW_SESSION_APPLYING;

    (void) job;
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (error) {
        char *said = tw_sentence(tw_request_task(s->request), error->message);

        tw_session_set_text(&s->error, said);
        g_free(said);
        tw_session_set_state(s, TW_SESSION_FAILED);
        return;
    }
    g_object_ref(s);
    keep_results(s);
    measure_rate(s);
    s->fraction = 1;
    s->seconds_left = 0;
    if (!tw_session_is_mixed(s)) {
        tw_session_set_state(s, applying ? TW_SESSION_APPLYING
                                         : state_of_results(s));
        tw_session_mix(s);
        g_object_unref(s);
        return;
    }
    tw_session_set_state(s,
                         applying ? TW_SESSION_APPLIED : state_of_results(s));
    tw_session_show_result(s);
    if (applying && s->state == TW_SESSION_APPLIED && !s->closed)
        g_signal_emit_by_name(s, "applied");
    g_object_unref(s);
}

void
tw_session_listen(TwSession *s)
{
    g_signal_connect(s->job, "progress", G_CALLBACK(on_progress), s);
    g_signal_connect(s->job, "estimate", G_CALLBACK(on_estimate), s);
    g_signal_connect(s->job, "done", G_CALLBACK(on_done), s);
    tw_session_listen_mix(s);
    tw_session_listen_aside(s);
}

/* --- starting --- */

void
tw_session_clear_sources(TwSession *s)
{
    g_clear_handle_id(&s->timer, g_source_remove);
    g_clear_handle_id(&s->applied_source, g_source_remove);
}

static void
reset_progress(TwSession *s)
{
    s->fraction = 0;
    s->seconds_left = -1;
    s->step = s->steps = 0;
    s->planned = s->whole_planned = FALSE;
    tw_session_set_text(&s->phase, NULL);
}

static void
begin(TwSession *s, TwSessionState state)
{
    const cairo_rectangle_int_t region =
        state == TW_SESSION_APPLYING ? tw_session_whole(s) : s->region;
    TwWork work = tw_session_work(s, &region);

    work.both = state == TW_SESSION_WORKING;
    s->keeps_both = work.both && tw_both_wanted(s->request);
    s->job_detail = tw_request_detail(s->request);
    tw_session_clear_sources(s);
    s->generation++;
    s->adopted = FALSE;
    reset_progress(s);
    tw_session_set_text(&s->error, NULL);
    tw_job_start(s->job, &work);
    tw_session_set_state(s, state);
}

static gboolean
on_timer(gpointer data)
{
    TwSession *s = data;

    s->timer = 0;
    begin(s, TW_SESSION_WORKING);
    return G_SOURCE_REMOVE;
}

/* What was computed does not count any more. */
void
tw_session_invalidate(TwSession *s)
{
    if (s->closed)
        return;
    tw_session_clear_sources(s);
    tw_job_cancel(s->job);
    tw_session_drop_results(s);
    reset_progress(s);
    if (s->request && !s->paused)
        s->timer = g_timeout_add(s->delay, on_timer, s);
    tw_session_set_state(s, s->timer ? TW_SESSION_WAITING : TW_SESSION_IDLE);
}
/* --- what to do --- */

void
tw_session_stop(TwSession *session)
{
    tw_job_stop(session->job);
}

void
tw_session_restart(TwSession *session)
{
    if (!session->request || session->closed)
        return;
    tw_session_drop_results(session);
    begin(session, TW_SESSION_WORKING);
}

/* The results that are there are those of the whole. */
static gboolean
on_applied(gpointer data)
{
    TwSession *s = g_object_ref(data);
    TwShown *shown = &s->shown;

    s->applied_source = 0;
    tw_session_set_state(s, TW_SESSION_APPLIED);
    if (!is_whole(s, &shown->region)) {
        tw_session_drop_explanation(s);
        g_ptr_array_unref(shown->results);
        shown->results = g_ptr_array_ref(shown->uncut);
        shown->region = tw_session_whole(s);
        tw_session_show_result(s);
    }
    if (s->state == TW_SESSION_APPLIED && !s->closed)
        g_signal_emit_by_name(s, "applied");
    g_object_unref(s);
    return G_SOURCE_REMOVE;
}

void
tw_session_finish_apply(TwSession *session)
{
    session->applied_source = g_idle_add(on_applied, session);
    tw_session_set_state(session, TW_SESSION_APPLYING);
}

void
tw_session_apply(TwSession *session)
{
    if (!session->request || session->closed ||
        session->state == TW_SESSION_APPLYING)
        return;
    tw_session_clear_sources(session);
    if (session->shown.results && session->shown.whole) {
        if (tw_job_running(session->mixer)) /* then it finishes */
            tw_session_set_state(session, TW_SESSION_APPLYING);
        else
            tw_session_finish_apply(session);
    } else if (session->state == TW_SESSION_WORKING && covers_whole(session)) {
        session->adopted = TRUE;
        tw_session_set_state(session, TW_SESSION_APPLYING);
    } else
        begin(session, TW_SESSION_APPLYING);
}

void
tw_session_cancel_apply(TwSession *session)
{
    if (session->state != TW_SESSION_APPLYING)
        return;
    tw_session_clear_sources(session);
    if (session->adopted) {
        session->adopted = FALSE;
        tw_session_set_state(session, TW_SESSION_WORKING);
        return;
    }
    tw_job_cancel(session->job);
    if (session->shown.results)
        tw_session_set_state(session, state_of_results(session));
    else if (session->paused)
        tw_session_set_state(session, TW_SESSION_IDLE);
    else
        begin(session, TW_SESSION_WORKING);
}
