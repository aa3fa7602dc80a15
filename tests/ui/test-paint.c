/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks: what strokes cover, against the definition. */
#include <math.h>

#include "paint-fixture.h"

/* The least distance of (x, y) from a polyline: by the heights of the triangles
 * over its pieces, where their feet are inside, and from its corners. */
static double
distance(const double (*points)[2], int count, double x, double y)
{
    double least = INFINITY;

    for (int i = 0; i < count; i++)
        least = fmin(least, hypot(x - points[i][0], y - points[i][1]));
    for (int i = 1; i < count; i++) {
        const double *a = points[i - 1], *b = points[i];
        const double side = hypot(b[0] - a[0], b[1] - a[1]);
        const double from_a = hypot(x - a[0], y - a[1]);
        const double from_b = hypot(x - b[0], y - b[1]);
        const double area =
            fabs((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]));

        if (side > 0 && from_a * from_a <= from_b * from_b + side * side &&
            from_b * from_b <= from_a * from_a + side * side)
            least = fmin(least, area / side);
    }
    return least;
}

/* What the header defines, 0 … 255. */
static int
cover(const TwDab *dab, double d)
{
    const double t = (d / dab->radius - dab->hardness) / (1 - dab->hardness);

    if (d > dab->radius)
        return 0;
    if (d <= dab->hardness * dab->radius)
        return 255;
    return (int) floor(255 * (1 - (3 - 2 * t) * t * t) + 0.5);
}

/* Within 1e-9 of where the value jumps or is rounded, either is right. */
static void
check_stroke(const TwPlane *mask, const TwDab *dab, const double (*points)[2],
             int count)
{
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++) {
            const double d = distance(points, count, x + 0.5, y + 0.5);
            int value = mask->data[y * mask->width + x];

            value = dab->erase ? 255 - value : value;
            if (value != cover(dab, d) && value != cover(dab, d - 1e-9) &&
                value != cover(dab, d + 1e-9)) {
                g_test_message("radius %g, hardness %g at %d, %d: %d, not %d",
                               dab->radius, dab->hardness, x, y, value,
                               cover(dab, d));
                g_test_fail();
                return;
            }
        }
}

/* Strokes of all kinds, partly or wholly outside, cover what they must: their
 * pieces overlap without a trace, and erasing is the inverse of painting. */
static void
test_cover(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    const double hardness[] = { 1, 1, 0, 0.5, 0.93 };

    for (int i = 0; i < 60; i++) {
        const int count = 1 + i % 4;
        const TwDab dab = { g_rand_double_range(rand, 0.3, 25), hardness[i % 5],
                            i % 2 };
        double points[4][2];
        g_autoptr(TwPaint) paint = tw_paint_new(71, 53);

        random_points(rand, points, count);
        if (dab.erase)
            tw_paint_fill(paint);
        stroke(paint, &dab, points, count);
        check_stroke(tw_paint_mask(paint), &dab, points, count);
    }
}

/* 3, 4, 5: a center exactly on the rim is covered. Straight lines too. */
static void
test_rim(void)
{
    g_autoptr(TwPaint) paint = tw_paint_new(40, 40);
    const TwPlane *mask = tw_paint_mask(paint);
    const TwDab dab = { 5, 1, FALSE };
    const double points[][2] = { { 10.5, 10.5 }, { 30.5, 10.5 } };

    stroke(paint, &dab, points, 1);
    g_assert_cmpint(mask->data[14 * 40 + 13], ==, 255);
    g_assert_cmpint(mask->data[10 * 40 + 5], ==, 255);
    g_assert_cmpint(mask->data[14 * 40 + 14], ==, 0);
    stroke(paint, &dab, points, 2);
    g_assert_cmpint(mask->data[5 * 40 + 20], ==, 255);
    g_assert_cmpint(mask->data[15 * 40 + 20], ==, 255);
    g_assert_cmpint(mask->data[16 * 40 + 20], ==, 0);
    g_assert_cmpint(mask->data[14 * 40 + 33], ==, 255);
    g_assert_cmpint(mask->data[14 * 40 + 34], ==, 0);
}

/* A picture's part of a stroke does not depend on where the picture ends. */
static void
test_clip(void)
{
    g_autoptr(TwPaint) large = tw_paint_new(120, 120);
    g_autoptr(TwPaint) small = tw_paint_new(40, 40);
    const double points[][2] = { { 10.25, 70.5 }, { 71.5, 31.75 }, { 90, 90 } };
    const double far[][2] = { { -1e12, 1e12 }, { -1e12, 2e12 } };
    const TwDab dab = { 17.5, 0.5, FALSE };
    double shifted[3][2];

    for (int i = 0; i < 3; i++)
        for (int c = 0; c < 2; c++)
            shifted[i][c] = points[i][c] - 40;
    stroke(large, &dab, points, 3);
    stroke(small, &dab, shifted, 3);
    for (int y = 0; y < 40; y++)
        g_assert_cmpmem(tw_plane_row(tw_paint_mask(small), y), 40,
                        tw_plane_row(tw_paint_mask(large), y + 40) + 40, 40);

    g_autofree guchar *before = copy(tw_paint_mask(small));

    stroke(small, &dab, far, 2);
    check_same(tw_paint_mask(small), before);
}

static void
test_bounds(void)
{
    g_autoptr(TwPaint) paint = tw_paint_new(50, 40);
    guchar bytes[40 * 60] = { 0 };
    cairo_rectangle_int_t bounds;

    g_assert_false(tw_paint_bounds(paint, &bounds));
    g_assert_true(tw_paint_is_empty(paint));
    bytes[7 * 60 + 9] = 1;
    bytes[31 * 60 + 49] = 255;
    bytes[31 * 60 + 50] = 255; /* between the rows */
    tw_paint_load(paint, bytes, 60);
    g_assert_false(tw_paint_is_empty(paint));
    g_assert_true(tw_paint_bounds(paint, &bounds));
    g_assert_cmpint(bounds.x, ==, 9);
    g_assert_cmpint(bounds.y, ==, 7);
    g_assert_cmpint(bounds.width, ==, 41);
    g_assert_cmpint(bounds.height, ==, 25);
    tw_paint_set_grow(paint, -1);
    g_assert_cmpint(tw_paint_mask(paint)->width, ==, 50);
    tw_paint_clear(paint);
    g_assert_true(tw_paint_is_empty(paint));
}

/* White and opaque wherever the mask is not 0. */
static void
test_picture(void)
{
    g_autoptr(TwPaint) paint = tw_paint_new(40, 30);
    const TwDab dab = { 12, 0, FALSE };
    const double points[][2] = { { 20, 20 } };
    g_autoptr(TwPicture) picture = NULL;

    stroke(paint, &dab, points, 1);
    picture = tw_paint_picture(paint);
    g_assert_cmpint(picture->image.width, ==, 40);
    g_assert_cmpint(picture->image.height, ==, 30);
    for (int i = 0; i < 40 * 30; i++)
        for (int c = 0; c < 4; c++)
            g_assert_cmpfloat(picture->image.data[4 * i + c], ==,
                              tw_paint_mask(paint)->data[i] ? 1 : 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paint/cover", test_cover);
    g_test_add_func("/paint/rim", test_rim);
    g_test_add_func("/paint/clip", test_clip);
    g_test_add_func("/paint/bounds", test_bounds);
    g_test_add_func("/paint/picture", test_picture);
    return g_test_run();
}
