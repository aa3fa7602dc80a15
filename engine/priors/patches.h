/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The square patches of a picture with holes: those that are known, and those
 * that are to be found.
 *
 * A pixel has up to TW_PATCH_CHANNELS values: colors, and what else patches are
 * to be compared by. A patch is named by the index of its first pixel; all
 * patches lie inside the picture.
 */

#ifndef TW_PATCHES_H
#define TW_PATCHES_H

#include "core/run.h"

enum {
    TW_PATCH = 7, /* pixels, the side of a patch */
    TW_PATCH_CHANNELS = 5
};

/* What begins at a pixel: target number 0, 1, ..., or one of these. */
enum {
    TW_PATCH_SOURCE = -1, /* all pixels are known */
    TW_PATCH_NONE = -2    /* no patch, or one that nobody wants */
};

/* Rows top to below bottom, columns left to below right. */
typedef struct tw_area {
    int top, left, bottom, right;
} tw_area;

typedef struct tw_patches {
    int height, width, channels;
    float *value;         /* [height][width][channels] */
    unsigned char *known; /* [height][width]; 0: not known */
    int32_t *place;       /* [height][width]: what begins there */
    int32_t *target;      /* where the targets begin, in order */
    int32_t targets, sources;
} tw_patches;

/* Takes memory for a picture; the caller fills value and known, then calls
 * tw_patches_find(). Less than 2^31 pixels. Fails with TW_ERR_MEMORY. */
tw_status tw_patches_make(tw_patches *patches, int height, int width,
                          int channels, tw_run *run);

/* Sorts the patches. Targets have a pixel that is not known, and one in @area.
 * Fails with TW_ERR_MEMORY. */
tw_status tw_patches_find(tw_patches *patches, tw_area area, tw_run *run);

/* Bytes of run memory of both. */
size_t tw_patches_bytes(int64_t height, int64_t width, int channels,
                        int64_t targets);

/* The squared distance of the patches at @a and @b, over all of their values; any
 * number above @most if it is larger than that. In float: of 245 terms the sum
 * is off by 1e-6 of itself. */
float tw_patches_distance(const tw_patches *patches, int32_t a, int32_t b,
                          float most);

#endif
