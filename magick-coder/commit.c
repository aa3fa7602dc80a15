/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last step of a result: into the image that the host holds. */
#include <math.h>

#include "pixels.h"

static bool
is_color(const Image *image, PixelChannel channel)
{
    return channel == RedPixelChannel || channel == GreenPixelChannel ||
           channel == BluePixelChannel ||
           (channel == BlackPixelChannel &&
            image->colorspace == CMYKColorspace);
}

/* May this channel not be written (-channel)? */
static bool
is_closed(const Image *image, PixelChannel channel)
{
    return !(GetPixelChannelTraits(image, channel) & UpdatePixelTrait);
}

bool
tm_image_is_restricted(const Image *image)
{
    bool closed = false;

    for (ssize_t i = 0; i < (ssize_t) GetPixelChannels(image); i++) {
        PixelChannel channel = GetPixelChannelChannel(image, i);

        closed |= is_color(image, channel) && is_closed(image, channel);
    }
    return closed || (image->channels & WriteMaskChannel);
}

/* The channels to copy: colors, those that may be written where the size stays;
 * alpha, where the size is new. Index, masks and metadata are the picture's. */
static size_t
list_channels(const Image *image, bool resized, PixelChannel *list)
{
    size_t count = 0;

    for (ssize_t i = 0; i < (ssize_t) GetPixelChannels(image); i++) {
        PixelChannel channel = GetPixelChannelChannel(image, i);

        if (is_color(image, channel) ? resized || !is_closed(image, channel)
                                     : resized && channel == AlphaPixelChannel)
            list[count++] = channel;
    }
    return count;
}

static void
copy_row(const Image *image, const tm_result *result, const Quantum *from,
         Quantum *to, const unsigned char *changed)
{
    PixelChannel channels[MaxPixelChannels];
    size_t count = list_channels(image, !changed, channels);

    for (size_t x = 0; x < image->columns; x++) {
        for (size_t i = 0; i < count && (!changed || changed[x]); i++)
            SetPixelChannel(image, channels[i],
                            GetPixelChannel(result->work, channels[i], from),
                            to);
        if (result->opaque && changed[x])
            SetPixelAlpha(image, OpaqueAlpha, to);
        from += GetPixelChannels(result->work);
        to += GetPixelChannels(image);
    }
}

static bool
copy_pixels(Image *image, const tm_result *result, ExceptionInfo *exception)
{
    CacheView *reader = AcquireVirtualCacheView(result->work, exception);
    CacheView *writer = AcquireAuthenticCacheView(image, exception);
    size_t width = image->columns;
    bool ok = true;

    for (ssize_t y = 0; ok && y < (ssize_t) image->rows; y++) {
        const Quantum *from =
            GetCacheViewVirtualPixels(reader, 0, y, width, 1, exception);
        Quantum *to =
            GetCacheViewAuthenticPixels(writer, 0, y, width, 1, exception);

        ok = from && to;
        if (ok)
            copy_row(image, result, from, to,
                     result->changed ? result->changed + (size_t) y * width
                                     : NULL);
        ok = ok && SyncCacheViewAuthenticPixels(writer, exception);
    }
    (void) DestroyCacheView(writer);
    (void) DestroyCacheView(reader);
    return ok;
}

static ssize_t
scale(ssize_t value, size_t to, size_t from)
{
    return (ssize_t) lround((double) value * (double) to / (double) from);
}

/* The new size, with the page scaled as -resize does it. Masks of the old size
 * cannot stay. */
static bool
resize(Image *image, size_t width, size_t height, ExceptionInfo *exception)
{
    RectangleInfo page = image->page;
    size_t columns = image->columns, rows = image->rows;

    if (!SetImageMask(image, WritePixelMask, NULL, exception) ||
        !SetImageMask(image, ReadPixelMask, NULL, exception) ||
        !SetImageMask(image, CompositePixelMask, NULL, exception) ||
        !SetImageExtent(image, width, height, exception))
        return false;
    page.width = (size_t) scale((ssize_t) page.width, width, columns);
    page.height = (size_t) scale((ssize_t) page.height, height, rows);
    page.x = scale(page.x, width, columns);
    page.y = scale(page.y, height, rows);
    image->page = page;
    return true;
}

bool
tm_result_commit(Image *image, const tm_result *result,
                 ExceptionInfo *exception)
{
    const Image *work = result->work;

    if (!SetImageStorageClass(image, DirectClass, exception))
        return false;
    if ((work->columns != image->columns || work->rows != image->rows) &&
        !resize(image, work->columns, work->rows, exception))
        return false;
    return copy_pixels(image, result, exception);
}
