/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-progress.h"

#include "core/i18n.h"

struct _TwProgress {
    GtkBox parent_instance;
    GtkProgressBar *bar;
    GtkLabel *text;
    GtkButton *button;
    TwSession *session; /* NULL: none */
    gulong handler;
    gboolean stops; /* else the button restarts */
    gboolean keeps; /* stopping leaves something */
};

enum { STOP, RESTART, SIGNAL_COUNT };

static guint signals[SIGNAL_COUNT];

G_DEFINE_TYPE(TwProgress, tw_progress, GTK_TYPE_BOX)

static void
on_button(TwProgress *progress)
{
    TwSession *session = progress->session;

    if (session && progress->stops)
        tw_session_stop(session);
    else if (session)
        tw_session_restart(session);
    g_signal_emit(progress, signals[progress->stops ? STOP : RESTART], 0);
}

static gboolean
is_running(TwSessionState state)
{
    return state == TW_SESSION_WORKING || state == TW_SESSION_APPLYING;
}

static gboolean
can_restart(TwSessionState state)
{
    return state == TW_SESSION_DONE || state == TW_SESSION_STOPPED ||
           state == TW_SESSION_FAILED;
}

void
tw_progress_set_keeps(TwProgress *progress, gboolean keeps)
{
    if (keeps == progress->keeps)
        return;
    progress->keeps = keeps;
    gtk_widget_set_tooltip_text(
        GTK_WIDGET(progress->button),
        keeps ? _("Stops and keeps what is there, or computes it again")
              : _("This is a single step: there is nothing to keep before it "
                  "is done. Cancel ends it."));
}

void
tw_progress_show(TwProgress *progress, TwSessionState state, double fraction,
                 const char *text)
{
    AtkObject *accessible =
        gtk_widget_get_accessible(GTK_WIDGET(progress->bar));
    const char *label;

    /* Only what differs: a screen reader tells every change. */
    if (g_strcmp0(gtk_label_get_text(progress->text), text ? text : "") != 0) {
        gtk_label_set_text(progress->text, text ? text : "");
        gtk_widget_set_tooltip_text(GTK_WIDGET(progress->text), text);
        atk_object_set_description(accessible, text ? text : "");
    }
    if (state == TW_SESSION_DONE || state == TW_SESSION_APPLIED)
        fraction = 1;
    gtk_progress_bar_set_fraction(progress->bar,
                                  fraction > 0 ? MIN(fraction, 1) : 0);
    progress->stops = !can_restart(state);
    label = progress->stops ? _("Stop") : _("Restart");
    if (g_strcmp0(gtk_button_get_label(progress->button), label) != 0)
        gtk_button_set_label(progress->button, label);
    gtk_widget_set_sensitive(GTK_WIDGET(progress->button),
                             can_restart(state) ||
                                 (is_running(state) && progress->keeps));
}

static void
on_changed(TwProgress *progress)
{
    TwSession *session = progress->session;

    /* Before the steps are known, stopping is remembered. */
    tw_progress_set_keeps(progress, tw_session_steps(session) != 1);
    tw_progress_show(progress, tw_session_state(session),
                     tw_session_fraction(session),
                     tw_session_status_text(session));
}

void
tw_progress_set_session(TwProgress *progress, TwSession *session)
{
    if (progress->session)
        g_signal_handler_disconnect(progress->session, progress->handler);
    g_set_object(&progress->session, session);
    if (!session)
        return;
    progress->handler = g_signal_connect_swapped(
        session, "changed", G_CALLBACK(on_changed), progress);
    on_changed(progress);
}

static void
dispose(GObject *object)
{
    tw_progress_set_session(TW_PROGRESS(object), NULL);
    G_OBJECT_CLASS(tw_progress_parent_class)->dispose(object);
}

static void
tw_progress_class_init(TwProgressClass *class)
{
    static const char *const names[] = { "stop", "restart" };

    G_OBJECT_CLASS(class)->dispose = dispose;
    for (int i = 0; i < SIGNAL_COUNT; i++)
        signals[i] = g_signal_new(names[i], TW_TYPE_PROGRESS, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* As wide as the wider of its two texts. */
static void
fix_width(GtkButton *button)
{
    static const char *const texts[] = { N_("Stop"), N_("Restart") };
    int widest = 0, width;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        gtk_button_set_label(button, _(texts[i]));
        gtk_widget_show_all(GTK_WIDGET(button));
        gtk_widget_get_preferred_width(GTK_WIDGET(button), NULL, &width);
        widest = MAX(widest, width);
    }
    gtk_widget_set_size_request(GTK_WIDGET(button), widest, -1);
}

static void
tw_progress_init(TwProgress *progress)
{
    GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
    GtkWidget *bar = gtk_progress_bar_new(), *text = gtk_label_new("");
    GtkWidget *button = gtk_button_new_with_label(_("Stop"));

    progress->bar = GTK_PROGRESS_BAR(bar);
    progress->text = GTK_LABEL(text);
    progress->button = GTK_BUTTON(button);
    gtk_box_set_spacing(GTK_BOX(progress), 12);
    gtk_label_set_xalign(progress->text, 0);
    gtk_label_set_ellipsize(progress->text, PANGO_ELLIPSIZE_END);
    gtk_label_set_single_line_mode(progress->text, TRUE);
    atk_object_set_name(gtk_widget_get_accessible(bar), _("Progress"));
    tw_progress_set_keeps(progress, TRUE);
    gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
    g_signal_connect_swapped(button, "clicked", G_CALLBACK(on_button),
                             progress);
    gtk_box_pack_start(GTK_BOX(column), text, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(column), bar, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(progress), column, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(progress), button, FALSE, FALSE, 0);
    fix_width(progress->button);
    gtk_widget_show_all(GTK_WIDGET(progress));
    tw_progress_show(progress, TW_SESSION_IDLE, 0, NULL);
}

TwProgress *
tw_progress_new(void)
{
    return g_object_new(TW_TYPE_PROGRESS, NULL);
}
