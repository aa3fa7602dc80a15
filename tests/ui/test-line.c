/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The motion line and the view of a blur kernel. Needs a display. */
#include <math.h>
#include <string.h>

#include "check-gtk.h"
#include "kernel/tw-kernel-view.h"
#include "kernel/tw-line.h"
#include "operators/psf.h"
#include "scene.h"

static void
check_line(TwLine *line, double length, double angle)
{
    g_assert_cmpfloat_with_epsilon(number(line, "length"), length, 1e-9);
    g_assert_cmpfloat_with_epsilon(number(line, "angle"), angle, 1e-9);
}

/* A line of its own, each of its ends, its middle; and back from numbers. */
static void
test_line(void)
{
    const double fresh[][2] = { { 50, 100 }, { 60, 90 }, { 90, 60 } };
    const double second[][2] = { { 90, 60 }, { 50, 20 } };
    const double first[][2] = { { 50, 100 }, { 20, 20 } };
    const double middle[][2] = { { 35, 20 }, { 135, 70 } };
    Scene scene = open_scene(0);
    g_autoptr(TwLine) line = tw_line_new(scene.preview, WIDTH, HEIGHT);
    double x[2], y[2];

    tw_preview_set_tool(scene.preview, tw_line_tool(line));
    drag(&scene, fresh, 3, 1, 0);
    check_line(line, hypot(40, 40), 45);
    drag(&scene, second, 2, 1, 0);
    check_line(line, 80, 90);
    drag(&scene, first, 2, 1, 0);
    check_line(line, 30, 0);
    drag(&scene, middle, 2, 1, 0);
    check_line(line, 30, 0);
    tw_line_get_ends(line, &x[0], &y[0], &x[1], &y[1]);
    g_assert_cmpfloat_with_epsilon(x[0], 120, 1e-9);
    g_assert_cmpfloat_with_epsilon(y[0], 70, 1e-9);
    g_object_set(line, "length", 20.0, "angle", -90.0, NULL);
    tw_line_get_ends(line, &x[0], &y[0], &x[1], &y[1]);
    g_assert_cmpfloat_with_epsilon(x[1], 135, 1e-9);
    g_assert_cmpfloat_with_epsilon(y[0], 60, 1e-9);
    g_assert_cmpfloat_with_epsilon(y[1], 80, 1e-9);
    check_line(line, 20, -90);
    close_scene(&scene);
}

/* Drawn along a streak from rim to rim, the line gives the blur that makes it:
 * that of a dot covers as many pixels. */
static void
test_line_streak(void)
{
    const double along[][2] = { { 20, 30.5 }, { 37, 30.5 } };
    Scene scene = open_scene(0);
    g_autoptr(TwLine) line = tw_line_new(scene.preview, WIDTH, HEIGHT);
    tw_psf psf;

    tw_preview_set_tool(scene.preview, tw_line_tool(line));
    drag(&scene, along, 2, 1, 0);
    g_assert_cmpint(tw_psf_motion(number(line, "length"), number(line, "angle"),
                                  &psf, NULL),
                    ==, TW_OK);
    g_assert_cmpint(psf.width, ==, 17);
    g_assert_cmpint(psf.height, ==, 1);
    tw_psf_clear(&psf);
    close_scene(&scene);
}

/* A pattern by which each pixel is known. */
static guint32
pattern(int x, int y)
{
    return (guint32) (x << 16 | y << 8 | 128);
}

static TwPicture *
patterned(void)
{
    TwPicture *out = tw_picture_new(WIDTH, HEIGHT);

    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        const guint32 color = pattern(i % WIDTH, i / WIDTH);

        for (int c = 0; c < 3; c++)
            out->image.data[4 * i + c] =
                (float) (color >> (16 - 8 * c) & 255) / 255;
        out->image.data[4 * i + 3] = 1;
    }
    return out;
}

/* Places in the widget that show the pixel (@x, @y) of the pattern. */
static int
places(Scene *scene, int x, int y)
{
    cairo_surface_t *shown = snapshot(GTK_WIDGET(scene->preview));
    const guint32 wanted = pattern(x, y);
    int count = 0;

    for (int i = 0; i < 4 * WIDTH * HEIGHT; i++)
        count += color_at(shown, i % (2 * WIDTH), i / (2 * WIDTH)) == wanted;
    cairo_surface_destroy(shown);
    return count;
}

/* While an end is dragged the pixel above and left of it is seen enlarged 8 times
 * as a whole, also in the corners of the picture; not before, and not after. */
static void
test_loupe(void)
{
    static const int ends[][2] = {
        { 100, 70 }, { 4, 3 }, { 198, 3 }, { 5, 148 }, { 197, 147 }
    };
    Scene scene = open_scene(0);
    g_autoptr(TwLine) line = tw_line_new(scene.preview, WIDTH, HEIGHT);
    g_autoptr(TwPicture) before = patterned();

    tw_preview_set_before(scene.preview, before, 1);
    tw_preview_set_tool(scene.preview, tw_line_tool(line));
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        const int x = ends[i][0], y = ends[i][1];

        g_assert_cmpint(places(&scene, x - 2, y - 2), <=, 4);
        mouse(&scene, GDK_BUTTON_PRESS, 60, 90, 1, 0);
        mouse(&scene, GDK_MOTION_NOTIFY, x, y, 1, 0);
        g_assert_cmpint(places(&scene, x - 2, y - 2), >=, 8 * 8 - 16);
        mouse(&scene, GDK_BUTTON_RELEASE, x, y, 1, 0);
        g_object_set(line, "length", 1.0, NULL);
        while (gtk_events_pending())
            gtk_main_iteration();
    }
    close_scene(&scene);
}

/* The picture before is seen while the line is laid, since there the streak is. */
static void
test_line_shows_before(void)
{
    Scene scene = open_scene(0x808080);
    g_autoptr(TwLine) line = tw_line_new(scene.preview, WIDTH, HEIGHT);
    g_autoptr(TwPicture) after = picture(WIDTH, HEIGHT, 0xffffff);
    const cairo_rectangle_int_t whole = { 0, 0, WIDTH, HEIGHT };
    cairo_surface_t *shown;

    tw_preview_set_after(scene.preview, after, &whole);
    tw_preview_set_mode(scene.preview, TW_PREVIEW_AFTER);
    tw_preview_set_tool(scene.preview, tw_line_tool(line));
    for (int pressed = 0; pressed < 3; pressed++) {
        if (pressed == 1)
            mouse(&scene, GDK_BUTTON_PRESS, 150, 120, 1, 0);
        if (pressed == 2)
            mouse(&scene, GDK_BUTTON_RELEASE, 150, 120, 1, 0);
        shown = snapshot(GTK_WIDGET(scene.preview));
        g_assert_cmphex(color_at(shown, 40, 200), ==,
                        pressed == 1 ? 0x808080 : 0xffffff);
        cairo_surface_destroy(shown);
    }
    close_scene(&scene);
}

/* Half a pixel and a degree; ten times as much with Shift; within the limits. */
static void
test_line_keys(void)
{
    static const struct {
        guint key, state;
        double length, angle;
    } keys[] = {
        { GDK_KEY_Right, GDK_CONTROL_MASK, 10.5, 0 },
        { GDK_KEY_KP_Up, GDK_CONTROL_MASK, 10.5, 1 },
        { GDK_KEY_Left, GDK_CONTROL_MASK, 10, 1 },
        { GDK_KEY_Down, GDK_CONTROL_MASK, 10, 0 },
        { GDK_KEY_Right, GDK_CONTROL_MASK | GDK_SHIFT_MASK, 15, 0 },
        { GDK_KEY_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK, 15, -10 },
        { GDK_KEY_Right, 0, 15, -10 },
    };
    Scene scene = open_scene(0);
    g_autoptr(TwLine) line = tw_line_new(scene.preview, WIDTH, HEIGHT);
    AtkObject *object = gtk_widget_get_accessible(GTK_WIDGET(scene.preview));

    tw_preview_set_tool(scene.preview, tw_line_tool(line));
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        type(&scene, keys[i].key, keys[i].state);
        check_line(line, keys[i].length, keys[i].angle);
    }
    g_assert_nonnull(
        strstr(atk_object_get_description(object), "15.0 px, -10.0°"));
    g_object_set(line, "length", 1.0, "angle", 90.0, NULL);
    type(&scene, GDK_KEY_Left, GDK_CONTROL_MASK);
    check_line(line, 1, 90);
    type(&scene, GDK_KEY_Up, GDK_CONTROL_MASK);
    check_line(line, 1, -89);
    close_scene(&scene);
}

/* A kernel of 3 x 1: black, its greatest value white, gray; shown in a square. */
static void
test_kernel(void)
{
    GtkWidget *window = gtk_offscreen_window_new();
    GtkWidget *view = tw_kernel_view_new();
    g_autoptr(TwPicture) kernel = picture(3, 1, 0);
    AtkObject *object = gtk_widget_get_accessible(view);

    for (int c = 0; c < 3; c++) {
        kernel->image.data[4 + c] = 0.02F;
        kernel->image.data[8 + c] = 0.01F;
    }
    tw_kernel_view_set_kernel(TW_KERNEL_VIEW(view), kernel);
    gtk_widget_set_size_request(view, 96, 150);
    gtk_container_add(GTK_CONTAINER(window), view);
    gtk_widget_show_all(window);
    while (gtk_widget_get_allocated_height(view) < 150 || gtk_events_pending())
        gtk_main_iteration();

    const int width = gtk_widget_get_allocated_width(view);
    cairo_surface_t *shown = snapshot(view);

    g_assert_cmphex(color_at(shown, width / 2 - width / 6, width / 2 - 9), ==,
                    0xffffff);
    g_assert_cmphex(color_at(shown, width / 2 + width / 4, width / 2 - 9), ==,
                    0x808080);
    g_assert_cmphex(color_at(shown, width / 2 - width / 4, width / 2 - 9), ==,
                    0);
    g_assert_cmphex(color_at(shown, width / 3, width / 10), ==, 0);
    cairo_surface_destroy(shown);
    g_assert_cmpstr(atk_object_get_name(object), ==, "Blur kernel");
    g_assert_nonnull(strstr(atk_object_get_description(object), "3 × 1"));
    tw_kernel_view_set_kernel(TW_KERNEL_VIEW(view), NULL);
    g_assert_cmpstr(atk_object_get_description(object), ==, "");
    gtk_widget_destroy(window);
}

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/tools/line", test_line);
    g_test_add_func("/tools/line-streak", test_line_streak);
    g_test_add_func("/tools/loupe", test_loupe);
    g_test_add_func("/tools/line-shows-before", test_line_shows_before);
    g_test_add_func("/tools/line-keys", test_line_keys);
    g_test_add_func("/tools/kernel", test_kernel);
    return g_test_run();
}
