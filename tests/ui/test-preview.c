/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The preview on a display: pixels that it draws, and what pointer and keys do.
 * Skipped without a display.
 *
 * Events are made here and given to the widget, so no window manager and no
 * pointer of a server are needed. Pixels are drawn into a cairo surface, in
 * which one pixel is one device pixel.
 */
#include <math.h>
#include <time.h>

#include "tw-preview.h"
#include "tw-shade.h"

#define WIDTH  300
#define HEIGHT 200

typedef struct Fixture {
    GtkWidget *window;
    GtkWidget *widget;
    TwPreview *preview;
    TwPicture *before, *after;
    cairo_surface_t *surface;
    int chosen; /* times that "region-changed" came */
} Fixture;

/* Bytes that tell where they are from. */
static guchar
byte_at(int x, int y, int channel, int salt)
{
    return (guchar) ((x * 7 + y * 13 + channel * 50 + salt) & 255);
}

static TwPicture *
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

static TwPicture *
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

static void
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

/* --- pixels --- */

/* Draws as often as the widget asks for; the result is in the surface. */
static void
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

static void
pixel_at(Fixture *f, int x, int y, guchar *rgb)
{
    const int stride = cairo_image_surface_get_stride(f->surface);
    const guchar *data = cairo_image_surface_get_data(f->surface);
    const guint32 pixel =
        *(const guint32 *) (const void *) (data + y * stride + 4 * x);

    for (int k = 0; k < 3; k++)
        rgb[k] = (guchar) (pixel >> (16 - 8 * k) & 255);
}

static void
assert_pixel(Fixture *f, int x, int y, int red, int green, int blue)
{
    guchar rgb[3];

    pixel_at(f, x, y, rgb);
    if (rgb[0] != red || rgb[1] != green || rgb[2] != blue)
        g_error("pixel %d, %d is %d %d %d, not %d %d %d", x, y, rgb[0], rgb[1],
                rgb[2], red, green, blue);
}

/* Pixel (@x, @y) of the widget shows (@px, @py) of a coded picture. */
static void
assert_coded(Fixture *f, int x, int y, int px, int py, int salt)
{
    assert_pixel(f, x, y, byte_at(px, py, 0, salt), byte_at(px, py, 1, salt),
                 byte_at(px, py, 2, salt));
}

/* At one to one, left of the divider is before and right of it after, byte by
 * byte; between 50 and 140 of the height nothing else is drawn. */
static void
assert_split(Fixture *f, int divider, int left, int right)
{
    draw(f);
    for (int y = 50; y < 140; y++)
        for (int x = 0; x < WIDTH; x++)
            if (x < divider - 1 || x > divider)
                assert_coded(f, x, y, x, y, x < divider ? left : right);
}

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

/* --- events --- */

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

static void
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

static void
move(Fixture *f, double x, double y)
{
    GdkEvent *event = gdk_event_new(GDK_MOTION_NOTIFY);

    event->motion.x = x;
    event->motion.y = y;
    send(f, event, &event->motion.window);
}

static void
drag(Fixture *f, guint number, double x0, double y0, double x1, double y1)
{
    button(f, GDK_BUTTON_PRESS, number, x0, y0, 0);
    move(f, (x0 + x1) / 2, (y0 + y1) / 2);
    move(f, x1, y1);
    button(f, GDK_BUTTON_RELEASE, number, x1, y1, 0);
}

static void
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

static void
key(Fixture *f, GdkEventType type, guint keyval, guint state)
{
    GdkEvent *event = gdk_event_new(type);

    event->key.keyval = keyval;
    event->key.state = state;
    send(f, event, &event->key.window);
}

static void
press_key(Fixture *f, guint keyval, guint state)
{
    key(f, GDK_KEY_PRESS, keyval, state);
    key(f, GDK_KEY_RELEASE, keyval, state);
}

static double
divider_of(Fixture *f)
{
    double divider;

    g_object_get(f->preview, "divider", &divider, NULL);
    return divider;
}

static void
test_drag_divider(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    AtkObject *accessible = gtk_widget_get_accessible(f->widget);
    double x, y, value;

    drag(f, 1, WIDTH / 2, 20, 90, 30);
    g_assert_cmpfloat(divider_of(f), ==, 90.0 / WIDTH);
    assert_split(f, 90, 0, 100);
    tw_view_knob(tw_preview_get_view(f->preview), &x, &y);
    drag(f, 1, x + 6, y - 6, 2000, 0);
    g_assert_cmpfloat(divider_of(f), ==, 1);

    tw_preview_set_divider(f->preview, 0.5);
    press_key(f, GDK_KEY_comma, 0);
    g_assert_cmpfloat_with_epsilon(divider_of(f), 0.49, 1e-9);
    press_key(f, GDK_KEY_greater, GDK_SHIFT_MASK);
    g_assert_cmpfloat_with_epsilon(divider_of(f), 0.59, 1e-9);
    press_key(f, GDK_KEY_period, 0);
    g_assert_cmpfloat_with_epsilon(divider_of(f), 0.60, 1e-9);

    /* As a screen reader sees it. */
    g_assert_cmpint(atk_object_get_role(accessible), ==, ATK_ROLE_SPLIT_PANE);
    g_assert_cmpstr(atk_object_get_name(accessible), ==, "Preview");
    g_assert_cmpstr(atk_object_get_description(accessible), ==,
                    "Divider at 60 %");
    atk_value_get_value_and_text(ATK_VALUE(accessible), &value, NULL);
    g_assert_cmpfloat_with_epsilon(value, 60, 1e-9);
    atk_value_set_value(ATK_VALUE(accessible), 25);
    g_assert_cmpfloat(divider_of(f), ==, 0.25);
}

/* The point under the pointer stays there. */
static void
test_wheel(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const TwView *view = tw_preview_get_view(f->preview);
    double x, y, sx, sy;

    /* What changes nothing leaves a fitted view fitted. */
    wheel(f, 200, 120, 0, 0);
    wheel(f, 200, 120, 3, 0);
    g_assert_true(view->fitted);

    tw_preview_set_zoom(f->preview, 4);
    tw_view_to_result(view, 200, 120, &x, &y);
    wheel(f, 200, 120, -1, 0);
    g_assert_cmpfloat(view->zoom, ==, 4 * G_SQRT2);
    tw_view_from_result(view, x, y, &sx, &sy);
    g_assert_cmpfloat_with_epsilon(sx, 200, 0.51);
    g_assert_cmpfloat_with_epsilon(sy, 120, 0.51);

    wheel(f, 200, 120, 0.5, GDK_SHIFT_MASK);
    tw_view_from_result(view, x, y, &sx, &sy);
    g_assert_cmpfloat_with_epsilon(sx, 170, 1.01);
    wheel(f, 200, 120, 0.5, GDK_CONTROL_MASK);
    tw_view_from_result(view, x, y, &sx, &sy);
    g_assert_cmpfloat_with_epsilon(sy, 90, 1.51);
    for (int i = 0; i < 50; i++)
        wheel(f, 10, 10, 1, 0);
    g_assert_cmpfloat(view->zoom, ==, 1);
}

static void
test_keys(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const TwView *view = tw_preview_get_view(f->preview);
    TwView old;

    press_key(f, GDK_KEY_plus, 0);
    g_assert_cmpfloat(view->zoom, ==, 1.25);
    press_key(f, GDK_KEY_KP_Subtract, 0);
    g_assert_cmpfloat(view->zoom, ==, 1);
    tw_preview_set_zoom(f->preview, 8);
    old = *view;
    press_key(f, GDK_KEY_Right, 0);
    press_key(f, GDK_KEY_Up, 0);
    g_assert_cmpfloat(view->x, ==, old.x + 40 / 8.0);
    g_assert_cmpfloat(view->y, ==, old.y - 40 / 8.0);
    press_key(f, GDK_KEY_1, 0);
    g_assert_cmpfloat(view->zoom, ==, 1);
    g_assert_false(view->fitted);
    press_key(f, GDK_KEY_f, 0);
    g_assert_true(view->fitted);

    /* b, held, shows the original. */
    key(f, GDK_KEY_PRESS, GDK_KEY_b, 0);
    assert_split(f, -5, 0, 0);
    key(f, GDK_KEY_RELEASE, GDK_KEY_b, 0);
    assert_split(f, WIDTH / 2, 0, 100);
}

static void
test_pan(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const TwView *view = tw_preview_get_view(f->preview);
    TwView old;

    tw_preview_set_zoom(f->preview, 4);
    old = *view;
    drag(f, 2, 150, 100, 110, 120);
    g_assert_cmpfloat(view->x, ==, old.x + 10);
    g_assert_cmpfloat(view->y, ==, old.y - 5);

    /* Space makes the left button do so, over the divider, too. */
    key(f, GDK_KEY_PRESS, GDK_KEY_space, 0);
    drag(f, 1, 150, 100, 190, 80);
    key(f, GDK_KEY_RELEASE, GDK_KEY_space, 0);
    g_assert_cmpfloat(view->x, ==, old.x);
    g_assert_cmpfloat(view->y, ==, old.y);
    g_assert_cmpfloat(divider_of(f), ==, 0.5);

    button(f, GDK_BUTTON_PRESS, 3, 40, 40, 0);
    tw_preview_set_zoom(f->preview, 1);
    assert_split(f, -5, 0, 0);
    button(f, GDK_BUTTON_RELEASE, 3, 40, 40, 0);
    assert_split(f, WIDTH / 2, 0, 100);
}

static void
assert_region(Fixture *f, int x, int y, int width, int height, int chosen)
{
    cairo_rectangle_int_t region;

    tw_preview_get_region(f->preview, &region);
    g_assert_cmpint(region.x, ==, x);
    g_assert_cmpint(region.y, ==, y);
    g_assert_cmpint(region.width, ==, width);
    g_assert_cmpint(region.height, ==, height);
    g_assert_cmpint(f->chosen, ==, chosen);
}

static void
test_region(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const cairo_rectangle_int_t region = { 20, 30, 100, 80 };

    assert_region(f, 0, 0, WIDTH, HEIGHT, 0);
    drag(f, 1, 0, 60, 40, 60);
    assert_region(f, 0, 0, WIDTH, HEIGHT, 0);

    /* From the whole picture's side and corner. */
    g_object_set(f->preview, "region-visible", TRUE, NULL);
    drag(f, 1, 1, 60, 41, 70);
    assert_region(f, 40, 0, WIDTH - 40, HEIGHT, 1);
    drag(f, 1, WIDTH - 1, HEIGHT - 1, 200, 150);
    assert_region(f, 40, 0, 161, 151, 2);

    /* Moved by its inside; setting it by program is not the user's choice. */
    tw_preview_set_region(f->preview, &region);
    drag(f, 1, 60, 70, 80, 65);
    assert_region(f, 40, 25, 100, 80, 3);
    drag(f, 1, 60, 70, 60, 70);
    assert_region(f, 40, 25, 100, 80, 3);

    /* A new one, with Ctrl. */
    button(f, GDK_BUTTON_PRESS, 1, 250, 180, GDK_CONTROL_MASK);
    move(f, 170, 100);
    button(f, GDK_BUTTON_RELEASE, 1, 170, 100, GDK_CONTROL_MASK);
    assert_region(f, 170, 100, 80, 80, 4);

    press_key(f, GDK_KEY_Left, GDK_CONTROL_MASK);
    assert_region(f, 162, 100, 80, 80, 5);
    press_key(f, GDK_KEY_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
    assert_region(f, 162, 100, 80, 88, 6);

    button(f, GDK_2BUTTON_PRESS, 1, 200, 130, 0);
    assert_region(f, 0, 0, WIDTH, HEIGHT, 7);
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

/* --- tools --- */

typedef struct Recorder {
    TwTool tool;
    GString *log;
} Recorder;

static void
log_press(TwTool *tool, double x, double y, guint number, GdkModifierType state)
{
    g_string_append_printf(((Recorder *) tool)->log, "press %g %g %u%s ", x, y,
                           number, state & GDK_SHIFT_MASK ? "s" : "");
}

static void
log_drag(TwTool *tool, double x, double y, GdkModifierType state G_GNUC_UNUSED)
{
    g_string_append_printf(((Recorder *) tool)->log, "drag %g %g ", x, y);
}

static void
log_release(TwTool *tool, double x, double y,
            GdkModifierType state G_GNUC_UNUSED)
{
    g_string_append_printf(((Recorder *) tool)->log, "release %g %g ", x, y);
}

static void
log_hover(TwTool *tool, double x, double y)
{
    g_string_append_printf(((Recorder *) tool)->log, "hover %g %g ", x, y);
}

static gboolean
take_x(TwTool *tool, const GdkEventKey *event)
{
    if (event->keyval != GDK_KEY_comma)
        return FALSE;
    g_string_append(((Recorder *) tool)->log, "key ");
    return TRUE;
}

static void
test_tool(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    Recorder recorder = { .tool = { .press = log_press,
                                    .drag = log_drag,
                                    .release = log_release,
                                    .hover = log_hover,
                                    .key = take_x },
                          .log = g_string_new(NULL) };
    g_autoptr(TwPicture) half =
        plain_picture(WIDTH / 2, HEIGHT / 2, 0, 0, 0, 1);
    double x, y;

    /* Input pixels, half as many as of the result. */
    tw_preview_set_before(f->preview, half, 2);
    tw_preview_set_tool(f->preview, &recorder.tool);
    move(f, 150, 20);
    button(f, GDK_BUTTON_PRESS, 3, 150, 20, GDK_SHIFT_MASK);
    move(f, 160, 40);
    button(f, GDK_BUTTON_RELEASE, 3, 160, 40, 0);
    wheel(f, 160, 40, 0, 0);
    press_key(f, GDK_KEY_comma, 0);
    g_assert_cmpstr(recorder.log->str, ==,
                    "hover 75 10 press 75 10 3s drag 80 20 release 80 20 "
                    "hover 80 20 key key ");
    g_assert_cmpfloat(divider_of(f), ==, 0.5);

    /* Other keys, the middle button, space and the knob stay the preview's. */
    g_string_truncate(recorder.log, 0);
    press_key(f, GDK_KEY_period, 0);
    g_assert_cmpfloat_with_epsilon(divider_of(f), 0.51, 1e-9);
    drag(f, 2, 100, 50, 110, 60);
    tw_view_knob(tw_preview_get_view(f->preview), &x, &y);
    drag(f, 1, x, y, 60, y);
    g_assert_cmpfloat(divider_of(f), ==, 0.2);
    g_assert_cmpstr(recorder.log->str, ==, "");
    tw_preview_set_tool(f->preview, NULL);
    drag(f, 1, 60, 10, 90, 10);
    g_assert_cmpfloat(divider_of(f), ==, 0.3);
    g_string_free(recorder.log, TRUE);
}

/* --- size --- */

static gboolean
count(GtkWidget *widget, GdkFrameClock *clock G_GNUC_UNUSED, gpointer data)
{
    gtk_widget_queue_draw(widget);
    *(int *) data += 1;
    return G_SOURCE_CONTINUE;
}

static gint64
processor_time(void)
{
    struct timespec time;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/* 24 megapixels, zoomed and replaced: says how long the main loop was away at
 * most. That depends on the machine, so nothing is demanded. */
static void
test_large(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(TwPicture) large = coded_picture(6000, 4000, 1);
    gint64 longest = 0;
    int frames = 0;
    const guint id =
        gtk_widget_add_tick_callback(f->widget, count, &frames, NULL);

    show(f, large, large);
    for (int step = 0; step < 60; step++) {
        const int until = frames + 3;

        wheel(f, 40 + 4 * step, 150, step < 20 ? -0.5 : 0.5, 0);
        if (step == 30)
            show(f, large, large);
        while (frames < until) {
            const gint64 start = processor_time();

            gtk_main_iteration_do(FALSE);
            longest = MAX(longest, processor_time() - start);
        }
    }
    gtk_widget_remove_tick_callback(f->widget, id);
    g_test_message("24 megapixels: longest iteration %.1f ms of the processor",
                   (double) longest / 1000);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*test)(Fixture *f, gconstpointer data);
    } tests[] = {
        { "/preview/split", test_split },
        { "/preview/part", test_part },
        { "/preview/squares", test_squares },
        { "/preview/upscaled", test_upscaled },
        { "/preview/far", test_far },
        { "/preview/checkerboard", test_checkerboard },
        { "/preview/transform", test_transform },
        { "/preview/views", test_views },
        { "/preview/device", test_device },
        { "/preview/divider", test_drag_divider },
        { "/preview/wheel", test_wheel },
        { "/preview/keys", test_keys },
        { "/preview/pan", test_pan },
        { "/preview/region", test_region },
        { "/preview/region-drawn", test_region_drawn },
        { "/preview/focus", test_focus },
        { "/preview/tool", test_tool },
        { "/preview/large", test_large },
    };

    if (!gtk_init_check(&argc, &argv)) {
        g_print("1..0 # SKIP no display\n");
        return 0;
    }
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].name, Fixture, NULL, set_up, tests[i].test,
                   tear_down);
    return g_test_run();
}
