/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG files for the tests, by libjpeg. */

#ifndef TW_CHECK_JPEG_H
#define TW_CHECK_JPEG_H

#include "check-picture.h"

typedef struct check_jpeg {
    int quality;
    int across, down; /* pixels per sample of the colors */
    bool gray, rgb;   /* rgb: stored without change of color */
    bool progressive;
    int scans; /* more than one: progressive, so many and not all */
} check_jpeg;

/* Writes @picture to a file of its own, whose name is freed by the caller, who also
 * removes the file. */
char *check_jpeg_write(const tw_image *picture, const check_jpeg *how);

/* The picture that a file decodes to, freed by check_picture_free(); {0}: libjpeg
 * does not decode it, or it has more than a million pixels. */
tw_image check_jpeg_decode(const char *path);

#endif
