/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview-fixture.h"
#include "check-gtk.h"

guchar
byte_at(int x, int y, int channel, int salt)
{
    return (guchar) ((x * 7 + y * 13 + channel * 50 + salt) & 255);
}

TwPicture *
coded_picture(int width, int height, int salt)
{
    TwPicture *picture = tw_picture_new(width, height);

    for (int i = 0; i < width * height; i++) {
        float *p = picture->image.data + 4 * i;

        for (int k = 0; k < 3; k++)
            p[k] = (float) byte_at(i % width, i / width, k, salt) / 255;
        p[3] = 1;
    }
    return picture;
}

TwPicture *
plain_picture(int width, int height, float red, float green, float blue,
              float alpha)
{
    TwPicture *picture = tw_picture_new(width, height);
    const float color[4] = { red, green, blue, alpha };

    for (int i = 0; i < 4 * width * height; i++)
        picture->image.data[i] = color[i % 4];
    return picture;
}

static void
count_chosen(Fixture *f)
{
    f->chosen++;
}

void
show(Fixture *f, TwPicture *before, TwPicture *after)
{
    const cairo_rectangle_int_t whole = { 0, 0, after->image.width,
                                          after->image.height };

    tw_preview_set_before(f->preview, before, 1);
    tw_preview_set_after(f->preview, after, &whole);
}

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    f->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    f->preview = tw_preview_new();
    f->widget = GTK_WIDGET(f->preview);
    gtk_widget_set_size_request(f->widget, WIDTH, HEIGHT);
    gtk_container_add(GTK_CONTAINER(f->window), f->widget);
    gtk_window_resize(GTK_WINDOW(f->window), WIDTH, HEIGHT);
    gtk_widget_show_all(f->window);
    while (!gtk_widget_get_mapped(f->widget) ||
           gtk_widget_get_allocated_width(f->widget) != WIDTH)
        gtk_main_iteration();
    g_signal_connect_swapped(f->preview, "region-changed",
                             G_CALLBACK(count_chosen), f);
    f->before = coded_picture(WIDTH, HEIGHT, 0);
    f->after = coded_picture(WIDTH, HEIGHT, 100);
    show(f, f->before, f->after);
    f->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    cairo_surface_destroy(f->surface);
    tw_picture_unref(f->before);
    tw_picture_unref(f->after);
    gtk_widget_destroy(f->window);
}

void
draw(Fixture *f)
{
    cairo_region_t *asked_for = NULL;

    do {
        cairo_t *cr = cairo_create(f->surface);

        g_clear_pointer(&asked_for, cairo_region_destroy);
        gtk_widget_draw(f->widget, cr);
        cairo_destroy(cr);
        asked_for =
            gdk_window_get_update_area(gtk_widget_get_window(f->widget));
    } while (asked_for != NULL);
    cairo_surface_flush(f->surface);
}

void
pixel_at(Fixture *f, int x, int y, guchar *rgb)
{
    const int stride = cairo_image_surface_get_stride(f->surface);
    const guchar *data = cairo_image_surface_get_data(f->surface);
    const guint32 pixel =
        *(const guint32 *) (const void *) (data + y * stride + 4 * x);

    for (int k = 0; k < 3; k++)
        rgb[k] = (guchar) (pixel >> (16 - 8 * k) & 255);
}

void
assert_pixel(Fixture *f, int x, int y, int red, int green, int blue)
{
    guchar rgb[3];

    pixel_at(f, x, y, rgb);
    if (rgb[0] != red || rgb[1] != green || rgb[2] != blue)
        g_error("pixel %d, %d is %d %d %d, not %d %d %d", x, y, rgb[0], rgb[1],
                rgb[2], red, green, blue);
}

void
assert_coded(Fixture *f, int x, int y, int px, int py, int salt)
{
    assert_pixel(f, x, y, byte_at(px, py, 0, salt), byte_at(px, py, 1, salt),
                 byte_at(px, py, 2, salt));
}

void
assert_split(Fixture *f, int divider, int left, int right)
{
    draw(f);
    for (int y = 50; y < 140; y++)
        for (int x = 0; x < WIDTH; x++)
            if (x < divider - 1 || x > divider)
                assert_coded(f, x, y, x, y, x < divider ? left : right);
}

static void
send(Fixture *f, GdkEvent *event, GdkWindow **window)
{
    GdkSeat *seat =
        gdk_display_get_default_seat(gtk_widget_get_display(f->widget));

    *window = g_object_ref(gtk_widget_get_window(f->widget));
    gdk_event_set_device(event, gdk_seat_get_pointer(seat));
    gtk_widget_event(f->widget, event);
    gdk_event_free(event);
}

void
button(Fixture *f, GdkEventType type, guint number, double x, double y,
       guint state)
{
    GdkEvent *event = gdk_event_new(type);

    event->button.x = x;
    event->button.y = y;
    event->button.button = number;
    event->button.state = state;
    send(f, event, &event->button.window);
}

void
move(Fixture *f, double x, double y)
{
    GdkEvent *event = gdk_event_new(GDK_MOTION_NOTIFY);

    event->motion.x = x;
    event->motion.y = y;
    send(f, event, &event->motion.window);
}

void
drag(Fixture *f, guint number, double x0, double y0, double x1, double y1)
{
    button(f, GDK_BUTTON_PRESS, number, x0, y0, 0);
    move(f, (x0 + x1) / 2, (y0 + y1) / 2);
    move(f, x1, y1);
    button(f, GDK_BUTTON_RELEASE, number, x1, y1, 0);
}

void
wheel(Fixture *f, double x, double y, double dy, guint state)
{
    GdkEvent *event = gdk_event_new(GDK_SCROLL);

    event->scroll.x = x;
    event->scroll.y = y;
    event->scroll.direction = GDK_SCROLL_SMOOTH;
    event->scroll.delta_y = dy;
    event->scroll.state = state;
    send(f, event, &event->scroll.window);
}

void
key(Fixture *f, GdkEventType type, guint keyval, guint state)
{
    GdkEvent *event = gdk_event_new(type);

    event->key.keyval = keyval;
    event->key.state = state;
    send(f, event, &event->key.window);
}

void
press_key(Fixture *f, guint keyval, guint state)
{
    key(f, GDK_KEY_PRESS, keyval, state);
    key(f, GDK_KEY_RELEASE, keyval, state);
}

int
run_tests(int argc, char **argv, const PreviewTest *tests, gsize count)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    for (gsize i = 0; i < count; i++)
        g_test_add(tests[i].name, Fixture, NULL, set_up, tests[i].test,
                   tear_down);
    return g_test_run();
}
