/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mask as it is seen on a picture. Needs a display. */
#include <math.h>

#include "check-gtk.h"
#include "mask/tw-overlay.h"
#include "scene.h"

/* How much lighter or darker than @color a place of this part of the widget is
 * at most, of 255, and how much it differs in a channel at most. */
static void
stands_out(GtkWidget *widget, const cairo_rectangle_int_t *part, guint32 color,
           double *light, int *channel)
{
    const double weights[] = { 0.2126, 0.7152, 0.0722 };
    cairo_surface_t *shown = snapshot(widget);

    *light = *channel = 0;
    for (int y = part->y; y < part->y + part->height; y++)
        for (int x = part->x; x < part->x + part->width; x++) {
            const guint32 now = color_at(shown, x, y);
            double sum = 0;

            for (int shift = 0; shift < 24; shift += 8) {
                const int by =
                    (int) (now >> shift & 255) - (int) (color >> shift & 255);

                sum += weights[2 - shift / 8] * by;
                *channel = MAX(*channel, abs(by));
            }
            *light = MAX(*light, fabs(sum));
        }
    cairo_surface_destroy(shown);
}

/* A part of the preview around this place of the picture. */
static cairo_rectangle_int_t
around(Scene *scene, double x, double y, int reach)
{
    double at_x, at_y;

    tw_view_from_input(tw_preview_get_view(scene->preview), x, y, &at_x, &at_y);
    return (cairo_rectangle_int_t) { (int) at_x - reach, (int) at_y - reach,
                                     2 * reach, 2 * reach };
}

/* On a picture of any color, of those of the mask itself too, its outline is
 * much lighter or darker and its inside of another color; beside it and without
 * it the picture is seen. */
static void
check_overlay(guint32 color)
{
    const double dab[][2] = { { 100.5, 75.5 } };
    Scene scene = open_scene(color);
    GtkWidget *widget = GTK_WIDGET(scene.preview);
    double light;
    int channel;

    g_object_set(scene.brush, "size", 50.0, NULL);
    drag(&scene, dab, 1, 1, 0);
    mouse(&scene, GDK_MOTION_NOTIFY, 30, 30, 0, 0);

    const cairo_rectangle_int_t inside = around(&scene, 100.5, 75.5, 15);
    const cairo_rectangle_int_t rim = around(&scene, 125.5, 75.5, 10);
    const cairo_rectangle_int_t beside = around(&scene, 170.5, 75.5, 15);

    stands_out(widget, &inside, color, &light, &channel);
    g_assert_cmpint(channel, >, 40);
    stands_out(widget, &beside, color, &light, &channel);
    g_assert_cmpint(channel, ==, 0);
    g_object_set(scene.brush, "fill", FALSE, "overlay", TRUE, NULL);
    stands_out(widget, &inside, color, &light, &channel);
    g_assert_cmpint(channel, ==, 0);
    stands_out(widget, &rim, color, &light, &channel);
    g_assert_cmpfloat(light, >, 100);
    g_object_set(scene.brush, "overlay", FALSE, NULL);
    stands_out(widget, &rim, color, &light, &channel);
    g_assert_cmpint(channel, ==, 0);
    close_scene(&scene);
}

static void
test_overlay(void)
{
    const guint32 colors[] = { 0,        0xffffff, 0x808080, 0xff0000,
                               0x00ff00, 0x0000ff, 0xd55e00, 0x56b4e9 };

    for (gsize i = 0; i < G_N_ELEMENTS(colors); i++)
        check_overlay(colors[i]);
}

/* What an overlay shows, 0xAARRGGBB; to be freed. */
static guint32 *
overlaid(TwOverlay *overlay, const TwView *view, const TwPlane *mask)
{
    const gsize size = (gsize) (view->width * view->height);
    guint32 *pixels = g_new0(guint32, size);
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        (guchar *) pixels, CAIRO_FORMAT_ARGB32, view->width, view->height,
        4 * view->width);
    cairo_t *cr = cairo_create(surface);

    tw_overlay_draw(overlay, cr, view, mask);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return pixels;
}

/* What is drawn anew where strokes change the mask is what drawing all gives,
 * reduced and enlarged. */
static void
test_overlay_parts(void)
{
    const double zooms[] = { 0.13, 0.5, 1, 2.7 };
    const TwDab dab = { 6.5, 0.5, FALSE };
    const TwView empty = tw_view_init();
    const TwView widget = tw_view_resized(&empty, 120, 100, 1);
    const TwView fit = tw_view_with_picture(&widget, 900, 700, 1);

    for (gsize i = 0; i < G_N_ELEMENTS(zooms); i++) {
        g_autoptr(TwPaint) paint = tw_paint_new(900, 700);
        const TwView view = tw_view_zoomed(&fit, zooms[i], 60, 50);
        TwOverlay kept = { 0 }, fresh = { 0 };
        double x, y;

        tw_view_to_input(&view, 60, 50, &x, &y);
        g_free(overlaid(&kept, &view, tw_paint_mask(paint)));
        for (int k = 0; k < 5; k++) {
            cairo_rectangle_int_t part;
            g_autofree guint32 *parts = NULL, *all = NULL;

            tw_paint_begin(paint, &dab, x + 3 * k, y + k);
            tw_paint_end(paint);
            tw_dab_reach(&dab, x + 3 * k, y + k, x + 3 * k, y + k, &part);
            tw_overlay_update(&kept, tw_paint_mask(paint), &part);
            parts = overlaid(&kept, &view, tw_paint_mask(paint));
            tw_overlay_clear(&fresh);
            all = overlaid(&fresh, &view, tw_paint_mask(paint));
            g_assert_cmpmem(parts, 4 * 120 * 100, all, 4 * 120 * 100);
            g_assert_cmphex(all[50 * 120 + 60], !=, 0);
        }
        tw_overlay_clear(&kept);
        tw_overlay_clear(&fresh);
    }
}

/* A single pixel of a mask is seen in a picture reduced to a tenth. */
static void
test_overlay_dot(void)
{
    const TwView empty = tw_view_init();
    const TwView widget = tw_view_resized(&empty, 100, 100, 1);
    TwView view = tw_view_with_picture(&widget, 1000, 1000, 1);
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);

    view = tw_view_fit(&view);
    for (int i = 0; i < 20; i++) {
        g_autoptr(TwPaint) paint = tw_paint_new(1000, 1000);
        const TwDab dab = { 0.5, 1, FALSE };
        const int x = g_rand_int_range(rand, 10, 990);
        const int y = g_rand_int_range(rand, 10, 990);
        g_autofree guint32 *shown = NULL;
        TwOverlay overlay = { 0 };
        double at_x, at_y;

        tw_paint_begin(paint, &dab, x + 0.5, y + 0.5);
        tw_paint_end(paint);
        shown = overlaid(&overlay, &view, tw_paint_mask(paint));
        tw_view_from_input(&view, x + 0.5, y + 0.5, &at_x, &at_y);
        g_assert_cmphex(shown[(int) at_y * 100 + (int) at_x], !=, 0);
        tw_overlay_clear(&overlay);
    }
}

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/tools/overlay", test_overlay);
    g_test_add_func("/tools/overlay-parts", test_overlay_parts);
    g_test_add_func("/tools/overlay-dot", test_overlay_dot);
    return g_test_run();
}
