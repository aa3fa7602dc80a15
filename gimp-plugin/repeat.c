/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repeat.h"

#include <string.h>

#include "core/i18n.h"
#include "errors.h"
#include "procedures.h"
#include "recipe.h"
#include "settings/tw-property.h"

/* A layer of the image that the recipe names; NULL: it names none, or that is
 * gone. */
static GimpItem *
find(const TwFilter *filter, GKeyFile *recipe, const char *key)
{
    const guint64 tattoo = g_key_file_get_uint64(recipe, "recipe", key, NULL);

    if (tattoo == 0 || tattoo > G_MAXUINT)
        return NULL;
    return GIMP_ITEM(
        gimp_image_get_layer_by_tattoo(filter->image, (guint) tattoo));
}

/* The recipe names the kernel's file, the arguments say that it is one. */
static gboolean
load_kernel(TwFilter *filter, GKeyFile *recipe, tw_request *request,
            GError **error)
{
    const tw_param *param = tw_request_param(request, "kernel");
    const char *text = tw_request_text(request, "kernel");
    GimpItem *layer = find(filter, recipe, "kernel");
    gboolean known = FALSE;
    tw_error why = { 0 };

    if (param->kind != TW_PARAM_PICTURE)
        return TRUE;
    for (const char *const *choice = param->choices; *choice; choice++)
        known |= strcmp(*choice, text) == 0;
    if (strcmp(text, "drawable") == 0) {
        if (!layer)
            return tw_refuse(error,
                             _("The layer of the kernel, which the recipe "
                               "names, is not in this image"));
        g_object_set(filter->config, "kernel-drawable", layer, NULL);
    } else if (!known) {
        g_object_set(filter->config, "kernel-file", text, NULL);
        if (tw_request_set(request, "kernel", "file", &why) != TW_OK)
            tw_set_error(error, why.status, &why);
    }
    return why.status == TW_OK;
}

/* What limited the result before does so again: the mask that its layer has,
 * which has been grown and feathered already. With "alpha" the picture below it
 * becomes opaque, too. */
static void
load_limits(TwFilter *filter, GKeyFile *recipe, GimpLayer *layer)
{
    char *mask = g_key_file_get_string(recipe, "recipe", "mask", NULL);
    GimpLayerMask *limit = mask ? gimp_layer_get_mask(layer) : NULL;

    if (limit)
        filter->limit = GIMP_DRAWABLE(limit);
    if (limit && tw_filter_has(filter, "mask"))
        g_object_set(filter->config, "mask", "drawable", "mask-drawable", limit,
                     "grow", 0, "feather", 0.0, NULL);
    if (g_strcmp0(mask, "alpha") == 0)
        g_object_set(filter->config, "mask", mask, NULL);
    g_free(mask);
}

static gboolean
load_config(TwFilter *filter, GKeyFile *recipe, tw_request *request,
            GError **error)
{
    char *output = g_key_file_get_string(recipe, "recipe", "output", NULL);
    char *prompt = g_key_file_get_string(recipe, "recipe", "prompt", NULL);
    gboolean ok;

    if (prompt)
        (void) gimp_message(
            _("The recipe was stored without its prompt, so the "
              "result will differ"));
    if (output)
        g_object_set(filter->config, "output", output, NULL);
    g_object_set(filter->config, "keep-prompt",
                 tw_request_has(request, "prompt"), NULL);
    ok = (!tw_filter_has(filter, "kernel") ||
          load_kernel(filter, recipe, request, error)) &&
         tw_property_load(G_OBJECT(filter->config), request, error);
    g_free(output);
    g_free(prompt);
    return ok;
}

static gboolean
prepare(TwFilter *filter, GimpPlugIn *plug_in, GKeyFile *recipe,
        GimpDrawable *layer, GError **error)
{
    tw_request *request = tw_recipe_request(recipe, error);
    GimpItem *source = find(filter, recipe, "source");
    gboolean ok;

    if (!request)
        return FALSE;
    filter->task = tw_request_task(request);
    filter->drawable = source ? GIMP_DRAWABLE(source) : layer;
    filter->above = GIMP_LAYER(layer);
    filter->procedure = tw_procedure_of(plug_in, filter->task);
    filter->config = gimp_procedure_create_config(filter->procedure);
    ok = load_config(filter, recipe, request, error);
    if (ok)
        load_limits(filter, recipe, GIMP_LAYER(layer));
    tw_request_free(request);
    return ok;
}

gboolean
tw_repeat_prepare(TwFilter *filter, GimpPlugIn *plug_in, GimpDrawable *layer,
                  GError **error)
{
    GKeyFile *recipe = tw_recipe_read(GIMP_ITEM(layer), error);
    gboolean ok;

    if (!recipe)
        return FALSE;
    ok = prepare(filter, plug_in, recipe, layer, error);
    g_key_file_unref(recipe);
    return ok;
}
