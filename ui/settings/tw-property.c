/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-property.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "tasks/words.h"

/* --- errors --- */

GQuark
tw_error_quark(void)
{
    return g_quark_from_static_string("tw-error");
}

void
tw_set_error(GError **error, tw_status status, const tw_error *why)
{
    if (status == TW_CANCELLED)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                            _("Cancelled"));
    else
        g_set_error_literal(error, TW_ERROR, (int) status,
                            why && *why->text ? why->text
                                              : _("Not enough memory"));
}

/* --- what a property is --- */

TwPropertyKind
tw_property_kind(const tw_param *param)
{
    if (param->flags & (TW_PARAM_AUTO | TW_PARAM_SIZE))
        return TW_PROPERTY_STRING;
    switch (param->kind) {
    case TW_PARAM_REAL:
        return TW_PROPERTY_DOUBLE;
    case TW_PARAM_INT:
        return param->max > G_MAXINT ? TW_PROPERTY_DOUBLE : TW_PROPERTY_INT;
    case TW_PARAM_BOOL:
        return TW_PROPERTY_BOOLEAN;
    case TW_PARAM_CHOICE:
    case TW_PARAM_PICTURE:
        return TW_PROPERTY_CHOICE;
    case TW_PARAM_TEXT:
        break;
    }
    return TW_PROPERTY_STRING;
}

/* A number as the engine reads it, to the last bit. */
static char *
number_text(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    if (floor(value) == value && fabs(value) < 1e15)
        return g_strdup_printf("%.0f", value);
    return g_strdup(g_ascii_dtostr(text, sizeof text, value));
}

char *
tw_property_initial(const tw_param *param)
{
    if (param->kind == TW_PARAM_TEXT)
        return g_strdup("");
    if (param->choices)
        return g_strdup(param->choices[(int) param->initial]);
    return isnan(param->initial) ? g_strdup("auto")
                                 : number_text(param->initial);
}

/* --- from properties to a request --- */

/* The property of @object as a text of scripts; NULL: a type without one. */
static char *
read_text(GObject *object, const GParamSpec *spec)
{
    GValue value = G_VALUE_INIT;
    char *text = NULL;

    g_value_init(&value, spec->value_type);
    g_object_get_property(object, spec->name, &value);
    if (G_VALUE_HOLDS_STRING(&value))
        text = g_value_dup_string(&value);
    else if (G_VALUE_HOLDS_DOUBLE(&value))
        text = number_text(g_value_get_double(&value));
    else if (G_VALUE_HOLDS_INT(&value))
        text = g_strdup_printf("%d", g_value_get_int(&value));
    else if (G_VALUE_HOLDS_BOOLEAN(&value))
        text = g_strdup(g_value_get_boolean(&value) ? "true" : "false");
    g_value_unset(&value);
    return text;
}

/* Does @text, which was set, say what holds without it? */
static gboolean
is_initial(const tw_request *request, const tw_param *param, const char *text)
{
    const double value = tw_request_real(request, param->name);

    if (param->kind == TW_PARAM_PICTURE)
        return FALSE;
    if (param->kind == TW_PARAM_TEXT)
        return *text == '\0';
    return isnan(value) ? isnan(param->initial)
                        : fabs(value - param->initial) <= 0;
}

/* Tried on a request of its own first: there is no way to unset a key. */
static gboolean
set_key(tw_request *request, const tw_param *param, const char *text,
        GError **error)
{
    tw_request *trial = tw_request_new(tw_request_task(request));
    tw_error why = { 0 };
    tw_status status = TW_ERR_MEMORY;

    if (trial)
        status = tw_request_set(trial, param->name, text, &why);
    if (status == TW_OK && !is_initial(trial, param, text))
        status = tw_request_set(request, param->name, text, &why);
    tw_request_free(trial);
    if (status != TW_OK)
        tw_set_error(error, status, &why);
    return status == TW_OK;
}

static gboolean
apply_param(GObject *object, tw_request *request, const tw_param *param,
            GError **error)
{
    const GParamSpec *spec =
        g_object_class_find_property(G_OBJECT_GET_CLASS(object), param->name);
    char *text = spec ? read_text(object, spec) : NULL;
    gboolean ok = TRUE;

    if (text && *text)
        ok = set_key(request, param, text, error);
    g_free(text);
    return ok;
}

static gboolean
apply_table(GObject *object, tw_request *request, const tw_param *table,
            GError **error)
{
    for (const tw_param *p = table; p->name; p++)
        if (strcmp(p->name, "solver") != 0 &&
            !apply_param(object, request, p, error))
            return FALSE;
    return TRUE;
}

static gboolean
apply_settings(GObject *object, tw_request *request, GError **error)
{
    const GParamSpec *spec =
        g_object_class_find_property(G_OBJECT_GET_CLASS(object), "settings");
    char *text = spec ? read_text(object, spec) : NULL;
    tw_error why = { 0 };
    char **words = NULL;
    tw_status status = TW_OK;

    if (text)
        status = tw_words_split(text, &words, &why);
    for (char **word = words; status == TW_OK && word && *word; word++)
        status = tw_request_set_word(request, *word, &why);
    if (status != TW_OK)
        tw_set_error(error, status, &why);
    tw_words_free(words);
    g_free(text);
    return status == TW_OK;
}

gboolean
tw_property_apply(GObject *object, tw_request *request, GError **error)
{
    const tw_param *solver = tw_request_param(request, "solver");

    return apply_param(object, request, solver, error) &&
           apply_table(object, request, tw_common_params, error) &&
           apply_table(object, request, tw_request_task(request)->params,
                       error) &&
           apply_settings(object, request, error);
}

/* --- and back --- */

/* What @request says, or the initial value, as @value of a property. */
static gboolean
fill_value(GValue *value, const tw_request *request, const tw_param *param)
{
    const double number = tw_request_real(request, param->name);

    if (G_VALUE_HOLDS_STRING(value))
        g_value_take_string(
            value, tw_request_has(request, param->name)
                       ? g_strdup(tw_request_text(request, param->name))
                       : tw_property_initial(param));
    else if (isnan(number))
        return FALSE;
    else if (G_VALUE_HOLDS_DOUBLE(value))
        g_value_set_double(value, number);
    else if (G_VALUE_HOLDS_INT(value))
        g_value_set_int(value, (int) number);
    else if (G_VALUE_HOLDS_BOOLEAN(value))
        g_value_set_boolean(value, number > 0);
    else
        return FALSE;
    return TRUE;
}

static gboolean
load_param(GObject *object, const tw_request *request, const tw_param *param,
           GError **error)
{
    GParamSpec *spec =
        g_object_class_find_property(G_OBJECT_GET_CLASS(object), param->name);
    GValue value = G_VALUE_INIT;
    gboolean ok;

    if (!spec)
        return TRUE;
    g_value_init(&value, spec->value_type);
    ok = fill_value(&value, request, param) &&
         !g_param_value_validate(spec, &value);
    if (ok)
        g_object_set_property(object, param->name, &value);
    else
        g_set_error(error, TW_ERROR, TW_ERR_ARGUMENT,
                    _("%s=%s cannot be set here; correct the recipe"),
                    param->name, tw_request_text(request, param->name));
    g_value_unset(&value);
    return ok;
}

static void
load_settings(GObject *object, const tw_request *request)
{
    const tw_solver *solver = tw_request_solver(request);
    GString *words = g_string_new(NULL);

    for (const tw_param *p = solver->params; p->name; p++)
        if (tw_request_param(request, p->name) == p &&
            tw_request_has(request, p->name)) {
            const char *text = tw_request_text(request, p->name);
            const gsize at = words->len;

            g_string_set_size(words, at + tw_words_write(p->name, text, NULL));
            tw_words_write(p->name, text, words->str + at);
        }
    g_object_set(object, "settings", g_strchug(words->str), NULL);
    g_string_free(words, TRUE);
}

gboolean
tw_property_load(GObject *object, const tw_request *request, GError **error)
{
    const tw_param *const tables[] = { tw_common_params,
                                       tw_request_task(request)->params };

    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        for (const tw_param *p = tables[i]; p->name; p++)
            if (!load_param(object, request, p, error))
                return FALSE;
    if (g_object_class_find_property(G_OBJECT_GET_CLASS(object), "settings"))
        load_settings(object, request);
    return TRUE;
}
