/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures as the host programs know them: interleaved, with alpha.
 *
 * This is the only place where pixels enter or leave the engine. Samples are
 * float, R'G'B'A (sRGB transfer curve, alpha not multiplied in), nominally
 * 0…1; values outside are kept. GIMP's babl format for it is "R'G'B'A float",
 * ImageMagick's is the map "RGBA" with FloatPixel.
 */

#ifndef TW_IMAGE_H
#define TW_IMAGE_H

#include <stddef.h>

#include "core/status.h"
#include "core/tensor.h"

typedef struct tw_image {
    int width, height; /* pixels, each at least 1 */
    ptrdiff_t stride;  /* floats from one row to the next, at least 4 width */
    float *data;       /* owned by the caller */
} tw_image;

/* @out (1, 3, H, W) in [-1, 1]; alpha is left out, color under alpha 0 too is
 * copied as it is. Values outside of 0…1 stay outside, NaN becomes 0. */
void tw_image_to_tensor(const tw_image *image, tw_tensor *out);

/* The reverse; leaves alpha untouched. */
void tw_image_from_tensor(tw_image *image, const tw_tensor *x);

/* What a picture is, for messages. */
typedef enum tw_image_role {
    TW_IMAGE_PICTURE,
    TW_IMAGE_MASK,
    TW_IMAGE_KERNEL
} tw_image_role;

/* TW_OK, or TW_ERR_ARGUMENT with the first place that holds NaN or infinity. */
tw_status tw_image_check(const tw_image *image, tw_image_role role,
                         tw_error *err);

#endif
