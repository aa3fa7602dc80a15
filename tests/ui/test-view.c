/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where pixels are on the screen: ui/preview/tw-view.h and ui/preview/tw-region.h. */
#include <math.h>

#include "preview/tw-region.h"
#include "preview/tw-view.h"

/* Rounding in double of numbers up to a million. */
#define EXACT 1e-8

typedef void (*ViewTest)(const TwView *view);

/* Calls @test with views of all kinds. */
static void
each_view(ViewTest test)
{
    static const double zooms[] = { 0.04, 0.3, 1, 1.7, 2, 13 };
    static const double scales[] = { 1, 1.5, 4 };
    static const int sizes[][2] = { { 640, 480 },
                                    { 6000, 4000 },
                                    { 70, 3000 } };

    for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++)
        for (gsize k = 0; k < G_N_ELEMENTS(scales); k++)
            for (int device = 1; device <= 3; device++) {
                TwView view = tw_view_init();

                view = tw_view_resized(&view, 801, 500, device);
                view = tw_view_with_picture(&view, sizes[s][0], sizes[s][1],
                                            scales[k]);
                test(&view);
                for (gsize z = 0; z < G_N_ELEMENTS(zooms); z++) {
                    const TwView zoomed =
                        tw_view_zoomed(&view, zooms[z], 123, 77);

                    test(&zoomed);
                }
            }
}

static void
assert_round_trip(const TwView *view)
{
    for (double x = -50; x < 900; x += 33.3) {
        const double y = 200 - x / 3;
        double rx, ry, back_x, back_y, ix, iy;

        tw_view_to_result(view, x, y, &rx, &ry);
        tw_view_from_result(view, rx, ry, &back_x, &back_y);
        g_assert_cmpfloat_with_epsilon(back_x, x, EXACT);
        g_assert_cmpfloat_with_epsilon(back_y, y, EXACT);

        tw_view_to_input(view, x, y, &ix, &iy);
        g_assert_cmpfloat_with_epsilon(ix * view->scale, rx, 1e-6);
        tw_view_from_input(view, ix, iy, &back_x, &back_y);
        g_assert_cmpfloat_with_epsilon(back_x, x, EXACT);
        g_assert_cmpfloat_with_epsilon(back_y, y, EXACT);
    }
}

static void
test_round_trip(void)
{
    each_view(assert_round_trip);
}

/* One input pixel is tw_view_input_zoom() wide. */
static void
assert_length(const TwView *view)
{
    double x0, x1, y;

    tw_view_from_input(view, 10, 10, &x0, &y);
    tw_view_from_input(view, 11, 10, &x1, &y);
    g_assert_cmpfloat_with_epsilon(x1 - x0, tw_view_input_zoom(view), EXACT);
}

/* The picture's corner is on a device pixel. */
static void
assert_aligned(const TwView *view)
{
    double x, y;

    tw_view_from_result(view, 0, 0, &x, &y);
    g_assert_cmpfloat_with_epsilon(x * view->device, round(x * view->device),
                                   EXACT);
    g_assert_cmpfloat_with_epsilon(y * view->device, round(y * view->device),
                                   EXACT);
}

static void
test_pixels(void)
{
    each_view(assert_length);
    each_view(assert_aligned);
}

/* A view in the midst of a large picture, where nothing is clamped. */
static TwView
midst(int device)
{
    TwView view = tw_view_init();

    view = tw_view_resized(&view, 800, 500, device);
    view = tw_view_with_picture(&view, 60000, 40000, 1);
    return tw_view_zoomed(&view, 1, 400, 250);
}

/* Zooming about a point keeps it, up to the rounding to device pixels. */
static void
test_zoom_about(void)
{
    for (int device = 1; device <= 2; device++) {
        TwView view = midst(device);

        for (double zoom = 0.1; zoom < 60; zoom *= 1.3) {
            const TwView next = tw_view_zoomed(&view, zoom, 700, 60);
            double rx, ry, x, y;

            tw_view_to_result(&view, 700, 60, &rx, &ry);
            tw_view_from_result(&next, rx, ry, &x, &y);
            g_assert_cmpfloat_with_epsilon(x, 700, 0.5 / device + EXACT);
            g_assert_cmpfloat_with_epsilon(y, 60, 0.5 / device + EXACT);
            g_assert_cmpfloat(next.zoom, ==, zoom);
            view = next;
        }
    }
}

static void
test_zoom_limits(void)
{
    const TwView view = midst(1);
    const TwView low = tw_view_zoomed(&view, 1e-9, 0, 0);
    const TwView high = tw_view_zoomed(&view, 1e9, 0, 0);
    TwView at = tw_view_zoomed(&view, 0.9, 0, 0);

    g_assert_cmpfloat(low.zoom, ==, tw_view_min_zoom(&view));
    g_assert_cmpfloat(low.zoom, ==, tw_view_fit(&view).zoom);
    g_assert_cmpfloat(high.zoom, ==, TW_VIEW_MAX_ZOOM);

    /* One to one is not jumped over, and does not hold. */
    g_assert_cmpfloat(tw_view_next_zoom(&at, 1.5), ==, 1);
    at.zoom = 1;
    g_assert_cmpfloat(tw_view_next_zoom(&at, 1.5), ==, 1.5);
    at.zoom = 1.2;
    g_assert_cmpfloat(tw_view_next_zoom(&at, 0.5), ==, 1);
    at.zoom = 3;
    g_assert_cmpfloat(tw_view_next_zoom(&at, 1.5), ==, 4.5);
}

/* The whole picture is seen, in the middle, and one direction is filled. */
static void
assert_fits(const TwView *view)
{
    const TwView fit = tw_view_fit(view);
    const cairo_rectangle_int_t visible = tw_view_visible(&fit);
    const double wide = fit.width * fit.device / fit.zoom;
    const double high = fit.height * fit.device / fit.zoom;

    g_assert_true(fit.fitted);
    g_assert_cmpint(visible.width, ==, fit.result_width);
    g_assert_cmpint(visible.height, ==, fit.result_height);
    if (fit.zoom < 1)
        g_assert_true(fabs(wide - fit.result_width) < EXACT ||
                      fabs(high - fit.result_height) < EXACT);
    else
        g_assert_cmpfloat(fit.zoom, ==, floor(fit.zoom));
}

static void
test_fit(void)
{
    TwView view = tw_view_init(), again;
    const cairo_rectangle_int_t part = { 300, 200, 100, 50 };
    cairo_rectangle_int_t visible;

    each_view(assert_fits);

    /* A fitted view stays so, another keeps its zoom. */
    view = tw_view_resized(&view, 300, 200, 1);
    view = tw_view_with_picture(&view, 600, 400, 1);
    g_assert_cmpfloat(view.zoom, ==, 0.5);
    view = tw_view_resized(&view, 150, 100, 1);
    g_assert_cmpfloat(view.zoom, ==, 0.25);
    view = tw_view_zoomed(&view, 3, 10, 10);
    view = tw_view_resized(&view, 300, 200, 1);
    g_assert_cmpfloat(view.zoom, ==, 3);

    /* On a display of twice as many pixels it looks as large as before. */
    again = tw_view_resized(&view, 300, 200, 2);
    g_assert_cmpfloat(again.zoom, ==, 6);
    g_assert_cmpfloat(tw_view_input_zoom(&again), ==,
                      tw_view_input_zoom(&view));

    view = tw_view_fit_part(&view, &part);
    visible = tw_view_visible(&view);
    g_assert_cmpint(visible.x, ==, part.x);
    g_assert_cmpint(visible.width, ==, part.width);
    g_assert_cmpfloat(view.zoom, ==, 3);
}

/* However far it is moved, no more than 24 pixels beside the picture are seen. */
static void
assert_clamped(const TwView *view)
{
    static const int ways[][2] = { { 1, 1 }, { -1, -1 }, { 1, -1 } };

    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        const TwView far =
            tw_view_moved(view, 1e6 * ways[i][0], 1e6 * ways[i][1]);
        const double size = far.result_width * far.zoom / far.device;
        double left, top, right, bottom;

        tw_view_from_result(&far, 0, 0, &left, &top);
        tw_view_from_result(&far, far.result_width, far.result_height, &right,
                            &bottom);
        if (size <= far.width) {
            g_assert_cmpfloat_with_epsilon(left, far.width - right, 1 + EXACT);
        } else {
            g_assert_cmpfloat(left, <=, 24 + 1);
            g_assert_cmpfloat(right, >=, far.width - 24 - 1);
        }
        g_assert_cmpfloat(far.zoom, ==, view->zoom);
    }
}

static void
test_moved(void)
{
    const TwView view = midst(2);
    const TwView moved = tw_view_moved(&view, 30, -12);
    double rx, ry, x, y;

    tw_view_to_result(&view, 100, 100, &rx, &ry);
    tw_view_from_result(&moved, rx, ry, &x, &y);
    g_assert_cmpfloat_with_epsilon(x, 130, EXACT);
    g_assert_cmpfloat_with_epsilon(y, 88, EXACT);
    each_view(assert_clamped);
}

/* Visible are those columns, and only those, of which something is inside. */
static void
assert_visible(const TwView *view)
{
    const cairo_rectangle_int_t visible = tw_view_visible(view);

    for (int column = 0; column < view->result_width; column++) {
        const gboolean seen =
            column >= visible.x && column < visible.x + visible.width;
        double left, right, y;

        tw_view_from_result(view, column, 0, &left, &y);
        tw_view_from_result(view, column + 1, 0, &right, &y);
        if (right < -EXACT || left > view->width + EXACT)
            g_assert_false(seen);
        else if (right > EXACT && left < view->width - EXACT)
            g_assert_true(seen);
    }
}

static void
test_visible(void)
{
    const TwView none = tw_view_init();

    each_view(assert_visible);
    g_assert_cmpint(tw_view_visible(&none).width, ==, 0);
}

static void
test_divider(void)
{
    TwView view = midst(2);
    double x, y;

    for (view.divider = 0; view.divider <= 1; view.divider += 0.05) {
        x = tw_view_divider_x(&view);
        g_assert_cmpfloat_with_epsilon(tw_view_divider_at(&view, x),
                                       view.divider, 0.5 / view.width);
        g_assert_true(tw_view_on_divider(&view, x, 3));
        g_assert_false(tw_view_on_divider(&view, x + 10, 3));
        tw_view_knob(&view, &x, &y);
        g_assert_true(tw_view_on_knob(&view, x - TW_KNOB_RADIUS, y));
        g_assert_true(tw_view_on_divider(&view, x - TW_KNOB_RADIUS, y));
        g_assert_false(tw_view_on_knob(&view, x, y - 3 * TW_KNOB_RADIUS));
    }
    g_assert_cmpfloat(tw_view_divider_at(&view, -20), ==, 0);
    g_assert_cmpfloat(tw_view_divider_at(&view, 8000), ==, 1);
}

/* --- regions --- */

static const TwHandle handles[] = {
    TW_HANDLE_LEFT | TW_HANDLE_TOP,
    TW_HANDLE_TOP,
    TW_HANDLE_RIGHT | TW_HANDLE_TOP,
    TW_HANDLE_RIGHT,
    TW_HANDLE_RIGHT | TW_HANDLE_BOTTOM,
    TW_HANDLE_BOTTOM,
    TW_HANDLE_LEFT | TW_HANDLE_BOTTOM,
    TW_HANDLE_LEFT,
    TW_HANDLE_INSIDE,
};

static void
test_region_hit(void)
{
    const TwView view = midst(1);
    const cairo_rectangle_int_t region = { 29900, 19900, 200, 150 };
    double x, y;

    for (gsize i = 0; i + 1 < G_N_ELEMENTS(handles); i++) {
        tw_region_handle(&view, &region, handles[i], &x, &y);
        g_assert_cmpint(tw_region_hit(&view, &region, x, y), ==, handles[i]);
        g_assert_cmpint(tw_region_hit(&view, &region, x + 3, y - 3), ==,
                        handles[i]);
    }
    g_assert_cmpint(tw_region_hit(&view, &region, 400, 250), ==,
                    TW_HANDLE_INSIDE);
    g_assert_cmpint(tw_region_hit(&view, &region, 5, 5), ==, TW_HANDLE_NONE);
}

/* However it is dragged, a region stays valid, and the sides that were not
 * dragged where they were. */
static void
test_region_dragged(void)
{
    const cairo_rectangle_int_t start = { 100, 120, 200, 150 };
    const int width = 640, height = 480;

    for (gsize i = 0; i < G_N_ELEMENTS(handles); i++)
        for (int by = -700; by <= 700; by += 35) {
            const TwHandle handle = handles[i];
            const cairo_rectangle_int_t r =
                tw_region_dragged(&start, handle, by, by, width, height);
            const cairo_rectangle_int_t same =
                tw_region_clamped(&r, width, height);

            g_assert_true(r.x == same.x && r.width == same.width);
            g_assert_true(r.y == same.y && r.height == same.height);
            if (!(handle & TW_HANDLE_LEFT))
                g_assert_cmpint(r.x, ==, start.x);
            if (!(handle & TW_HANDLE_RIGHT))
                g_assert_cmpint(r.x + r.width, ==, start.x + start.width);
            if (handle == TW_HANDLE_INSIDE)
                g_assert_cmpint(r.width, ==, start.width);
        }

    const cairo_rectangle_int_t wider = tw_region_dragged(
        &start, TW_HANDLE_LEFT | TW_HANDLE_BOTTOM, -30, 40, width, height);
    g_assert_cmpint(wider.x, ==, 70);
    g_assert_cmpint(wider.width, ==, 230);
    g_assert_cmpint(wider.y, ==, 120);
    g_assert_cmpint(wider.height, ==, 190);
}

static void
test_region_valid(void)
{
    const cairo_rectangle_int_t tiny = { 630, -5, 3, 3 };
    cairo_rectangle_int_t r = tw_region_clamped(&tiny, 640, 480);

    g_assert_cmpint(r.x, ==, 640 - TW_REGION_MIN);
    g_assert_cmpint(r.y, ==, 0);
    g_assert_cmpint(r.width, ==, TW_REGION_MIN);

    /* A picture smaller than the least region is taken whole. */
    r = tw_region_clamped(&tiny, 20, 10);
    g_assert_true(tw_region_is_whole(&r, 20, 10));
    r = tw_region_dragged(&r, TW_HANDLE_LEFT, 5, 5, 20, 10);
    g_assert_true(tw_region_is_whole(&r, 20, 10));

    r = tw_region_between(300.5, 200, 100.2, 90, 640, 480);
    g_assert_cmpint(r.x, ==, 100);
    g_assert_cmpint(r.width, ==, 201);
    g_assert_cmpint(r.y, ==, 90);
    g_assert_cmpint(r.height, ==, 110);
    g_assert_false(tw_region_is_whole(&r, 640, 480));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/view/round-trip", test_round_trip);
    g_test_add_func("/view/pixels", test_pixels);
    g_test_add_func("/view/zoom-about", test_zoom_about);
    g_test_add_func("/view/zoom-limits", test_zoom_limits);
    g_test_add_func("/view/fit", test_fit);
    g_test_add_func("/view/moved", test_moved);
    g_test_add_func("/view/visible", test_visible);
    g_test_add_func("/view/divider", test_divider);
    g_test_add_func("/region/hit", test_region_hit);
    g_test_add_func("/region/dragged", test_region_dragged);
    g_test_add_func("/region/valid", test_region_valid);
    return g_test_run();
}
