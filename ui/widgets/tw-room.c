/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tw-room.h"

/* Fonts and their size may change while the window is open. */
static void
on_style(GtkWidget *room, gpointer data)
{
    PangoContext *context = gtk_widget_get_pango_context(room);
    PangoFontMetrics *metrics = pango_context_get_metrics(context, NULL, NULL);
    const int line = PANGO_PIXELS_CEIL(pango_font_metrics_get_ascent(metrics) +
                                       pango_font_metrics_get_descent(metrics));

    gtk_widget_set_size_request(room, -1, GPOINTER_TO_INT(data) * line);
    pango_font_metrics_unref(metrics);
}

GtkWidget *
tw_room_new(GtkWidget *child, int lines)
{
    GtkWidget *room = gtk_scrolled_window_new(NULL, NULL);

    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(room), GTK_POLICY_NEVER,
                                   GTK_POLICY_AUTOMATIC);
    gtk_container_add(GTK_CONTAINER(room), child);
    g_signal_connect(room, "style-updated", G_CALLBACK(on_style),
                     GINT_TO_POINTER(lines));
    on_style(room, GINT_TO_POINTER(lines));
    return room;
}
