/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-grow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One row further from the last feature (white, or not white if @dark). */
static void
step(const guchar *row, gboolean dark, int most, guint16 *distance, int width)
{
    for (int x = 0; x < width; x++)
        distance[x] = (row[x] >= TW_PLANE_HALF) != dark
                          ? 0
                          : (guint16) MIN(distance[x] + 1, most);
}

/*
 * A pixel is within reach of a feature if in its row there is a pixel, at
 * distance dx, whose nearest feature above or below it is at dy, with
 * dx^2 + dy^2 <= reach^2 (the separation that Meijster, Roerdink and Hesselink
 * 2000, "A general algorithm for computing distance transforms in linear time",
 * use for the whole transform). Such a pixel therefore covers an interval of
 * its row; sums of the intervals' begins and ends say where there is one.
 */
static void
cover(const guint16 *distance, const int *half_width, int reach, int x0,
      int width, int columns, int *count)
{
    memset(count, 0, ((gsize) width + 1) * sizeof *count);
    for (int x = 0; x < columns; x++) {
        if (distance[x] > reach)
            continue;
        const int half = half_width[distance[x]];
        const int first = x - x0 - half, end = x - x0 + half + 1;

        if (first >= width || end <= 0)
            continue;
        count[MAX(first, 0)]++;
        count[MIN(end, width)]--;
    }
}

/* The vertical distances of @box, for the rows of @part; @last: one row. */
static void
measure(const TwPlane *in, const cairo_rectangle_int_t *part,
        const cairo_rectangle_int_t *box, gboolean dark, int most,
        guint16 *distances, guint16 *last)
{
    const int width = box->width;

    for (int x = 0; x < width; x++)
        last[x] = (guint16) most;
    for (int y = box->y; y < part->y + part->height; y++) {
        step(tw_plane_row(in, y) + box->x, dark, most, last, width);
        if (y >= part->y)
            memcpy(distances + (gsize) (y - part->y) * (gsize) width, last,
                   (gsize) width * sizeof *last);
    }
    for (int x = 0; x < width; x++)
        last[x] = (guint16) most;
    for (int y = box->y + box->height - 1; y >= part->y; y--) {
        step(tw_plane_row(in, y) + box->x, dark, most, last, width);
        if (y >= part->y + part->height)
            continue;
        guint16 *row = distances + (gsize) (y - part->y) * (gsize) width;

        for (int x = 0; x < width; x++)
            row[x] = MIN(row[x], last[x]);
    }
}

gboolean
tw_plane_grow(const TwPlane *in, int pixels, const cairo_rectangle_int_t *part,
              guchar *out, gsize stride)
{
    const int reach = ABS(pixels);
    const gboolean dark = pixels < 0;
    const cairo_rectangle_int_t box = tw_plane_around(in, part, reach);
    const gsize width = (gsize) box.width;
    guint16 *distances =
        malloc(width * ((gsize) part->height + 1) * sizeof *distances);
    int *count = malloc(((gsize) part->width + 1) * sizeof *count);
    int *half_width = malloc(((gsize) reach + 1) * sizeof *half_width);
    const gboolean fine = distances && count && half_width;

    for (int d = 0; fine && d <= reach; d++)
        half_width[d] = (int) sqrt((double) (reach * reach - d * d));
    if (fine)
        measure(in, part, &box, dark, reach + 1, distances,
                distances + width * (gsize) part->height);
    for (int y = 0; fine && y < part->height; y++) {
        const guchar *old = tw_plane_row(in, part->y + y) + part->x;
        guchar *row = out + (gsize) y * stride;

        cover(distances + (gsize) y * width, half_width, reach, part->x - box.x,
              part->width, box.width, count);
        for (int x = 0, covered = 0; x < part->width; x++) {
            covered += count[x];
            row[x] = covered ? (dark ? 0 : 255) : old[x];
        }
    }
    free(half_width);
    free(count);
    free(distances);
    return fine;
}
