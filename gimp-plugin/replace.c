/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "replace.h"

#include "errors.h"

GimpChannel *
tw_selection_remove(GimpImage *image)
{
    GimpLayer **layers;
    gpointer list; /* the same: the next function wants const layers */
    GimpChannel *saved;

    if (gimp_selection_is_empty(image))
        return NULL;
    /* A new channel takes the place of the selected layers. */
    list = layers = gimp_image_get_selected_layers(image);
    saved = GIMP_CHANNEL(gimp_selection_save(image));
    if (layers && *layers)
        (void) gimp_image_set_selected_layers(image, list);
    (void) gimp_selection_none(image);
    g_free(layers);
    return saved;
}

void
tw_selection_return(GimpImage *image, GimpChannel *saved)
{
    if (!saved)
        return;
    (void) gimp_image_select_item(image, GIMP_CHANNEL_OP_REPLACE,
                                  GIMP_ITEM(saved));
    (void) gimp_image_remove_channel(image, saved);
}

/* Puts @buffer into a buffer of GIMP's, in the same format. */
static void
copy(GeglBuffer *from, GeglBuffer *to)
{
    gegl_buffer_copy(from, NULL, GEGL_ABYSS_NONE, to,
                     gegl_buffer_get_extent(from));
    g_object_unref(to);
}

/*
 * merge_shadow keeps what was there for undoing, but goes through float, which is
 * less than 32-bit integers and doubles have. So it only opens the way: the same
 * pixels are then written once more, bit for bit. It works inside the selection,
 * which is therefore made to be the rectangle.
 */
gboolean
tw_replace_pixels(GimpImage *image, GimpDrawable *layer, GeglBuffer *buffer,
                  GError **error)
{
    const GeglRectangle *place = gegl_buffer_get_extent(buffer);
    GimpChannel *saved = tw_selection_remove(image);
    int left = 0, top = 0;
    gboolean ok;

    (void) gimp_drawable_get_offsets(layer, &left, &top);
    (void) gimp_image_select_rectangle(image, GIMP_CHANNEL_OP_REPLACE,
                                       left + place->x, top + place->y,
                                       place->width, place->height);
    copy(buffer, gimp_drawable_get_shadow_buffer(layer));
    ok = gimp_drawable_merge_shadow(layer, TRUE);
    if (ok)
        copy(buffer, gimp_drawable_get_buffer(layer));
    else
        (void) tw_refuse_host(error);
    (void) gimp_selection_none(image);
    tw_selection_return(image, saved);
    (void) gimp_drawable_update(layer, place->x, place->y, place->width,
                                place->height);
    return ok;
}
