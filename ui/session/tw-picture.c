/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-picture.h"

#include <string.h>

/* Pixels from which on freeing them is left to a thread. */
static const gint64 big = 1 << 20;

/* With pixels that @allocate has made. */
static TwPicture *
make(int width, int height, gpointer (*allocate)(gsize count, gsize size))
{
    TwPicture *picture;

    if (width < 1 || height < 1)
        return NULL;
    picture = g_try_new(TwPicture, 1);
    if (!picture)
        return NULL;
    const gsize pixels = (gsize) width * (gsize) height;

    g_atomic_ref_count_init(&picture->count);
    picture->image = (tw_image) {
        .width = width,
        .height = height,
        .stride = 4 * (ptrdiff_t) width,
        .data = allocate(pixels, 4 * sizeof(float)),
    };
    if (!picture->image.data)
        g_clear_pointer(&picture, g_free);
    return picture;
}

TwPicture *
tw_picture_new(int width, int height)
{
    return make(width, height, g_try_malloc_n);
}

TwPicture *
tw_picture_new_clear(int width, int height)
{
    return make(width, height, g_try_malloc0_n);
}

TwPicture *
tw_picture_ref(TwPicture *picture)
{
    if (picture)
        g_atomic_ref_count_inc(&picture->count);
    return picture;
}

static gpointer
free_data(gpointer data)
{
    g_free(data);
    return NULL;
}

/* Giving 24 megapixels back to the system took 170 to 470 ms on two busy cores,
 * too long for a main loop: a thread does it. */
static void
free_pixels(tw_image *image)
{
    const gint64 pixels = (gint64) image->width * image->height;
    GThread *thread = NULL;

    if (pixels >= big)
        thread = g_thread_try_new("free", free_data, image->data, NULL);
    if (thread)
        g_thread_unref(thread);
    else
        g_free(image->data);
}

void
tw_picture_unref(TwPicture *picture)
{
    if (!picture || !g_atomic_ref_count_dec(&picture->count))
        return;
    free_pixels(&picture->image);
    g_free(picture);
}

void
tw_picture_set(TwPicture **slot, TwPicture *picture)
{
    TwPicture *before = *slot;

    *slot = tw_picture_ref(picture);
    tw_picture_unref(before);
}

TwPicture *
tw_picture_crop(const TwPicture *picture, const cairo_rectangle_int_t *part)
{
    const tw_image *in = &picture->image;
    TwPicture *crop;

    g_return_val_if_fail(part->x >= 0 && part->y >= 0, NULL);
    g_return_val_if_fail(part->width <= in->width - part->x, NULL);
    g_return_val_if_fail(part->height <= in->height - part->y, NULL);
    crop = tw_picture_new(part->width, part->height);
    if (!crop)
        return NULL;
    for (int y = 0; y < part->height; y++)
        memcpy(crop->image.data + y * crop->image.stride,
               in->data + (part->y + y) * in->stride + 4 * (ptrdiff_t) part->x,
               (gsize) crop->image.stride * sizeof(float));
    return crop;
}
