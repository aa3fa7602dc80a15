/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "texts.h"

#include <string.h>

/* All texts that can be seen, also by opening popovers, one a line; for gtk_container_forall(). */
static void
read_texts(GtkWidget *part, gpointer data)
{
    if (!gtk_widget_get_visible(part))
        return;
    if (GTK_IS_LABEL(part))
        g_string_append_printf(data, "%s\n",
                               gtk_label_get_text(GTK_LABEL(part)));
    else if (GTK_IS_CONTAINER(part))
        gtk_container_forall(GTK_CONTAINER(part), read_texts, data);
    if (GTK_IS_MENU_BUTTON(part))
        gtk_container_forall(
            GTK_CONTAINER(gtk_menu_button_get_popover(GTK_MENU_BUTTON(part))),
            read_texts, data);
}

gboolean
says(gpointer widget, const char *text)
{
    GString *all = g_string_new(NULL);
    gboolean found;

    read_texts(widget, all);
    found = strstr(all->str, text) != NULL;
    g_string_free(all, TRUE);
    return found;
}
