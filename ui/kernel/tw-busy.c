/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tw-busy.h"

#include <math.h>

enum {
    SAMPLES = 512, /* along a side of the region, at most */
    STEPS = 4      /* from a part to the next: this fraction of its side */
};

/* Sums of products of slopes. */
typedef struct Slopes {
    double xx, xy, yy;
} Slopes;

/* Samples of a region: slopes of all that are above and left of each. */
typedef struct Sums {
    int step, columns, rows; /* every so many pixels */
    Slopes *at;              /* (columns + 1) x (rows + 1) */
} Sums;

/* The mean of R, G and B, from 0 to 1: burnt-out highlights have no slope. */
static double
brightness(const tw_image *image, int x, int y)
{
    const float *p = image->data + y * image->stride + 4 * x;
    const double mean = ((double) p[0] + (double) p[1] + (double) p[2]) / 3;

    return mean >= 0 ? fmin(mean, 1) : 0;
}

static Slopes
slopes_at(const tw_image *image, int x, int y)
{
    const double dx = brightness(image, x + 1, y) - brightness(image, x - 1, y);
    const double dy = brightness(image, x, y + 1) - brightness(image, x, y - 1);

    return (Slopes) { dx * dx, dx * dy, dy * dy };
}

static Slopes
sum(Slopes a, double factor, Slopes b)
{
    return (Slopes) { a.xx + factor * b.xx, a.xy + factor * b.xy,
                      a.yy + factor * b.yy };
}

/* Pixels at the rim of the picture have no slopes. */
static gboolean
is_inside(const tw_image *image, int x, int y)
{
    return x > 0 && y > 0 && x < image->width - 1 && y < image->height - 1;
}

static Sums
sums_new(const tw_image *image, const cairo_rectangle_int_t *region)
{
    const int longest = MAX(region->width, region->height);
    Sums sums = { .step = (longest + SAMPLES - 1) / SAMPLES };

    sums.columns = region->width / sums.step;
    sums.rows = region->height / sums.step;
    const int line = sums.columns + 1;

    sums.at = g_new0(Slopes, (gsize) line * (gsize) (sums.rows + 1));
    for (int row = 0; row < sums.rows; row++) {
        Slopes *above = sums.at + (gsize) row * (gsize) line;
        Slopes so_far = { 0 };

        for (int column = 0; column < sums.columns; column++) {
            const int x = region->x + column * sums.step;
            const int y = region->y + row * sums.step;

            if (is_inside(image, x, y))
                so_far = sum(so_far, 1, slopes_at(image, x, y));
            above[line + column + 1] = sum(above[column + 1], 1, so_far);
        }
    }
    return sums;
}

/* The lesser eigenvalue for samples from (@x, @y) on. */
static double
score(const Sums *sums, int x, int y, int columns, int rows)
{
    const Slopes *top = sums->at + (gsize) y * (gsize) (sums->columns + 1) + x;
    const Slopes *low = top + (gsize) rows * (gsize) (sums->columns + 1);
    const Slopes all =
        sum(sum(low[columns], -1, low[0]), -1, sum(top[columns], -1, top[0]));

    return (all.xx + all.yy - hypot(all.xx - all.yy, 2 * all.xy)) / 2;
}

cairo_rectangle_int_t
tw_busy_part(const TwPicture *picture, const cairo_rectangle_int_t *region,
             int width, int height)
{
    Sums sums = sums_new(&picture->image, region);
    cairo_rectangle_int_t part = { region->x, region->y,
                                   MIN(width, region->width),
                                   MIN(height, region->height) };
    const int columns = part.width / sums.step, rows = part.height / sums.step;
    double best = -1;

    for (int y = 0; y + rows <= sums.rows; y += MAX(rows / STEPS, 1))
        for (int x = 0; x + columns <= sums.columns;
             x += MAX(columns / STEPS, 1)) {
            const double now = score(&sums, x, y, columns, rows);

            if (now > best) {
                best = now;
                part.x = region->x + x * sums.step;
                part.y = region->y + y * sums.step;
            }
        }
    g_free(sums.at);
    return part;
}
