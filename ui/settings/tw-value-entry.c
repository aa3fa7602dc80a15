/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-value-entry.h"

typedef struct TwValueEntryPrivate {
    char *text;
} TwValueEntryPrivate;

enum { PROP_TEXT = 1, PROP_COUNT };

static GParamSpec *properties[PROP_COUNT];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE(TwValueEntry, tw_value_entry, GTK_TYPE_BOX)

static char **
text_of(TwValueEntry *entry)
{
    TwValueEntryPrivate *own = tw_value_entry_get_instance_private(entry);

    return &own->text;
}

const char *
tw_value_entry_get_text(TwValueEntry *entry)
{
    return *text_of(entry);
}

void
tw_value_entry_take(TwValueEntry *entry, const char *text)
{
    char **old = text_of(entry);

    if (g_strcmp0(text, *old) == 0)
        return;
    g_free(*old);
    *old = g_strdup(text);
    g_object_notify_by_pspec(G_OBJECT(entry), properties[PROP_TEXT]);
}

void
tw_value_entry_set_text(TwValueEntry *entry, const char *text)
{
    if (!text || !*text)
        text = "auto";
    TW_VALUE_ENTRY_GET_CLASS(entry)->show(entry, text);
    tw_value_entry_take(entry, text);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    g_value_set_string(value, *text_of(TW_VALUE_ENTRY(object)));
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    tw_value_entry_set_text(TW_VALUE_ENTRY(object), g_value_get_string(value));
}

static void
finalize(GObject *object)
{
    g_free(*text_of(TW_VALUE_ENTRY(object)));
    G_OBJECT_CLASS(tw_value_entry_parent_class)->finalize(object);
}

static void
tw_value_entry_class_init(TwValueEntryClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    properties[PROP_TEXT] = g_param_spec_string(
        "text", NULL, NULL, "auto",
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, PROP_COUNT, properties);
}

static void
tw_value_entry_init(TwValueEntry *entry)
{
    *text_of(entry) = g_strdup("auto");
}
