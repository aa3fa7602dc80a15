/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recipe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "errors.h"
#include "settings/tw-property.h"

static void
set_number(GKeyFile *file, const char *key, double value)
{
    if (!isnan(value))
        g_key_file_set_double(file, "certificate", key, value);
}

static void
set_certificate(GKeyFile *file, const tw_report *report)
{
    set_number(file, "consistency", report->consistency);
    set_number(file, "worst", report->worst);
    set_number(file, "limit", report->limit);
    g_key_file_set_string(file, "certificate", "fit", tw_fit_name(report->fit));
    g_key_file_set_string(file, "certificate", "look",
                          tw_look_name(report->look));
    set_number(file, "noise", report->noise);
    set_number(file, "shot", report->shot);
    set_number(file, "evaluations", report->evaluations);
    set_number(file, "steps", report->steps);
    g_key_file_set_string(file, "certificate", "solver", report->solver);
    g_key_file_set_string(file, "certificate", "model", report->model);
}

/* A layer that the recipe needs again. */
static void
set_kernel(GKeyFile *file, const TwFilter *filter)
{
    GimpItem *kernel = NULL;

    if (!tw_filter_has(filter, "kernel") || !filter->kernel)
        return;
    g_object_get(filter->config, "kernel-drawable", &kernel, NULL);
    if (kernel && gimp_item_is_valid(kernel))
        g_key_file_set_uint64(file, "recipe", "kernel",
                              gimp_item_get_tattoo(kernel));
    g_clear_object(&kernel);
}

static void
set_settings(GKeyFile *file, const TwFilter *filter, const tw_request *request)
{
    char *text, *output = NULL;
    gboolean keep = FALSE;

    g_object_get(filter->config, "keep-prompt", &keep, "output", &output, NULL);
    text = tw_request_recipe(request, keep ? NULL : "prompt");
    g_key_file_set_string(file, "recipe", "version", TW_VERSION);
    g_key_file_set_string(file, "recipe", "request", text ? text : "");
    free(text);
    g_key_file_set_string(file, "recipe", "output", output);
    if (!keep && tw_request_has(request, "prompt"))
        g_key_file_set_string(file, "recipe", "prompt", "omitted");
    g_free(output);
}

char *
tw_recipe_new(TwFilter *filter, const tw_report *report, GError **error)
{
    tw_request *request = tw_filter_request(filter, error);
    GKeyFile *file;
    char *text;

    if (!request)
        return NULL;
    file = g_key_file_new();
    set_settings(file, filter, request);
    set_kernel(file, filter);
    set_certificate(file, report);
    text = g_key_file_to_data(file, NULL, NULL);
    g_key_file_unref(file);
    tw_request_free(request);
    return text;
}

void
tw_recipe_attach(const TwFilter *filter, GimpLayer *layer, const char *recipe,
                 gboolean made)
{
    GKeyFile *file = g_key_file_new();
    GimpParasite *parasite;
    char *text;
    gsize size;

    (void) g_key_file_load_from_data(file, recipe, strlen(recipe),
                                     G_KEY_FILE_NONE, NULL);
    if (made && !tw_filter_is_closed(filter)) {
        g_key_file_set_uint64(
            file, "recipe", "source",
            gimp_item_get_tattoo(GIMP_ITEM(filter->drawable)));
        if (filter->paint || filter->coverage)
            g_key_file_set_string(file, "recipe", "mask",
                                  filter->uncover ? "alpha" : "layer");
    }
    text = g_key_file_to_data(file, &size, NULL);
    parasite = gimp_parasite_new(
        TW_RECIPE, GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE,
        (guint32) size, text);
    (void) gimp_item_attach_parasite(GIMP_ITEM(layer), parasite);
    gimp_parasite_free(parasite);
    g_free(text);
    g_key_file_unref(file);
}

GKeyFile *
tw_recipe_read(GimpItem *layer, GError **error)
{
    GimpParasite *parasite = gimp_item_get_parasite(layer, TW_RECIPE);
    GKeyFile *file = g_key_file_new();
    gconstpointer data;
    guint32 size = 0;

    data = parasite ? gimp_parasite_get_data(parasite, &size) : NULL;
    if (!data ||
        !g_key_file_load_from_data(file, data, size, G_KEY_FILE_NONE, NULL)) {
        g_clear_pointer(&file, g_key_file_unref);
        (void) tw_refuse(error,
                         _("This layer carries no recipe; select one that a "
                           "filter of Tweedie has made"));
    }
    if (parasite)
        gimp_parasite_free(parasite);
    return file;
}

tw_request *
tw_recipe_request(GKeyFile *recipe, GError **error)
{
    char *text = g_key_file_get_string(recipe, "recipe", "request", NULL);
    tw_request *request = NULL;
    tw_error why = { 0 };
    const tw_status status = tw_request_read(text ? text : "", &request, &why);

    if (status != TW_OK)
        tw_set_error(error, status, &why);
    g_free(text);
    return request;
}
