/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session says about itself. */

#include <math.h>

#include "core/i18n.h"
#include "session/tw-session-private.h"

/* From here on minutes are exact enough. */
static const double long_time = 120;

/* "Step 12 of 57, about 21 s left". @step: done so far. */
static char *
text_step(int step, int steps, double seconds_left)
{
    const int now = MIN(step + 1, steps);
    const int seconds = MAX((int) fmin(ceil(seconds_left), 1e9), 1);
    const int minutes = (seconds + 30) / 60;

    if (seconds_left < 0)
        return g_strdup_printf(_("Step %d of %d"), now, steps);
    if (seconds_left < long_time)
        return g_strdup_printf(
            dngettext(TW_DOMAIN, "Step %d of %d, about %d s left",
                      "Step %d of %d, about %d s left", (gulong) seconds),
            now, steps, seconds);
    return g_strdup_printf(
        dngettext(TW_DOMAIN, "Step %d of %d, about %d min left",
                  "Step %d of %d, about %d min left", (gulong) minutes),
        now, steps, minutes);
}

static char *
text_done(const tw_report *report, const tw_plan *plan)
{
    const double seconds = report->seconds;

    if (report->stopped)
        return g_strdup_printf(_("Stopped at step %d of %d"), report->steps,
                               plan->steps);
    if (seconds < long_time)
        return g_strdup_printf(_("Done in %.1f s"), seconds);
    return g_strdup_printf(_("Done in %.0f min"), seconds / 60);
}

static char *
describe(const TwSession *s)
{
    switch (s->state) {
    case TW_SESSION_IDLE:
        return g_strdup("");
    case TW_SESSION_WAITING:
        return g_strdup(_("Starting…"));
    case TW_SESSION_WORKING:
    case TW_SESSION_APPLYING:
        if (s->steps > 0)
            return text_step(s->step, s->steps, s->seconds_left);
        return g_strdup(*s->phase ? s->phase : _("Starting…"));
    case TW_SESSION_FAILED:
        return g_strdup(s->error);
    case TW_SESSION_DONE:
    case TW_SESSION_STOPPED:
    case TW_SESSION_APPLIED:
        break;
    }
    return text_done(&s->shown.report, &s->shown.plan);
}

const char *
tw_session_status_text(TwSession *session)
{
    const gboolean problem = session->paused && session->problem &&
                             session->state != TW_SESSION_APPLYING;

    g_free(session->text);
    session->text = problem ? g_strdup(session->problem) : describe(session);
    return session->text;
}

/* --- figures --- */

TwSessionState
tw_session_state(TwSession *session)
{
    return session->state;
}

gboolean
tw_session_is_settled(TwSession *session)
{
    return session->state == TW_SESSION_DONE ||
           session->state == TW_SESSION_STOPPED ||
           session->state == TW_SESSION_APPLIED;
}

double
tw_session_fraction(TwSession *session)
{
    return session->fraction;
}

int
tw_session_steps(TwSession *session)
{
    return session->steps;
}

const char *
tw_session_phase(TwSession *session)
{
    return session->phase;
}

const char *
tw_session_error(TwSession *session)
{
    return session->error;
}

guint
tw_session_generation(TwSession *session)
{
    return session->generation;
}

double
tw_session_predict(TwSession *session)
{
    if (session->shown.results && session->shown.whole)
        return 0;
    if (!session->whole_planned || session->rate <= 0 ||
        session->whole_plan.work <= 0)
        return -1;
    return session->whole_plan.work / session->rate;
}

const tw_request *
tw_session_request(TwSession *session)
{
    return session->request;
}

TwPicture *
tw_session_input(TwSession *session)
{
    return session->in;
}

void
tw_session_region(TwSession *session, cairo_rectangle_int_t *region)
{
    *region = session->region;
}

GPtrArray *
tw_session_results(TwSession *session)
{
    return session->shown.results;
}

const tw_report *
tw_session_report(TwSession *session)
{
    const TwShown *shown = &session->shown;

    if (!shown->results)
        return NULL;
    return fabs(shown->detail - shown->judged) > 0 ? &shown->unjudged
                                                   : &shown->report;
}

void
tw_session_where(TwSession *session, cairo_rectangle_int_t *where)
{
    const cairo_rectangle_int_t *region =
        session->shown.results ? &session->shown.region : &session->region;

    *where = tw_crop_new(region, 0, session->in->image.width,
                         session->in->image.height, tw_session_scale(session))
                 .where;
}

double
tw_session_scale(TwSession *session)
{
    return session->request ? tw_crop_scale(session->request) : 1;
}

TwPicture *
tw_session_misfit(TwSession *session)
{
    return session->shown.misfit;
}

TwPicture *
tw_session_measured(TwSession *session)
{
    return session->shown.measured;
}
