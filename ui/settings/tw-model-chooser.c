/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-model-chooser.h"

#include <glib/gstdio.h>

#include "core/i18n.h"
#include "settings/tw-model-help.h"
#include "settings/tw-titles.h"
#include "widgets/tw-combo.h"

struct _TwModelChooser {
    GtkBox parent_instance;
    tw_store *store;
    char *model;
    GtkComboBoxText *combo;
    GtkLabel *about;
    TwModelHelp *help;
    gboolean takes_prompt;
    gboolean updating;
};

enum { PROP_MODEL = 1, PROP_TAKES_PROMPT, PROP_COUNT };

static GParamSpec *properties[PROP_COUNT];

G_DEFINE_TYPE(TwModelChooser, tw_model_chooser, GTK_TYPE_BOX)

const tw_card *
tw_model_chooser_get_card(TwModelChooser *chooser)
{
    const tw_card *card = NULL;
    tw_error err = { 0 };

    return tw_store_find(chooser->store, chooser->model, &card, &err) == TW_OK
               ? card
               : NULL;
}

static char *
describe(const tw_card *card)
{
    GStatBuf info;
    char *size, *text;

    if (g_stat(card->weights, &info) != 0)
        return g_strdup_printf(_("The file %s is missing."), card->weights);
    size = g_format_size((guint64) info.st_size);
    text = g_strdup_printf(card->takes_prompt ? _("%s, takes prompts")
                                              : _("%s, takes no prompts"),
                           size);
    g_free(size);
    return text;
}

static void
show_about(TwModelChooser *chooser)
{
    const tw_card *card = tw_model_chooser_get_card(chooser);
    const gboolean takes = card && card->takes_prompt;
    char *text = NULL, *license = NULL;

    if (card) {
        text = describe(card);
        license = g_strdup_printf(_("License: %s"), card->license);
    } else if (tw_store_card(chooser->store, 0))
        text = g_strdup_printf(
            _("The model \"%s\" is not installed: choose another one."),
            chooser->model);
    else
        text = g_strdup(_("No model is installed."));
    gtk_label_set_text(chooser->about, text);
    gtk_widget_set_tooltip_text(GTK_WIDGET(chooser->about), license);
    g_free(license);
    g_free(text);
    if (takes == chooser->takes_prompt)
        return;
    chooser->takes_prompt = takes;
    g_object_notify_by_pspec(G_OBJECT(chooser), properties[PROP_TAKES_PROMPT]);
}

/* The list, with a line for a chosen model that is not there. */
static void
fill(TwModelChooser *chooser)
{
    const tw_card *chosen = tw_model_chooser_get_card(chooser), *card;

    chooser->updating = TRUE;
    gtk_combo_box_text_remove_all(chooser->combo);
    for (int i = 0; (card = tw_store_card(chooser->store, i)); i++)
        gtk_combo_box_text_append(chooser->combo, card->id,
                                  tw_model_title(card));
    if (!chosen && *chooser->model)
        gtk_combo_box_text_append(chooser->combo, chooser->model,
                                  chooser->model);
    gtk_combo_box_set_active_id(GTK_COMBO_BOX(chooser->combo),
                                chosen ? chosen->id : chooser->model);
    gtk_widget_set_sensitive(GTK_WIDGET(chooser->combo),
                             tw_store_card(chooser->store, 0) != NULL);
    chooser->updating = FALSE;
    show_about(chooser);
}

static void
on_combo(TwModelChooser *chooser)
{
    const char *id = gtk_combo_box_get_active_id(GTK_COMBO_BOX(chooser->combo));

    if (!chooser->updating && id)
        tw_model_chooser_set_model(chooser, id);
}

void
tw_model_chooser_set_model(TwModelChooser *chooser, const char *model)
{
    char *copy = g_strdup(model ? model : "");

    if (g_strcmp0(copy, chooser->model) == 0) {
        g_free(copy);
        return;
    }
    g_free(chooser->model);
    chooser->model = copy;
    fill(chooser);
    g_object_notify_by_pspec(G_OBJECT(chooser), properties[PROP_MODEL]);
}

const char *
tw_model_chooser_get_model(TwModelChooser *chooser)
{
    return chooser->model;
}

GtkWidget *
tw_model_chooser_get_combo(TwModelChooser *chooser)
{
    return GTK_WIDGET(chooser->combo);
}

void
tw_model_chooser_refresh(TwModelChooser *chooser)
{
    tw_error err = { 0 };

    (void) tw_store_refresh(chooser->store, &err);
    fill(chooser);
    tw_model_help_show(chooser->help, chooser->store);
    if (err.status != TW_OK)
        gtk_label_set_text(chooser->about, err.text);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    TwModelChooser *chooser = TW_MODEL_CHOOSER(object);

    (void) pspec;
    if (id == PROP_MODEL)
        g_value_set_string(value, chooser->model);
    else
        g_value_set_boolean(value, chooser->takes_prompt);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    tw_model_chooser_set_model(TW_MODEL_CHOOSER(object),
                               g_value_get_string(value));
}

static void
finalize(GObject *object)
{
    g_free(TW_MODEL_CHOOSER(object)->model);
    G_OBJECT_CLASS(tw_model_chooser_parent_class)->finalize(object);
}

static void
tw_model_chooser_class_init(TwModelChooserClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    properties[PROP_MODEL] = g_param_spec_string(
        "model", NULL, NULL, "",
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    properties[PROP_TAKES_PROMPT] =
        g_param_spec_boolean("takes-prompt", NULL, NULL, FALSE,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, PROP_COUNT, properties);
}

static void
tw_model_chooser_init(TwModelChooser *chooser)
{
    chooser->model = g_strdup("");
    gtk_orientable_set_orientation(GTK_ORIENTABLE(chooser),
                                   GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(chooser), 3);
}

TwModelChooser *
tw_model_chooser_new(tw_store *store)
{
    TwModelChooser *chooser = g_object_new(TW_TYPE_MODEL_CHOOSER, NULL);
    GtkWidget *combo = tw_combo_new(), *about = gtk_label_new(NULL);

    chooser->store = store;
    chooser->combo = GTK_COMBO_BOX_TEXT(combo);
    chooser->about = GTK_LABEL(about);
    chooser->help = tw_model_help_new();
    gtk_label_set_xalign(chooser->about, 0);
    gtk_label_set_line_wrap(chooser->about, TRUE);
    gtk_label_set_max_width_chars(chooser->about, 30);
    gtk_box_pack_start(GTK_BOX(chooser), combo, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(chooser), about, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(chooser), GTK_WIDGET(chooser->help), FALSE,
                       FALSE, 0);
    g_signal_connect_swapped(combo, "changed", G_CALLBACK(on_combo), chooser);
    g_signal_connect_swapped(chooser->help, "refresh",
                             G_CALLBACK(tw_model_chooser_refresh), chooser);
    fill(chooser);
    gtk_widget_show_all(GTK_WIDGET(chooser));
    tw_model_help_show(chooser->help, store);
    return chooser;
}
