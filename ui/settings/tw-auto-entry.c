/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-auto-entry.h"

#include <math.h>

#include "core/i18n.h"
#include "settings/tw-number-style.h"
#include "tasks/value.h"

struct _TwAutoEntry {
    TwValueEntry parent_instance;
    const tw_param *param;
    GtkToggleButton *check;
    TwNumberEntry *number;
    double suggestion; /* what "auto" comes to; NAN: not known */
    gboolean updating;
};

G_DEFINE_FINAL_TYPE(TwAutoEntry, tw_auto_entry, TW_TYPE_VALUE_ENTRY)

static void
set_number(TwAutoEntry *entry, double value)
{
    const gboolean updating = entry->updating;

    entry->updating = TRUE;
    tw_number_entry_set_value(entry->number, value);
    entry->updating = updating;
}

/* While automatic, the number is what that comes to, or nothing. */
static void
show_state(TwAutoEntry *entry)
{
    const gboolean automatic = gtk_toggle_button_get_active(entry->check);

    if (automatic)
        set_number(entry, entry->suggestion);
    gtk_widget_set_sensitive(GTK_WIDGET(entry->number), !automatic);
    tw_number_entry_set_blank(entry->number,
                              automatic && isnan(entry->suggestion));
}

/* One of the two has changed, by the user if not updating. */
static void
on_change(TwAutoEntry *entry)
{
    const gboolean automatic = gtk_toggle_button_get_active(entry->check);

    show_state(entry);
    if (entry->updating)
        return;
    if (automatic) {
        tw_value_entry_take(TW_VALUE_ENTRY(entry), "auto");
    } else {
        g_autofree char *text = tw_number_text(
            entry->param, tw_number_entry_get_value(entry->number));

        tw_value_entry_take(TW_VALUE_ENTRY(entry), text);
    }
}

/* What is wrong changes nothing that is seen. */
static void
show(TwValueEntry *value_entry, const char *text)
{
    TwAutoEntry *entry = TW_AUTO_ENTRY(value_entry);
    tw_error err = { 0 };
    double value = (double) NAN;

    if (tw_value_parse(entry->param, text, &value, &err) != TW_OK)
        return;
    entry->updating = TRUE;
    gtk_toggle_button_set_active(entry->check, isnan(value));
    set_number(entry, isnan(value) ? entry->suggestion : value);
    entry->updating = FALSE;
}

void
tw_auto_entry_suggest(TwAutoEntry *entry, double value)
{
    entry->suggestion = value;
    show_state(entry);
}

void
tw_auto_entry_set_value(TwAutoEntry *entry, double value)
{
    if (isnan(value))
        return;
    entry->updating = TRUE;
    gtk_toggle_button_set_active(entry->check, FALSE);
    set_number(entry, value);
    entry->updating = FALSE;
    on_change(entry);
}

GtkWidget *
tw_auto_entry_get_check(TwAutoEntry *entry)
{
    return GTK_WIDGET(entry->check);
}

TwNumberEntry *
tw_auto_entry_get_number(TwAutoEntry *entry)
{
    return entry->number;
}

/* A label's mnemonic goes to the number, or to the check button while that is
 * all there is to set. */
static gboolean
mnemonic_activate(GtkWidget *widget, gboolean cycling)
{
    TwAutoEntry *entry = TW_AUTO_ENTRY(widget);
    GtkWidget *target = GTK_WIDGET(entry->check);

    (void) cycling;
    if (!gtk_toggle_button_get_active(entry->check))
        target = tw_number_entry_get_spin(entry->number);
    gtk_widget_grab_focus(target);
    return TRUE;
}

static void
tw_auto_entry_class_init(TwAutoEntryClass *class)
{
    GTK_WIDGET_CLASS(class)->mnemonic_activate = mnemonic_activate;
    TW_VALUE_ENTRY_CLASS(class)->show = show;
}

static void
tw_auto_entry_init(TwAutoEntry *entry)
{
    entry->suggestion = (double) NAN;
}

TwAutoEntry *
tw_auto_entry_new(const tw_param *param, GtkOrientation orientation)
{
    TwAutoEntry *entry = g_object_new(TW_TYPE_AUTO_ENTRY, "orientation",
                                      orientation, "spacing", 6, NULL);
    const TwNumberStyle style = tw_number_style(param);
    GtkWidget *check = gtk_check_button_new_with_label(_(style.automatic));

    entry->param = param;
    entry->check = GTK_TOGGLE_BUTTON(check);
    entry->number =
        tw_number_entry_new(param, orientation == GTK_ORIENTATION_VERTICAL);
    gtk_toggle_button_set_active(entry->check, TRUE);
    on_change(entry);
    gtk_box_pack_start(GTK_BOX(entry), check, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(entry), GTK_WIDGET(entry->number), TRUE, TRUE,
                       0);
    g_signal_connect_swapped(check, "toggled", G_CALLBACK(on_change), entry);
    g_signal_connect_swapped(entry->number, "notify::value",
                             G_CALLBACK(on_change), entry);
    gtk_widget_show_all(GTK_WIDGET(entry));
    return entry;
}
