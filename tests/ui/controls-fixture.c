/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "controls-fixture.h"

#include "demo/demo-settings.h"
#include "settings/tw-auto-entry.h"
#include "settings/tw-noise-entry.h"
#include "settings/tw-seed-entry.h"

static void
count(Fixture *f)
{
    f->notified++;
}

void
set_up(Fixture *f, const tw_task *task, const char *models)
{
    const char *dirs[] = { models, NULL };

    f->settings = demo_settings_new(task);
    f->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    f->controls = tw_controls_new(f->settings);
    f->store = tw_store_new(dirs);
    tw_controls_set_store(f->controls, f->store);
    tw_controls_add_table(f->controls, task->params, 0);
    tw_controls_add_table(f->controls, tw_common_params, TW_PARAM_SCRIPT);
    gtk_container_add(GTK_CONTAINER(f->window), GTK_WIDGET(f->controls));
    gtk_widget_show_all(f->window);
    f->notified = 0;
    g_signal_connect_swapped(f->settings, "notify", G_CALLBACK(count), f);
}

void
tear_down(Fixture *f)
{
    g_signal_handlers_disconnect_by_data(f->settings, f);
    gtk_widget_destroy(f->window);
    g_object_unref(f->settings);
    tw_store_free(f->store);
}

double
get_number(GObject *object, const char *name)
{
    GValue value = G_VALUE_INIT;
    double number;

    g_value_init(&value, G_TYPE_DOUBLE);
    g_object_get_property(object, name, &value);
    number = g_value_get_double(&value);
    g_value_unset(&value);
    return number;
}

void
set_number(GObject *object, const char *name, double number)
{
    GValue value = G_VALUE_INIT;

    g_value_init(&value, G_TYPE_DOUBLE);
    g_value_set_double(&value, number);
    g_object_set_property(object, name, &value);
    g_value_unset(&value);
}

char *
get_text(gpointer object, const char *name)
{
    char *text = NULL;

    g_object_get(object, name, &text, NULL);
    return text;
}

TwNumberEntry *
number_of(GtkWidget *control)
{
    if (TW_IS_SEED_ENTRY(control))
        return tw_seed_entry_get_number(TW_SEED_ENTRY(control));
    if (TW_IS_NOISE_ENTRY(control))
        control = GTK_WIDGET(tw_noise_entry_get_auto(TW_NOISE_ENTRY(control)));
    if (TW_IS_AUTO_ENTRY(control))
        return tw_auto_entry_get_number(TW_AUTO_ENTRY(control));
    return TW_NUMBER_ENTRY(control);
}
