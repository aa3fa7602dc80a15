/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mask panel, its buttons and numbers found by their names. Needs a display. */

#include <string.h>

#include "check-gtk.h"
#include "mask/tw-mask-panel.h"
#include "scene.h"

static const double bend[][2] = { { 40, 40 }, { 120, 70 }, { 90, 130 } };

typedef struct Search {
    const char *text;
    GType type;
    GtkWidget *found;
} Search;

/* By the name that a screen reader says, as people without sight do. */
static void
look_at(GtkWidget *widget, gpointer data)
{
    Search *search = data;
    AtkObject *object = gtk_widget_get_accessible(widget);
    const char *text = atk_object_get_name(object);

    if (G_TYPE_CHECK_INSTANCE_TYPE(widget, search->type) &&
        gtk_widget_get_can_focus(widget) && !search->found &&
        g_strcmp0(text, search->text) == 0)
        search->found = widget;
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), look_at, data);
}

static GtkWidget *
find(GtkWidget *panel, GType type, const char *text)
{
    Search search = { text, type, NULL };

    look_at(panel, &search);
    g_assert_nonnull(search.found);
    return search.found;
}

static void
click(GtkWidget *panel, const char *text)
{
    gtk_button_clicked(GTK_BUTTON(find(panel, GTK_TYPE_BUTTON, text)));
}

static gboolean
is_sensitive(GtkWidget *panel, const char *text)
{
    return gtk_widget_get_sensitive(find(panel, GTK_TYPE_BUTTON, text));
}

static GtkSpinButton *
spin(GtkWidget *panel, const char *text)
{
    return GTK_SPIN_BUTTON(find(panel, GTK_TYPE_SPIN_BUTTON, text));
}

static void
look_for_hint(GtkWidget *widget, gpointer data)
{
    const char **text = data;

    if (GTK_IS_STACK(widget))
        *text = gtk_label_get_text(
            GTK_LABEL(gtk_stack_get_visible_child(GTK_STACK(widget))));
}

static const char *
hint(GtkWidget *panel)
{
    const char *text = NULL;

    gtk_container_foreach(GTK_CONTAINER(panel), look_for_hint, &text);
    return text;
}

static void
count(int *number)
{
    ++*number;
}

static void
test_panel(void)
{
    Scene scene = open_scene(0);
    GtkWidget *panel = tw_mask_panel_new(scene.brush);
    gboolean erase;
    int saved = 0;

    gtk_container_add(GTK_CONTAINER(scene.box), panel);
    g_signal_connect_swapped(panel, "save-as-channel", G_CALLBACK(count),
                             &saved);
    gtk_widget_show_all(panel);
    g_assert_nonnull(strstr(hint(panel), "selected"));
    g_assert_false(is_sensitive(panel, "Undo"));
    g_assert_false(is_sensitive(panel, "Save as Channel"));
    drag(&scene, bend, 3, 1, 0);
    click(panel, "Undo");
    check_mask(&scene);
    click(panel, "Redo");
    expect(&scene, 20, FALSE, bend, 3);
    check_mask(&scene);
    g_assert_false(is_sensitive(panel, "Redo"));
    g_assert_nonnull(strstr(hint(panel), "erases"));
    click(panel, "Save as Channel");
    g_assert_cmpint(saved, ==, 1);
    click(panel, "Invert");
    tw_paint_invert(scene.expected);
    check_mask(&scene);
    click(panel, "Clear");
    tw_paint_clear(scene.expected);
    check_mask(&scene);
    click(panel, "Erase");
    g_object_get(scene.brush, "erase", &erase, NULL);
    g_assert_true(erase);
    click(panel, "Paint");
    g_object_get(scene.brush, "erase", &erase, NULL);
    g_assert_false(erase);
    close_scene(&scene);
}

/* Both ways, between the panel's numbers and those of brush and mask. */
static void
test_panel_numbers(void)
{
    Scene scene = open_scene(0);
    GtkWidget *panel = tw_mask_panel_new(scene.brush);
    GtkSpinButton *size, *hardness, *grow, *feather;

    gtk_container_add(GTK_CONTAINER(scene.box), panel);
    size = spin(panel, "Size");
    hardness = spin(panel, "Hardness");
    grow = spin(panel, "Grow");
    feather = spin(panel, "Feather");
    g_assert_cmpfloat(gtk_spin_button_get_value(size), ==, 20);
    g_assert_cmpfloat(gtk_spin_button_get_value(hardness), ==, 100);
    gtk_spin_button_set_value(size, 33);
    gtk_spin_button_set_value(hardness, 40);
    gtk_spin_button_set_value(grow, -3);
    gtk_spin_button_set_value(feather, 7);
    g_assert_cmpfloat(number(scene.brush, "size"), ==, 33);
    g_assert_cmpfloat(number(scene.brush, "hardness"), ==, 0.4);
    g_assert_cmpint(tw_paint_get_grow(scene.paint), ==, -3);
    g_assert_cmpfloat(tw_paint_get_feather(scene.paint), ==, 7);
    tw_paint_invert(scene.paint);
    g_assert_cmpfloat(gtk_spin_button_get_value(grow), ==, 3);
    type(&scene, GDK_KEY_bracketright, 0);
    g_assert_cmpfloat(gtk_spin_button_get_value(size), ==, 36);
    close_scene(&scene);
}

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/tools/panel", test_panel);
    g_test_add_func("/tools/panel-numbers", test_panel_numbers);
    return g_test_run();
}
