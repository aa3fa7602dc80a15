/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-controls.h"

#include <string.h>

#include "core/i18n.h"
#include "settings/tw-control-row.h"
#include "settings/tw-control.h"
#include "settings/tw-model-chooser.h"
#include "settings/tw-noise-entry.h"
#include "settings/tw-prompt-entry.h"
#include "settings/tw-titles.h"
#include "widgets/tw-expander.h"

/* A row that is shown for some values of another property only. */
typedef struct Condition {
    char *key, *other;
    char **values;
} Condition;

struct _TwControls {
    GtkGrid parent_instance;
    GObject *object;
    tw_store *store;
    GPtrArray *rows, *conditions;
    GtkSizeGroup *titles;
    GtkGrid *more; /* below the expander; NULL: no such row yet */
    int count, more_count;
};

static guint measure_signal;

G_DEFINE_TYPE(TwControls, tw_controls, GTK_TYPE_GRID)

static TwControlRow *
find_row(TwControls *controls, const char *key)
{
    for (guint i = 0; i < controls->rows->len; i++) {
        TwControlRow *row = g_ptr_array_index(controls->rows, i);

        if (g_strcmp0(row->key, key) == 0)
            return row;
    }
    return NULL;
}

static void
set_up_grid(GtkGrid *grid)
{
    gtk_grid_set_row_spacing(grid, 6);
    gtk_grid_set_column_spacing(grid, 12);
}

static GtkGrid *
more_grid(TwControls *controls)
{
    if (!controls->more) {
        GtkWidget *expander = tw_expander_new(_("More"));

        controls->more = GTK_GRID(gtk_grid_new());
        set_up_grid(controls->more);
        gtk_widget_set_margin_top(GTK_WIDGET(controls->more), 6);
        gtk_container_add(GTK_CONTAINER(expander), GTK_WIDGET(controls->more));
        gtk_grid_attach(GTK_GRID(controls), expander, 0, controls->count, 2, 1);
        gtk_widget_show_all(expander);
    }
    return controls->more;
}

static void
add_row(TwControls *controls, gboolean expert, TwControlRow *row)
{
    if (expert)
        tw_control_row_attach(row, more_grid(controls), &controls->more_count);
    else
        tw_control_row_attach(row, GTK_GRID(controls), &controls->count);
    if (row->label)
        gtk_size_group_add_widget(controls->titles, row->label);
    g_ptr_array_add(controls->rows, row);
}

static void
on_measure(TwControls *controls)
{
    g_signal_emit(controls, measure_signal, 0);
}

/* The words of a model that takes none would be ignored in silence. */
static void
on_takes_prompt(TwModelChooser *chooser, GParamSpec *pspec, gpointer data)
{
    TwControls *controls = data;
    gboolean takes = TRUE;

    (void) pspec;
    g_object_get(chooser, "takes-prompt", &takes, NULL);
    tw_controls_set_sensitive(controls, "prompt", takes,
                              _("The chosen model does not take prompts."));
    tw_controls_set_sensitive(controls, "guidance", takes, NULL);
}

/* The words that can be typed are those of the model. */
static void
on_model(TwModelChooser *chooser, GParamSpec *pspec, gpointer data)
{
    GtkWidget *prompt = tw_controls_get(data, "prompt");

    (void) pspec;
    if (prompt)
        tw_prompt_entry_set_card(TW_PROMPT_ENTRY(prompt),
                                 tw_model_chooser_get_card(chooser));
}

/* What some controls need of others, whichever was added first. */
static void
connect_control(TwControls *controls, GtkWidget *control)
{
    TwControlRow *model = find_row(controls, "model");

    if (TW_IS_NOISE_ENTRY(control))
        g_signal_connect_swapped(control, "measure", G_CALLBACK(on_measure),
                                 controls);
    if (TW_IS_MODEL_CHOOSER(control)) {
        g_signal_connect_object(control, "notify::takes-prompt",
                                G_CALLBACK(on_takes_prompt), controls, 0);
        g_signal_connect_object(control, "notify::model", G_CALLBACK(on_model),
                                controls, 0);
    }
    if (model && TW_IS_MODEL_CHOOSER(model->control)) {
        on_takes_prompt(TW_MODEL_CHOOSER(model->control), NULL, controls);
        on_model(TW_MODEL_CHOOSER(model->control), NULL, controls);
    }
}

/* Rows that say nothing unless another is set so. */
static void
add_known_condition(TwControls *controls, const char *key)
{
    static const char *const known[][3] = {
        { "sigma", "kernel", "gaussian" },
        { "radius", "kernel", "disc" },
        { "length", "kernel", "motion" },
        { "angle", "kernel", "motion" },
        { "kernel-file", "kernel", "file" },
        { "kernel-drawable", "kernel", "drawable" },
        { "mask-drawable", "mask", "drawable" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(known[i][0], key) == 0)
            tw_controls_show_when(controls, key, known[i][1], known[i][2]);
}

void
tw_controls_add_below(TwControls *controls, const tw_param *param,
                      gboolean more)
{
    const gboolean check = param->kind == TW_PARAM_BOOL;
    char *title;

    if (find_row(controls, param->name) ||
        !g_object_class_find_property(G_OBJECT_GET_CLASS(controls->object),
                                      param->name))
        return;
    GtkWidget *control = tw_control_new(param, controls->store);
    TwControlRow *row = tw_control_row_new(
        param->name, check ? NULL : _(param->title), control);

    add_row(controls, more, row);
    title = tw_plain_title(param);
    tw_control_name(control, title);
    g_free(title);
    gtk_widget_set_tooltip_text(control, tw_tip(param));
    if (row->label)
        gtk_widget_set_tooltip_text(row->label, tw_tip(param));
    tw_control_quieten(control);
    tw_control_bind(control, controls->object, param->name);
    connect_control(controls, control);
    add_known_condition(controls, param->name);
}

void
tw_controls_add(TwControls *controls, const tw_param *param)
{
    tw_controls_add_below(controls, param,
                          (param->flags & TW_PARAM_EXPERT) != 0);
}

void
tw_controls_add_table(TwControls *controls, const tw_param *table,
                      unsigned skip)
{
    for (const tw_param *param = table; param->name; param++)
        if (!(param->flags & skip))
            tw_controls_add(controls, param);
}

void
tw_controls_add_widget(TwControls *controls, const char *title,
                       GtkWidget *widget)
{
    add_row(controls, FALSE, tw_control_row_new(NULL, title, widget));
}

GtkWidget *
tw_controls_get(TwControls *controls, const char *key)
{
    const TwControlRow *row = find_row(controls, key);

    return row ? row->control : NULL;
}

void
tw_controls_set_sensitive(TwControls *controls, const char *key,
                          gboolean sensitive, const char *why)
{
    const TwControlRow *row = find_row(controls, key);

    if (row)
        tw_control_row_set_sensitive(row, sensitive, why);
}

void
tw_controls_set_shown(TwControls *controls, const char *key, gboolean shown)
{
    const TwControlRow *row = find_row(controls, key);

    if (row)
        tw_control_row_set_shown(row, shown);
}

static void
check_condition(TwControls *controls, const Condition *condition)
{
    char *value = NULL;

    g_object_get(controls->object, condition->other, &value, NULL);
    tw_controls_set_shown(
        controls, condition->key,
        g_strv_contains((const char *const *) condition->values,
                        value ? value : ""));
    g_free(value);
}

static void
on_notify(GObject *object, GParamSpec *pspec, gpointer data)
{
    TwControls *controls = data;

    (void) object;
    for (guint i = 0; i < controls->conditions->len; i++) {
        const Condition *condition = g_ptr_array_index(controls->conditions, i);

        if (strcmp(condition->other, pspec->name) == 0)
            check_condition(controls, condition);
    }
}

void
tw_controls_show_when(TwControls *controls, const char *key, const char *other,
                      const char *values)
{
    GParamSpec *pspec = g_object_class_find_property(
        G_OBJECT_GET_CLASS(controls->object), other);
    Condition *condition;

    if (!pspec || pspec->value_type != G_TYPE_STRING)
        return;
    condition = g_new0(Condition, 1);
    condition->key = g_strdup(key);
    condition->other = g_strdup(other);
    condition->values = g_strsplit(values, " ", -1);
    g_ptr_array_add(controls->conditions, condition);
    check_condition(controls, condition);
}

void
tw_controls_set_noise(TwControls *controls, const tw_noise *noise)
{
    GtkWidget *control = tw_controls_get(controls, "noise");

    if (control)
        tw_noise_entry_set_measured(TW_NOISE_ENTRY(control), noise);
    control = tw_controls_get(controls, "shot");
    if (control && noise)
        tw_auto_entry_suggest(TW_AUTO_ENTRY(control), noise->shot);
}

void
tw_controls_flush(TwControls *controls)
{
    for (guint i = 0; i < controls->rows->len; i++) {
        const TwControlRow *row = g_ptr_array_index(controls->rows, i);

        tw_control_flush(row->control);
    }
}

void
tw_controls_set_store(TwControls *controls, tw_store *store)
{
    controls->store = store;
}

static void
free_condition(gpointer data)
{
    Condition *condition = data;

    g_free(condition->key);
    g_free(condition->other);
    g_strfreev(condition->values);
    g_free(condition);
}

static void
finalize(GObject *object)
{
    TwControls *controls = TW_CONTROLS(object);

    g_clear_object(&controls->object);
    g_ptr_array_unref(controls->rows);
    g_ptr_array_unref(controls->conditions);
    g_object_unref(controls->titles);
    G_OBJECT_CLASS(tw_controls_parent_class)->finalize(object);
}

static void
tw_controls_class_init(TwControlsClass *class)
{
    G_OBJECT_CLASS(class)->finalize = finalize;
    measure_signal =
        g_signal_new("measure", TW_TYPE_CONTROLS, G_SIGNAL_RUN_LAST, 0, NULL,
                     NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_controls_init(TwControls *controls)
{
    controls->rows = g_ptr_array_new_with_free_func(tw_control_row_free);
    controls->conditions = g_ptr_array_new_with_free_func(free_condition);
    controls->titles = gtk_size_group_new(GTK_SIZE_GROUP_HORIZONTAL);
    set_up_grid(GTK_GRID(controls));
}

TwControls *
tw_controls_new(GObject *object)
{
    TwControls *controls = g_object_new(TW_TYPE_CONTROLS, NULL);

    controls->object = g_object_ref(object);
    g_signal_connect_object(object, "notify", G_CALLBACK(on_notify), controls,
                            0);
    return controls;
}
