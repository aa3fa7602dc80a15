/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a request as properties and back, for every row of every table. */
#include <math.h>

#include "settings-object.h"

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
        { "style", TW_PROPERTY_CHOICE, "auto" },
        { "detail", TW_PROPERTY_STRING, "auto" },
        { "seed", TW_PROPERTY_DOUBLE, "0" },
        { "samples", TW_PROPERTY_INT, "1" },
        { "noise", TW_PROPERTY_STRING, "auto" },
        { "shot", TW_PROPERTY_STRING, "0" },
        { "memory", TW_PROPERTY_STRING, "auto" },
        { "prompt", TW_PROPERTY_STRING, "" },
        { "sigma", TW_PROPERTY_DOUBLE, "1.5" },
        { "kernel", TW_PROPERTY_CHOICE, "gaussian" },
    };

    check_settings_for_each(kind_of);
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        const tw_param *p = tw_request_param(request, known[i].key);
        char *initial = tw_property_initial(p);

        g_assert_cmpint(tw_property_kind(p), ==, known[i].kind);
        g_assert_cmpstr(initial, ==, known[i].initial);
        g_free(initial);
    }
    tw_request_free(request);
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
        GObject *object = check_settings_new(task);
        const gboolean more = set_value(object, p, index);

        if (more)
            check_settings_round_trip(task, object);
        g_object_unref(object);
        if (!more)
            break;
    }
    g_assert_cmpint(index, >=, 2);
}

static void
every_row(void)
{
    check_settings_for_each(row_round_trip);
}

static void
out_of_range_of(const tw_task *task, const tw_param *p)
{
    GObject *object = check_settings_new(task);
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
    check_settings_for_each(out_of_range_of);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/property/kinds", kinds);
    g_test_add_func("/ui/property/every-row", every_row);
    g_test_add_func("/ui/property/out-of-range", out_of_range);
    return g_test_run();
}
