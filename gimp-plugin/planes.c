/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks of GIMP as planes of bytes, and back. */

#include <math.h>
#include <string.h>

#include "drawable.h"
#include "errors.h"

TwPlane *
tw_plane_new(int width, int height, GError **error)
{
    TwPlane *plane = g_new0(TwPlane, 1);

    plane->width = width;
    plane->height = height;
    plane->data = g_try_malloc0_n((gsize) width, (gsize) height);
    if (plane->data)
        return plane;
    g_free(plane);
    (void) tw_refuse_memory(error, width, height);
    return NULL;
}

void
tw_plane_free(TwPlane *plane)
{
    if (plane)
        g_free(plane->data);
    g_free(plane);
}

TwPlane *
tw_plane_crop(const TwPlane *plane, const cairo_rectangle_int_t *part,
              GError **error)
{
    TwPlane *crop = tw_plane_new(part->width, part->height, error);

    for (int y = 0; crop && y < part->height; y++)
        memcpy(crop->data + (gsize) y * (gsize) part->width,
               plane->data + (gsize) (part->y + y) * (gsize) plane->width +
                   part->x,
               (gsize) part->width);
    return crop;
}

/* Bytes without a change of the curve that the drawable has: a saved channel of
 * an 8-bit image is Y', a selection Y. */
static const Babl *
bytes_of(GimpDrawable *drawable)
{
    const Babl *format = gimp_drawable_get_format(drawable);
    const gboolean prime =
        g_str_has_prefix(babl_format_get_encoding(format), "Y'");

    return babl_format_with_space(prime ? "Y' u8" : "Y u8", format);
}

/* A layer's colors as a mask, as the engine takes them. */
static gboolean
read_layer(GimpDrawable *layer, const GeglRectangle *part, TwPlane *plane,
           GError **error)
{
    const cairo_rectangle_int_t all = { part->x, part->y, part->width,
                                        part->height };
    TwPicture *picture = tw_drawable_read(layer, &all, error);
    const gsize count = (gsize) plane->width * (gsize) plane->height;

    for (gsize i = 0; picture && i < count; i++) {
        const float *p = picture->image.data + 4 * i;
        const float value = (p[0] + p[1] + p[2]) / 3 * p[3];

        plane->data[i] = (guchar) lrintf(255 * CLAMP(value, 0, 1));
    }
    tw_picture_unref(picture);
    return picture != NULL;
}

TwPlane *
tw_drawable_read_mask(GimpDrawable *drawable, const cairo_rectangle_int_t *part,
                      GError **error)
{
    TwPlane *plane = tw_plane_new(part->width, part->height, error);
    GeglRectangle place = { part->x, part->y, part->width, part->height };
    gboolean ok = plane != NULL;
    int left = 0, top = 0;

    (void) gimp_drawable_get_offsets(drawable, &left, &top);
    place.x -= left;
    place.y -= top;
    if (ok && GIMP_IS_CHANNEL(drawable)) {
        GeglBuffer *buffer = gimp_drawable_get_buffer(drawable);

        gegl_buffer_get(buffer, &place, 1, bytes_of(drawable), plane->data,
                        GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
        g_object_unref(buffer);
    } else if (ok) {
        ok = read_layer(drawable, &place, plane, error);
    }
    if (!ok)
        g_clear_pointer(&plane, tw_plane_free);
    return plane;
}

void
tw_drawable_write_mask(GimpDrawable *drawable, const TwPlane *plane, int left,
                       int top)
{
    GeglBuffer *buffer = gimp_drawable_get_buffer(drawable);

    gegl_buffer_set(buffer,
                    GEGL_RECTANGLE(left, top, plane->width, plane->height), 0,
                    bytes_of(drawable), plane->data, GEGL_AUTO_ROWSTRIDE);
    g_object_unref(buffer);
    (void) gimp_drawable_update(drawable, left, top, plane->width,
                                plane->height);
}
