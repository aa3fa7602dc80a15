/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-text-entry.h"

struct _TwTextEntry {
    GtkEntry parent_instance;
    char *value;
    guint timer; /* 0: nothing is typed that is not yet taken */
};

enum { PROP_VALUE = 1, PROP_COUNT };

enum { PAUSE = 700 }; /* ms: longer than between two letters */

static GParamSpec *properties[PROP_COUNT];

G_DEFINE_TYPE(TwTextEntry, tw_text_entry, GTK_TYPE_ENTRY)

static void
stop_timer(TwTextEntry *entry)
{
    if (entry->timer)
        g_source_remove(entry->timer);
    entry->timer = 0;
}

void
tw_text_entry_flush(TwTextEntry *entry)
{
    const char *text = gtk_entry_get_text(GTK_ENTRY(entry));

    stop_timer(entry);
    if (g_strcmp0(text, entry->value) == 0)
        return;
    g_free(entry->value);
    entry->value = g_strdup(text);
    g_object_notify_by_pspec(G_OBJECT(entry), properties[PROP_VALUE]);
}

static gboolean
on_pause(gpointer data)
{
    TwTextEntry *entry = data;

    entry->timer = 0;
    tw_text_entry_flush(entry);
    return G_SOURCE_REMOVE;
}

static void
on_changed(TwTextEntry *entry)
{
    stop_timer(entry);
    entry->timer = g_timeout_add(PAUSE, on_pause, entry);
}

static gboolean
on_focus_out(TwTextEntry *entry)
{
    tw_text_entry_flush(entry);
    return FALSE;
}

/* NULL is "". */
static void
set_value(TwTextEntry *entry, const char *value)
{
    if (g_strcmp0(value ? value : "", entry->value) == 0)
        return;
    gtk_entry_set_text(GTK_ENTRY(entry), value ? value : "");
    tw_text_entry_flush(entry);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    g_value_set_string(value, TW_TEXT_ENTRY(object)->value);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    set_value(TW_TEXT_ENTRY(object), g_value_get_string(value));
}

static void
dispose(GObject *object)
{
    stop_timer(TW_TEXT_ENTRY(object));
    G_OBJECT_CLASS(tw_text_entry_parent_class)->dispose(object);
}

static void
finalize(GObject *object)
{
    g_free(TW_TEXT_ENTRY(object)->value);
    G_OBJECT_CLASS(tw_text_entry_parent_class)->finalize(object);
}

static void
tw_text_entry_class_init(TwTextEntryClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->dispose = dispose;
    object_class->finalize = finalize;
    properties[PROP_VALUE] = g_param_spec_string(
        "value", NULL, NULL, "",
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, PROP_COUNT, properties);
}

static void
tw_text_entry_init(TwTextEntry *entry)
{
    entry->value = g_strdup("");
    g_signal_connect(entry, "changed", G_CALLBACK(on_changed), NULL);
    g_signal_connect(entry, "activate", G_CALLBACK(tw_text_entry_flush), NULL);
    g_signal_connect(entry, "focus-out-event", G_CALLBACK(on_focus_out), NULL);
}

TwTextEntry *
tw_text_entry_new(void)
{
    return g_object_new(TW_TYPE_TEXT_ENTRY, NULL);
}
