/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/i18n.h"
#include "dialog-private.h"

enum { WIDTH = 400 }; /* of the column, logical pixels */

/* The order of what most people want; the rest follows in that of the tables. */
static const char *const order[] = {
    "noise", "style", "strength", "samples", "seed",
    "steps", "time",  "model",    "prompt",  "guidance",
};

const tw_param *
tw_dialog_param(const tw_param *table, const char *key)
{
    for (; table->name; table++)
        if (strcmp(table->name, key) == 0)
            return table;
    return NULL;
}

/* A row that belongs to the dialog: not one that another widget has, and not one
 * of the engine that the plug-in has its own of. */
static gboolean
wanted(const TwDialog *dialog, const tw_param *param, const tw_param *own)
{
    static const char *const elsewhere[] = { "grow", "feather", NULL };

    return !tw_controls_get(dialog->controls, param->name) &&
           !g_strv_contains(elsewhere, param->name) &&
           (!own || !tw_dialog_param(own, param->name));
}

static void
add_rows(TwDialog *dialog, const tw_param *table, const tw_param *own)
{
    for (; table->name; table++)
        if (wanted(dialog, table, own) && strcmp(table->name, "output") != 0)
            tw_controls_add(dialog->controls, table);
}

/* What the filter is about: the plug-in's rows first, where they come instead of
 * the engine's. */
static void
add_task(TwDialog *dialog)
{
    const tw_task *task = dialog->filter->task;
    const tw_param *own = tw_filter_params(task);

    if (strcmp(task->name, "upscale") == 0)
        tw_dialog_add_upscale(dialog);
    add_rows(dialog, own, NULL);
    add_rows(dialog, task->params, own);
    if (strcmp(task->name, "deblur") == 0)
        tw_dialog_add_deblur(dialog);
    else if (strcmp(task->name, "inpaint") == 0)
        tw_dialog_add_inpaint(dialog);
}

static void
add_common(TwDialog *dialog)
{
    const tw_param *own = tw_filter_params(dialog->filter->task);

    for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
        tw_controls_add(dialog->controls,
                        tw_dialog_param(tw_common_params, order[i]));
    tw_controls_add(dialog->controls, tw_dialog_param(own, "output"));
    add_rows(dialog, tw_common_params, own);
}

static gboolean
is_value(GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    (void) binding;
    g_value_set_boolean(to, g_strcmp0(g_value_get_string(from), data) == 0);
    return TRUE;
}

void
tw_dialog_show_when(TwDialog *dialog, GtkWidget *widget, const char *key,
                    const char *value)
{
    gtk_widget_set_no_show_all(widget, TRUE);
    g_object_bind_property_full(dialog->filter->config, key, widget, "visible",
                                G_BINDING_SYNC_CREATE, is_value, NULL,
                                g_strdup(value), g_free);
}

static void
on_measure(TwControls *controls, gpointer data)
{
    TwDialog *dialog = data;

    (void) controls;
    tw_session_measure_noise(dialog->session);
}

GtkWidget *
tw_dialog_controls_new(TwDialog *dialog)
{
    GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);

    dialog->controls = tw_controls_new(G_OBJECT(dialog->filter->config));
    tw_controls_set_store(dialog->controls, dialog->filter->store);
    add_task(dialog);
    add_common(dialog);
    g_signal_connect(dialog->controls, "measure", G_CALLBACK(on_measure),
                     dialog);
    gtk_container_set_border_width(GTK_CONTAINER(dialog->controls), 12);
    gtk_container_add(GTK_CONTAINER(scrolled), GTK_WIDGET(dialog->controls));
    /* Always as wide, whatever is shown and in whatever language. */
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled),
                                   GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
    gtk_widget_set_size_request(scrolled, WIDTH, -1);
    return scrolled;
}
