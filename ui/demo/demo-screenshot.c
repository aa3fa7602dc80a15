/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/demo-screenshot.h"

enum { PAUSE = 500 }; /* ms: longer than drawing takes */

static void
expand(GtkWidget *widget, gpointer data)
{
    if (GTK_IS_EXPANDER(widget))
        gtk_expander_set_expanded(GTK_EXPANDER(widget), TRUE);
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), expand, data);
}

void
demo_expand(GtkWidget *window)
{
    expand(window, NULL);
}

void
demo_hide_pointer(GtkWidget *window)
{
    GdkDisplay *display = gtk_widget_get_display(window);
    GdkDevice *pointer =
        gdk_seat_get_pointer(gdk_display_get_default_seat(display));

    gdk_device_warp(pointer, gtk_widget_get_screen(window), 0, 0);
}

static void
save(GtkWidget *shown, const char *file)
{
    GdkWindow *window = gtk_widget_get_window(shown);
    GdkPixbuf *pixbuf =
        gdk_pixbuf_get_from_window(window, 0, 0, gdk_window_get_width(window),
                                   gdk_window_get_height(window));
    GError *error = NULL;

    if (!pixbuf)
        g_printerr("The window could not be read.\n");
    else if (!gdk_pixbuf_save(pixbuf, file, "png", &error, NULL))
        g_printerr("%s\n", error->message);
    g_clear_error(&error);
    g_clear_object(&pixbuf);
}

static gboolean
on_pause(gpointer window)
{
    save(window, g_object_get_data(window, "file"));
    gtk_main_quit();
    return G_SOURCE_REMOVE;
}

void
demo_screenshot_soon(GtkWidget *window, const char *file)
{
    g_object_set_data_full(G_OBJECT(window), "file", g_strdup(file), g_free);
    g_timeout_add(PAUSE, on_pause, window);
}
