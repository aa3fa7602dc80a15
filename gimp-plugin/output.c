/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results into images: the one short moment in which an image is touched. All
 * that can fail for want of memory comes before it. */

#include "checks.h"
#include "core/i18n.h"
#include "enlarge.h"
#include "errors.h"
#include "layers.h"
#include "recipe.h"
#include "replace.h"

/* What is written. */
typedef struct Output {
    TwFilter *filter;
    GPtrArray *results; /* of TwPicture */
    char *name, *recipe;
    GPtrArray *layers;  /* of GimpLayer, new ones */
    GeglBuffer *pixels; /* or those for the layer that is there */
} Output;

static const TwPicture *
first(const Output *output)
{
    return g_ptr_array_index(output->results, 0);
}

static gboolean
is_enlarged(const Output *output)
{
    return tw_filter_has(output->filter, "scale");
}

/* --- before: memory --- */

static char *
layer_name(const Output *output, guint index)
{
    if (output->results->len == 1)
        return g_strdup(output->name);
    /* Translators: name of a layer, number of a candidate. */
    return g_strdup_printf(_("%1$s, %2$u"), output->name, index + 1);
}

/* Those that did not come into an image. */
static void
delete_layers(Output *output)
{
    for (guint i = 0; i < output->layers->len; i++)
        (void) gimp_item_delete(g_ptr_array_index(output->layers, i));
}

static GimpLayer *
make_layer(TwFilter *filter, GimpImage *image, const TwPicture *result,
           GError **error)
{
    if (tw_filter_is_closed(filter))
        return tw_layer_rescued(filter, image, result, error);
    if (tw_filter_has(filter, "scale"))
        return tw_layer_enlarged(filter, image, result, error);
    if (image == filter->image)
        return tw_layer_copy(filter, result, error);
    return tw_layer_elsewhere(filter, image, result, error);
}

/* The layers for an image; FALSE: none are left. */
static gboolean
make_layers(Output *output, GimpImage *image, GError **error)
{
    for (guint i = 0; i < output->results->len; i++) {
        GimpLayer *layer =
            make_layer(output->filter, image,
                       g_ptr_array_index(output->results, i), error);
        char *name;

        if (!layer) {
            delete_layers(output);
            return FALSE;
        }
        name = layer_name(output, i);
        (void) gimp_item_set_name(GIMP_ITEM(layer), name);
        g_ptr_array_add(output->layers, layer);
        g_free(name);
    }
    return TRUE;
}

/* --- layers into an image --- */

/* Several candidates come in a group. */
static void
insert(const Output *output, GimpImage *image, GimpLayer *parent, int position)
{
    if (output->layers->len > 1) {
        GimpGroupLayer *group = gimp_group_layer_new(image, output->name);

        (void) gimp_image_insert_layer(image, GIMP_LAYER(group), parent,
                                       position);
        parent = GIMP_LAYER(group);
        position = 0;
    }
    for (guint i = output->layers->len; i-- > 0;) {
        GimpLayer *layer = g_ptr_array_index(output->layers, i);

        (void) gimp_image_insert_layer(image, layer, parent, position);
        tw_recipe_attach(output->filter, layer, output->recipe, TRUE);
    }
}

static void
insert_above(const Output *output)
{
    TwFilter *filter = output->filter;
    GimpItem *below =
        GIMP_ITEM(filter->above ? filter->above : GIMP_LAYER(filter->drawable));

    insert(output, filter->image, GIMP_LAYER(gimp_item_get_parent(below)),
           gimp_image_get_item_position(filter->image, below));
}

/* At the place of the layer, which Scale Image has moved. */
static void
insert_enlarged(const Output *output)
{
    int left = 0, top = 0;

    (void) gimp_drawable_get_offsets(output->filter->drawable, &left, &top);
    for (guint i = 0; i < output->layers->len; i++)
        (void) gimp_layer_set_offsets(g_ptr_array_index(output->layers, i),
                                      left, top);
    insert_above(output);
}

/* --- the four outputs --- */

static gboolean
write_layers(Output *output, GError **error)
{
    TwFilter *filter = output->filter;

    if (!make_layers(output, filter->image, error))
        return FALSE;
    for (guint i = 0; i < output->layers->len && is_enlarged(output); i++)
        (void) gimp_layer_set_offsets(g_ptr_array_index(output->layers, i),
                                      filter->layer.x, filter->layer.y);
    (void) gimp_image_undo_group_start(filter->image);
    insert_above(output);
    (void) gimp_image_undo_group_end(filter->image);
    filter->result = filter->image;
    filter->result_layer = g_ptr_array_index(output->layers, 0);
    return TRUE;
}

static gboolean
write_pixels(Output *output, GError **error)
{
    TwFilter *filter = output->filter;
    GimpLayer *layer = GIMP_LAYER(filter->drawable);
    gboolean ok;

    output->pixels = tw_layer_pixels(filter, first(output), error);
    if (!output->pixels)
        return FALSE;
    (void) gimp_image_undo_group_start(filter->image);
    ok = tw_replace_pixels(filter->image, filter->drawable, output->pixels,
                           error);
    if (ok)
        tw_recipe_attach(filter, layer, output->recipe, FALSE);
    (void) gimp_image_undo_group_end(filter->image);
    filter->result = filter->image;
    filter->result_layer = layer;
    return ok;
}

static gboolean
write_image(Output *output, GError **error)
{
    TwFilter *filter = output->filter;
    const tw_image *size = &first(output)->image;
    const gboolean part = !is_enlarged(output) && !tw_filter_is_closed(filter);
    GimpImage *image;

    tw_origin_read(&filter->origin, filter->image, filter->drawable);
    image = tw_origin_image(&filter->origin,
                            part ? filter->layer.width : size->width,
                            part ? filter->layer.height : size->height);
    if (!image)
        return tw_refuse_host(error);
    if (!make_layers(output, image, error)) {
        (void) gimp_image_delete(image);
        return FALSE;
    }
    insert(output, image, NULL, 0);
    (void) gimp_image_undo_enable(image);
    (void) gimp_image_clean_all(image);
    if (filter->run_mode != GIMP_RUN_NONINTERACTIVE)
        (void) gimp_display_new(image);
    filter->result = image;
    filter->result_layer = g_ptr_array_index(output->layers, 0);
    return TRUE;
}

/* Scale Image, with the engine's pixels for the layer. */
static gboolean
write_in_place(Output *output, GError **error)
{
    TwFilter *filter = output->filter;
    const gboolean several = output->results->len > 1;
    gboolean ok;

    if (several && !make_layers(output, filter->image, error))
        return FALSE;
    output->pixels = tw_layer_pixels_anew(filter, first(output), error);
    if (!output->pixels) {
        delete_layers(output);
        return FALSE;
    }
    (void) gimp_image_undo_group_start(filter->image);
    ok = tw_enlarge_image(filter, output->pixels, error);
    if (ok && several)
        insert_enlarged(output);
    else if (ok)
        tw_recipe_attach(filter, GIMP_LAYER(filter->drawable), output->recipe,
                         FALSE);
    (void) gimp_image_undo_group_end(filter->image);
    filter->result = filter->image;
    filter->result_layer = several ? g_ptr_array_index(output->layers, 0)
                                   : GIMP_LAYER(filter->drawable);
    return ok;
}

static gboolean
write_output(Output *output, GError **error)
{
    switch (tw_filter_output(output->filter)) {
    case TW_OUTPUT_NEW_IMAGE:
        return write_image(output, error);
    case TW_OUTPUT_IN_PLACE:
        return write_in_place(output, error);
    case TW_OUTPUT_REPLACE:
        if (output->results->len == 1)
            return write_pixels(output, error);
        break; /* one cannot choose yet */
    case TW_OUTPUT_NEW_LAYER:
        break;
    }
    return write_layers(output, error);
}

gboolean
tw_filter_write(TwFilter *filter, GPtrArray *results, const tw_report *report,
                GError **error)
{
    Output output = { .filter = filter, .results = results };
    gboolean ok =
        (tw_filter_is_closed(filter) || tw_check_writable(filter, error)) &&
        (!filter->paint || tw_paint_settle(filter->paint));

    if (!ok)
        return FALSE;
    output.recipe = tw_recipe_new(filter, report, error);
    if (!output.recipe)
        return FALSE;
    output.name = tw_layer_name(filter, report->model);
    output.layers = g_ptr_array_new();
    ok = write_output(&output, error);
    filter->consistency = report->consistency;
    g_clear_object(&output.pixels);
    g_ptr_array_unref(output.layers);
    g_free(output.name);
    g_free(output.recipe);
    return ok;
}
