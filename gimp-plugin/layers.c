/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layers.h"

#include "core/i18n.h"
#include "drawable.h"
#include "errors.h"

char *
tw_layer_name(const TwFilter *filter, const char *model)
{
    char **pieces = g_strsplit(_(filter->task->title), "_", 0);
    char *task = g_strjoinv(NULL, pieces);
    /* Translators: task, model and layer: "Deblur (photo), sky.jpg". */
    char *name = g_strdup_printf(_("%1$s (%2$s), %3$s"), task, model,
                                 filter->origin.layer);

    g_strfreev(pieces);
    g_free(task);
    return name;
}

/* What limits the result, of the picture's size; NULL: nothing does. */
static const TwPlane *
coverage_of(const TwFilter *filter)
{
    return filter->paint ? tw_paint_mask(filter->paint) : filter->coverage;
}

static TwBlend
blend_of(const TwFilter *filter, const TwPicture *result)
{
    return (TwBlend) {
        .result = result,
        .area = filter->area,
        .coverage = coverage_of(filter),
        .uncover = filter->uncover,
    };
}

/* The components that the user has switched off stay. */
static void
keep_components(const TwFilter *filter, gboolean keep[4])
{
    static const GimpChannelType colors[] = { GIMP_CHANNEL_RED,
                                              GIMP_CHANNEL_GREEN,
                                              GIMP_CHANNEL_BLUE };

    if (gimp_drawable_is_gray(filter->drawable))
        return; /* nothing to choose from */
    for (int c = 0; c < 3; c++)
        keep[c] = !gimp_image_get_component_active(filter->image, colors[c]);
    keep[3] =
        !gimp_image_get_component_active(filter->image, GIMP_CHANNEL_ALPHA);
}

GeglBuffer *
tw_layer_pixels(TwFilter *filter, const TwPicture *result, GError **error)
{
    const cairo_rectangle_int_t *area = &filter->area;
    GeglBuffer *pixels = gegl_buffer_new(
        GEGL_RECTANGLE(area->x, area->y, area->width, area->height),
        gimp_drawable_get_format(filter->drawable));
    GeglBuffer *buffer = gimp_drawable_get_buffer(filter->drawable);
    TwBlend blend = blend_of(filter, result);

    blend.soft = TRUE;
    keep_components(filter, blend.keep);
    if (!tw_drawable_blend(filter->drawable, buffer, pixels, &blend, error))
        g_clear_object(&pixels);
    g_object_unref(buffer);
    return pixels;
}

static TwBlend
blend_anew(const TwPicture *result)
{
    return (TwBlend) {
        .result = result,
        .area = { 0, 0, result->image.width, result->image.height },
        .anew = TRUE,
    };
}

GeglBuffer *
tw_layer_pixels_anew(TwFilter *filter, const TwPicture *result, GError **error)
{
    const TwBlend blend = blend_anew(result);
    GeglBuffer *pixels = gegl_buffer_new(
        GEGL_RECTANGLE(0, 0, blend.area.width, blend.area.height),
        gimp_drawable_get_format(filter->drawable));

    if (!tw_drawable_blend(filter->drawable, pixels, pixels, &blend, error))
        g_clear_object(&pixels);
    return pixels;
}

/* The coverage as a plane of the layer's size, times the mask that the layer has
 * already (its copy). */
static TwPlane *
whole_coverage(const TwFilter *filter, GimpLayer *copy, GError **error)
{
    const TwPlane *part = coverage_of(filter);
    const cairo_rectangle_int_t *area = &filter->area;
    const gsize width = (gsize) filter->layer.width;
    GimpLayerMask *mask = gimp_layer_get_mask(copy);
    TwPlane *old = NULL, *new;

    new = tw_plane_new(filter->layer.width, filter->layer.height, error);
    for (int y = 0; new && y < area->height; y++)
        memcpy(new->data + (gsize) (area->y + y) * width + area->x,
               part->data + (gsize) y * (gsize) area->width,
               (gsize) area->width);
    if (!new || !mask)
        return new;
    old = tw_drawable_read_mask(GIMP_DRAWABLE(mask), &filter->layer, error);
    for (gsize i = 0; old && i < width * (gsize) old->height; i++)
        new->data[i] = (guchar) ((new->data[i] * old->data[i] + 127) / 255);
    if (!old)
        g_clear_pointer(&new, tw_plane_free);
    tw_plane_free(old);
    return new;
}

static gboolean
add_mask(const TwFilter *filter, GimpLayer *layer, GError **error)
{
    TwPlane *plane = whole_coverage(filter, layer, error);

    if (!plane)
        return FALSE;
    if (!gimp_layer_get_mask(layer))
        (void) gimp_layer_add_mask(
            layer, gimp_layer_create_mask(layer, GIMP_ADD_MASK_BLACK));
    tw_drawable_write_mask(GIMP_DRAWABLE(gimp_layer_get_mask(layer)), plane, 0,
                           0);
    tw_plane_free(plane);
    return TRUE;
}

/* Puts the result into the layer; a layer that it does not get into goes. NULL:
 * that, or there was no layer. */
static GimpLayer *
fill(GimpLayer *layer, const TwBlend *blend, GError **error)
{
    GeglBuffer *buffer;
    gboolean ok;

    if (!layer) {
        (void) tw_refuse_host(error);
        return NULL;
    }
    /* GIMP kills who writes into a locked layer. */
    (void) gimp_item_set_lock_content(GIMP_ITEM(layer), FALSE);
    (void) gimp_item_set_visible(GIMP_ITEM(layer), TRUE);
    buffer = gimp_drawable_get_buffer(GIMP_DRAWABLE(layer));
    ok = tw_drawable_blend(GIMP_DRAWABLE(layer), buffer, buffer, blend, error);
    g_object_unref(buffer);
    if (ok)
        return layer;
    (void) gimp_item_delete(GIMP_ITEM(layer));
    return NULL;
}

GimpLayer *
tw_layer_copy(TwFilter *filter, const TwPicture *result, GError **error)
{
    const TwBlend blend = blend_of(filter, result);
    GimpLayer *layer =
        fill(gimp_layer_copy(GIMP_LAYER(filter->drawable)), &blend, error);

    if (!layer)
        return NULL;
    if (!blend.coverage || add_mask(filter, layer, error))
        return layer;
    (void) gimp_item_delete(GIMP_ITEM(layer));
    return NULL;
}

GimpLayer *
tw_layer_elsewhere(TwFilter *filter, GimpImage *image, const TwPicture *result,
                   GError **error)
{
    TwBlend blend = blend_of(filter, result);
    GimpLayer *layer = gimp_layer_new_from_drawable(filter->drawable, image);

    blend.soft = TRUE;
    layer = fill(layer, &blend, error);
    if (layer)
        (void) gimp_layer_set_offsets(layer, 0, 0);
    return layer;
}

GimpLayer *
tw_layer_enlarged(TwFilter *filter, GimpImage *image, const TwPicture *result,
                  GError **error)
{
    GimpLayer *source = GIMP_LAYER(filter->drawable);
    const TwBlend blend = blend_anew(result);

    return fill(gimp_layer_new(image, NULL, result->image.width,
                               result->image.height,
                               gimp_drawable_type(filter->drawable),
                               gimp_layer_get_opacity(source),
                               gimp_layer_get_mode(source)),
                &blend, error);
}

GimpLayer *
tw_layer_rescued(TwFilter *filter, GimpImage *image, const TwPicture *result,
                 GError **error)
{
    const gboolean enlarged = tw_filter_has(filter, "scale");
    const TwBlend before = blend_anew(enlarged ? result : filter->picture);
    TwBlend blend = blend_of(filter, result);
    GimpLayer *layer =
        gimp_layer_new(image, NULL, before.area.width, before.area.height,
                       filter->origin.type, 100, GIMP_LAYER_MODE_NORMAL);

    layer = fill(layer, &before, error);
    if (!layer || enlarged)
        return layer;
    blend.area = before.area;
    blend.soft = TRUE;
    return fill(layer, &blend, error);
}
