/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-tile.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

cairo_rectangle_int_t
tw_tile_box(const TwPlane *plane, int column, int row)
{
    const int x = column * TW_TILE_SIDE, y = row * TW_TILE_SIDE;

    return (cairo_rectangle_int_t) { x, y, MIN(TW_TILE_SIDE, plane->width - x),
                                     MIN(TW_TILE_SIDE, plane->height - y) };
}

static guchar *
pixels(const TwPlane *plane, const cairo_rectangle_int_t *box, int y)
{
    return tw_plane_row(plane, box->y + y) + box->x;
}

gsize
tw_tile_bytes(const TwPlane *plane, const TwTile *tile)
{
    const cairo_rectangle_int_t box =
        tw_tile_box(plane, tile->column, tile->row);

    return offsetof(TwTile, data) +
           (tile->flat ? 1 : (gsize) box.width * (gsize) box.height);
}

TwTile *
tw_tile_copy(const TwPlane *plane, int column, int row)
{
    const cairo_rectangle_int_t box = tw_tile_box(plane, column, row);
    const TwTile head = { NULL, column, row, tw_plane_flat(plane, &box) };
    TwTile *tile = malloc(tw_tile_bytes(plane, &head));

    if (!tile)
        return NULL;
    memcpy(tile, &head, offsetof(TwTile, data));
    tile->data[0] = *pixels(plane, &box, 0);
    for (int y = 0; !tile->flat && y < box.height; y++)
        memcpy(tile->data + (gsize) y * (gsize) box.width,
               pixels(plane, &box, y), (gsize) box.width);
    return tile;
}

void
tw_tile_restore(TwPlane *plane, const TwTile *tile)
{
    const cairo_rectangle_int_t box =
        tw_tile_box(plane, tile->column, tile->row);

    for (int y = 0; y < box.height; y++)
        if (tile->flat)
            memset(pixels(plane, &box, y), tile->data[0], (gsize) box.width);
        else
            memcpy(pixels(plane, &box, y),
                   tile->data + (gsize) y * (gsize) box.width,
                   (gsize) box.width);
}

gboolean
tw_tile_differs(const TwPlane *plane, const TwTile *tile)
{
    const cairo_rectangle_int_t box =
        tw_tile_box(plane, tile->column, tile->row);

    if (tile->flat)
        return !tw_plane_flat(plane, &box) ||
               *pixels(plane, &box, 0) != tile->data[0];
    for (int y = 0; y < box.height; y++)
        if (memcmp(pixels(plane, &box, y),
                   tile->data + (gsize) y * (gsize) box.width,
                   (gsize) box.width) != 0)
            return TRUE;
    return FALSE;
}
