/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "enlarge.h"

#include <math.h>

#include "errors.h"
#include "replace.h"

static int
scaled(int size, double scale)
{
    return (int) fmax(round(scale * size), 1);
}

/* The layer's size in the scaled image may differ by one pixel: offsets are
 * rounded, too. */
static gboolean
fit_layer(GimpDrawable *layer, int width, int height)
{
    if (gimp_drawable_get_width(layer) == width &&
        gimp_drawable_get_height(layer) == height)
        return TRUE;
    return gimp_layer_scale(GIMP_LAYER(layer), width, height, FALSE);
}

gboolean
tw_enlarge_image(const TwFilter *filter, GeglBuffer *pixels, GError **error)
{
    const GeglRectangle *size = gegl_buffer_get_extent(pixels);
    GimpImage *image = filter->image;
    double scale = 1;

    g_object_get(filter->config, "scale", &scale, NULL);
    if (!gimp_image_scale(image, scaled(gimp_image_get_width(image), scale),
                          scaled(gimp_image_get_height(image), scale)) ||
        !fit_layer(filter->drawable, size->width, size->height))
        return tw_refuse_host(error);
    return tw_replace_pixels(image, filter->drawable, pixels, error);
}
