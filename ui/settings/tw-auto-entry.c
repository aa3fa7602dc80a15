/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-auto-entry.h"

#include <math.h>

#include "core/i18n.h"
#include "tasks/value.h"
#include "settings/tw-number-style.h"

struct _TwAutoEntry {
    GtkBox parent_instance;
    const tw_param *param;
    char *text;
    GtkToggleButton *check;
    TwNumberEntry *number;
    double suggestion; /* what "auto" comes to; NAN: not known */
    gboolean updating;
};

enum { PROP_TEXT = 1, PROP_COUNT };

static GParamSpec *properties[PROP_COUNT];

G_DEFINE_TYPE(TwAutoEntry, tw_auto_entry, GTK_TYPE_BOX)

static void
take_text(TwAutoEntry *entry, char *text)
{
    const gboolean changed = g_strcmp0(text, entry->text) != 0;

    g_free(entry->text);
    entry->text = text;
    if (changed)
        g_object_notify_by_pspec(G_OBJECT(entry), properties[PROP_TEXT]);
}

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
    take_text(entry, automatic ? g_strdup("auto")
                               : tw_number_text(
                                     entry->param,
                                     tw_number_entry_get_value(entry->number)));
}

const char *
tw_auto_entry_get_text(TwAutoEntry *entry)
{
    return entry->text;
}

void
tw_auto_entry_set_text(TwAutoEntry *entry, const char *text)
{
    tw_error err = { 0 };
    double value = (double) NAN;

    if (!text || !*text)
        text = "auto";
    if (tw_value_parse(entry->param, text, &value, &err) == TW_OK) {
        entry->updating = TRUE;
        gtk_toggle_button_set_active(entry->check, isnan(value));
        set_number(entry, isnan(value) ? entry->suggestion : value);
        entry->updating = FALSE;
    }
    take_text(entry, g_strdup(text));
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
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    g_value_set_string(value, TW_AUTO_ENTRY(object)->text);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    tw_auto_entry_set_text(TW_AUTO_ENTRY(object), g_value_get_string(value));
}

static void
finalize(GObject *object)
{
    g_free(TW_AUTO_ENTRY(object)->text);
    G_OBJECT_CLASS(tw_auto_entry_parent_class)->finalize(object);
}

static void
tw_auto_entry_class_init(TwAutoEntryClass *class)
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
tw_auto_entry_init(TwAutoEntry *entry)
{
    entry->text = g_strdup("auto");
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
