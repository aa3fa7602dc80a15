/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tw-expander.h"

/* GTK 3 maps what is in an expander that was never open, as if it were seen. */
static void
show_child(GtkExpander *expander)
{
    GtkWidget *child = gtk_bin_get_child(GTK_BIN(expander));

    if (child)
        gtk_widget_set_child_visible(child,
                                     gtk_expander_get_expanded(expander));
}

GtkWidget *
tw_expander_new(const char *title)
{
    GtkWidget *expander = gtk_expander_new(title);

    g_signal_connect_after(expander, "add", G_CALLBACK(show_child), NULL);
    g_signal_connect(expander, "notify::expanded", G_CALLBACK(show_child),
                     NULL);
    /* GTK 3 places the title on the left until the direction has changed. */
    gtk_widget_set_direction(expander, GTK_TEXT_DIR_LTR);
    gtk_widget_set_direction(expander, GTK_TEXT_DIR_NONE);
    return expander;
}
