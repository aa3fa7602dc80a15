/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-detail-entry.h"

#include <math.h>

#include "settings/tw-number-style.h"
#include "tasks/value.h"

struct _TwDetailEntry {
    TwValueEntry parent_instance;
    const tw_param *param;
    double suggestion;
    TwNumberEntry *number;
    gboolean updating;
};

G_DEFINE_FINAL_TYPE(TwDetailEntry, tw_detail_entry, TW_TYPE_VALUE_ENTRY)

/* The number that the text means; what is wrong means none. */
static void
show(TwValueEntry *value_entry, const char *text)
{
    TwDetailEntry *entry = TW_DETAIL_ENTRY(value_entry);
    double value = (double) NAN;
    tw_error err = { 0 };

    if (tw_value_parse(entry->param, text, &value, &err) != TW_OK ||
        isnan(value))
        value = entry->suggestion;
    entry->updating = TRUE;
    tw_number_entry_set_value(entry->number, value);
    entry->updating = FALSE;
}

/* By the user, if not updating. */
static void
on_number(TwDetailEntry *entry)
{
    g_autofree char *text =
        tw_number_text(entry->param, tw_number_entry_get_value(entry->number));

    if (!entry->updating)
        tw_value_entry_set_text(TW_VALUE_ENTRY(entry), text);
}

void
tw_detail_entry_suggest(TwDetailEntry *entry, double detail)
{
    TwValueEntry *value_entry = TW_VALUE_ENTRY(entry);

    entry->suggestion = detail;
    show(value_entry, tw_value_entry_get_text(value_entry));
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
tw_detail_entry_class_init(TwDetailEntryClass *class)
{
    GTK_WIDGET_CLASS(class)->mnemonic_activate = mnemonic_activate;
    TW_VALUE_ENTRY_CLASS(class)->show = show;
}

static void
tw_detail_entry_init(TwDetailEntry *entry)
{
    (void) entry;
}

TwDetailEntry *
tw_detail_entry_new(const tw_param *param)
{
    TwDetailEntry *entry = g_object_new(TW_TYPE_DETAIL_ENTRY, NULL);

    entry->param = param;
    entry->number = tw_number_entry_new(param, TRUE);
    tw_detail_entry_suggest(entry, entry->suggestion);
    g_signal_connect_swapped(entry->number, "notify::value",
                             G_CALLBACK(on_number), entry);
    gtk_box_pack_start(GTK_BOX(entry), GTK_WIDGET(entry->number), TRUE, TRUE,
                       0);
    gtk_widget_show_all(GTK_WIDGET(entry));
    return entry;
}
