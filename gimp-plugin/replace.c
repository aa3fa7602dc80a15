/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "replace.h"

#include "errors.h"

/* Takes the selection away for a while. NULL: there was none. */
static GimpChannel *
remove_selection(GimpImage *image)
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

static void
return_selection(GimpImage *image, GimpChannel *saved)
{
    if (!saved)
        return;
    (void) gimp_image_select_item(image, GIMP_CHANNEL_OP_REPLACE,
                                  GIMP_ITEM(saved));
    (void) gimp_image_remove_channel(image, saved);
}

/* All of @from into @to, of the same format; takes the reference to @to. */
static void
copy(GeglBuffer *from, GeglBuffer *to)
{
    gegl_buffer_copy(from, NULL, GEGL_ABYSS_NONE, to,
                     gegl_buffer_get_extent(from));
    g_object_unref(to);
}

/* The pixels of the layer, with those of @buffer in their place. */
static GeglBuffer *
whole_layer(GimpDrawable *layer, GeglBuffer *buffer)
{
    GeglBuffer *old = gimp_drawable_get_buffer(layer);
    GeglBuffer *all = gegl_buffer_new(gegl_buffer_get_extent(old),
                                      gegl_buffer_get_format(old));

    copy(old, g_object_ref(all));
    copy(buffer, g_object_ref(all));
    g_object_unref(old);
    return all;
}

/* merge_shadow works inside the selection: it is made to be the place of @buffer.
 * But a selection ends at the canvas: for a layer that goes on beyond it, nothing
 * is selected, and all of its pixels are written. Returns what to write. */
static GeglBuffer *
select_place(GimpImage *image, GimpDrawable *layer, GeglBuffer *buffer)
{
    const GeglRectangle canvas = { 0, 0, gimp_image_get_width(image),
                                   gimp_image_get_height(image) };
    GeglRectangle place = *gegl_buffer_get_extent(buffer);
    int left = 0, top = 0;

    (void) gimp_drawable_get_offsets(layer, &left, &top);
    place.x += left;
    place.y += top;
    if (!gegl_rectangle_contains(&canvas, &place))
        return whole_layer(layer, buffer);
    (void) gimp_image_select_rectangle(image, GIMP_CHANNEL_OP_REPLACE, place.x,
                                       place.y, place.width, place.height);
    return g_object_ref(buffer);
}

/*
 * merge_shadow keeps what was there for undoing, but goes through float, which is
 * less than 32-bit integers and doubles have. So it only opens the way: the same
 * pixels are then written once more, bit for bit.
 */
gboolean
tw_replace_pixels(GimpImage *image, GimpDrawable *layer, GeglBuffer *buffer,
                  GError **error)
{
    GimpChannel *saved = remove_selection(image);
    GeglBuffer *pixels = select_place(image, layer, buffer);
    const GeglRectangle place = *gegl_buffer_get_extent(pixels);
    gboolean ok;

    copy(pixels, gimp_drawable_get_shadow_buffer(layer));
    ok = gimp_drawable_merge_shadow(layer, TRUE);
    if (ok)
        copy(pixels, gimp_drawable_get_buffer(layer));
    else
        (void) tw_refuse_host(error);
    (void) gimp_selection_none(image);
    return_selection(image, saved);
    (void) gimp_drawable_update(layer, place.x, place.y, place.width,
                                place.height);
    g_object_unref(pixels);
    return ok;
}
