/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "origin.h"

void
tw_origin_clear(TwOrigin *origin)
{
    g_clear_object(&origin->profile);
    g_clear_object(&origin->metadata);
    g_clear_pointer(&origin->layer, g_free);
}

void
tw_origin_read(TwOrigin *origin, GimpImage *image, GimpDrawable *layer)
{
    if (!gimp_image_is_valid(image) || !gimp_item_is_valid(GIMP_ITEM(layer)))
        return;
    tw_origin_clear(origin);
    origin->base = gimp_image_get_base_type(image);
    origin->precision = gimp_image_get_precision(image);
    origin->profile = gimp_image_get_color_profile(image);
    origin->metadata = gimp_image_get_metadata(image);
    if (!gimp_image_get_resolution(image, &origin->x, &origin->y))
        origin->x = origin->y = 0;
    origin->unit = gimp_image_get_unit(image);
    origin->type = gimp_drawable_type(layer);
    origin->layer = gimp_item_get_name(GIMP_ITEM(layer));
}

GimpImage *
tw_origin_image(const TwOrigin *origin, int width, int height)
{
    GimpImage *image = gimp_image_new_with_precision(
        width, height, origin->base, origin->precision);

    if (!image)
        return NULL;
    (void) gimp_image_undo_disable(image);
    if (origin->profile)
        (void) gimp_image_set_color_profile(image, origin->profile);
    if (origin->x > 0 && origin->y > 0)
        (void) gimp_image_set_resolution(image, origin->x, origin->y);
    (void) gimp_image_set_unit(image, origin->unit);
    if (origin->metadata)
        (void) gimp_image_set_metadata(image, origin->metadata);
    return image;
}
