/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brush, mask panel, motion line and kernel view, used as people use them: by
 * events. Needs a display. */
#include <math.h>
#include <string.h>

#include "operators/psf.h"
#include "tw-kernel-view.h"
#include "tw-line.h"
#include "tw-mask-panel.h"
#include "tw-overlay.h"

enum { WIDTH = 200, HEIGHT = 150 }; /* of the picture */

/* A window with a preview at zoom 2, so that it is seen whole. */
typedef struct Scene {
    GtkWidget *window, *box;
    TwPreview *preview;
    TwPaint *paint, *expected;
    TwBrush *brush;
} Scene;

/* Of one color, 0xRRGGBB. */
static TwPicture *
picture(int width, int height, guint32 color)
{
    TwPicture *out = tw_picture_new(width, height);

    for (int i = 0; i < width * height; i++) {
        for (int c = 0; c < 3; c++)
            out->image.data[4 * i + c] =
                (float) (color >> (16 - 8 * c) & 255) / 255;
        out->image.data[4 * i + 3] = 1;
    }
    return out;
}

static Scene
open_scene(guint32 color)
{
    Scene scene = { .window = gtk_window_new(GTK_WINDOW_TOPLEVEL),
                    .box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0),
                    .preview = tw_preview_new(),
                    .paint = tw_paint_new(WIDTH, HEIGHT),
                    .expected = tw_paint_new(WIDTH, HEIGHT) };
    g_autoptr(TwPicture) before = picture(WIDTH, HEIGHT, color);

    gtk_widget_set_size_request(GTK_WIDGET(scene.preview), 2 * WIDTH,
                                2 * HEIGHT);
    gtk_container_add(GTK_CONTAINER(scene.window), scene.box);
    gtk_container_add(GTK_CONTAINER(scene.box), GTK_WIDGET(scene.preview));
    tw_preview_set_before(scene.preview, before, 1);
    scene.brush = tw_brush_new(scene.paint, scene.preview);
    g_object_set(scene.brush, "size", 20.0, NULL);
    tw_preview_set_mode(scene.preview, TW_PREVIEW_BEFORE);
    tw_preview_set_tool(scene.preview, tw_brush_tool(scene.brush));
    gtk_widget_show_all(scene.window);
    while (gtk_widget_get_allocated_width(GTK_WIDGET(scene.preview)) <
               2 * WIDTH ||
           gtk_events_pending())
        gtk_main_iteration();
    return scene;
}

static void
close_scene(Scene *scene)
{
    tw_preview_set_tool(scene->preview, NULL);
    gtk_widget_destroy(scene->window);
    g_object_unref(scene->brush);
    g_object_unref(scene->paint);
    g_object_unref(scene->expected);
}

static GdkDevice *
pointer(void)
{
    GdkDisplay *display = gdk_display_get_default();

    return gdk_seat_get_pointer(gdk_display_get_default_seat(display));
}

/* At a place of the picture. */
static void
mouse(Scene *scene, GdkEventType type, double x, double y, guint button,
      guint state)
{
    GtkWidget *widget = GTK_WIDGET(scene->preview);
    GdkEvent *event = gdk_event_new(type);
    double at_x, at_y;

    tw_view_from_input(tw_preview_get_view(scene->preview), x, y, &at_x, &at_y);
    if (type == GDK_MOTION_NOTIFY) {
        event->motion.x = at_x;
        event->motion.y = at_y;
        event->motion.state = state;
    } else {
        event->button.x = at_x;
        event->button.y = at_y;
        event->button.button = button;
        event->button.state = state;
    }
    event->any.window = g_object_ref(gtk_widget_get_window(widget));
    gdk_event_set_device(event, pointer());
    gtk_widget_event(widget, event);
    gdk_event_free(event);
}

static void
drag(Scene *scene, const double (*points)[2], int count, guint button,
     guint state)
{
    mouse(scene, GDK_BUTTON_PRESS, points[0][0], points[0][1], button, state);
    for (int i = 1; i < count; i++)
        mouse(scene, GDK_MOTION_NOTIFY, points[i][0], points[i][1], button,
              state);
    mouse(scene, GDK_BUTTON_RELEASE, points[count - 1][0], points[count - 1][1],
          button, state);
}

static void
key(Scene *scene, GdkEventType type, guint keyval, guint state)
{
    GtkWidget *widget = GTK_WIDGET(scene->preview);
    GdkEvent *event = gdk_event_new(type);

    event->key.window = g_object_ref(gtk_widget_get_window(widget));
    event->key.keyval = keyval;
    event->key.state = state;
    gtk_widget_event(widget, event);
    gdk_event_free(event);
}

static void
type(Scene *scene, guint keyval, guint state)
{
    key(scene, GDK_KEY_PRESS, keyval, state);
    key(scene, GDK_KEY_RELEASE, keyval, state);
}

/* The same stroke without any widget. */
static void
expect(Scene *scene, double size, gboolean erase, const double (*points)[2],
       int count)
{
    const TwDab dab = { size / 2, 1, erase };

    tw_paint_begin(scene->expected, &dab, points[0][0], points[0][1]);
    for (int i = 1; i < count; i++)
        tw_paint_stroke_to(scene->expected, points[i][0], points[i][1]);
    tw_paint_end(scene->expected);
}

static void
check_mask(Scene *scene)
{
    g_assert_true(tw_paint_settle(scene->paint));
    g_assert_cmpmem(tw_paint_mask(scene->paint)->data, WIDTH * HEIGHT,
                    tw_paint_mask(scene->expected)->data, WIDTH * HEIGHT);
}

static const double bend[][2] = { { 40, 40 }, { 120, 70 }, { 90, 130 } };
static const double across[][2] = { { 20, 100 }, { 180, 45 } };

/* Left paints; right, or Shift, or the setting erases, two of them paint. */
static void
test_mouse(void)
{
    Scene scene = open_scene(0);

    drag(&scene, bend, 3, 1, 0);
    expect(&scene, 20, FALSE, bend, 3);
    check_mask(&scene);
    drag(&scene, across, 2, 3, 0);
    expect(&scene, 20, TRUE, across, 2);
    check_mask(&scene);
    drag(&scene, bend, 2, 1, GDK_SHIFT_MASK);
    expect(&scene, 20, TRUE, bend, 2);
    check_mask(&scene);
    g_object_set(scene.brush, "erase", TRUE, NULL);
    drag(&scene, bend, 3, 1, GDK_SHIFT_MASK);
    expect(&scene, 20, FALSE, bend, 3);
    check_mask(&scene);
    drag(&scene, across, 2, 1, 0);
    expect(&scene, 20, TRUE, across, 2);
    check_mask(&scene);
    close_scene(&scene);
}

/* Zoomed in and moved, the same places of the picture are painted. */
static void
test_zoomed(void)
{
    Scene scene = open_scene(0);

    tw_preview_set_zoom(scene.preview, 5);
    drag(&scene, bend, 3, 1, 0);
    expect(&scene, 20, FALSE, bend, 3);
    check_mask(&scene);
    close_scene(&scene);
}

/* One pixel is painted wherever in it one clicks. */
static void
test_small(void)
{
    const double corner[][2] = { { 60.95, 40.9 } };
    const double middle[][2] = { { 60.5, 40.5 } };
    cairo_rectangle_int_t bounds;
    Scene scene = open_scene(0);

    g_object_set(scene.brush, "size", 1.0, NULL);
    drag(&scene, corner, 1, 1, 0);
    expect(&scene, 1, FALSE, middle, 1);
    check_mask(&scene);
    g_assert_true(tw_paint_bounds(scene.paint, &bounds));
    g_assert_cmpint(bounds.x, ==, 60);
    g_assert_cmpint(bounds.width, ==, 1);
    close_scene(&scene);
}

static double
number(gpointer object, const char *property)
{
    double value;

    g_object_get(object, property, &value, NULL);
    return value;
}

static void
test_keys(void)
{
    Scene scene = open_scene(0);

    type(&scene, GDK_KEY_bracketright, 0);
    g_assert_cmpfloat(number(scene.brush, "size"), ==, 22);
    type(&scene, GDK_KEY_bracketleft, 0);
    type(&scene, GDK_KEY_bracketleft, 0);
    g_assert_cmpfloat(number(scene.brush, "size"), ==, 18);
    type(&scene, GDK_KEY_braceleft, GDK_SHIFT_MASK);
    check_mask(&scene);
    g_assert_cmpfloat(number(scene.brush, "hardness"), ==, 0.9);
    for (int i = 0; i < 3; i++)
        type(&scene, GDK_KEY_braceright, GDK_SHIFT_MASK);
    g_assert_cmpfloat(number(scene.brush, "hardness"), ==, 1);
    for (int i = 0; i < 40; i++)
        type(&scene, GDK_KEY_bracketleft, 0);
    g_assert_cmpfloat(number(scene.brush, "size"), ==, 1);
    g_object_set(scene.brush, "size", 20.0, NULL);

    drag(&scene, bend, 3, 1, 0);
    drag(&scene, across, 2, 1, 0);
    type(&scene, GDK_KEY_z, GDK_CONTROL_MASK);
    expect(&scene, 20, FALSE, bend, 3);
    check_mask(&scene);
    type(&scene, GDK_KEY_Z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
    expect(&scene, 20, FALSE, across, 2);
    check_mask(&scene);
    type(&scene, GDK_KEY_z, GDK_CONTROL_MASK);
    type(&scene, GDK_KEY_y, GDK_CONTROL_MASK);
    check_mask(&scene);
    type(&scene, GDK_KEY_x, 0);
    drag(&scene, bend, 2, 1, 0);
    expect(&scene, 20, TRUE, bend, 2);
    check_mask(&scene);
    close_scene(&scene);
}

/* Without a mouse: the brush comes in the middle, walks by half its radius, and
 * draws while space is held. */
static void
test_keys_only(void)
{
    const guint fine = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
    const double dab[][2] = { { 100.5, 75.5 } };
    const double line[][2] = { { 115.5, 75.5 }, { 115.5, 69.5 } };
    Scene scene = open_scene(0);

    type(&scene, GDK_KEY_space, 0); /* nothing to paint with yet */
    check_mask(&scene);
    type(&scene, GDK_KEY_Right, GDK_CONTROL_MASK);
    type(&scene, GDK_KEY_space, 0);
    expect(&scene, 20, FALSE, dab, 1);
    check_mask(&scene);
    for (int i = 0; i < 3; i++)
        type(&scene, GDK_KEY_Right, GDK_CONTROL_MASK);
    key(&scene, GDK_KEY_PRESS, GDK_KEY_space, 0);
    type(&scene, GDK_KEY_Up, GDK_CONTROL_MASK);
    key(&scene, GDK_KEY_PRESS, GDK_KEY_space, 0); /* repeated by the keyboard */
    type(&scene, GDK_KEY_Up, fine);
    key(&scene, GDK_KEY_RELEASE, GDK_KEY_space, 0);
    expect(&scene, 20, FALSE, line, 2);
    check_mask(&scene);
    type(&scene, GDK_KEY_z, GDK_CONTROL_MASK);
    type(&scene, GDK_KEY_z, GDK_CONTROL_MASK);
    g_assert_true(tw_paint_is_empty(scene.paint));
    close_scene(&scene);
}

typedef struct Search {
    const char *text;
    GType type;
    GtkWidget *found;
} Search;

/* By the name that a screen reader says, as people without sight do. */
static void
look_at(GtkWidget *widget, gpointer data)
{
    Search *search = data;
    AtkObject *object = gtk_widget_get_accessible(widget);
    const char *text = atk_object_get_name(object);

    if (G_TYPE_CHECK_INSTANCE_TYPE(widget, search->type) &&
        gtk_widget_get_can_focus(widget) && !search->found &&
        g_strcmp0(text, search->text) == 0)
        search->found = widget;
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), look_at, data);
}

static GtkWidget *
find(GtkWidget *panel, GType type, const char *text)
{
    Search search = { text, type, NULL };

    look_at(panel, &search);
    g_assert_nonnull(search.found);
    return search.found;
}

static void
click(GtkWidget *panel, const char *text)
{
    gtk_button_clicked(GTK_BUTTON(find(panel, GTK_TYPE_BUTTON, text)));
}

static gboolean
is_sensitive(GtkWidget *panel, const char *text)
{
    return gtk_widget_get_sensitive(find(panel, GTK_TYPE_BUTTON, text));
}

static GtkSpinButton *
spin(GtkWidget *panel, const char *text)
{
    return GTK_SPIN_BUTTON(find(panel, GTK_TYPE_SPIN_BUTTON, text));
}

static void
look_for_hint(GtkWidget *widget, gpointer data)
{
    const char **text = data;

    if (GTK_IS_STACK(widget))
        *text = gtk_label_get_text(
            GTK_LABEL(gtk_stack_get_visible_child(GTK_STACK(widget))));
}

static const char *
hint(GtkWidget *panel)
{
    const char *text = NULL;

    gtk_container_foreach(GTK_CONTAINER(panel), look_for_hint, &text);
    return text;
}

static void
count(int *number)
{
    ++*number;
}

static void
test_panel(void)
{
    Scene scene = open_scene(0);
    GtkWidget *panel = tw_mask_panel_new(scene.brush);
    gboolean erase;
    int saved = 0;

    gtk_container_add(GTK_CONTAINER(scene.box), panel);
    g_signal_connect_swapped(panel, "save-as-channel", G_CALLBACK(count),
                             &saved);
    gtk_widget_show_all(panel);
    g_assert_nonnull(strstr(hint(panel), "select it"));
    g_assert_false(is_sensitive(panel, "Undo"));
    g_assert_false(is_sensitive(panel, "Save as Channel"));
    drag(&scene, bend, 3, 1, 0);
    click(panel, "Undo");
    check_mask(&scene);
    click(panel, "Redo");
    expect(&scene, 20, FALSE, bend, 3);
    check_mask(&scene);
    g_assert_false(is_sensitive(panel, "Redo"));
    g_assert_nonnull(strstr(hint(panel), "erases"));
    click(panel, "Save as Channel");
    g_assert_cmpint(saved, ==, 1);
    click(panel, "Invert");
    tw_paint_invert(scene.expected);
    check_mask(&scene);
    click(panel, "Clear");
    tw_paint_clear(scene.expected);
    check_mask(&scene);
    click(panel, "Erase");
    g_object_get(scene.brush, "erase", &erase, NULL);
    g_assert_true(erase);
    click(panel, "Paint");
    g_object_get(scene.brush, "erase", &erase, NULL);
    g_assert_false(erase);
    close_scene(&scene);
}

/* Both ways, between the panel's numbers and those of brush and mask. */
static void
test_panel_numbers(void)
{
    Scene scene = open_scene(0);
    GtkWidget *panel = tw_mask_panel_new(scene.brush);
    GtkSpinButton *size, *hardness, *grow, *feather;

    gtk_container_add(GTK_CONTAINER(scene.box), panel);
    size = spin(panel, "Size");
    hardness = spin(panel, "Hardness");
    grow = spin(panel, "Grow");
    feather = spin(panel, "Feather");
    g_assert_cmpfloat(gtk_spin_button_get_value(size), ==, 20);
    g_assert_cmpfloat(gtk_spin_button_get_value(hardness), ==, 100);
    gtk_spin_button_set_value(size, 33);
    gtk_spin_button_set_value(hardness, 40);
    gtk_spin_button_set_value(grow, -3);
    gtk_spin_button_set_value(feather, 7);
    g_assert_cmpfloat(number(scene.brush, "size"), ==, 33);
    g_assert_cmpfloat(number(scene.brush, "hardness"), ==, 0.4);
    g_assert_cmpint(tw_paint_get_grow(scene.paint), ==, -3);
    g_assert_cmpfloat(tw_paint_get_feather(scene.paint), ==, 7);
    tw_paint_invert(scene.paint);
    g_assert_cmpfloat(gtk_spin_button_get_value(grow), ==, 3);
    type(&scene, GDK_KEY_bracketright, 0);
    g_assert_cmpfloat(gtk_spin_button_get_value(size), ==, 36);
    close_scene(&scene);
}

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

/* What @widget shows; to be destroyed. */
static cairo_surface_t *
snapshot(GtkWidget *widget)
{
    cairo_surface_t *surface;
    cairo_t *cr;

    while (gtk_events_pending())
        gtk_main_iteration();
    surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, gtk_widget_get_allocated_width(widget),
        gtk_widget_get_allocated_height(widget));
    cr = cairo_create(surface);
    gtk_widget_draw(widget, cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

/* 0xRRGGBB. */
static guint32
color_at(cairo_surface_t *surface, int x, int y)
{
    guint32 color;

    memcpy(&color,
           cairo_image_surface_get_data(surface) +
               y * cairo_image_surface_get_stride(surface) + 4 * x,
           sizeof color);
    return color & 0xffffff;
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
    g_object_set(scene.brush, "fill", FALSE, NULL);
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

/* The next result is seen through an outline; the next stroke is seen whole. */
static void
test_fill(void)
{
    Scene scene = open_scene(0);
    gboolean fill;

    g_object_set(scene.brush, "fill", FALSE, NULL);
    drag(&scene, bend, 2, 1, 0);
    g_object_get(scene.brush, "fill", &fill, NULL);
    g_assert_true(fill);
    close_scene(&scene);
}

int
main(int argc, char **argv)
{
    if (!gtk_init_check(&argc, &argv))
        return 77;
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tools/mouse", test_mouse);
    g_test_add_func("/tools/zoomed", test_zoomed);
    g_test_add_func("/tools/small", test_small);
    g_test_add_func("/tools/keys", test_keys);
    g_test_add_func("/tools/keys-only", test_keys_only);
    g_test_add_func("/tools/panel", test_panel);
    g_test_add_func("/tools/panel-numbers", test_panel_numbers);
    g_test_add_func("/tools/line", test_line);
    g_test_add_func("/tools/line-streak", test_line_streak);
    g_test_add_func("/tools/kernel", test_kernel);
    g_test_add_func("/tools/overlay", test_overlay);
    g_test_add_func("/tools/overlay-parts", test_overlay_parts);
    g_test_add_func("/tools/overlay-dot", test_overlay_dot);
    g_test_add_func("/tools/fill", test_fill);
    return g_test_run();
}
