/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a mask is made of: one byte per pixel, 255 where to restore. Pure
 * functions on such planes; nothing here allocates unless it says so.
 *
 * Coordinates are continuous: pixel (i, j) is the square from (i, j) to
 * (i + 1, j + 1), its center at (i + 1/2, j + 1/2).
 */

#ifndef TW_RASTER_H
#define TW_RASTER_H

#include <cairo.h>
#include <glib.h>

typedef struct TwPlane {
    int width, height;
    guchar *data; /* width * height bytes, row by row */
} TwPlane;

typedef struct TwDab {
    double radius;   /* pixels, above 0 */
    double hardness; /* 0 … 1 */
    gboolean erase;
} TwDab;

enum { TW_PLANE_HALF = 128 }; /* the least value that is more white than not */

static inline guchar *
tw_plane_row(const TwPlane *plane, int y)
{
    return plane->data + (gsize) y * (gsize) plane->width;
}

/* Where the rectangle and the plane meet; FALSE and an empty rectangle if
 * nowhere. */
gboolean tw_plane_clip(const TwPlane *plane, cairo_rectangle_int_t *part);

/* @part and what lies within @reach of it, inside the plane. */
cairo_rectangle_int_t tw_plane_around(const TwPlane *plane,
                                      const cairo_rectangle_int_t *part,
                                      int reach);

/* Are all pixels of @part (within the plane, not empty) the same? */
gboolean tw_plane_flat(const TwPlane *plane, const cairo_rectangle_int_t *part);

/*
 * How much a dab covers at distance @d from its line, 0 … 1: 1 up to d = h r,
 * then 1 - t^2 (3 - 2 t), t = (d - h r) / (r - h r), and 0 beyond r. Hardness
 * 1 covers exactly the pixels whose center has d <= r.
 */
double tw_dab_cover(const TwDab *dab, double d);

/* The pixels that a line from @x0, @y0 to @x1, @y1 can touch, not clipped. */
void tw_dab_reach(const TwDab *dab, double x0, double y0, double x1, double y1,
                  cairo_rectangle_int_t *reach);

/* Draws that line within @part (clipped): the greater of old value and
 * coverage stays, or, when it erases, the lesser of old value and 1 - coverage.
 * So overlapping pieces of one stroke give what the whole stroke gives. */
void tw_dab_line(TwPlane *plane, const TwDab *dab, double x0, double y0,
                 double x1, double y1, const cairo_rectangle_int_t *part);

/* The smallest rectangle around all that is not 0; FALSE: there is nothing. */
gboolean tw_plane_bounds(const TwPlane *plane, cairo_rectangle_int_t *bounds);

#endif
