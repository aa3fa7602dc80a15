/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "masks.h"
#include "options.h"
#include "pixels.h"
#include "report.h"

/* The first picture of a file, with everything that ImageMagick reads and its
 * policy allows: formats, mpr:, settings in brackets. */
static Image *
read_picture(const char *name, ExceptionInfo *exception)
{
    ImageInfo *info = AcquireImageInfo();
    Image *image;

    (void) CopyMagickString(info->filename, name, MagickPathExtent);
    image = ReadImage(info, exception);
    (void) DestroyImageInfo(info);
    if (!image && exception->severity <= ResourceLimitError)
        tm_say(exception, FileOpenError, name,
               _("This picture cannot be read; check its name and type"));
    if (image && GetNextImageInList(image))
        (void) DestroyImageList(SplitImageList(image));
    return image;
}

bool
tm_masks_open(const tw_request *request, Image *images, tm_masks *masks,
              ExceptionInfo *exception)
{
    const char *name = tm_option(request, "mask");

    *masks = (tm_masks) { TM_SOURCE_NONE, NULL };
    if (!tw_request_param(request, "mask"))
        return true;
    if (!name) {
        masks->source = TM_SOURCE_WRITE;
    } else if (!strcmp(name, "alpha")) {
        masks->source = TM_SOURCE_ALPHA;
    } else if (strcmp(name, "last")) {
        masks->source = TM_SOURCE_FILE;
        masks->image = read_picture(name, exception);
    } else if (GetNextImageInList(images)) {
        masks->source = TM_SOURCE_LAST;
        masks->image = GetLastImageInList(images);
    } else {
        tm_say(exception, OptionError, images->filename,
               _("mask=last takes the last picture as the mask, but there is "
                 "only one; add the mask behind the picture"));
        return false;
    }
    return masks->source != TM_SOURCE_FILE || masks->image;
}

void
tm_masks_clear(tm_masks *masks)
{
    if (masks->source == TM_SOURCE_FILE && masks->image)
        masks->image = DestroyImage(masks->image);
}

/* Any picture as gray or color values in sRGB. */
static bool
read_values(const Image *image, tw_image *pixels, ExceptionInfo *exception)
{
    Image *copy = CloneImage(image, 0, 0, MagickTrue, exception);
    bool ok = copy;

    if (ok && copy->colorspace == CMYKColorspace)
        ok = TransformImageColorspace(copy, sRGBColorspace, exception);
    ok = ok && tm_pixels_read(copy, pixels, exception);
    if (copy)
        (void) DestroyImage(copy);
    return ok;
}

/* Opaque white where the value is @low or less, black elsewhere. */
static void
paint(tw_image *mask, int channel, float low)
{
    size_t count = (size_t) mask->width * (size_t) mask->height;

    for (float *p = mask->data; count--; p += 4) {
        p[0] = p[1] = p[2] = p[channel] <= low;
        p[3] = 1;
    }
}

/* ImageMagick's write mask is white where pixels are protected. */
static bool
read_write_mask(const Image *image, tw_image *mask, ExceptionInfo *exception)
{
    Image *protect;
    bool ok;

    if (!(image->channels & WriteMaskChannel))
        return true;
    protect = GetImageMask(image, WritePixelMask, exception);
    ok = protect && read_values(protect, mask, exception);
    if (ok)
        paint(mask, 0, 0.5F);
    if (protect)
        (void) DestroyImage(protect);
    return ok;
}

/* The largest value of alpha that is not opaque, in 16 bits. */
static const float nearly_opaque = 65534.5F / 65535;

bool
tm_mask_read(const tm_masks *masks, const Image *image, tw_image *mask,
             ExceptionInfo *exception)
{
    *mask = (tw_image) { 0 };
    if (masks->source == TM_SOURCE_WRITE)
        return read_write_mask(image, mask, exception);
    if (masks->source == TM_SOURCE_ALPHA) {
        if (!tm_pixels_read(image, mask, exception))
            return false;
        paint(mask, 3, nearly_opaque);
        return true;
    }
    if (masks->source == TM_SOURCE_NONE)
        return true;
    if (masks->image->columns == image->columns &&
        masks->image->rows == image->rows)
        return read_values(masks->image, mask, exception);
    tm_say(exception, OptionError, masks->image->filename,
           _("The mask is %zux%zu, the picture %zux%zu; give a mask of the "
             "picture's size"),
           masks->image->columns, masks->image->rows, image->columns,
           image->rows);
    return false;
}

bool
tm_kernel_read(const tw_request *request, tw_image *kernel,
               ExceptionInfo *exception)
{
    Image *image;
    bool ok;

    *kernel = (tw_image) { 0 };
    if (!tm_option_is_file(request, "kernel"))
        return true;
    image = read_picture(tm_option(request, "kernel"), exception);
    if (!image)
        return false;
    ok = read_values(image, kernel, exception);
    (void) DestroyImage(image);
    return ok;
}

bool
tm_kernel_write(const tw_found *found, const char *name,
                ExceptionInfo *exception)
{
    const int side = tw_found_side(found);
    ImageInfo *info = AcquireImageInfo();
    Image *image = NULL;
    tw_image pixels;
    tw_error err;
    bool ok = tm_pixels_new(side, side, &pixels, exception);

    if (ok && tw_found_draw(found, &pixels, &err) != TW_OK) {
        tm_say_error(exception, name, &err);
        ok = false;
    }
    if (ok) {
        image = ConstituteImage((size_t) side, (size_t) side, "RGBA",
                                FloatPixel, pixels.data, exception);
        ok = image;
    }
    if (ok) {
        (void) CopyMagickString(image->filename, name, MagickPathExtent);
        image->alpha_trait = UndefinedPixelTrait;
        (void) SetImageDepth(image, 16, exception);
        ok = SetImageColorspace(image, GRAYColorspace, exception) &&
             WriteImage(info, image, exception);
    }
    if (image)
        (void) DestroyImage(image);
    tm_pixels_free(&pixels);
    (void) DestroyImageInfo(info);
    return ok;
}
