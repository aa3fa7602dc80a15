/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/i18n.h"
#include "dialog-private.h"

enum { WIDTH = 400 }; /* of the column, logical pixels */

/* What a photographer needs for each task, in this order: rows, widgets that only
 * this task has, rows. */
static const struct {
    const char *task;
    const char *first[8];
    void (*add)(TwDialog *dialog);
    const char *then[5];
} panels[] = {
    { "denoise", { "noise", "strength" }, NULL, { "detail" } },
    { "deblur",
      { "kernel", "kernel-file", "sigma", "radius", "length", "angle" },
      tw_dialog_add_deblur,
      { "noise", "detail", "prompt" } },
    { "inpaint", { "mask" }, tw_dialog_add_inpaint, { "detail", "prompt" } },
    { "upscale", { NULL }, tw_dialog_add_upscale, { "detail", "prompt" } },
    { "dejpeg", { "jpeg", "strength" }, NULL, { "detail" } },
};

/* The order of the rest, under "More"; what is not here follows in that of the
 * tables. */
static const char *const rest[] = {
    "prompt", "noise", "strength", "samples", "seed", "model", "guidance", NULL,
};

const tw_param *
tw_dialog_param(const tw_param *table, const char *key)
{
    for (; table->name; table++)
        if (strcmp(table->name, key) == 0)
            return table;
    return NULL;
}

/* A row of the plug-in goes before one of the engine. */
static void
add_row(TwDialog *dialog, const char *key, gboolean more)
{
    const tw_task *task = dialog->filter->task;
    const tw_param *const tables[] = { tw_filter_params(task), task->params,
                                       tw_common_params };
    const tw_param *param = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(tables) && !param; i++)
        param = tw_dialog_param(tables[i], key);
    if (param)
        tw_controls_add_below(dialog->controls, param, more);
}

static void
add_rows(TwDialog *dialog, const char *const *keys, gboolean more)
{
    for (; *keys; keys++)
        add_row(dialog, *keys, more);
}

/* The rows that are nowhere yet, but not those that another widget has. */
static void
add_others(TwDialog *dialog, const tw_param *table)
{
    static const char *const elsewhere[] = { "grow", "feather", NULL };

    for (; table->name; table++)
        if (!(table->flags & TW_PARAM_SCRIPT) &&
            !g_strv_contains(elsewhere, table->name))
            add_row(dialog, table->name, TRUE);
}

static void
add_all(TwDialog *dialog)
{
    const tw_task *task = dialog->filter->task;

    tw_dialog_add_presets(dialog);
    for (gsize i = 0; i < G_N_ELEMENTS(panels); i++) {
        if (strcmp(panels[i].task, task->name) != 0)
            continue;
        add_rows(dialog, panels[i].first, FALSE);
        if (panels[i].add)
            panels[i].add(dialog);
        add_rows(dialog, panels[i].then, FALSE);
    }
    add_row(dialog, "output", FALSE);
    add_rows(dialog, rest, TRUE);
    add_others(dialog, task->params);
    add_others(dialog, tw_common_params);
    add_others(dialog, tw_filter_params(task));
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
    add_all(dialog);
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
