/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-control.h"

#include <string.h>

#include "core/i18n.h"
#include "settings/tw-detail-entry.h"
#include "settings/tw-model-chooser.h"
#include "settings/tw-noise-entry.h"
#include "settings/tw-prompt-entry.h"
#include "settings/tw-property.h"
#include "settings/tw-seed-entry.h"
#include "settings/tw-text-entry.h"
#include "settings/tw-titles.h"
#include "widgets/tw-combo.h"

static GtkWidget *
make_number(const tw_param *param, tw_store *store)
{
    (void) store;
    return GTK_WIDGET(tw_number_entry_new(param, TRUE));
}

static GtkWidget *
make_auto(const tw_param *param, tw_store *store)
{
    (void) store;
    return GTK_WIDGET(tw_auto_entry_new(param, GTK_ORIENTATION_HORIZONTAL));
}

static GtkWidget *
make_text(const tw_param *param, tw_store *store)
{
    (void) param;
    (void) store;
    return GTK_WIDGET(tw_text_entry_new());
}

static GtkWidget *
make_check(const tw_param *param, tw_store *store)
{
    (void) store;
    return gtk_check_button_new_with_mnemonic(_(param->title));
}

static GtkWidget *
make_choice(const tw_param *param, tw_store *store)
{
    GtkWidget *combo = tw_combo_new();

    (void) store;
    for (int i = 0; param->choices && param->choices[i]; i++) {
        char *title = tw_choice_title(param, param->choices[i]);

        gtk_combo_box_text_append(GTK_COMBO_BOX_TEXT(combo), param->choices[i],
                                  title);
        g_free(title);
    }
    return combo;
}

static GtkWidget *
make_seed(const tw_param *param, tw_store *store)
{
    (void) store;
    return GTK_WIDGET(tw_seed_entry_new(param));
}

static GtkWidget *
make_noise(const tw_param *param, tw_store *store)
{
    (void) store;
    return GTK_WIDGET(tw_noise_entry_new(param));
}

static GtkWidget *
make_detail(const tw_param *param, tw_store *store)
{
    (void) store;
    return GTK_WIDGET(tw_detail_entry_new(param));
}

static GtkWidget *
make_model(const tw_param *param, tw_store *store)
{
    return store ? GTK_WIDGET(tw_model_chooser_new(store))
                 : make_text(param, store);
}

static GtkWidget *
make_prompt(const tw_param *param, tw_store *store)
{
    (void) param;
    (void) store;
    return GTK_WIDGET(tw_prompt_entry_new());
}

GtkWidget *
tw_control_new(const tw_param *param, tw_store *store)
{
    static const struct {
        const char *key;
        GtkWidget *(*make)(const tw_param *param, tw_store *store);
    } special[] = {
        { "seed", make_seed },     { "noise", make_noise },
        { "detail", make_detail }, { "model", make_model },
        { "prompt", make_prompt },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(special); i++)
        if (strcmp(special[i].key, param->name) == 0)
            return special[i].make(param, store);
    switch (tw_property_kind(param)) {
    case TW_PROPERTY_DOUBLE:
    case TW_PROPERTY_INT:
        return make_number(param, store);
    case TW_PROPERTY_BOOLEAN:
        return make_check(param, store);
    case TW_PROPERTY_CHOICE:
        return make_choice(param, store);
    case TW_PROPERTY_STRING:
        break;
    }
    return param->flags & TW_PARAM_AUTO ? make_auto(param, store)
                                        : make_text(param, store);
}

/* A combo box says NULL when its list goes away: that is no choice. */
static gboolean
to_choice(GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    (void) binding;
    (void) data;
    g_value_copy(from, to);
    return g_value_get_string(from) != NULL;
}

void
tw_control_bind(GtkWidget *control, GObject *object, const char *key)
{
    const GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;
    const char *property = "value";

    if (GTK_IS_COMBO_BOX(control)) {
        g_object_bind_property_full(object, key, control, "active-id", flags,
                                    NULL, to_choice, NULL, NULL);
        return;
    }
    if (TW_IS_AUTO_ENTRY(control) || TW_IS_NOISE_ENTRY(control) ||
        TW_IS_DETAIL_ENTRY(control))
        property = "text";
    else if (TW_IS_MODEL_CHOOSER(control))
        property = "model";
    else if (GTK_IS_TOGGLE_BUTTON(control))
        property = "active";
    g_object_bind_property(object, key, control, property, flags);
}

GtkWidget *
tw_control_focus(GtkWidget *control)
{
    if (TW_IS_NUMBER_ENTRY(control))
        return tw_number_entry_get_spin(TW_NUMBER_ENTRY(control));
    if (TW_IS_DETAIL_ENTRY(control))
        return tw_number_entry_get_spin(
            tw_detail_entry_get_number(TW_DETAIL_ENTRY(control)));
    if (TW_IS_SEED_ENTRY(control))
        return tw_number_entry_get_spin(
            tw_seed_entry_get_number(TW_SEED_ENTRY(control)));
    if (TW_IS_MODEL_CHOOSER(control))
        return tw_model_chooser_get_combo(TW_MODEL_CHOOSER(control));
    if (TW_IS_PROMPT_ENTRY(control))
        return tw_prompt_entry_get_entry(TW_PROMPT_ENTRY(control));
    return control;
}

/* For gtk_container_forall(): @data is the title. */
static void
name_part(GtkWidget *part, gpointer data)
{
    const char *title = data;
    AtkObject *accessible = gtk_widget_get_accessible(part);

    if (GTK_IS_ENTRY(part) || GTK_IS_RANGE(part) || GTK_IS_COMBO_BOX(part)) {
        atk_object_set_name(accessible, title);
    } else if (GTK_IS_CHECK_BUTTON(part)) {
        /* The name of a control, and what the check button says about it. */
        char *name = g_strdup_printf(_("%s: %s"), title,
                                     gtk_button_get_label(GTK_BUTTON(part)));

        atk_object_set_name(accessible, name);
        g_free(name);
    } else if (GTK_IS_CONTAINER(part)) {
        gtk_container_forall(GTK_CONTAINER(part), name_part, data);
    }
}

void
tw_control_name(GtkWidget *control, const char *title)
{
    char *copy = g_strdup(title);

    if (!GTK_IS_CHECK_BUTTON(control))
        name_part(control, copy);
    g_free(copy);
}

static void
flush_part(GtkWidget *part, gpointer data)
{
    (void) data;
    if (GTK_IS_SPIN_BUTTON(part))
        gtk_spin_button_update(GTK_SPIN_BUTTON(part));
    else if (TW_IS_TEXT_ENTRY(part))
        tw_text_entry_flush(TW_TEXT_ENTRY(part));
    else if (GTK_IS_CONTAINER(part))
        gtk_container_forall(GTK_CONTAINER(part), flush_part, NULL);
}

void
tw_control_flush(GtkWidget *control)
{
    flush_part(control, NULL);
}

static gboolean
on_scroll(GtkWidget *widget)
{
    if (!gtk_widget_has_focus(widget))
        g_signal_stop_emission_by_name(widget, "scroll-event");
    return FALSE;
}

static void
quieten_part(GtkWidget *part, gpointer data)
{
    (void) data;
    if (GTK_IS_SPIN_BUTTON(part) || GTK_IS_RANGE(part) ||
        GTK_IS_COMBO_BOX(part))
        g_signal_connect(part, "scroll-event", G_CALLBACK(on_scroll), NULL);
    else if (GTK_IS_CONTAINER(part))
        gtk_container_forall(GTK_CONTAINER(part), quieten_part, NULL);
}

void
tw_control_quieten(GtkWidget *control)
{
    quieten_part(control, NULL);
}
