/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/demo-settings.h"

#include "settings/tw-property.h"

typedef struct DemoSettings {
    GObject parent_instance;
    GHashTable *values; /* name to GValue; nothing: the initial value */
} DemoSettings;

typedef GObjectClass DemoSettingsClass;

static void
free_value(gpointer data)
{
    GValue *value = data;

    g_value_unset(value);
    g_free(value);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    DemoSettings *settings = (DemoSettings *) object;
    const GValue *set = g_hash_table_lookup(settings->values, pspec->name);

    (void) id;
    if (set)
        g_value_copy(set, value);
    else
        g_param_value_set_default(pspec, value);
}

/* Notifies even if nothing changes, as GObject does by itself. */
static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    DemoSettings *settings = (DemoSettings *) object;
    GValue *copy = g_new0(GValue, 1);

    (void) id;
    g_value_init(copy, pspec->value_type);
    g_value_copy(value, copy);
    g_hash_table_insert(settings->values, g_strdup(pspec->name), copy);
}

static void
finalize(GObject *object)
{
    g_hash_table_unref(((DemoSettings *) object)->values);
    G_OBJECT_CLASS(g_type_class_peek(G_TYPE_OBJECT))->finalize(object);
}

static GParamSpec *
spec_of(const tw_param *param)
{
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
    char *initial = NULL;
    GParamSpec *pspec;

    switch (tw_property_kind(param)) {
    case TW_PROPERTY_DOUBLE:
        return g_param_spec_double(param->name, NULL, NULL, param->min,
                                   param->max, param->initial, flags);
    case TW_PROPERTY_INT:
        return g_param_spec_int(param->name, NULL, NULL, (int) param->min,
                                (int) param->max, (int) param->initial, flags);
    case TW_PROPERTY_BOOLEAN:
        return g_param_spec_boolean(param->name, NULL, NULL, param->initial > 0,
                                    flags);
    case TW_PROPERTY_CHOICE:
    case TW_PROPERTY_STRING:
        break;
    }
    initial = tw_property_initial(param);
    pspec = g_param_spec_string(param->name, NULL, NULL, initial, flags);
    g_free(initial);
    return pspec;
}

static void
class_init(gpointer class, gpointer data)
{
    const tw_task *task = data;
    const tw_param *const tables[] = { task->params, tw_common_params };
    GObjectClass *object_class = class;
    guint id = 0;

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        for (const tw_param *param = tables[i]; param->name; param++)
            if (!g_object_class_find_property(object_class, param->name))
                g_object_class_install_property(object_class, ++id,
                                                spec_of(param));
}

static void
instance_init(GTypeInstance *instance, gpointer class)
{
    (void) class;
    ((DemoSettings *) instance)->values =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_value);
}

GObject *
demo_settings_new(const tw_task *task)
{
    char *name = g_strdup_printf("DemoSettings-%s", task->name);
    GTypeInfo info = {
        .class_size = sizeof(DemoSettingsClass),
        .class_init = class_init,
        .class_data = task,
        .instance_size = sizeof(DemoSettings),
        .instance_init = instance_init,
    };
    GType type = g_type_from_name(name);

    if (!type)
        type =
            g_type_register_static(G_TYPE_OBJECT, name, &info, (GTypeFlags) 0);
    g_free(name);
    return g_object_new(type, NULL);
}

void
demo_settings_reset(GObject *settings)
{
    guint count = 0;
    GParamSpec **specs =
        g_object_class_list_properties(G_OBJECT_GET_CLASS(settings), &count);

    for (guint i = 0; i < count; i++)
        g_object_set_property(settings, specs[i]->name,
                              g_param_spec_get_default_value(specs[i]));
    g_free(specs);
}
