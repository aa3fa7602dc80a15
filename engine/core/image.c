/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/image.h"

#include <assert.h>
#include <math.h>

#include "core/i18n.h"
#include "core/parallel.h"

static float
from_sample(float v)
{
    return isnan(v) ? 0 : 2 * v - 1;
}

void
tw_image_to_tensor(const tw_image *image, tw_tensor *out)
{
    const int64_t w = image->width, h = image->height;

    assert(tw_shape_equal(out->shape, tw_shape4(1, 3, h, w)));
#pragma omp parallel for if (out->size > TW_SERIAL)
    for (int64_t y = 0; y < h; y++) {
        const float *in = image->data + y * image->stride;

        for (int64_t c = 0; c < 3; c++)
            for (int64_t x = 0; x < w; x++)
                out->data[(c * h + y) * w + x] = from_sample(in[4 * x + c]);
    }
}

void
tw_image_from_tensor(tw_image *image, const tw_tensor *x)
{
    const int64_t w = image->width, h = image->height;

    assert(tw_shape_equal(x->shape, tw_shape4(1, 3, h, w)));
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t row = 0; row < h; row++) {
        float *out = image->data + row * image->stride;

        for (int64_t c = 0; c < 3; c++)
            for (int64_t col = 0; col < w; col++)
                out[4 * col + c] =
                    0.5f * x->data[(c * h + row) * w + col] + 0.5f;
    }
}

static const char *
channel_name(int channel)
{
    static const char *const names[] = { N_("red"), N_("green"), N_("blue"),
                                         N_("alpha") };

    return _(names[channel]);
}

/* The first value of row @y that is not finite; -1: all are. */
static int64_t
first_bad(const tw_image *image, int64_t y)
{
    const float *row = image->data + y * image->stride;

    for (int64_t i = 0; i < 4 * (int64_t) image->width; i++)
        if (!isfinite(row[i]))
            return i;
    return -1;
}

tw_status
tw_image_check(const tw_image *image, tw_image_role role, tw_error *err)
{
    const int64_t height = image->height;
    int64_t y = height;

#pragma omp parallel for reduction(min : y) if (height * image->width >        \
                                                    TW_SERIAL)
    for (int64_t row = 0; row < height; row++)
        if (row < y && first_bad(image, row) >= 0)
            y = row;
    if (y == height)
        return TW_OK;
    const int64_t i = first_bad(image, y);

    return tw_fail(
        err, TW_ERR_ARGUMENT,
        role == TW_IMAGE_MASK
            ? _("The mask's %s value at %d,%d is not a number or infinite; "
                "repair the mask first")
        : role == TW_IMAGE_KERNEL
            ? _("The kernel's %s value at %d,%d is not a number or infinite; "
                "repair the kernel first")
            : _("The picture's %s value at %d,%d is not a number or infinite; "
                "repair the picture first"),
        channel_name((int) (i % 4)), (int) (i / 4), (int) y);
}
