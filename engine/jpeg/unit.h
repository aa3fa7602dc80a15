/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One unit of a JPEG: the smallest part of the picture that all planes divide into
 * whole blocks (T.81, A.2: a minimum coded unit), 8 x 8 pixels without subsampling
 * and 16 x 16 with 4:2:0. Units have nothing to do with each other.
 *
 * The transform is that of an encoder, without rounding: R'G'B' to Y'CbCr, the mean
 * of across x down pixels, the orthonormal transform of 8 x 8 samples. Where a unit
 * reaches beyond the picture the nearest pixel is taken, as encoders do; grids that
 * begin before the picture are treated alike.
 */

#ifndef TW_JPEG_UNIT_H
#define TW_JPEG_UNIT_H

#include "jpeg/jpeg.h"

enum {
    TW_UNIT_SIDE = 8 * TW_JPEG_MOST,
    TW_UNIT_PIXELS = 3 * TW_UNIT_SIDE * TW_UNIT_SIDE, /* most of a unit */
    TW_UNIT_VALUES = TW_UNIT_PIXELS
};

typedef struct tw_unit_part {
    int rows, columns; /* blocks of this plane in the unit */
    int64_t top, left; /* the first of them in the plane */
    int64_t first;     /* the place of the plane's first coefficient in y */
    int at;            /* and of its first one in the unit */
} tw_unit_part;

typedef struct tw_unit {
    const tw_jpeg *jpeg;
    int height, width; /* pixels */
    int64_t top, left; /* of its first pixel in the picture; may be negative */
    int values;        /* coefficients */
    bool inside;       /* no pixel is beyond the picture */
    tw_unit_part part[TW_JPEG_PLANES];
} tw_unit;

/* How many there are, and the one at @index, row by row. */
int64_t tw_unit_count(const tw_jpeg *jpeg);
tw_unit tw_unit_at(const tw_jpeg *jpeg, int64_t index);

/* The pixels of @x, three planes as large as the picture, into @pixels, three of
 * height x width; and the adjoint: what was read from one pixel is added up there,
 * and the unit's part of @x is overwritten. tw_unit_put() overwrites it with the
 * pixels as they are. */
void tw_unit_get(const tw_unit *u, const float *x, float *pixels);
void tw_unit_fold(const tw_unit *u, const float *pixels, float *x);
void tw_unit_put(const tw_unit *u, const float *pixels, float *x);

/* Pixels to coefficients of all planes and the adjoint, which overwrites
 * @pixels. Coefficients are in the order of the parts, block by block. */
void tw_unit_forward(const tw_unit *u, const float *pixels, float *values);
void tw_unit_adjoint(const tw_unit *u, const float *values, float *pixels);

/* The pseudo-inverse of tw_unit_forward(): the pixels with these coefficients that
 * are constant over each sample; overwrites @pixels. */
void tw_unit_inverse(const tw_unit *u, const float *values, float *pixels);

/* From and to y, which has the planes one after the other, each block by block. */
void tw_unit_gather(const tw_unit *u, const float *y, float *values);
void tw_unit_scatter(const tw_unit *u, const float *values, float *y);

/* 8 x 8 samples to coefficients, row by row. */
void tw_jpeg_transform(const float samples[8][8], float values[TW_JPEG_BLOCK]);

/* The row for plane @plane of the matrix from R'G'B' to Y'CbCr. */
const float *tw_jpeg_color(int plane);

#endif
