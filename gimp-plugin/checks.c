/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checks.h"

#include "core/i18n.h"
#include "errors.h"

/* GIMP's own name of the channel, never translated. */
#define QUICK_MASK "Qmask"

/* Quick Mask takes the selection away from the layers: where there is only one
 * layer, that is meant. */
static GimpDrawable *
layer_below_quick_mask(GimpImage *image, GError **error)
{
    GimpLayer **layers = gimp_image_get_selected_layers(image);
    GimpDrawable *layer = NULL;

    if (gimp_core_object_array_get_length((GObject **) layers) != 1) {
        g_free(layers);
        layers = gimp_image_get_layers(image);
    }
    if (gimp_core_object_array_get_length((GObject **) layers) == 1)
        layer = GIMP_DRAWABLE(layers[0]);
    else
        (void) tw_refuse(
            error, _("Quick Mask is on and it is not clear which layer is "
                     "meant; leave it, so that it becomes the selection, "
                     "and select one layer"));
    g_free(layers);
    return layer;
}

static GimpDrawable *
layer_of_channel(GimpImage *image, GimpDrawable *channel, gboolean takes_mask,
                 GimpDrawable **quick_mask, GError **error)
{
    char *name = gimp_item_get_name(GIMP_ITEM(channel));
    const gboolean quick = g_strcmp0(name, QUICK_MASK) == 0;

    g_free(name);
    if (quick && takes_mask) {
        *quick_mask = channel;
        return layer_below_quick_mask(image, error);
    }
    if (quick)
        (void) tw_refuse(error,
                         _("Quick Mask is on; leave it, so that it becomes the "
                           "selection, and run the filter again"));
    else
        (void) tw_refuse(
            error, _("A channel is selected; select a layer in the Layers "
                     "dialog"));
    return NULL;
}

GimpDrawable *
tw_check_layer(GimpImage *image, GimpDrawable **drawables, gboolean takes_mask,
               GimpDrawable **quick_mask, GError **error)
{
    const gsize count =
        gimp_core_object_array_get_length((GObject **) drawables);

    *quick_mask = NULL;
    if (count != 1) {
        (void) tw_refuse(error, count ? _("Several layers are selected; select "
                                          "one: they are restored one by one")
                                      : _("No layer is selected; select one"));
        return NULL;
    }
    if (GIMP_IS_LAYER_MASK(drawables[0]))
        return GIMP_DRAWABLE(
            gimp_layer_from_mask(GIMP_LAYER_MASK(drawables[0])));
    if (GIMP_IS_CHANNEL(drawables[0]))
        return layer_of_channel(image, drawables[0], takes_mask, quick_mask,
                                error);
    return drawables[0];
}

gboolean
tw_check_readable(GimpDrawable *layer, GError **error)
{
    GimpItem *item = GIMP_ITEM(layer);

    if (gimp_item_is_group(item))
        return tw_refuse(error,
                         _("This is a layer group; select a layer in it, "
                           "or merge the group"));
    if (gimp_drawable_is_indexed(layer))
        return tw_refuse(error, _("This image has a palette; convert it with "
                                  "Image > Mode > RGB"));
    if (gimp_item_is_text_layer(item))
        return tw_refuse(error,
                         _("This is a text layer; make pixels of it with Layer "
                           "> Discard Text Information, or select another "
                           "one"));
    if (gimp_layer_is_floating_sel(GIMP_LAYER(layer)))
        return tw_refuse(error, _("This is a floating selection; anchor it, or "
                                  "make a layer of it"));
    return TRUE;
}

static gboolean
is_locked(GimpItem *item)
{
    for (; item; item = gimp_item_get_parent(item))
        if (gimp_item_get_lock_content(item))
            return TRUE;
    return FALSE;
}

/* Layers that were deleted are kept for undoing, but not in the image. */
static gboolean
is_in_image(GimpImage *image, GimpItem *item)
{
    GimpItem *parent;
    GimpLayer **layers;
    gboolean found = FALSE;

    if (!gimp_item_is_valid(item))
        return FALSE;
    while ((parent = gimp_item_get_parent(item)))
        item = parent;
    layers = gimp_image_get_layers(image);
    for (int i = 0; layers && layers[i]; i++)
        found |= GIMP_ITEM(layers[i]) == item;
    g_free(layers);
    return found;
}

static gboolean
is_unchanged(const TwFilter *filter)
{
    GimpDrawable *layer = filter->drawable;
    int left = 0, top = 0;

    (void) gimp_drawable_get_offsets(layer, &left, &top);
    return gimp_drawable_get_width(layer) == filter->layer.width &&
           gimp_drawable_get_height(layer) == filter->layer.height &&
           left == filter->layer.x && top == filter->layer.y;
}

static gboolean
check_locks(const TwFilter *filter, GError **error)
{
    if (is_locked(GIMP_ITEM(filter->drawable)))
        return tw_refuse(error,
                         _("The pixels of this layer are locked; unlock "
                           "them in the Layers dialog, or choose another "
                           "output than this layer"));
    if (filter->uncover &&
        gimp_layer_get_lock_alpha(GIMP_LAYER(filter->drawable)))
        return tw_refuse(error,
                         _("The alpha channel of this layer is locked, so that "
                           "transparent pixels stay; unlock it in the Layers "
                           "dialog, or choose another output"));
    return TRUE;
}

gboolean
tw_check_writable(const TwFilter *filter, GError **error)
{
    if (!gimp_image_is_valid(filter->image))
        return tw_refuse(error, _("The image was closed meanwhile"));
    if (!is_in_image(filter->image, GIMP_ITEM(filter->drawable)))
        return tw_refuse(error, _("The layer was deleted meanwhile; undo that, "
                                  "or start the filter again"));
    if (!is_unchanged(filter))
        return tw_refuse(error, _("The layer was moved or resized meanwhile; "
                                  "undo that, or start the filter again"));
    if (!tw_check_readable(filter->drawable, error))
        return FALSE;
    if (tw_filter_output(filter) == TW_OUTPUT_REPLACE ||
        tw_filter_output(filter) == TW_OUTPUT_IN_PLACE)
        return check_locks(filter, error);
    return TRUE;
}
