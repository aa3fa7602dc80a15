/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a request as properties and back, for every row of every table. */
#include "check-picture.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "tw-property.h"

/* --- an object with a property per key, one type per task --- */

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

static GObject *
settings_new(const tw_task *task)
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

/* --- helpers --- */

static tw_request *
applied(GObject *object, const tw_task *task)
{
    tw_request *request = tw_request_new(task);
    GError *error = NULL;
    const gboolean ok = tw_property_apply(object, request, &error);

    g_assert_no_error(error);
    g_assert_true(ok);
    return request;
}

static char *
recipe_of(const tw_request *request)
{
    char text[2000];

    tw_request_recipe(request, NULL, text, sizeof text);
    return g_strdup(text);
}

/* What a host does with a recipe that it finds in a file. */
static tw_request *
from_recipe(const char *recipe)
{
    char **words;
    tw_request *request;
    tw_error err = { 0 };

    g_assert_true(g_shell_parse_argv(recipe, NULL, &words, NULL));
    request = tw_request_new(tw_task_find(words[0]));
    for (char **word = words + 1; *word; word++) {
        char **pair = g_strsplit(*word, "=", 2);

        if (tw_request_set(request, pair[0], pair[1], &err) != TW_OK)
            g_error("%s: %s", recipe, err.text);
        g_strfreev(pair);
    }
    g_strfreev(words);
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

/* Calls @work for every row of every task. */
static void
for_each(void (*work)(const tw_task *task, const tw_param *param))
{
    for (int t = 0; tw_tasks[t]; t++) {
        const tw_param *const tables[] = { tw_common_params,
                                           tw_tasks[t]->params };

        for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
            for (const tw_param *p = tables[i]; p->name; p++)
                work(tw_tasks[t], p);
    }
}

/* --- tests --- */

static void
kind_of(const tw_task *task, const tw_param *p)
{
    const TwPropertyKind kind = tw_property_kind(p);

    (void) task;
    if (isnan(p->initial) || (p->flags & TW_PARAM_SIZE))
        g_assert_cmpint(kind, ==, TW_PROPERTY_STRING);
    if (kind == TW_PROPERTY_INT) {
        g_assert_cmpfloat(p->min, >=, G_MININT);
        g_assert_cmpfloat(p->max, <=, G_MAXINT);
    }
    if (kind == TW_PROPERTY_CHOICE)
        g_assert_nonnull(p->choices);
}

static void
kinds(void)
{
    tw_request *request = tw_request_new(tw_task_find("deblur"));
    static const struct {
        const char *key;
        TwPropertyKind kind;
        const char *initial;
    } known[] = {
        { "style", TW_PROPERTY_CHOICE, "faithful" },
        { "seed", TW_PROPERTY_DOUBLE, "0" },
        { "samples", TW_PROPERTY_INT, "1" },
        { "noise", TW_PROPERTY_STRING, "auto" },
        { "shot", TW_PROPERTY_STRING, "0" },
        { "memory", TW_PROPERTY_STRING, "auto" },
        { "prompt", TW_PROPERTY_STRING, "" },
        { "sigma", TW_PROPERTY_DOUBLE, "1.5" },
        { "kernel", TW_PROPERTY_CHOICE, "gaussian" },
    };

    for_each(kind_of);
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        const tw_param *p = tw_request_param(request, known[i].key);
        char *initial = tw_property_initial(p);

        g_assert_cmpint(tw_property_kind(p), ==, known[i].kind);
        g_assert_cmpstr(initial, ==, known[i].initial);
        g_free(initial);
    }
    tw_request_free(request);
}

/* The choice of a picture is always said, all else only if it was changed. */
static void
initial_values_are_unset(void)
{
    for (int t = 0; tw_tasks[t]; t++) {
        const tw_task *task = tw_tasks[t];
        GObject *object = settings_new(task);
        tw_request *request = applied(object, task);

        for (const tw_param *p = tw_common_params; p->name; p++)
            g_assert_false(tw_request_has(request, p->name));
        for (const tw_param *p = task->params; p->name; p++)
            g_assert_cmpint(tw_request_has(request, p->name), ==,
                            p->kind == TW_PARAM_PICTURE);
        tw_request_free(request);
        g_object_unref(object);
    }
}

/* As a config made by a script gives them. */
static void
strings_may_be_null(void)
{
    const tw_task *task = tw_task_find("denoise");
    GObject *object = settings_new(task);
    tw_request *request;

    g_object_set(object, "prompt", NULL, "noise", NULL, "settings", NULL, NULL);
    request = applied(object, task);
    g_assert_false(tw_request_has(request, "prompt"));
    g_assert_false(tw_request_has(request, "noise"));
    tw_request_free(request);
    g_object_unref(object);
}

/* Object, request, recipe, request, object: the same properties. */
static void
round_trip(const tw_task *task, GObject *object)
{
    tw_request *request = applied(object, task), *again;
    char *recipe = recipe_of(request), *recipe_again;
    GObject *back = settings_new(task);
    GError *error = NULL;

    again = from_recipe(recipe);
    recipe_again = recipe_of(again);
    g_assert_cmpstr(recipe_again, ==, recipe);
    /* Keys of the run are no part of a recipe. */
    g_assert_true(tw_property_load(back, request, &error));
    g_assert_no_error(error);
    assert_same(object, back);
    g_assert_true(tw_property_load(back, again, &error));
    g_object_set(object, "memory", "auto", "threads", "auto", NULL);
    assert_same(object, back);
    g_free(recipe);
    g_free(recipe_again);
    g_object_unref(back);
    tw_request_free(request);
    tw_request_free(again);
}

static void
set_text(GObject *object, const tw_param *p, const char *text)
{
    g_object_set(object, p->name, text, NULL);
}

/* Sets the property to its value number @index, none of which is initial. FALSE:
 * there are no more. */
static gboolean
set_value(GObject *object, const tw_param *p, int index)
{
    static const char *const sizes[] = { "2G", "512MiB", "3000000" };
    static const char *const texts[] = { "a cat, \"asleep\"", "x=y", "Straße" };
    static const double shares[] = { 0, 0.1, 1 / 3.0, 1 };
    const double value = p->min + shares[index % 4] * (p->max - p->min);
    char *text;

    if (p->choices && !p->choices[index])
        return FALSE;
    if (p->choices)
        set_text(object, p, p->choices[index]);
    else if (p->kind == TW_PARAM_TEXT && index < 3)
        set_text(object, p, texts[index]);
    else if ((p->flags & TW_PARAM_SIZE) && index < 3)
        set_text(object, p, sizes[index]);
    else if (p->kind == TW_PARAM_BOOL && index < 2)
        g_object_set(object, p->name, index, NULL);
    else if (index > 3 || p->kind == TW_PARAM_TEXT || p->kind == TW_PARAM_BOOL)
        return FALSE;
    else if (tw_property_kind(p) == TW_PROPERTY_STRING) {
        text = g_strdup_printf("%.*g", p->kind == TW_PARAM_INT ? 17 : 6,
                               p->kind == TW_PARAM_INT ? floor(value) : value);
        set_text(object, p, text);
        g_free(text);
    } else if (tw_property_kind(p) == TW_PROPERTY_INT)
        g_object_set(object, p->name, (int) value, NULL);
    else
        g_object_set(object, p->name,
                     p->kind == TW_PARAM_INT ? floor(value) : value, NULL);
    return TRUE;
}

static void
row_round_trip(const tw_task *task, const tw_param *p)
{
    int index = 0;

    for (;; index++) {
        GObject *object = settings_new(task);
        const gboolean more = set_value(object, p, index);

        if (more)
            round_trip(task, object);
        g_object_unref(object);
        if (!more)
            break;
    }
    g_assert_cmpint(index, >=, 2);
}

static void
every_row(void)
{
    for_each(row_round_trip);
}

static void
out_of_range_of(const tw_task *task, const tw_param *p)
{
    GObject *object = settings_new(task);
    tw_request *request = tw_request_new(task), *same = tw_request_new(task);
    tw_error why = { 0 };
    GError *error = NULL;
    char *text = NULL;

    switch (tw_property_kind(p)) {
    case TW_PROPERTY_DOUBLE:
        text = g_strdup_printf("%.0f", 2 * p->max + 2);
        g_object_set(object, p->name, 2 * p->max + 2, NULL);
        break;
    case TW_PROPERTY_INT:
        text = g_strdup_printf("%d", (int) p->max + 1);
        g_object_set(object, p->name, (int) p->max + 1, NULL);
        break;
    case TW_PROPERTY_CHOICE:
    case TW_PROPERTY_STRING:
        text = g_strdup("-7");
        g_object_set(object, p->name, text, NULL);
        break;
    case TW_PROPERTY_BOOLEAN:
        break;
    }
    if (text && tw_request_set(same, p->name, text, &why) != TW_OK) {
        g_assert_false(tw_property_apply(object, request, &error));
        g_assert_error(error, TW_ERROR, TW_ERR_ARGUMENT);
        g_assert_cmpstr(error->message, ==, why.text);
        g_clear_error(&error);
    } else
        g_assert_true(p->kind == TW_PARAM_TEXT || p->kind == TW_PARAM_BOOL ||
                      p->kind == TW_PARAM_PICTURE);
    g_free(text);
    tw_request_free(request);
    tw_request_free(same);
    g_object_unref(object);
}

static void
out_of_range(void)
{
    for_each(out_of_range_of);
}

/* A fraction of the seed would be lost. */
static void
seed_is_whole(void)
{
    const tw_task *task = tw_task_find("denoise");
    GObject *object = settings_new(task);
    tw_request *request;
    GError *error = NULL;

    g_object_set(object, "seed", 9007199254740991.0, NULL);
    request = applied(object, task);
    g_assert_cmpstr(tw_request_text(request, "seed"), ==, "9007199254740991");
    g_object_set(object, "seed", 1.5, NULL);
    g_assert_false(tw_property_apply(object, request, &error));
    g_assert_error(error, TW_ERROR, TW_ERR_ARGUMENT);
    g_clear_error(&error);
    tw_request_free(request);
    g_object_unref(object);
}

static void
settings_of_the_solver(void)
{
    const tw_task *task = tw_task_find("deblur");
    GObject *object = settings_new(task);
    tw_request *request;

    g_object_set(object, "solver", "renoise", "settings", " 'q=2.5' ", NULL);
    request = applied(object, task);
    check_near("q", tw_request_real(request, "q"), 2.5, 0);
    tw_request_free(request);
    g_object_set(object, "settings", "q='2.5'", NULL);
    round_trip(task, object);
    g_object_unref(object);
}

static void
bad_settings(void)
{
    static const char *const bad[] = { "q", "nonsense=1", "q=x", "q='2",
                                       "lambda=1" };
    const tw_task *task = tw_task_find("deblur");

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        GObject *object = settings_new(task);
        tw_request *request = tw_request_new(task);
        GError *error = NULL;

        g_object_set(object, "solver", "renoise", "settings", bad[i], NULL);
        g_assert_false(tw_property_apply(object, request, &error));
        g_assert_nonnull(error);
        g_assert_cmpstr(error->message, !=, "");
        g_clear_error(&error);
        tw_request_free(request);
        g_object_unref(object);
    }
}

static void
errors(void)
{
    const tw_error why = { TW_ERR_FILE, "There is no such file" };
    GError *error = NULL;

    tw_set_error(&error, TW_CANCELLED, NULL);
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error(&error);
    tw_set_error(&error, TW_ERR_FILE, &why);
    g_assert_error(error, TW_ERROR, TW_ERR_FILE);
    g_assert_cmpstr(error->message, ==, why.text);
    g_clear_error(&error);
    tw_set_error(&error, TW_ERR_MEMORY, NULL);
    g_assert_error(error, TW_ERROR, TW_ERR_MEMORY);
    g_assert_cmpstr(error->message, !=, "");
    g_clear_error(&error);
    tw_set_error(NULL, TW_ERR_FILE, &why);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/property/kinds", kinds);
    g_test_add_func("/ui/property/initial", initial_values_are_unset);
    g_test_add_func("/ui/property/null", strings_may_be_null);
    g_test_add_func("/ui/property/every-row", every_row);
    g_test_add_func("/ui/property/out-of-range", out_of_range);
    g_test_add_func("/ui/property/seed", seed_is_whole);
    g_test_add_func("/ui/property/settings", settings_of_the_solver);
    g_test_add_func("/ui/property/bad-settings", bad_settings);
    g_test_add_func("/ui/property/errors", errors);
    return g_test_run();
}
