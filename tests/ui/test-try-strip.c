/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip of tries: what is seen, chosen by keyboard, taken back. Needs a
 * display. */

#include <gtk/gtk.h>
#include <string.h>

#include "check-gtk.h"
#include "kernel/tw-try-strip.h"
#include "preview/tw-preview-private.h"
#include "tries-fixture.h"
#include "widgets/tw-expander.h"

typedef struct view {
    bench b;
    GtkWidget *window, *strip;
    TwPreview *preview;
} view;

static void
view_init(view *v)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

    bench_init(&v->b);
    v->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    v->preview = tw_preview_new();
    tw_preview_set_before(v->preview, v->b.in, 1);
    gtk_widget_set_size_request(GTK_WIDGET(v->preview), SIDE, SIDE);
    v->strip = tw_try_strip_new(v->b.tries, v->preview);
    gtk_container_add(GTK_CONTAINER(box), GTK_WIDGET(v->preview));
    gtk_container_add(GTK_CONTAINER(box), v->strip);
    gtk_container_add(GTK_CONTAINER(v->window), box);
    gtk_widget_show_all(v->window);
    gtk_window_present(GTK_WINDOW(v->window));
}

static void
view_clear(view *v)
{
    gtk_widget_destroy(v->window);
    check_ui_settle();
    bench_clear(&v->b);
}

static GtkWidget *
button(view *v, int index)
{
    return tw_try_strip_get_button(TW_TRY_STRIP(v->strip), index);
}

static const char *
name(view *v, int index)
{
    return atk_object_get_name(gtk_widget_get_accessible(button(v, index)));
}

static void
press(view *v, guint keyval, guint state)
{
    GdkEvent *event = gdk_event_new(GDK_KEY_PRESS);
    GdkKeymapKey *keys;
    int count;

    g_assert_true(gdk_keymap_get_entries_for_keyval(
        gdk_keymap_get_for_display(gdk_display_get_default()), keyval, &keys,
        &count));
    event->key.window = g_object_ref(gtk_widget_get_window(v->window));
    event->key.keyval = keyval;
    event->key.hardware_keycode = (guint16) keys[0].keycode;
    event->key.state = state;
    gdk_event_set_device(
        event, gdk_seat_get_keyboard(
                   gdk_display_get_default_seat(gdk_display_get_default())));
    gtk_widget_event(v->window, event);
    gdk_event_free(event);
    g_free(keys);
    check_ui_settle();
}

/* By arrow keys to the lower right one, Enter, and Ctrl+Z. The size stays. */
static void
by_keyboard(void)
{
    view v;
    int height;

    view_init(&v);
    wait_for_tries(&v.b);
    check_ui_settle();
    height = gtk_widget_get_allocated_height(v.strip);
    g_assert_cmpstr(name(&v, 4), ==, "20.0 px, 30.0°");
    g_assert_nonnull(strstr(
        atk_object_get_description(gtk_widget_get_accessible(button(&v, 4))),
        "present"));
    gtk_widget_grab_focus(button(&v, 4));
    press(&v, GDK_KEY_Right, 0);
    g_assert_true(gtk_widget_is_focus(button(&v, 5)));
    press(&v, GDK_KEY_Down, 0);
    g_assert_true(gtk_widget_is_focus(button(&v, 8)));
    gtk_widget_activate(button(&v, 8));
    check_ui_wait((gboolean(*)(gpointer)) tw_tries_can_go_back, v.b.tries);
    g_assert_cmpfloat_with_epsilon(setting(&v.b, "length"), 25, 1e-9);
    g_assert_true(gtk_widget_is_focus(button(&v, 4)));
    g_assert_cmpstr(name(&v, 4), ==, "25.0 px, 20.0°");
    g_assert_cmpint(gtk_widget_get_allocated_height(v.strip), ==, height);
    wait_for_tries(&v.b);
    press(&v, GDK_KEY_z, GDK_CONTROL_MASK);
    g_assert_cmpfloat_with_epsilon(setting(&v.b, "length"), 20, 1e-9);
    g_assert_cmpfloat_with_epsilon(setting(&v.b, "angle"), 30, 1e-9);
    view_clear(&v);
}

/* Fine, the strip has the same size, and says so; unseen it marks and computes
 * nothing. */
static void
keeps_its_size(void)
{
    view v;
    int height;

    view_init(&v);
    wait_for_tries(&v.b);
    check_ui_settle();
    height = gtk_widget_get_allocated_height(v.strip);
    while (!tw_tries_are_fine(v.b.tries)) {
        wait_for_tries(&v.b);
        gtk_button_clicked(GTK_BUTTON(button(&v, 4)));
    }
    check_ui_settle();
    g_assert_false(gtk_widget_get_sensitive(button(&v, 0)));
    g_assert_true(gtk_widget_get_visible(button(&v, 0)));
    g_assert_cmpint(gtk_widget_get_allocated_height(v.strip), ==, height);
    gtk_widget_hide(v.strip);
    v.b.tried = 0;
    tw_tries_start_over(v.b.tries);
    check_ui_settle();
    g_assert_cmpint(v.b.tried, ==, 0);
    view_clear(&v);
}

/* In a dialog the strip is in an expander: tries are made, and marked in the
 * preview, only while that is open. */
static void
marks_while_open(void)
{
    view v;
    GtkWidget *expander = tw_expander_new("Tries"), *box;

    view_init(&v);
    box = gtk_widget_get_parent(v.strip);
    g_object_ref(v.strip);
    gtk_container_remove(GTK_CONTAINER(box), v.strip);
    gtk_container_add(GTK_CONTAINER(expander), v.strip);
    g_object_unref(v.strip);
    gtk_container_add(GTK_CONTAINER(box), expander);
    gtk_widget_show_all(v.window);
    check_ui_settle();
    g_assert_false(gtk_widget_get_mapped(v.strip));
    g_assert_cmpint(v.preview->mark.width, ==, 0);
    gtk_expander_set_expanded(GTK_EXPANDER(expander), TRUE);
    wait_for_tries(&v.b);
    g_assert_cmpint(v.preview->mark.width, >, 0);
    gtk_expander_set_expanded(GTK_EXPANDER(expander), FALSE);
    check_ui_settle();
    g_assert_cmpint(v.preview->mark.width, ==, 0);
    view_clear(&v);
}

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/tries/keyboard", by_keyboard);
    g_test_add_func("/tries/size", keeps_its_size);
    g_test_add_func("/tries/open", marks_while_open);
    return check_ui_run(&store);
}
