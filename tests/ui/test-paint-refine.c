/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks grown, shrunk and feathered, against the definitions. */
#include <math.h>
#include <string.h>

#include "mask/tw-feather.h"
#include "mask/tw-grow.h"
#include "paint-fixture.h"

static TwPlane
random_plane(GRand *rand, int width, int height)
{
    TwPlane plane = { width, height, g_malloc0((gsize) (width * height)) };

    for (int i = 0; i < 12; i++)
        plane.data[g_rand_int_range(rand, 0, width * height)] =
            (guchar) (i < 6 ? 255 : g_rand_int_range(rand, 0, 256));
    return plane;
}

static void
invert(TwPlane *plane)
{
    for (int i = 0; i < plane->width * plane->height; i++)
        plane->data[i] = (guchar) (255 - plane->data[i]);
}

static int
grown(const TwPlane *plane, int pixels, int x, int y)
{
    int value = plane->data[y * plane->width + x];

    for (int v = 0; v < plane->height; v++)
        for (int u = 0; u < plane->width; u++)
            if (plane->data[v * plane->width + u] >= 128 &&
                (u - x) * (u - x) + (v - y) * (v - y) <= pixels * pixels)
                value = 255;
    return value;
}

/* Against all distances; shrinking is growing of what is not white. */
static void
test_grow(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    const int sizes[] = { 1, 2, 5, 7, 13, 100 };
    const cairo_rectangle_int_t parts[] = { { 0, 0, 43, 31 },
                                            { 7, 5, 20, 9 },
                                            { 40, 30, 3, 1 } };
    guchar out[43 * 31];

    for (int i = 0; i < 18; i++) {
        TwPlane plane = random_plane(rand, 43, 31);
        const cairo_rectangle_int_t *part = &parts[i / 6];
        const int pixels = sizes[i % 6];

        for (int sign = 1; sign >= -1; sign -= 2) {
            g_assert_true(tw_plane_grow(&plane, sign * pixels, part, out, 43));
            if (sign < 0)
                invert(&plane);
            for (int y = 0; y < part->height; y++)
                for (int x = 0; x < part->width; x++) {
                    const int value =
                        grown(&plane, pixels, part->x + x, part->y + y);

                    g_assert_cmpint(out[y * 43 + x], ==,
                                    sign > 0 ? value : 255 - value);
                }
            invert(&plane);
        }
        g_free(plane.data);
    }
}

/* The blur at (x, y) by its definition, with a kernel of this reach. */
static double
blurred(const TwPlane *plane, double sigma, int reach, int x, int y)
{
    double sum = 0, weights = 0;

    for (int j = -reach; j <= reach; j++)
        for (int i = -reach; i <= reach; i++) {
            const double weight = exp(-(i * i + j * j) / (2 * sigma * sigma));
            const int u = CLAMP(x + i, 0, plane->width - 1);
            const int v = CLAMP(y + j, 0, plane->height - 1);

            sum += weight * plane->data[v * plane->width + u];
            weights += weight;
        }
    return sum / weights;
}

/* The kernel used, to half a step (and what float32 adds to it), and one of
 * twice the reach: outside of 3 sigma on either axis is 0.54 % of a Gaussian. */
static void
test_feather(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    const cairo_rectangle_int_t parts[] = { { 0, 0, 37, 29 }, { 5, 9, 20, 3 } };
    guchar out[37 * 29];

    for (int i = 0; i < 4; i++) {
        const double pixels = i < 2 ? 2.5 : 12;
        const int reach = tw_feather_reach(pixels);
        const cairo_rectangle_int_t *part = &parts[i % 2];
        TwPlane plane = random_plane(rand, 37, 29);

        memset(plane.data + 10 * 37, 255, 8 * 37);
        g_assert_true(tw_plane_feather(&plane, pixels, part, out, 37));
        for (int y = 0; y < part->height; y++)
            for (int x = 0; x < part->width; x++) {
                const int u = part->x + x, v = part->y + y;

                check_near("used", out[y * 37 + x],
                           blurred(&plane, pixels / 3.5, reach, u, v), 0.501);
                check_near("full", out[y * 37 + x],
                           blurred(&plane, pixels / 3.5, 2 * reach, u, v),
                           0.501 + 0.0054 * 255);
            }
        g_free(plane.data);
    }
}

/* The mask of a base, made in one go. */
static guchar *
refined(const TwPlane *base, int grow, double feather)
{
    const cairo_rectangle_int_t all = { 0, 0, base->width, base->height };
    TwPlane plane = *base;
    guchar *out = copy(base);

    plane.data = copy(base);
    if (grow)
        g_assert_true(
            tw_plane_grow(base, grow, &all, plane.data, (gsize) base->width));
    g_assert_true(
        tw_plane_feather(&plane, feather, &all, out, (gsize) base->width));
    g_free(plane.data);
    return out;
}

/* However the strokes and settings came, the mask is that of the base; and the
 * base is there again when they are taken back. */
static void
test_refined(void)
{
    enum { WIDTH = 300, HEIGHT = 170 };
    static const struct {
        int grow;
        double feather;
    } settings[] = { { 3, 0 }, { 3, 4.5 }, { -2, 4.5 }, { 0, 20 }, { 31, 60 } };
    g_autoptr(GRand) rand = g_rand_new_with_seed(6);
    g_autoptr(TwPaint) plain = tw_paint_new(WIDTH, HEIGHT);
    g_autoptr(TwPaint) paint = tw_paint_new(WIDTH, HEIGHT);
    const TwDab dab = { 8, 0.5, FALSE };

    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        double points[3][2];
        g_autofree guchar *expected = NULL;

        random_points(rand, points, 3);
        stroke(plain, &dab, points, 3);
        tw_paint_set_grow(paint, settings[i].grow);
        g_object_set(paint, "feather", settings[i].feather, NULL);
        stroke(paint, &dab, points, 2);
        g_assert_true(tw_paint_settle(paint));
        tw_paint_undo(paint);
        stroke(paint, &dab, points, 3);
        g_assert_true(tw_paint_settle(paint));
        expected = refined(tw_paint_mask(plain), settings[i].grow,
                           settings[i].feather);
        check_same(tw_paint_mask(paint), expected);
    }
    g_object_set(paint, "grow", 0, "feather", 0.0, NULL);
    check_same(tw_paint_mask(paint), tw_paint_mask(plain)->data);
}

/* A mask of one value everywhere takes a short way to the same result. */
static void
test_flat(void)
{
    const guchar values[] = { 1, 100, 127, 128, 200, 255 };
    guchar bytes[70 * 70];

    for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
        for (int sign = -1; sign <= 1; sign += 2) {
            g_autoptr(TwPaint) paint = tw_paint_new(70, 70);
            g_autofree guchar *expected = NULL;

            memset(bytes, values[i], sizeof bytes);
            tw_paint_load(paint, bytes, 70);
            expected = refined(tw_paint_mask(paint), 2 * sign, 3);
            tw_paint_set_grow(paint, 2 * sign);
            tw_paint_set_feather(paint, 3);
            g_assert_true(tw_paint_settle(paint));
            check_same(tw_paint_mask(paint), expected);
        }
}

/* What is seen is inverted; undoing restores settings too. A soft edge may be
 * rounded the other way. */
static void
test_invert(void)
{
    g_autoptr(TwPaint) paint = tw_paint_new(90, 60);
    const TwPlane *mask = tw_paint_mask(paint);
    const TwDab dab = { 9.3, 1, FALSE };
    const double points[][2] = { { 20, 20 }, { 70, 31 } };

    stroke(paint, &dab, points, 2);
    for (int i = 0; i < 2; i++) {
        tw_paint_set_grow(paint, 4);
        tw_paint_set_feather(paint, 6 * i);
        tw_paint_settle(paint);
        g_autofree guchar *before = copy(mask);

        tw_paint_invert(paint);
        tw_paint_settle(paint);
        g_assert_cmpint(tw_paint_get_grow(paint), ==, -4);
        for (int k = 0; k < 90 * 60; k++)
            g_assert_cmpint(abs(255 - mask->data[k] - before[k]), <=, i);
        tw_paint_undo(paint);
        tw_paint_settle(paint);
        g_assert_cmpint(tw_paint_get_grow(paint), ==, 4);
        check_same(mask, before);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paint/grow", test_grow);
    g_test_add_func("/paint/feather", test_feather);
    g_test_add_func("/paint/refined", test_refined);
    g_test_add_func("/paint/flat", test_flat);
    g_test_add_func("/paint/invert", test_invert);
    return g_test_run();
}
