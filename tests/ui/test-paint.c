/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks: pixels, steps, growing and feathering, against their definitions. */
#include <math.h>
#include <string.h>

#include "check.h"
#include "tw-feather.h"
#include "tw-grow.h"
#include "tw-paint.h"

static guchar *
copy(const TwPlane *plane)
{
    return g_memdup2(plane->data, (gsize) plane->width * (gsize) plane->height);
}

static void
check_same(const TwPlane *plane, const guchar *expected)
{
    for (int y = 0; y < plane->height; y++)
        for (int x = 0; x < plane->width; x++)
            if (plane->data[y * plane->width + x] !=
                expected[y * plane->width + x]) {
                g_test_message("at %d, %d: %d, not %d", x, y,
                               plane->data[y * plane->width + x],
                               expected[y * plane->width + x]);
                g_test_fail();
                return;
            }
}

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

static void
stroke(TwPaint *paint, const TwDab *dab, const double (*points)[2], int count)
{
    g_assert_true(tw_paint_begin(paint, dab, points[0][0], points[0][1]));
    for (int i = 1; i < count; i++)
        g_assert_true(tw_paint_stroke_to(paint, points[i][0], points[i][1]));
    tw_paint_end(paint);
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

static void
random_points(GRand *rand, double (*points)[2], int count)
{
    for (int i = 0; i < count; i++) {
        points[i][0] = g_rand_double_range(rand, -20, 90);
        points[i][1] = g_rand_double_range(rand, -20, 70);
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

/* A step of any kind; some change nothing. */
static void
random_step(TwPaint *paint, GRand *rand)
{
    const int kind = g_rand_int_range(rand, 0, 12);
    const TwDab dab = { g_rand_double_range(rand, 1, 15),
                        g_rand_int_range(rand, 0, 3) / 2.0, kind % 2 };
    double points[3][2];

    random_points(rand, points, 3);
    if (kind == 0)
        tw_paint_clear(paint);
    else if (kind == 1)
        tw_paint_fill(paint);
    else if (kind == 2)
        tw_paint_invert(paint);
    else
        stroke(paint, &dab, points, 3);
}

static gboolean
can(TwPaint *paint, const char *what)
{
    gboolean is;

    g_object_get(paint, what, &is, NULL);
    return is;
}

/* Back to every state that there was, and forward again. */
static void
test_undo(void)
{
    enum { STEPS = 30 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(2);
    g_autoptr(TwPaint) paint = tw_paint_new(150, 90);
    g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func(g_free);
    const TwPlane *mask = tw_paint_mask(paint);
    guint i;

    g_ptr_array_add(states, copy(mask));
    while (states->len < STEPS) {
        random_step(paint, rand);
        if (memcmp(mask->data, g_ptr_array_index(states, states->len - 1),
                   150 * 90) != 0)
            g_ptr_array_add(states, copy(mask));
    }
    for (i = states->len - 1; i > 0; i--) {
        check_same(mask, g_ptr_array_index(states, i));
        g_assert_true(can(paint, "can-undo"));
        tw_paint_undo(paint);
    }
    check_same(mask, g_ptr_array_index(states, 0));
    g_assert_false(can(paint, "can-undo"));
    for (i = 1; i < states->len; i++) {
        tw_paint_redo(paint);
        check_same(mask, g_ptr_array_index(states, i));
    }
    g_assert_false(can(paint, "can-redo"));
}

/* A new step ends what could be redone; one that changes nothing is no step. */
static void
test_steps(void)
{
    g_autoptr(TwPaint) paint = tw_paint_new(30, 30);
    const TwDab dab = { 5, 1, FALSE };
    const double inside[][2] = { { 10, 10 } }, outside[][2] = { { 99, 99 } };

    g_assert_false(can(paint, "can-undo"));
    stroke(paint, &dab, outside, 1);
    tw_paint_clear(paint);
    g_assert_false(can(paint, "can-undo"));
    stroke(paint, &dab, inside, 1);
    tw_paint_undo(paint);
    g_assert_true(can(paint, "can-redo"));
    stroke(paint, &dab, outside, 1);
    g_assert_true(can(paint, "can-redo"));
    tw_paint_fill(paint);
    g_assert_false(can(paint, "can-redo"));
    tw_paint_undo(paint);
    g_assert_true(tw_paint_is_empty(paint));
}

/* What is kept stays below the limit; the last step can always be undone. Tiles
 * of one value cost next to nothing. */
static void
test_undo_memory(void)
{
    enum { LIMIT = 100000, SIDE = 512 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    g_autoptr(TwPaint) paint = tw_paint_new(SIDE, SIDE);
    const TwDab dab = { 30, 0, FALSE };
    g_autofree guchar *noise = g_malloc(SIDE * SIDE);

    g_assert_true(tw_paint_begin(paint, &dab, 32, 32));
    for (int i = 0; i < 20; i++)
        g_assert_true(tw_paint_stroke_to(paint, 32 + i % 2, 32));
    tw_paint_end(paint);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), <, 256); /* it was empty */
    tw_paint_undo(paint);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), <, 4 * 4200); /* as painted */
    tw_paint_fill(paint);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), <, 8192);
    for (int i = 0; i < SIDE * SIDE; i++)
        noise[i] = (guchar) g_rand_int_range(rand, 0, 255);
    tw_paint_load(paint, noise, SIDE);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), ==, 0);
    tw_paint_set_undo_limit(paint, LIMIT);
    for (int i = 0; i < 20; i++) {
        const double points[][2] = { { 25 * i, 20 * i } };

        stroke(paint, &dab, points, 1);
        g_assert_cmpuint(tw_paint_undo_bytes(paint), <=, LIMIT);
        g_assert_true(can(paint, "can-undo"));
    }

    g_autofree guchar *before = copy(tw_paint_mask(paint));

    tw_paint_invert(paint);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), >, LIMIT);
    tw_paint_undo(paint);
    check_same(tw_paint_mask(paint), before);
    g_assert_false(can(paint, "can-undo"));
}

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

typedef struct Watch {
    guchar *shown; /* a copy, updated only where "changed" says so */
    gsize pixels;
    int settled, failed;
} Watch;

static void
changed(TwPaint *paint, const cairo_rectangle_int_t *part, Watch *watch)
{
    const TwPlane *mask = tw_paint_mask(paint);

    for (int y = part->y; y < part->y + part->height; y++)
        memcpy(watch->shown + y * mask->width + part->x,
               tw_plane_row(mask, y) + part->x, (gsize) part->width);
    watch->pixels += (gsize) part->width * (gsize) part->height;
}

static void
settled(TwPaint *paint, Watch *watch)
{
    (void) paint;
    watch->settled++;
}

static void
failed(TwPaint *paint, const char *sentence, Watch *watch)
{
    (void) paint;
    g_assert_cmpint(strlen(sentence), >, 10);
    watch->failed++;
}

static void
watch_paint(TwPaint *paint, Watch *watch)
{
    g_signal_connect(paint, "changed", G_CALLBACK(changed), watch);
    g_signal_connect(paint, "settled", G_CALLBACK(settled), watch);
    g_signal_connect(paint, "failed", G_CALLBACK(failed), watch);
}

/* On a large picture only what has changed is said to have changed, all of it,
 * and the end of each change is told once. */
static void
test_signals(void)
{
    enum { WIDTH = 6000, HEIGHT = 4000 };
    g_autoptr(TwPaint) paint = tw_paint_new(WIDTH, HEIGHT);
    Watch watch = { .shown = g_malloc0(WIDTH * HEIGHT) };
    const TwDab dab = { 10, 1, FALSE };

    watch_paint(paint, &watch);
    tw_paint_begin(paint, &dab, 3000, 2000);
    g_assert_cmpuint(watch.pixels, <=, 22 * 22);
    tw_paint_stroke_to(paint, 3100, 2000);
    g_assert_cmpuint(watch.pixels, <=, 22 * 22 + 122 * 22);
    g_assert_cmpint(watch.settled, ==, 0);
    tw_paint_end(paint);
    g_assert_cmpint(watch.settled, ==, 1);
    watch.pixels = 0;
    tw_paint_set_grow(paint, 5);
    g_assert_cmpint(watch.settled, ==, 1);
    while (watch.settled < 2)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(watch.pixels, <=, 4 * 128 * 128);
    tw_paint_undo(paint);
    while (watch.settled < 3)
        g_main_context_iteration(NULL, TRUE);
    tw_paint_redo(paint);
    tw_paint_settle(paint);
    tw_paint_settle(paint);
    g_assert_cmpint(watch.settled, ==, 4);
    g_assert_cmpmem(watch.shown, WIDTH * HEIGHT, tw_paint_mask(paint)->data,
                    WIDTH * HEIGHT);
    g_assert_cmpint(watch.failed, ==, 0);
    g_free(watch.shown);
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

/* One change each, by number. */
static gboolean
change(TwPaint *paint, int number)
{
    const TwDab dab = { 6, 1, FALSE };

    switch (number) {
    case 0:
        return tw_paint_begin(paint, &dab, 60, 60);
    case 1:
        return tw_paint_stroke_to(paint, 90, 90);
    case 2:
        return tw_paint_invert(paint);
    default:
        tw_paint_set_grow(paint, 3);
        return tw_paint_settle(paint);
    }
}

/* Whatever fails says so and leaves the mask as it was. */
static tw_status
use_memory(void *data)
{
    TwPaint *paint = tw_paint_new(70, 70);
    Watch watch = { .shown = g_malloc0(70 * 70) };

    (void) data;
    if (paint)
        watch_paint(paint, &watch);
    for (int i = 0; paint && i < 4 && !watch.failed; i++) {
        g_autofree guchar *before = copy(tw_paint_mask(paint));

        if (!change(paint, i))
            g_assert_cmpint(watch.failed, >, 0);
        if (watch.failed)
            check_same(tw_paint_mask(paint), before);
    }
    const gboolean fine = paint && !watch.failed;

    if (paint)
        tw_paint_end(paint);
    g_clear_object(&paint);
    g_free(watch.shown);
    return fine ? TW_OK : TW_ERR_MEMORY;
}

/* A stroke that was painted can be undone. */
static tw_status
undo_memory(void *data)
{
    TwPaint *paint = tw_paint_new(70, 70);
    Watch watch = { .shown = g_malloc0(70 * 70) };
    const gboolean made = paint != NULL;

    (void) data;
    if (made) {
        watch_paint(paint, &watch);
        change(paint, 0);
        change(paint, 1);
        tw_paint_end(paint);
        if (can(paint, "can-undo"))
            tw_paint_undo(paint);
        g_assert_true(tw_paint_is_empty(paint) || watch.failed);
    }
    g_clear_object(&paint);
    g_free(watch.shown);
    return made && !watch.failed ? TW_OK : TW_ERR_MEMORY;
}

static void
test_memory(void)
{
    check_every_allocation("undo", undo_memory, NULL);
    check_every_allocation("paint", use_memory, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paint/cover", test_cover);
    g_test_add_func("/paint/rim", test_rim);
    g_test_add_func("/paint/clip", test_clip);
    g_test_add_func("/paint/undo", test_undo);
    g_test_add_func("/paint/steps", test_steps);
    g_test_add_func("/paint/undo-memory", test_undo_memory);
    g_test_add_func("/paint/grow", test_grow);
    g_test_add_func("/paint/feather", test_feather);
    g_test_add_func("/paint/refined", test_refined);
    g_test_add_func("/paint/flat", test_flat);
    g_test_add_func("/paint/invert", test_invert);
    g_test_add_func("/paint/signals", test_signals);
    g_test_add_func("/paint/bounds", test_bounds);
    g_test_add_func("/paint/picture", test_picture);
    g_test_add_func("/paint/memory", test_memory);
    return g_test_run();
}
