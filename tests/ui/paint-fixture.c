/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paint-fixture.h"

#include <string.h>

guchar *
copy(const TwPlane *plane)
{
    return g_memdup2(plane->data, (gsize) plane->width * (gsize) plane->height);
}

void
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

void
stroke(TwPaint *paint, const TwDab *dab, const double (*points)[2], int count)
{
    g_assert_true(tw_paint_begin(paint, dab, points[0][0], points[0][1]));
    for (int i = 1; i < count; i++)
        g_assert_true(tw_paint_stroke_to(paint, points[i][0], points[i][1]));
    tw_paint_end(paint);
}

void
random_points(GRand *rand, double (*points)[2], int count)
{
    for (int i = 0; i < count; i++) {
        points[i][0] = g_rand_double_range(rand, -20, 90);
        points[i][1] = g_rand_double_range(rand, -20, 70);
    }
}

gboolean
can(TwPaint *paint, const char *what)
{
    gboolean is;

    g_object_get(paint, what, &is, NULL);
    return is;
}

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

void
watch_paint(TwPaint *paint, Watch *watch)
{
    g_signal_connect(paint, "changed", G_CALLBACK(changed), watch);
    g_signal_connect(paint, "settled", G_CALLBACK(settled), watch);
    g_signal_connect(paint, "failed", G_CALLBACK(failed), watch);
}
