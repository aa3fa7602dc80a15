/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compute.h"

#include "core/i18n.h"
#include "errors.h"
#include "session/tw-session.h"
#include "settings/tw-property.h"
#include "source.h"

static void
on_changed(TwSession *session, GMainLoop *loop)
{
    (void) gimp_progress_update(tw_session_fraction(session));
    (void) gimp_progress_set_text(tw_session_status_text(session));
    if (tw_session_state(session) == TW_SESSION_FAILED)
        g_main_loop_quit(loop);
}

static void
on_applied(TwSession *session, GMainLoop *loop)
{
    (void) session;
    g_main_loop_quit(loop);
}

/* GIMP's own Cancel kills this process, so nothing is touched meanwhile. */
static void
wait_for(TwSession *session)
{
    GMainLoop *loop = g_main_loop_new(NULL, FALSE);

    g_signal_connect(session, "changed", G_CALLBACK(on_changed), loop);
    g_signal_connect(session, "applied", G_CALLBACK(on_applied), loop);
    (void) gimp_progress_init(NULL);
    tw_session_apply(session);
    g_main_loop_run(loop);
    (void) gimp_progress_end();
    g_signal_handlers_disconnect_by_data(session, loop);
    g_main_loop_unref(loop);
}

static void
warn(const tw_report *report)
{
    if (*report->unknown_words) {
        char *text = g_strdup_printf(
            _("The model does not know these words of the prompt: %s"),
            report->unknown_words);

        (void) gimp_message(text);
        g_free(text);
    }
    if (*report->warning)
        (void) gimp_message(report->warning);
}

static gboolean
set_mask(TwFilter *filter, TwSession *session, GError **error)
{
    TwPicture *mask;

    if (!filter->paint)
        return TRUE;
    if (!tw_source_check_mask(filter, error))
        return FALSE;
    mask = tw_paint_picture(filter->paint);
    if (!mask)
        return tw_refuse_memory(error, filter->area.width, filter->area.height);
    tw_session_set_mask(session, mask);
    tw_picture_unref(mask);
    return TRUE;
}

static gboolean
run(TwFilter *filter, TwSession *session, GError **error)
{
    tw_request *request = tw_filter_request(filter, error);

    if (!request)
        return FALSE;
    tw_session_set_paused(session, TRUE);
    tw_session_set_request(session, request);
    tw_request_free(request);
    tw_session_set_kernel(session, filter->kernel);
    if (!set_mask(filter, session, error))
        return FALSE;
    wait_for(session);
    if (tw_session_state(session) == TW_SESSION_APPLIED)
        return TRUE;
    return tw_refuse(error, "%s", tw_session_error(session));
}

gboolean
tw_filter_compute(TwFilter *filter, GError **error)
{
    TwSession *session = tw_session_new(filter->store, filter->picture);
    gboolean ok = run(filter, session, error);

    if (ok) {
        const tw_report *report = tw_session_report(session);

        ok =
            tw_filter_write(filter, tw_session_results(session), report, error);
        if (ok)
            warn(report);
    }
    tw_session_close(session);
    g_object_unref(session);
    return ok;
}
