/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The motion line and the view of a blur kernel. Needs a display. */
#include <math.h>
#include <string.h>

#include "check-gtk.h"
#include "operators/psf.h"
#include "scene.h"
#include "tw-kernel-view.h"
#include "tw-line.h"

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
    g_test_add_func("/tools/kernel", test_kernel);
    return g_test_run();
}
