/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of a square of a plane; of one value only, if that is all it has. */

#ifndef TW_TILE_H
#define TW_TILE_H

#include "mask/tw-raster.h"

enum { TW_TILE_SIDE = 64 }; /* pixels; less at the right and lower border */

typedef struct TwTile TwTile;
struct TwTile {
    TwTile *next;
    int column, row; /* in tiles */
    gboolean flat;   /* all pixels are data[0] */
    guchar data[];   /* one byte if flat, else the pixels without gaps */
};

/* Its pixels in the plane. */
cairo_rectangle_int_t tw_tile_box(const TwPlane *plane, int column, int row);

/* What @plane has there; freed by free(). NULL: out of memory. */
TwTile *tw_tile_copy(const TwPlane *plane, int column, int row);
gsize tw_tile_bytes(const TwPlane *plane, const TwTile *tile);

/* Writes it back, or asks whether that would change anything. */
void tw_tile_restore(TwPlane *plane, const TwTile *tile);
gboolean tw_tile_differs(const TwPlane *plane, const TwTile *tile);

#endif
