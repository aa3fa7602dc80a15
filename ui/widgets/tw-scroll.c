/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tw-scroll.h"

static gboolean
scroll(gpointer data)
{
    GtkWidget *widget = data;
    GtkWidget *viewport = gtk_widget_get_ancestor(widget, GTK_TYPE_VIEWPORT);
    const int height = gtk_widget_get_allocated_height(widget);
    int x, y;

    if (viewport && gtk_widget_get_mapped(widget) &&
        gtk_widget_translate_coordinates(widget, viewport, 0, 0, &x, &y)) {
        GtkAdjustment *adjustment =
            gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(viewport));
        const double top = gtk_adjustment_get_value(adjustment) + y;

        gtk_adjustment_clamp_page(adjustment, top, top + height);
    }
    g_object_unref(widget);
    return G_SOURCE_REMOVE;
}

/* What is around it gets its size in the same turn of the main loop. */
static void
on_size(GtkWidget *widget)
{
    g_signal_handlers_disconnect_by_func(widget, on_size, NULL);
    g_idle_add(scroll, g_object_ref(widget));
}

void
tw_scroll_to(GtkWidget *widget)
{
    g_signal_connect(widget, "size-allocate", G_CALLBACK(on_size), NULL);
    gtk_widget_queue_resize(widget);
}
