/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a JPEG file says about its picture: for each coefficient of the discrete
 * cosine transform of 8 x 8 samples the cell of the quantiser in which it lies.
 * ITU-T T.81, annexes A.3 (transform, quantiser) and A.1 (sampling factors); the
 * colors are those of JFIF (ITU-T T.871, section 7).
 *
 * A coefficient lies in (level - 1/2, level + 1/2) step, in units of one level of
 * 8 bits. Pictures of the engine are x in [-1, 1] = levels / 127.5 - 1, so here
 *
 *     y = (level step + 4 for the mean of luma) / 127.5
 *
 * is the middle of the cell of a coefficient of x: 8 for the transform of a
 * constant, times the half level by which 127.5 is below the 128 of the standard.
 */

#ifndef TW_JPEG_H
#define TW_JPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TW_JPEG_PLANES = 3, /* at most: Y, Cb, Cr */
    TW_JPEG_BLOCK = 64, /* coefficients */
    TW_JPEG_MOST = 4    /* pixels per sample in one direction */
};

typedef struct tw_jpeg_plane {
    int across, down;          /* pixels per sample: 1, 2 or 4 */
    int64_t rows, columns;     /* blocks */
    float step[TW_JPEG_BLOCK]; /* at least 1; frequencies row by row */
    int16_t *level;            /* rows x columns x 64; NULL: a sketch */
} tw_jpeg_plane;

typedef struct tw_jpeg {
    int64_t height, width; /* of the picture, pixels */
    int64_t top, left;     /* pixels of the grid before the picture's first */
    int planes;            /* 1: gray, or 3 */
    bool guessed;          /* found in the pixels: cells of blocks that are not
                              wholly in the picture are not known */
    tw_jpeg_plane plane[TW_JPEG_PLANES];
} tw_jpeg;

/* Sampling factors as pixels per sample, for each plane. */
typedef struct tw_jpeg_sampling {
    int planes, across[TW_JPEG_PLANES], down[TW_JPEG_PLANES];
} tw_jpeg_sampling;

/* All levels 0, all steps 1. @sketch: without levels, for a run that only sizes.
 * NULL: out of memory. */
tw_jpeg *tw_jpeg_new(int64_t height, int64_t width, int64_t top, int64_t left,
                     const tw_jpeg_sampling *sampling, bool sketch);
void tw_jpeg_free(tw_jpeg *jpeg); /* NULL is fine */

/* Coefficients of all planes, and bytes of their levels. */
int64_t tw_jpeg_count(const tw_jpeg *jpeg);
size_t tw_jpeg_bytes(const tw_jpeg *jpeg);

/* Pixels of a side of the unit that all planes divide into whole blocks. */
int64_t tw_jpeg_unit_width(const tw_jpeg *jpeg);
int64_t tw_jpeg_unit_height(const tw_jpeg *jpeg);

/* Middle of the cell @level of the coefficient @at of plane @plane, as y. */
static inline double
tw_jpeg_middle(const tw_jpeg *jpeg, int plane, int at, double level)
{
    const double shift = plane == 0 && at == 0 ? 4 : 0;

    return (level * (double) jpeg->plane[plane].step[at] + shift) / 127.5;
}

#endif
