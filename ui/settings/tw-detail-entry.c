/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-detail-entry.h"

#include <math.h>

#include "tasks/value.h"
#include "settings/tw-number-style.h"

struct _TwDetailEntry {
    GtkBox parent_instance;
    const tw_param *param;
    char *text;
    double suggestion;
    TwNumberEntry *number;
    gboolean updating;
};

enum { PROP_TEXT = 1, PROP_COUNT };

static GParamSpec *properties[PROP_COUNT];

G_DEFINE_TYPE(TwDetailEntry, tw_detail_entry, GTK_TYPE_BOX)

/* The number that the text means; what is wrong means none. */
static void
show(TwDetailEntry *entry)
{
    double value = (double) NAN;
    tw_error err = { 0 };

    if (tw_value_parse(entry->param, entry->text, &value, &err) != TW_OK ||
        isnan(value))
        value = entry->suggestion;
    entry->updating = TRUE;
    tw_number_entry_set_value(entry->number, value);
    entry->updating = FALSE;
}

static void
set_text(TwDetailEntry *entry, const char *text)
{
    char *copy = g_strdup(text && *text ? text : "auto");
    const gboolean changed = g_strcmp0(copy, entry->text) != 0;

    g_free(entry->text);
    entry->text = copy;
    show(entry);
    if (changed)
        g_object_notify_by_pspec(G_OBJECT(entry), properties[PROP_TEXT]);
}

/* By the user, if not updating. */
static void
on_number(TwDetailEntry *entry)
{
    char *text;

    if (entry->updating)
        return;
    text =
        tw_number_text(entry->param, tw_number_entry_get_value(entry->number));
    set_text(entry, text);
    g_free(text);
}

void
tw_detail_entry_suggest(TwDetailEntry *entry, double detail)
{
    entry->suggestion = detail;
    show(entry);
}

TwNumberEntry *
tw_detail_entry_get_number(TwDetailEntry *entry)
{
    return entry->number;
}

static gboolean
mnemonic_activate(GtkWidget *widget, gboolean cycling)
{
    return gtk_widget_mnemonic_activate(
        tw_number_entry_get_spin(TW_DETAIL_ENTRY(widget)->number), cycling);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    g_value_set_string(value, TW_DETAIL_ENTRY(object)->text);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    set_text(TW_DETAIL_ENTRY(object), g_value_get_string(value));
}

static void
finalize(GObject *object)
{
    g_free(TW_DETAIL_ENTRY(object)->text);
    G_OBJECT_CLASS(tw_detail_entry_parent_class)->finalize(object);
}

static void
tw_detail_entry_class_init(TwDetailEntryClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);

    GTK_WIDGET_CLASS(class)->mnemonic_activate = mnemonic_activate;
    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    properties[PROP_TEXT] = g_param_spec_string(
        "text", NULL, NULL, "auto",
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, PROP_COUNT, properties);
}

static void
tw_detail_entry_init(TwDetailEntry *entry)
{
    entry->text = g_strdup("auto");
}

TwDetailEntry *
tw_detail_entry_new(const tw_param *param)
{
    TwDetailEntry *entry = g_object_new(TW_TYPE_DETAIL_ENTRY, NULL);

    entry->param = param;
    entry->number = tw_number_entry_new(param, TRUE);
    show(entry);
    g_signal_connect_swapped(entry->number, "notify::value",
                             G_CALLBACK(on_number), entry);
    gtk_box_pack_start(GTK_BOX(entry), GTK_WIDGET(entry->number), TRUE, TRUE,
                       0);
    gtk_widget_show_all(GTK_WIDGET(entry));
    return entry;
}
