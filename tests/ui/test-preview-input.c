/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pointer and keys do to the preview. Needs a display. */
#include <time.h>

#include "preview-fixture.h"

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

/* A tool that is taken away is told that its drag is over; the original, held by
 * the right button, does not stay when another picture comes. */
static void
test_interrupted(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    Recorder recorder = { .tool = { .press = log_press,
                                    .release = log_release },
                          .log = g_string_new(NULL) };
    g_autoptr(TwPicture) other = coded_picture(WIDTH, HEIGHT / 2, 0);

    tw_preview_set_tool(f->preview, &recorder.tool);
    button(f, GDK_BUTTON_PRESS, 1, 40, 20, 0);
    move(f, 50, 30);
    tw_preview_set_tool(f->preview, NULL);
    g_assert_cmpstr(recorder.log->str, ==, "press 40 20 1 release 50 30 ");
    button(f, GDK_BUTTON_RELEASE, 1, 50, 30, 0);
    g_string_free(recorder.log, TRUE);

    button(f, GDK_BUTTON_PRESS, 3, 40, 20, 0);
    assert_split(f, -5, 0, 0);
    tw_preview_set_before(f->preview, other, 1);
    show(f, f->before, f->after);
    button(f, GDK_BUTTON_RELEASE, 3, 40, 20, 0);
    assert_split(f, WIDTH / 2, 0, 100);
}

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
    static const PreviewTest tests[] = {
        { "/preview/divider", test_drag_divider },
        { "/preview/wheel", test_wheel },
        { "/preview/keys", test_keys },
        { "/preview/pan", test_pan },
        { "/preview/region", test_region },
        { "/preview/tool", test_tool },
        { "/preview/interrupted", test_interrupted },
        { "/preview/large", test_large },
    };

    return run_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
