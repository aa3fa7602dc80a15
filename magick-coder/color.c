/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lcms2.h>
#include <stdlib.h>

#include "color.h"
#include "report.h"
#include "tweedie.h"

/* The sRGB profile as bytes; freed with free(). NULL: out of memory. */
static void *
srgb_profile(cmsUInt32Number *size)
{
    cmsHPROFILE profile = cmsCreate_sRGBProfile();
    void *data = NULL;

    *size = 0;
    if (profile && cmsSaveProfileToMem(profile, NULL, size))
        data = malloc(*size);
    if (data && !cmsSaveProfileToMem(profile, data, size)) {
        free(data);
        data = NULL;
    }
    if (profile)
        (void) cmsCloseProfile(profile);
    return data;
}

/* All channels may be written, all pixels, and nobody watches. */
static Image *
plain_copy(const Image *image, ExceptionInfo *exception)
{
    Image *work = CloneImage(image, 0, 0, MagickTrue, exception);

    if (!work)
        return NULL;
    (void) SetImageProgressMonitor(work, NULL, NULL);
    (void) SetImageChannelMask(work, AllChannels);
    if (!SetImageMask(work, WritePixelMask, NULL, exception) ||
        !SetImageMask(work, ReadPixelMask, NULL, exception) ||
        !SetImageMask(work, CompositePixelMask, NULL, exception) ||
        !SetImageStorageClass(work, DirectClass, exception))
        work = DestroyImage(work);
    return work;
}

/* A copy in sRGB by the profile that @image carries. NULL: it does not fit the
 * pixels or is damaged; what ImageMagick says about it is not the user's. */
static Image *
copy_by_profile(const Image *image, ExceptionInfo *exception)
{
    ExceptionInfo *problem = AcquireExceptionInfo();
    Image *work = plain_copy(image, exception);
    cmsUInt32Number size;
    void *srgb = srgb_profile(&size);
    bool ok = work && srgb && ProfileImage(work, "icc", srgb, size, problem) &&
              problem->severity < WarningException &&
              work->colorspace == sRGBColorspace;

    free(srgb);
    (void) DestroyExceptionInfo(problem);
    if (work && !ok)
        work = DestroyImage(work);
    return work;
}

Image *
tm_color_to_srgb(const Image *image, tm_color *color, ExceptionInfo *exception)
{
    const StringInfo *profile = GetImageProfile(image, "icc");
    Image *work = NULL;

    *color = (tm_color) { .space = image->colorspace };
    if (profile) {
        work = copy_by_profile(image, exception);
        if (work) {
            color->profile = CloneStringInfo(profile);
            return work;
        }
        tm_say(exception, OptionWarning, image->filename,
               _("The color profile cannot be used and is ignored"));
    }
    work = plain_copy(image, exception);
    if (work && image->colorspace != sRGBColorspace &&
        !TransformImageColorspace(work, sRGBColorspace, exception))
        work = DestroyImage(work);
    return work;
}

bool
tm_color_from_srgb(Image *work, const tm_color *color, ExceptionInfo *exception)
{
    if (color->profile &&
        !ProfileImage(work, "icc", GetStringInfoDatum(color->profile),
                      GetStringInfoLength(color->profile), exception))
        return false;
    return work->colorspace == color->space ||
           TransformImageColorspace(work, color->space, exception);
}

void
tm_color_clear(tm_color *color)
{
    if (color->profile)
        color->profile = DestroyStringInfo(color->profile);
}

double
tm_color_loss(const Image *image, const Image *srgb, const tm_color *color,
              ExceptionInfo *exception)
{
    Image *before, *after;
    double loss = -1;

    if (!color->profile && color->space == sRGBColorspace)
        return 0;
    before = plain_copy(image, exception);
    after = CloneImage(srgb, 0, 0, MagickTrue, exception);
    if (!before || !after || !tm_color_from_srgb(after, color, exception) ||
        !GetImageDistortion(before, after, PeakAbsoluteErrorMetric, &loss,
                            exception))
        loss = -1;
    if (before)
        (void) DestroyImage(before);
    if (after)
        (void) DestroyImage(after);
    return loss;
}
