/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings-object.h"

#include "check-picture.h"

enum { MOST = 48 };

typedef struct Settings {
    GObject parent;
    GValue values[MOST];
} Settings;

/* Without limits: what is out of range is for the engine to say. */
static GParamSpec *
spec_for(const tw_param *p)
{
    const GParamFlags flags = G_PARAM_READWRITE;
    GParamSpec *spec = NULL;
    char *text;

    switch (tw_property_kind(p)) {
    case TW_PROPERTY_DOUBLE:
        return g_param_spec_double(p->name, NULL, NULL, -G_MAXDOUBLE,
                                   G_MAXDOUBLE, p->initial, flags);
    case TW_PROPERTY_INT:
        return g_param_spec_int(p->name, NULL, NULL, G_MININT, G_MAXINT,
                                (int) p->initial, flags);
    case TW_PROPERTY_BOOLEAN:
        return g_param_spec_boolean(p->name, NULL, NULL, p->initial > 0, flags);
    case TW_PROPERTY_CHOICE:
    case TW_PROPERTY_STRING:
        text = tw_property_initial(p);
        spec = g_param_spec_string(p->name, NULL, NULL, text, flags);
        g_free(text);
    }
    return spec;
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    Settings *settings = (Settings *) object;

    if (!G_IS_VALUE(&settings->values[id]))
        g_value_init(&settings->values[id], spec->value_type);
    g_value_copy(value, &settings->values[id]);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    Settings *settings = (Settings *) object;

    if (G_IS_VALUE(&settings->values[id]))
        g_value_copy(&settings->values[id], value);
    else
        g_param_value_set_default(spec, value);
}

static void
finalize(GObject *object)
{
    Settings *settings = (Settings *) object;
    GObjectClass *parent = g_type_class_peek_static(G_TYPE_OBJECT);

    for (int i = 0; i < MOST; i++)
        if (G_IS_VALUE(&settings->values[i]))
            g_value_unset(&settings->values[i]);
    parent->finalize(object);
}

static void
class_init(gpointer klass, gpointer data)
{
    const tw_task *task = data;
    const tw_param *const tables[] = { tw_common_params, task->params };
    GObjectClass *object = G_OBJECT_CLASS(klass);
    guint id = 0;

    object->set_property = set_property;
    object->get_property = get_property;
    object->finalize = finalize;
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        for (const tw_param *p = tables[i]; p->name; p++)
            g_object_class_install_property(object, ++id, spec_for(p));
    g_object_class_install_property(
        object, ++id,
        g_param_spec_string("settings", NULL, NULL, "", G_PARAM_READWRITE));
    g_assert_cmpuint(id, <, MOST);
}

GObject *
check_settings_new(const tw_task *task)
{
    char *name = g_strconcat("TwTest-", task->name, NULL);
    GType type = g_type_from_name(name);

    if (!type) {
        const GTypeInfo info = {
            .class_size = sizeof(GObjectClass),
            .class_init = class_init,
            .class_data = task,
            .instance_size = sizeof(Settings),
        };

        type = g_type_register_static(G_TYPE_OBJECT, name, &info, 0);
    }
    g_free(name);
    return g_object_new(type, NULL);
}

tw_request *
check_settings_applied(GObject *object, const tw_task *task)
{
    tw_request *request = tw_request_new(task);
    GError *error = NULL;
    const gboolean ok = tw_property_apply(object, request, &error);

    g_assert_no_error(error);
    g_assert_true(ok);
    return request;
}

/* What a host does with a recipe that it finds in a file. */
static tw_request *
from_recipe(const char *recipe)
{
    tw_request *request;
    tw_error err = { 0 };

    if (tw_request_read(recipe, &request, &err) != TW_OK)
        g_error("%s: %s", recipe, err.text);
    return request;
}

static void
assert_same(GObject *a, GObject *b)
{
    guint count;
    GParamSpec **specs =
        g_object_class_list_properties(G_OBJECT_GET_CLASS(a), &count);

    for (guint i = 0; i < count; i++) {
        GValue x = G_VALUE_INIT, y = G_VALUE_INIT;

        g_object_get_property(a, specs[i]->name,
                              g_value_init(&x, specs[i]->value_type));
        g_object_get_property(b, specs[i]->name,
                              g_value_init(&y, specs[i]->value_type));
        if (g_param_values_cmp(specs[i], &x, &y) != 0) {
            char *text_x = g_strdup_value_contents(&x);
            char *text_y = g_strdup_value_contents(&y);

            g_error("%s: %s became %s", specs[i]->name, text_x, text_y);
        }
        g_value_unset(&x);
        g_value_unset(&y);
    }
    g_free(specs);
}

/* Object, request, recipe, request, object: the same properties. */
void
check_settings_round_trip(const tw_task *task, GObject *object)
{
    tw_request *request = check_settings_applied(object, task), *again;
    char *recipe = tw_request_recipe(request, NULL), *recipe_again;
    GObject *back = check_settings_new(task);
    GError *error = NULL;

    again = from_recipe(recipe);
    recipe_again = tw_request_recipe(again, NULL);
    g_assert_cmpstr(recipe_again, ==, recipe);
    /* Keys of the run are no part of a recipe. */
    g_assert_true(tw_property_load(back, request, &error));
    g_assert_no_error(error);
    assert_same(object, back);
    g_assert_true(tw_property_load(back, again, &error));
    g_object_set(object, "memory", "auto", "threads", "auto", NULL);
    assert_same(object, back);
    free(recipe);
    free(recipe_again);
    g_object_unref(back);
    tw_request_free(request);
    tw_request_free(again);
}

/* Calls @work for every row of every task. */
void
check_settings_for_each(void (*work)(const tw_task *task,
                                     const tw_param *param))
{
    for (int t = 0; tw_tasks[t]; t++) {
        const tw_param *const tables[] = { tw_common_params,
                                           tw_tasks[t]->params };

        for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
            for (const tw_param *p = tables[i]; p->name; p++)
                work(tw_tasks[t], p);
    }
}
