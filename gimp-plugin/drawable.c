/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawable.h"

#include "errors.h"
#include "pixels.h"

enum { ROWS = 64 }; /* at once: whole tiles */

TwPicture *
tw_drawable_read(GimpDrawable *drawable, const cairo_rectangle_int_t *part,
                 GError **error)
{
    const TwFormat format = tw_format_of(drawable);
    const gsize width = (gsize) part->width;
    GeglBuffer *buffer = gimp_drawable_get_buffer(drawable);
    TwPicture *picture = tw_picture_new(part->width, part->height);
    float *strip =
        g_try_malloc_n(ROWS * width, (gsize) format.channels * sizeof *strip);
    void *native = g_try_malloc_n(
        ROWS * width, (gsize) babl_format_get_bytes_per_pixel(format.native));

    if (!buffer || !picture || !strip || !native) {
        (void) tw_refuse_memory(error, part->width, part->height);
        g_clear_pointer(&picture, tw_picture_unref);
    }
    for (int y = 0; picture && y < part->height; y += ROWS) {
        const int rows = MIN(ROWS, part->height - y);

        gegl_buffer_get(
            buffer, GEGL_RECTANGLE(part->x, part->y + y, part->width, rows), 1,
            format.native, native, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
        tw_pixels_widen(&format, native, (gsize) rows * width, strip);
        tw_pixels_expand(strip, format.channels, (gsize) rows * width,
                         picture->image.data + y * picture->image.stride);
    }
    g_free(native);
    g_free(strip);
    g_clear_object(&buffer);
    return picture;
}

/* The rows that are worked on. */
typedef struct Strip {
    TwFormat format;
    int pixel;                  /* bytes of a native pixel */
    guchar *native, *converted; /* as they are, and as they may become */
    float *packed, *old, *new;  /* @packed: of the native channels */
} Strip;

static gboolean
strip_new(GimpDrawable *like, int width, Strip *strip)
{
    const gsize count = (gsize) width * ROWS;
    gsize pixel;

    strip->format = tw_format_of(like);
    strip->pixel = babl_format_get_bytes_per_pixel(strip->format.native);
    pixel = (gsize) strip->pixel;
    strip->native = g_try_malloc_n(count, pixel);
    strip->converted = g_try_malloc_n(count, pixel);
    strip->packed = g_try_malloc_n(count, 4 * sizeof *strip->packed);
    strip->old = g_try_malloc_n(count, 4 * sizeof *strip->old);
    strip->new = g_try_malloc_n(count, 4 * sizeof *strip->new);
    return strip->native && strip->converted && strip->packed && strip->old &&
           strip->new;
}

static void
strip_clear(Strip *strip)
{
    g_free(strip->native);
    g_free(strip->converted);
    g_free(strip->packed);
    g_free(strip->old);
    g_free(strip->new);
}

/* What was there, over what is new: opaque. */
static void
uncover(const float *old, float *new)
{
    for (int c = 0; c < 3; c++)
        new[c] = old[3] * old[c] + (1 - old[3]) * new[c];
    new[3] = 1;
}

/* @share of the new pixel, the rest of the old one, weighted by alpha. */
static void
mix(const float *old, float share, float *new)
{
    const float a = (1 - share) * old[3];
    const float b = share * new[3];

    for (int c = 0; c < 3 && a + b > 0; c++)
        new[c] = (a * old[c] + b * new[c]) / (a + b);
    new[3] = a + b;
}

/* @new becomes what is to be stored; FALSE: the old pixel stays. A color that
 * nobody sees stays, too. */
static gboolean
blend_pixel(const TwBlend *blend, const float *old, int cover, float *new)
{
    if (blend->anew)
        return TRUE;
    if (cover == 0 || (old[3] <= 0 && !blend->uncover))
        return FALSE;
    if (blend->uncover && old[3] < 1)
        uncover(old, new);
    else
        new[3] = old[3];
    if (blend->soft && cover < 255)
        mix(old, (float) cover / 255, new);
    for (int c = 0; c < 4; c++)
        if (blend->keep[c])
            new[c] = old[c];
    return memcmp(old, new, 4 * sizeof *old) != 0;
}

/* Rows @y … of the result: strip->native becomes what is to be stored. */
static void
blend_strip(const TwBlend *blend, int y, int rows, Strip *strip)
{
    const tw_image *image = &blend->result->image;
    const gsize count = (gsize) image->width * (gsize) rows;
    const gsize first = (gsize) image->width * (gsize) y;
    const int channels = strip->format.channels;
    const gsize pixel = (gsize) strip->pixel;

    tw_pixels_widen(&strip->format, strip->native, count, strip->packed);
    tw_pixels_expand(strip->packed, channels, count, strip->old);
    memcpy(strip->new, image->data + y * image->stride,
           4 * count * sizeof *strip->new);
    for (gsize i = 0; i < count; i++) {
        const int cover =
            blend->coverage ? blend->coverage->data[first + i] : 255;

        if (!blend_pixel(blend, strip->old + 4 * i, cover, strip->new + 4 * i))
            memcpy(strip->new + 4 * i, strip->old + 4 * i,
                   4 * sizeof *strip->new);
    }
    tw_pixels_pack(strip->new, channels, count, strip->packed);
    tw_pixels_narrow(&strip->format, strip->packed, count, strip->converted);
    for (gsize i = 0; i < count; i++)
        if (blend->anew || memcmp(strip->old + 4 * i, strip->new + 4 * i,
                                  4 * sizeof *strip->new) != 0)
            memcpy(strip->native + i * pixel, strip->converted + i * pixel,
                   pixel);
}

gboolean
tw_drawable_blend(GimpDrawable *like, GeglBuffer *from, GeglBuffer *to,
                  const TwBlend *blend, GError **error)
{
    const cairo_rectangle_int_t *area = &blend->area;
    Strip strip = { 0 };
    const gboolean ok = strip_new(like, area->width, &strip);

    if (!ok)
        (void) tw_refuse_memory(error, area->width, ROWS);
    for (int y = 0; ok && y < area->height; y += ROWS) {
        const int rows = MIN(ROWS, area->height - y);
        const GeglRectangle *place =
            GEGL_RECTANGLE(area->x, area->y + y, area->width, rows);

        gegl_buffer_get(from, place, 1, strip.format.native, strip.native,
                        GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
        blend_strip(blend, y, rows, &strip);
        gegl_buffer_set(to, place, 0, strip.format.native, strip.native,
                        GEGL_AUTO_ROWSTRIDE);
    }
    strip_clear(&strip);
    return ok;
}
