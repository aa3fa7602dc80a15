/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog of all filters: the window, its life, Apply and Cancel. */

#include <string.h>

#include "core/i18n.h"
#include "dialog-private.h"
#include "widgets/tw-direction.h"

enum {
    WIDTH = 1200, /* at most: it shrinks to a smaller screen */
    HEIGHT = 760,
    BORDER = 12,
    MESSAGE_WIDTH = 50 /* characters: at most as wide as the preview at least */
};

void
tw_dialog_show(TwDialog *dialog, GtkMessageType type, const char *text)
{
    char *directed;

    if (!text && dialog->closed) {
        type = GTK_MESSAGE_WARNING;
        text = _("The image was closed meanwhile: Apply makes a new one.");
    }
    gtk_info_bar_set_message_type(dialog->bar, type);
    directed = tw_directed(text);
    if (text && strcmp(directed, gtk_label_get_text(dialog->message)) != 0)
        gtk_label_set_text(dialog->message, directed);
    g_free(directed);
    gtk_widget_set_visible(GTK_WIDGET(dialog->bar), text != NULL);
}

void
tw_dialog_update_apply(TwDialog *dialog)
{
    const gboolean applying =
        tw_session_state(dialog->session) == TW_SESSION_APPLYING;

    gtk_dialog_set_response_sensitive(GTK_DIALOG(dialog->window),
                                      GTK_RESPONSE_OK,
                                      !dialog->problem && !applying);
    if (applying == dialog->applying)
        return;
    dialog->applying = applying;
    gtk_widget_set_sensitive(GTK_WIDGET(dialog->controls), !applying);
    tw_dialog_hold_preview(dialog);
}

void
tw_dialog_applied(TwSession *session, gpointer data)
{
    TwDialog *dialog = data;
    GError *error = NULL;

    dialog->written =
        tw_filter_write(dialog->filter, tw_session_results(session),
                        tw_session_report(session), &error);
    if (dialog->written) {
        gtk_dialog_response(GTK_DIALOG(dialog->window), GTK_RESPONSE_OK);
        return;
    }
    tw_dialog_show(dialog, GTK_MESSAGE_ERROR, error->message);
    g_error_free(error);
}

/* Apply computes first; Cancel ends that, or else the dialog. TRUE: the dialog
 * goes on. */
static gboolean
handle(TwDialog *dialog, int response)
{
    const gboolean applying =
        tw_session_state(dialog->session) == TW_SESSION_APPLYING;

    if (response == GTK_RESPONSE_OK && !dialog->written) {
        tw_controls_flush(dialog->controls);
        tw_dialog_settle(dialog);
        if (!dialog->problem && !applying)
            tw_session_apply(dialog->session);
        return TRUE;
    }
    if (response != GTK_RESPONSE_CANCEL &&
        response != GTK_RESPONSE_DELETE_EVENT)
        return FALSE;
    if (applying)
        tw_session_cancel_apply(dialog->session);
    return applying;
}

static void
on_response(GtkDialog *window, int response, gpointer data)
{
    if (handle(data, response))
        g_signal_stop_emission_by_name(window, "response");
}

/* Escape, and the window's own button. */
static gboolean
on_delete(GtkWidget *window, GdkEvent *event, gpointer data)
{
    (void) window;
    (void) event;
    return handle(data, GTK_RESPONSE_DELETE_EVENT);
}

GtkWidget *
tw_dialog_bar_new(TwDialog *dialog)
{
    GtkWidget *bar = gtk_info_bar_new();
    GtkWidget *label = gtk_label_new(NULL);

    dialog->bar = GTK_INFO_BAR(bar);
    dialog->message = GTK_LABEL(label);
    gtk_label_set_line_wrap(dialog->message, TRUE);
    gtk_label_set_max_width_chars(dialog->message, MESSAGE_WIDTH);
    gtk_label_set_selectable(dialog->message, TRUE);
    gtk_label_set_xalign(dialog->message, 0);
    gtk_container_add(GTK_CONTAINER(gtk_info_bar_get_content_area(dialog->bar)),
                      label);
    gtk_info_bar_set_show_close_button(dialog->bar, TRUE);
    g_signal_connect(bar, "response", G_CALLBACK(gtk_widget_hide), NULL);
    gtk_widget_show_all(bar);
    gtk_widget_set_no_show_all(bar, TRUE);
    gtk_widget_hide(bar);
    gtk_widget_set_valign(bar, GTK_ALIGN_START);
    return bar;
}

static void
fill(TwDialog *dialog)
{
    GtkWidget *area = gtk_dialog_get_content_area(GTK_DIALOG(dialog->window));
    GtkWidget *panes = gtk_paned_new(GTK_ORIENTATION_HORIZONTAL);

    gtk_paned_pack1(GTK_PANED(panes), tw_dialog_preview_new(dialog), TRUE,
                    FALSE);
    gtk_paned_pack2(GTK_PANED(panes), tw_dialog_controls_new(dialog), FALSE,
                    FALSE);
    gtk_container_set_border_width(GTK_CONTAINER(panes), BORDER);
    gtk_box_pack_start(GTK_BOX(area), panes, TRUE, TRUE, 0);
    gtk_widget_show_all(panes);
}

static void
set_size(GtkWidget *window)
{
    GdkMonitor *monitor = gimp_widget_get_monitor(window);
    GdkRectangle space;

    gdk_monitor_get_workarea(monitor, &space);
    gtk_window_set_default_size(GTK_WINDOW(window), MIN(WIDTH, space.width),
                                MIN(HEIGHT, space.height));
}

static void
make_window(TwDialog *dialog)
{
    TwFilter *filter = dialog->filter;
    char *title = tw_dialog_plain(_(filter->task->title));
    GtkWidget *window =
        gimp_procedure_dialog_new(filter->procedure, filter->config, title);

    g_free(title);
    dialog->window = GIMP_PROCEDURE_DIALOG(window);
    gimp_procedure_dialog_set_ok_label(dialog->window, _("_Apply"));
    set_size(window);
    fill(dialog);
    g_signal_connect(window, "response", G_CALLBACK(on_response), dialog);
    g_signal_connect(window, "delete-event", G_CALLBACK(on_delete), dialog);
    tw_dialog_share_letters(window);
    gtk_widget_grab_focus(GTK_WIDGET(dialog->preview));
}

static void
end(TwDialog *dialog)
{
    tw_dialog_unfollow(dialog);
    tw_preview_set_tool(dialog->preview, NULL);
    gtk_widget_destroy(GTK_WIDGET(dialog->window));
    tw_dialog_end_session(dialog);
    if (dialog->keep_store)
        dialog->filter->store = NULL;
    g_clear_object(&dialog->brush);
    g_clear_object(&dialog->line);
    g_clear_object(&dialog->tries);
}

gboolean
tw_filter_dialog(TwFilter *filter, GError **error)
{
    TwDialog dialog = { .filter = filter };

    (void) error;
    gimp_ui_init("tweedie");
    make_window(&dialog);
    tw_dialog_follow(&dialog);
    gimp_procedure_dialog_run(dialog.window);
    end(&dialog);
    return dialog.written;
}
