/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the preview draws, pixel by pixel. Needs a display. */
#include <math.h>

#include "preview-fixture.h"
#include "preview/tw-shade.h"

static void
test_split(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpfloat(tw_preview_get_zoom(f->preview), ==, 1);
    assert_split(f, WIDTH / 2, 0, 100);
    assert_pixel(f, WIDTH / 2 - 1, 100, 0, 0, 0);
    assert_pixel(f, WIDTH / 2, 100, 255, 255, 255);
    tw_preview_set_divider(f->preview, 0.2);
    assert_split(f, WIDTH / 5, 0, 100);

    tw_preview_set_mode(f->preview, TW_PREVIEW_AFTER);
    assert_split(f, -5, 0, 100);
    tw_preview_set_mode(f->preview, TW_PREVIEW_BEFORE);
    assert_split(f, -5, 100, 0);

    /* Without views of its own, a mode shows after. */
    tw_preview_set_mode(f->preview, TW_PREVIEW_MISFIT);
    assert_split(f, -5, 0, 100);
}

/* After covers its rectangle only; a new one replaces it at once. */
static void
test_part(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const cairo_rectangle_int_t where = { 200, 60, 64, 64 };
    g_autoptr(TwPicture) part = coded_picture(64, 64, 33);
    g_autoptr(TwPicture) other = coded_picture(64, 64, 34);

    tw_preview_set_after(f->preview, part, &where);
    draw(f);
    assert_coded(f, 199, 80, 199, 80, 0);
    assert_coded(f, 200, 60, 0, 0, 33);
    assert_coded(f, 263, 123, 63, 63, 33);
    assert_coded(f, 264, 123, 264, 123, 0);
    tw_preview_set_after(f->preview, other, &where);
    draw(f);
    assert_coded(f, 200, 60, 0, 0, 34);
    tw_preview_set_after(f->preview, NULL, NULL);
    draw(f);
    assert_coded(f, 220, 80, 220, 80, 0);
}

/* Zoomed in, pixels are squares. */
static void
test_squares(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const TwView *view = tw_preview_get_view(f->preview);

    tw_preview_set_mode(f->preview, TW_PREVIEW_BEFORE);
    tw_preview_set_zoom(f->preview, 5);
    draw(f);
    for (int y = 60; y < 140; y++)
        for (int x = 0; x < WIDTH; x++) {
            double px, py;

            tw_view_to_result(view, x + 0.5, y + 0.5, &px, &py);
            assert_coded(f, x, y, (int) floor(px), (int) floor(py), 0);
        }
}

/* The picture before enlarged: as large as after. */
static void
test_upscaled(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const cairo_rectangle_int_t whole = { 0, 0, WIDTH, HEIGHT };
    g_autoptr(TwPicture) small = plain_picture(100, 67, 0.2F, 0.4F, 0.6F, 1);
    double x, y;

    tw_preview_set_before(f->preview, small, 3);
    tw_preview_set_after(f->preview, f->after, &whole);
    tw_preview_set_zoom(f->preview, 1);
    g_assert_cmpint(tw_preview_get_view(f->preview)->result_width, ==, 300);
    g_assert_cmpint(tw_preview_get_view(f->preview)->result_height, ==, 201);
    draw(f);
    assert_pixel(f, 100, 100, 51, 102, 153);
    tw_view_to_input(tw_preview_get_view(f->preview), 150, 0, &x, &y);
    g_assert_cmpfloat(x, ==, 50);
}

/* Far away, fine stripes become their mean, not noise. */
static void
test_far(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(TwPicture) stripes = plain_picture(3000, 2000, 0, 0, 0, 1);

    for (int i = 0; i < 3000 * 2000; i += 2)
        stripes->image.data[4 * i] = 0.8F;
    show(f, stripes, stripes);
    g_assert_cmpfloat(tw_preview_get_zoom(f->preview), ==, 0.1);
    draw(f);
    for (int x = 5; x < WIDTH; x += 7)
        if (abs(x - WIDTH / 2) > 2)
            assert_pixel(f, x, 100, 102, 0, 0);
}

static void
test_checkerboard(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(TwPicture) clear = plain_picture(WIDTH, HEIGHT, 1, 1, 1, 0);

    show(f, clear, f->after);
    draw(f);
    assert_pixel(f, 8, 64, TW_CHECK_DARK, TW_CHECK_DARK, TW_CHECK_DARK);
    assert_pixel(f, 16, 64, TW_CHECK_LIGHT, TW_CHECK_LIGHT, TW_CHECK_LIGHT);
    assert_pixel(f, 8, 72, TW_CHECK_LIGHT, TW_CHECK_LIGHT, TW_CHECK_LIGHT);
}

static void
swap_red_blue(guchar *rgb, int pixels, gpointer data)
{
    for (int i = 0; i < 3 * pixels; i += 3) {
        const guchar red = rgb[i];

        rgb[i] = rgb[i + 2];
        rgb[i + 2] = red;
    }
    *(int *) data += pixels;
}

static void
forget(gpointer data)
{
    *(int *) data = -1;
}

static void
test_transform(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    int pixels = 0, drawn;

    draw(f);
    tw_preview_set_transform(f->preview, swap_red_blue, &pixels, forget);
    draw(f);
    assert_pixel(f, 20, 90, byte_at(20, 90, 2, 0), byte_at(20, 90, 1, 0),
                 byte_at(20, 90, 0, 0));
    g_assert_cmpint(pixels, >=, WIDTH * HEIGHT);

    /* What is converted is kept: nothing to do for another drawing, a moved
     * divider, or a moved picture that was seen before. */
    drawn = pixels;
    draw(f);
    g_assert_cmpint(pixels, ==, drawn);
    tw_preview_recolor(f->preview);
    draw(f);
    g_assert_cmpint(pixels, >, drawn);
    tw_preview_set_transform(f->preview, NULL, NULL, NULL);
    g_assert_cmpint(pixels, ==, -1);
    assert_split(f, WIDTH / 2, 0, 100);
}

/* Misfit by its colors; measured and invented add up to after. */
static void
test_views(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(TwPicture) misfit = plain_picture(WIDTH, HEIGHT, 2, 2, 2, 1);
    g_autoptr(TwPicture) measured =
        plain_picture(WIDTH, HEIGHT, 0.5F, 0.5F, 0.5F, 1);
    g_autoptr(TwPicture) after =
        plain_picture(WIDTH, HEIGHT, 0.84F, 0.5F, 0.32F, 1);
    guchar heat[3];

    show(f, f->before, after);
    tw_preview_set_views(f->preview, misfit, measured);
    tw_preview_set_mode(f->preview, TW_PREVIEW_MISFIT);
    draw(f);
    tw_heat_color(2, heat);
    assert_pixel(f, 290, 60, heat[0], heat[1], heat[2]);
    tw_preview_set_mode(f->preview, TW_PREVIEW_MEASURED);
    draw(f);
    assert_pixel(f, 290, 60, 128, 128, 128);
    tw_preview_set_mode(f->preview, TW_PREVIEW_INVENTED);
    draw(f);
    assert_pixel(f, 290, 60, 214, 128, 82);

    /* They belonged to that picture. */
    show(f, f->before, f->after);
    draw(f);
    assert_coded(f, 290, 60, 290, 60, 100);
}

/* On a display of two device pixels per logical one. */
static void
test_device(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    TwView view = *tw_preview_get_view(f->preview);
    g_autoptr(TwPicture) big = coded_picture(2 * WIDTH, 2 * HEIGHT, 5);
    cairo_surface_t *surface = f->surface;
    const cairo_rectangle_int_t part = { 0, 0, 2 * WIDTH, 2 * HEIGHT };
    TwLayer *layer = tw_layer_new(TW_SHADE_COLOR);
    cairo_t *cr;

    f->surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, 2 * WIDTH, 2 * HEIGHT);
    view = tw_view_resized(&view, WIDTH, HEIGHT, 2);
    view = tw_view_with_picture(&view, 2 * WIDTH, 2 * HEIGHT, 1);
    g_assert_cmpfloat(view.zoom, ==, 1);
    tw_layer_set(layer, big, NULL, &part);
    cr = cairo_create(f->surface);
    g_assert_true(tw_layer_draw(layer, cr, &view, &part, G_MAXINT64 / 2));
    cairo_destroy(cr);
    cairo_surface_flush(f->surface);
    for (int y = 0; y < 2 * HEIGHT; y += 3)
        for (int x = 0; x < 2 * WIDTH; x += 5)
            assert_coded(f, x, y, x, y, 5);
    tw_layer_free(layer);
    cairo_surface_destroy(f->surface);
    f->surface = surface;
}

/* Around the region the picture is darker, its frame is white in black. */
static void
test_region_drawn(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const cairo_rectangle_int_t region = { 180, 60, 100, 80 };
    g_autoptr(TwPicture) gray =
        plain_picture(WIDTH, HEIGHT, 0.8F, 0.8F, 0.8F, 1);
    guchar rgb[3];

    show(f, gray, gray);
    g_object_set(f->preview, "region-visible", TRUE, NULL);
    tw_preview_set_region(f->preview, &region);
    draw(f);
    assert_pixel(f, 230, 80, 204, 204, 204);
    assert_pixel(f, 20, 80, 102, 102, 102);
    assert_pixel(f, 179, 100, 255, 255, 255);
    pixel_at(f, 178, 80, rgb);
    g_assert_cmpint(rgb[0], <, 60);
}

/* While the rest is computed it is darker, with no frame to drag, until there is
 * none. */
static void
test_pending(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const cairo_rectangle_int_t all = { 0, 0, WIDTH, HEIGHT };
    const cairo_rectangle_int_t part = { 180, 60, 100, 80 };
    g_autoptr(TwPicture) gray =
        plain_picture(WIDTH, HEIGHT, 0.8F, 0.8F, 0.8F, 1);
    g_autoptr(TwPicture) done = plain_picture(100, 80, 0.8F, 0.8F, 0.8F, 1);

    show(f, gray, gray);
    tw_preview_set_after(f->preview, done, &part);
    tw_preview_set_pending(f->preview, TRUE);
    draw(f);
    assert_pixel(f, 230, 80, 204, 204, 204);
    assert_pixel(f, 20, 80, 102, 102, 102);
    assert_pixel(f, 179, 80, 102, 102, 102);
    tw_preview_set_after(f->preview, gray, &all);
    draw(f);
    assert_pixel(f, 20, 80, 204, 204, 204);
    tw_preview_set_after(f->preview, done, &part);
    tw_preview_set_pending(f->preview, FALSE);
    draw(f);
    assert_pixel(f, 20, 80, 204, 204, 204);
}

/* A frame inside of the border, for those who use the keyboard. */
static void
test_focus(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    GdkEvent *event = gdk_event_new(GDK_FOCUS_CHANGE);

    draw(f);
    assert_coded(f, 2, 100, 2, 100, 0);
    event->focus_change.window = g_object_ref(gtk_widget_get_window(f->window));
    event->focus_change.in = TRUE;
    gtk_widget_event(f->window, event);
    gdk_event_free(event);
    gtk_widget_grab_focus(f->widget);
    gtk_window_set_focus_visible(GTK_WINDOW(f->window), TRUE);
    draw(f);
    assert_pixel(f, 0, 100, 0, 0, 0);
    assert_pixel(f, 2, 100, 255, 255, 255);
    assert_coded(f, 4, 100, 4, 100, 0);
}

int
main(int argc, char **argv)
{
    static const PreviewTest tests[] = {
        { "/preview/split", test_split },
        { "/preview/part", test_part },
        { "/preview/squares", test_squares },
        { "/preview/upscaled", test_upscaled },
        { "/preview/far", test_far },
        { "/preview/checkerboard", test_checkerboard },
        { "/preview/transform", test_transform },
        { "/preview/views", test_views },
        { "/preview/device", test_device },
        { "/preview/region-drawn", test_region_drawn },
        { "/preview/pending", test_pending },
        { "/preview/focus", test_focus },
    };

    return run_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
