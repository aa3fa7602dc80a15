/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "checks.h"
#include "core/i18n.h"
#include "dialog-private.h"
#include "settings/tw-detail-entry.h"
#include "settings/tw-sentence.h"

enum { WATCH_SECONDS = 1 }; /* how often the layer is looked at */

/* Apply waits. @hint: it is no failure, and is not told in the bar. */
static void
set_problem(TwDialog *dialog, const char *problem, gboolean hint)
{
    char *said = problem ? tw_sentence(dialog->filter->task, problem) : NULL;

    if (g_strcmp0(said, dialog->problem) == 0) {
        g_free(said);
        return;
    }
    problem = said;
    g_free(dialog->problem);
    dialog->problem = said;
    tw_session_set_problem(dialog->session, problem);
    tw_session_set_paused(dialog->session, problem != NULL);
    tw_dialog_show(dialog, GTK_MESSAGE_ERROR, hint ? NULL : problem);
    tw_dialog_update_apply(dialog);
}

/* Reads the mask and the kernel again, where they come from elsewhere now. */
static void
reload(TwDialog *dialog, TwChange changes)
{
    const TwPicture *picture = dialog->filter->picture;
    GError *error = NULL;

    if (!(changes & (TW_CHANGE_MASK | TW_CHANGE_KERNEL)) || dialog->closed)
        return;
    g_clear_pointer(&dialog->failure, g_free);
    if ((changes & TW_CHANGE_MASK && dialog->filter->paint &&
         !tw_filter_load_mask(dialog->filter, &error)) ||
        (changes & TW_CHANGE_KERNEL &&
         !tw_filter_load_kernel(dialog->filter, &error))) {
        dialog->failure = g_strdup(error->message);
        g_clear_error(&error);
    }
    if (dialog->filter->picture != picture)
        tw_dialog_renew_picture(dialog);
}

static void
tell_session(TwDialog *dialog, const tw_request *request)
{
    tw_session_set_kernel(dialog->session, dialog->filter->kernel);
    tw_session_set_request(dialog->session, request);
    tw_dialog_presets_changed(dialog, request);
    tw_detail_entry_suggest(
        TW_DETAIL_ENTRY(tw_controls_get(dialog->controls, "detail")),
        100 * tw_request_detail(request));
    if (dialog->line)
        tw_dialog_deblur_changed(dialog, request);
    if (dialog->size)
        tw_dialog_upscale_changed(dialog);
}

void
tw_dialog_settle(TwDialog *dialog)
{
    const TwChange changes = dialog->changes;
    GError *error = NULL;
    tw_request *request;

    g_clear_handle_id(&dialog->update, g_source_remove);
    if (dialog->lost)
        return;
    dialog->changes = 0;
    reload(dialog, changes);
    request = tw_filter_request(dialog->filter, &error);
    if (request)
        tell_session(dialog, request);
    if (dialog->filter->paint && changes & (TW_CHANGE_MASK | TW_CHANGE_PAINT))
        tw_dialog_inpaint_changed(dialog);
    if (dialog->failure || !request)
        set_problem(dialog, dialog->failure ? dialog->failure : error->message,
                    FALSE);
    else if (dialog->filter->paint && tw_paint_is_empty(dialog->filter->paint))
        set_problem(dialog, _("Paint over what is to be replaced."), TRUE);
    else
        set_problem(dialog, NULL, TRUE);
    g_clear_error(&error);
    tw_request_free(request);
}

static gboolean
on_idle(gpointer data)
{
    TwDialog *dialog = data;

    dialog->update = 0;
    tw_dialog_settle(dialog);
    return G_SOURCE_REMOVE;
}

void
tw_dialog_change(TwDialog *dialog, TwChange change)
{
    dialog->changes |= change;
    if (!dialog->update)
        dialog->update = g_idle_add(on_idle, dialog);
}

static void
on_config(GObject *config, GParamSpec *pspec, gpointer data)
{
    const gboolean mask = g_str_has_prefix(pspec->name, "mask");
    const gboolean kernel = g_str_has_prefix(pspec->name, "kernel");

    (void) config;
    tw_dialog_change(data, mask     ? TW_CHANGE_SETTING | TW_CHANGE_MASK
                           : kernel ? TW_CHANGE_SETTING | TW_CHANGE_KERNEL
                                    : TW_CHANGE_SETTING);
}

static void
on_settled(TwPaint *paint, gpointer data)
{
    (void) paint;
    tw_dialog_change(data, TW_CHANGE_PAINT);
}

static void
on_paint_failed(TwPaint *paint, const char *sentence, gpointer data)
{
    (void) paint;
    tw_dialog_show(data, GTK_MESSAGE_ERROR, sentence);
}

/* The image is gone, for good; what was read of it is not. */
static void
set_closed(TwDialog *dialog)
{
    dialog->closed = TRUE;
    dialog->lost = FALSE;
    tw_controls_set_sensitive(dialog->controls, "output", FALSE, NULL);
    tw_dialog_show(dialog, GTK_MESSAGE_WARNING, NULL);
    tw_dialog_change(dialog, TW_CHANGE_SETTING);
}

/* GIMP goes on meanwhile: the layer may be gone, moved or cropped. */
static gboolean
on_watch(gpointer data)
{
    TwDialog *dialog = data;
    const gboolean was_lost = dialog->lost;
    GError *error = NULL;

    if (tw_filter_is_closed(dialog->filter)) {
        if (!dialog->closed)
            set_closed(dialog);
        return G_SOURCE_CONTINUE;
    }
    dialog->lost = !tw_check_writable(dialog->filter, &error);
    if (!dialog->lost) {
        if (was_lost)
            tw_dialog_change(dialog, TW_CHANGE_SETTING);
        return G_SOURCE_CONTINUE;
    }
    set_problem(dialog, error->message, FALSE);
    g_error_free(error);
    return G_SOURCE_CONTINUE;
}

/* Scripts may have used the old words for the detail, which the dialog has not. */
static void
adopt_style(GObject *config)
{
    char *style = NULL;

    g_object_get(config, "style", &style, NULL);
    if (g_strcmp0(style, "auto") != 0)
        g_object_set(config, "detail",
                     g_strcmp0(style, "textured") == 0 ? "100" : "0", "style",
                     "auto", NULL);
    g_free(style);
}

void
tw_dialog_follow(TwDialog *dialog)
{
    TwFilter *filter = dialog->filter;

    adopt_style(G_OBJECT(filter->config));
    g_signal_connect(filter->config, "notify", G_CALLBACK(on_config), dialog);
    if (filter->paint) {
        g_signal_connect(filter->paint, "settled", G_CALLBACK(on_settled),
                         dialog);
        g_signal_connect(filter->paint, "failed", G_CALLBACK(on_paint_failed),
                         dialog);
    }
    dialog->watch = g_timeout_add_seconds(WATCH_SECONDS, on_watch, dialog);
    tw_dialog_change(dialog, TW_CHANGE_SETTING | TW_CHANGE_PAINT);
}

void
tw_dialog_unfollow(TwDialog *dialog)
{
    TwFilter *filter = dialog->filter;

    g_signal_handlers_disconnect_by_data(filter->config, dialog);
    if (filter->paint)
        g_signal_handlers_disconnect_by_data(filter->paint, dialog);
    g_clear_handle_id(&dialog->update, g_source_remove);
    g_clear_handle_id(&dialog->watch, g_source_remove);
    g_clear_pointer(&dialog->failure, g_free);
    g_clear_pointer(&dialog->problem, g_free);
}
