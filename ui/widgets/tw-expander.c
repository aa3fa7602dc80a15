/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tw-expander.h"

/* GTK 3 places the title on the left until the direction has changed. */
GtkWidget *
tw_expander_new(const char *title)
{
    GtkWidget *expander = gtk_expander_new(title);

    gtk_widget_set_direction(expander, GTK_TEXT_DIR_LTR);
    gtk_widget_set_direction(expander, GTK_TEXT_DIR_NONE);
    return expander;
}
