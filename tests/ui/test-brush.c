/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The brush, by events of mouse and keyboard. Needs a display. */

#include "check-gtk.h"
#include "scene.h"

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

static void
assert_shown(Scene *scene, gboolean overlay, gboolean filled)
{
    gboolean shown, fill;

    g_object_get(scene->brush, "overlay", &shown, "fill", &fill, NULL);
    g_assert_cmpint(shown, ==, overlay);
    g_assert_cmpint(fill, ==, filled);
}

/* A result hides the mask; the next stroke, also a step back, shows it again.
 * Asked for it is an outline, and stays so for further results. */
static void
test_fill(void)
{
    Scene scene = open_scene(0);

    drag(&scene, bend, 2, 1, 0);
    assert_shown(&scene, TRUE, TRUE);
    g_object_set(scene.brush, "fill", FALSE, NULL);
    assert_shown(&scene, FALSE, FALSE);
    drag(&scene, bend, 2, 1, 0);
    assert_shown(&scene, TRUE, TRUE);
    g_object_set(scene.brush, "fill", FALSE, NULL);
    tw_paint_undo(scene.paint);
    assert_shown(&scene, TRUE, TRUE);
    g_object_set(scene.brush, "fill", FALSE, NULL);
    g_object_set(scene.brush, "overlay", TRUE, NULL);
    g_object_set(scene.brush, "fill", FALSE, NULL);
    assert_shown(&scene, TRUE, FALSE);
    close_scene(&scene);
}

/* Who has hidden the mask paints without seeing it, after results too. */
static void
test_hidden(void)
{
    Scene scene = open_scene(0);

    g_object_set(scene.brush, "overlay", FALSE, NULL);
    drag(&scene, bend, 2, 1, 0);
    assert_shown(&scene, FALSE, TRUE);
    g_object_set(scene.brush, "fill", FALSE, NULL);
    drag(&scene, bend, 2, 1, 0);
    assert_shown(&scene, FALSE, TRUE);
    close_scene(&scene);
}

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/tools/mouse", test_mouse);
    g_test_add_func("/tools/zoomed", test_zoomed);
    g_test_add_func("/tools/small", test_small);
    g_test_add_func("/tools/keys", test_keys);
    g_test_add_func("/tools/keys-only", test_keys_only);
    g_test_add_func("/tools/fill", test_fill);
    g_test_add_func("/tools/hidden", test_hidden);
    return g_test_run();
}
