/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <string.h>

TwPicture *
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

Scene
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

void
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

void
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

void
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

void
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

void
type(Scene *scene, guint keyval, guint state)
{
    key(scene, GDK_KEY_PRESS, keyval, state);
    key(scene, GDK_KEY_RELEASE, keyval, state);
}

void
expect(Scene *scene, double size, gboolean erase, const double (*points)[2],
       int count)
{
    const TwDab dab = { size / 2, 1, erase };

    tw_paint_begin(scene->expected, &dab, points[0][0], points[0][1]);
    for (int i = 1; i < count; i++)
        tw_paint_stroke_to(scene->expected, points[i][0], points[i][1]);
    tw_paint_end(scene->expected);
}

void
check_mask(Scene *scene)
{
    g_assert_true(tw_paint_settle(scene->paint));
    g_assert_cmpmem(tw_paint_mask(scene->paint)->data, WIDTH * HEIGHT,
                    tw_paint_mask(scene->expected)->data, WIDTH * HEIGHT);
}

double
number(gpointer object, const char *property)
{
    double value;

    g_object_get(object, property, &value, NULL);
    return value;
}

cairo_surface_t *
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

guint32
color_at(cairo_surface_t *surface, int x, int y)
{
    guint32 color;

    memcpy(&color,
           cairo_image_surface_get_data(surface) +
               y * cairo_image_surface_get_stride(surface) + 4 * x,
           sizeof color);
    return color & 0xffffff;
}
