/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-raster.h"

#include <math.h>
#include <string.h>

gboolean
tw_plane_clip(const TwPlane *plane, cairo_rectangle_int_t *part)
{
    const int left = MAX(part->x, 0), top = MAX(part->y, 0);
    const int right = MIN(part->x + part->width, plane->width);
    const int bottom = MIN(part->y + part->height, plane->height);

    if (right <= left || bottom <= top) {
        *part = (cairo_rectangle_int_t) { 0, 0, 0, 0 };
        return FALSE;
    }
    *part = (cairo_rectangle_int_t) { left, top, right - left, bottom - top };
    return TRUE;
}

cairo_rectangle_int_t
tw_plane_around(const TwPlane *plane, const cairo_rectangle_int_t *part,
                int reach)
{
    cairo_rectangle_int_t box = { part->x - reach, part->y - reach,
                                  part->width + 2 * reach,
                                  part->height + 2 * reach };

    tw_plane_clip(plane, &box);
    return box;
}

gboolean
tw_plane_flat(const TwPlane *plane, const cairo_rectangle_int_t *part)
{
    const guchar value = tw_plane_row(plane, part->y)[part->x];

    for (int y = part->y; y < part->y + part->height; y++) {
        const guchar *row = tw_plane_row(plane, y) + part->x;

        if (row[0] != value || memcmp(row, row + 1, (gsize) part->width - 1))
            return FALSE;
    }
    return TRUE;
}

double
tw_dab_cover(const TwDab *dab, double d)
{
    const double hard = dab->hardness * dab->radius;

    if (d <= hard)
        return 1;
    if (d >= dab->radius)
        return dab->hardness >= 1 && d <= dab->radius ? 1 : 0;
    const double t = (d - hard) / (dab->radius - hard);

    return 1 - t * t * (3 - 2 * t);
}

void
tw_dab_reach(const TwDab *dab, double x0, double y0, double x1, double y1,
             cairo_rectangle_int_t *reach)
{
    /* Far outside everything is clipped anyway, and no integer overflows. */
    const double far = 1e8, r = dab->radius;
    const int left = (int) floor(CLAMP(MIN(x0, x1) - r, -far, far));
    const int top = (int) floor(CLAMP(MIN(y0, y1) - r, -far, far));
    const int right = (int) ceil(CLAMP(MAX(x0, x1) + r, -far, far));
    const int bottom = (int) ceil(CLAMP(MAX(y0, y1) + r, -far, far));

    *reach = (cairo_rectangle_int_t) { left, top, right - left, bottom - top };
}

/* A segment, for the distances of many points from it. */
typedef struct Segment {
    double x0, y0, dx, dy, square; /* square of its length */
} Segment;

/* The square of the distance of (@x, @y). */
static double
distance2(const Segment *line, double x, double y)
{
    double px = x - line->x0, py = y - line->y0;

    if (line->square > 0) {
        const double t = (px * line->dx + py * line->dy) / line->square;

        px -= CLAMP(t, 0, 1) * line->dx;
        py -= CLAMP(t, 0, 1) * line->dy;
    }
    return px * px + py * py;
}

/* Cuts @low … @high to where @low_value <= @slope x + @offset <= @high_value. */
static void
cut(double slope, double offset, double low_value, double high_value,
    double *low, double *high)
{
    if (fabs(slope) < 1e-12) {
        if (offset < low_value || offset > high_value)
            *high = -HUGE_VAL;
        return;
    }
    const double a = (low_value - offset) / slope;
    const double b = (high_value - offset) / slope;

    *low = MAX(*low, MIN(a, b));
    *high = MIN(*high, MAX(a, b));
}

/* Widens @low … @high by what a disc around (@cx, @cy) has in the row @y. */
static void
join_disc(double cx, double cy, double radius, double y, double *low,
          double *high)
{
    const double square = radius * radius - (y - cy) * (y - cy);

    if (square < 0)
        return;
    *low = MIN(*low, cx - sqrt(square));
    *high = MAX(*high, cx + sqrt(square));
}

/* The pixels of row @y that the line may touch, among @first … @end - 1: a
 * little more than the capsule's chord, whose every pixel is then measured. */
static void
chord(const Segment *line, double radius, double y, int *first, int *end)
{
    double low = -HUGE_VAL, high = HUGE_VAL;

    if (line->square > 0) {
        const double length = sqrt(line->square);
        const double ux = line->dx / length, uy = line->dy / length;
        const double py = y - line->y0;

        cut(ux, py * uy, 0, length, &low, &high);
        cut(uy, -py * ux, -radius, radius, &low, &high);
        low += line->x0;
        high += line->x0;
    }
    if (line->square <= 0 || low > high) {
        low = HUGE_VAL;
        high = -HUGE_VAL;
    }
    join_disc(line->x0, line->y0, radius, y, &low, &high);
    join_disc(line->x0 + line->dx, line->y0 + line->dy, radius, y, &low, &high);
    *first = (int) CLAMP(floor(low) - 1, *first, *end);
    *end = (int) CLAMP(ceil(high) + 1, *first, *end);
}

void
tw_dab_line(TwPlane *plane, const TwDab *dab, double x0, double y0, double x1,
            double y1, const cairo_rectangle_int_t *part)
{
    const double dx = x1 - x0, dy = y1 - y0, radius = dab->radius;
    const Segment line = { x0, y0, dx, dy, dx * dx + dy * dy };
    const double hard = dab->hardness * radius, hard2 = hard * hard;
    cairo_rectangle_int_t box = *part;

    if (!tw_plane_clip(plane, &box))
        return;
    for (int y = box.y; y < box.y + box.height; y++) {
        guchar *row = tw_plane_row(plane, y);
        int first = box.x, end = box.x + box.width;

        chord(&line, radius, y + 0.5, &first, &end);
        for (int x = first; x < end; x++) {
            const double square = distance2(&line, x + 0.5, y + 0.5);
            guchar cover = 255;

            if (square > radius * radius)
                continue;
            if (square > hard2)
                cover = (guchar) (255 * tw_dab_cover(dab, sqrt(square)) + 0.5);
            row[x] = dab->erase ? MIN(row[x], (guchar) (255 - cover))
                                : MAX(row[x], cover);
        }
    }
}

gboolean
tw_plane_bounds(const TwPlane *plane, cairo_rectangle_int_t *bounds)
{
    int left = plane->width, right = 0, top = plane->height, bottom = 0;

    for (int y = 0; y < plane->height; y++) {
        const gsize width = (gsize) plane->width;
        const guchar *row = tw_plane_row(plane, y);
        int x = 0;

        if (row[0] == 0 && memcmp(row, row + 1, width - 1) == 0)
            continue;
        top = MIN(top, y);
        bottom = y + 1;
        while (x < left && row[x] == 0)
            x++;
        left = MIN(left, x);
        for (x = plane->width; x > right && row[x - 1] == 0;)
            x--;
        right = MAX(right, x);
    }
    *bounds = (cairo_rectangle_int_t) { 0, 0, 0, 0 };
    if (bottom <= top)
        return FALSE;
    *bounds = (cairo_rectangle_int_t) { left, top, right - left, bottom - top };
    return TRUE;
}
