/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The coefficients of a JPEG file, by libjpeg. Files come from anywhere: what is
 * wrong with one is an error, its size is known before memory is taken, and damaged
 * or endless scans are refused.
 */

#ifndef TW_JPEG_READ_H
#define TW_JPEG_READ_H

#include "core/image.h"
#include "jpeg/jpeg.h"

typedef struct tw_jpeg_header {
    int64_t height, width;
    tw_jpeg_sampling sampling;
} tw_jpeg_header;

/* All fail with TW_ERR_FILE (cannot be read), TW_ERR_FORMAT (no JPEG, damaged, or of a
 * kind whose coefficients say nothing here: CMYK, RGB, odd sampling), TW_ERR_MEMORY. */

/* What the file begins with: takes no memory that grows with the picture. */
tw_status tw_jpeg_peek(const char *path, tw_jpeg_header *header, tw_error *err);

/* *@jpeg: the coefficients, to be freed; NULL if @image is not the picture that the
 * file decodes to: another size, or a value more than two levels of 8 bits away (as
 * far as decoders differ). Takes tw_jpeg_bytes() twice while it reads. */
tw_status tw_jpeg_read(const char *path, const tw_image *image, tw_jpeg **jpeg,
                       tw_error *err);

#endif
