/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small tries around a blur: their values, their order, and where they are. */

#include "tries-fixture.h"

#include "kernel/tw-busy.h"

/* Three lengths and three angles; the one that is taken becomes the middle, and
 * keeps its picture; the next ones are half as far. */
static void
comes_nearer(void)
{
    bench b;
    TwPicture *taken;

    bench_init(&b);
    tw_tries_set_active(b.tries, TRUE);
    wait_for_tries(&b);
    g_assert_cmpint(tw_tries_count(b.tries), ==, TW_TRIES_MOST);
    assert_try(&b, 0, 15, 40);
    assert_try(&b, 4, 20, 30);
    assert_try(&b, 8, 25, 20);
    g_assert_false(tw_tries_can_go_back(b.tries));
    taken = tw_picture_ref(tw_tries_get(b.tries, 8)->picture);

    tw_tries_take(b.tries, 8);
    g_assert_cmpfloat_with_epsilon(setting(&b, "length"), 25, 1e-9);
    g_assert_cmpfloat_with_epsilon(setting(&b, "angle"), 20, 1e-9);
    g_assert_cmpint(tw_session_state(b.session), ==, TW_SESSION_WAITING);
    b.tried = 0;
    wait_for_tries(&b);
    assert_try(&b, 4, 25, 20);
    assert_try(&b, 5, 28.1, 20);
    assert_try(&b, 1, 25, 25);
    g_assert_true(tw_tries_get(b.tries, 4)->picture == taken);
    g_assert_cmpint(b.tried, ==, TW_TRIES_MOST - 1);
    tw_picture_unref(taken);
    bench_clear(&b);
}

/* Each is what the engine makes of the part with its surroundings, here of the
 * whole picture. */
static void
shows_the_part(void)
{
    const char *words = "deblur kernel=motion length=15 angle=40 noise=0.01 "
                        "steps=4";
    cairo_rectangle_int_t part;
    GPtrArray *whole;
    bench b;

    bench_init(&b);
    tw_tries_set_active(b.tries, TRUE);
    wait_for_tries(&b);
    g_assert_true(tw_tries_part(b.tries, &part));
    g_assert_cmpint(part.width, ==, PART);
    whole = check_ui_restore(store, words, b.in, NULL);

    g_autoptr(TwPicture) cut = tw_picture_crop(whole->pdata[0], &part);

    g_assert_true(check_ui_equal(cut, tw_tries_get(b.tries, 0)->picture));
    g_ptr_array_unref(whole);
    bench_clear(&b);
}

/* Back is where one was, until something else is set. */
static void
goes_back(void)
{
    bench b;

    bench_init(&b);
    tw_tries_set_active(b.tries, TRUE);
    wait_for_tries(&b);
    tw_tries_take(b.tries, 0);
    wait_for_tries(&b);
    tw_tries_take(b.tries, 4);
    wait_for_tries(&b);
    assert_try(&b, 3, 14.1, 40);
    tw_tries_start_over(b.tries);
    g_assert_false(tw_tries_can_start_over(b.tries));
    wait_for_tries(&b);
    assert_try(&b, 3, 11.3, 40);
    for (int i = 0; i < 3; i++) {
        tw_tries_go_back(b.tries);
        wait_for_tries(&b);
    }
    assert_try(&b, 0, 15, 40);
    g_assert_cmpfloat_with_epsilon(setting(&b, "length"), 20, 1e-9);
    g_assert_false(tw_tries_can_go_back(b.tries));

    tw_tries_take(b.tries, 0);
    g_object_set(b.settings, "angle", 85.0, NULL);
    wait_for_tries(&b);
    g_assert_false(tw_tries_can_go_back(b.tries));
    assert_try(&b, 0, 11.3, -85); /* large steps again; 95 degrees */
    bench_clear(&b);
}

/* Steps below half a pixel end it: nobody sees them. */
static void
ends_when_fine(void)
{
    bench b;
    int rounds = 0;

    bench_init(&b);
    tw_tries_set_active(b.tries, TRUE);
    do {
        wait_for_tries(&b);
        tw_tries_take(b.tries, 4);
        rounds++;
    } while (!tw_tries_are_fine(b.tries));
    g_assert_cmpint(rounds, ==, 4); /* 5, 2.5, 1.25, 0.625 pixels */
    g_assert_cmpint(tw_tries_count(b.tries), ==, 0);
    g_assert_cmpint(tw_tries_places(b.tries), ==, TW_TRIES_MOST);
    tw_tries_start_over(b.tries);
    wait_for_tries(&b);
    bench_clear(&b);
}

/* The preview comes first: on_tried() checks it at every one. Another setting drops
 * what was tried with the one before. */
static void
yields_to_the_preview(void)
{
    bench b;

    bench_init(&b);
    check_ui_settle();
    g_assert_cmpint(b.tried, ==, 0);
    tw_tries_set_active(b.tries, TRUE);
    for (int i = 0; i < 5; i++) {
        const int before = b.tried;

        while (b.tried < before + 2)
            (void) g_main_context_iteration(NULL, TRUE);
        g_object_set(b.settings, "noise", i & 1 ? "0.01" : "0.02", NULL);
    }
    b.tried = 0;
    wait_for_tries(&b);
    g_assert_cmpint(b.tried, ==, TW_TRIES_MOST);
    bench_clear(&b);
}

static void
rests_while_not_seen(void)
{
    bench b;

    bench_init(&b);
    while (!tw_session_is_settled(b.session))
        (void) g_main_context_iteration(NULL, TRUE);
    check_ui_settle();
    g_assert_cmpint(tw_tries_count(b.tries), ==, 0);
    tw_tries_set_active(b.tries, TRUE);
    tw_tries_set_active(b.tries, FALSE);
    g_object_set(b.settings, "length", 30.0, NULL);
    while (!tw_session_is_settled(b.session))
        (void) g_main_context_iteration(NULL, TRUE);
    check_ui_settle();
    g_assert_cmpint(b.tried, ==, 0);
    bench_clear(&b);
}

static void
one_value(void)
{
    bench b;

    bench_init(&b);
    g_object_set(b.settings, "kernel", "gaussian", "sigma", 1.2, NULL);
    tw_tries_set_active(b.tries, TRUE);
    wait_for_tries(&b);
    g_assert_cmpint(tw_tries_count(b.tries), ==, TW_TRIES_COLUMNS);
    assert_try(&b, 0, 0.9, 0);
    assert_try(&b, 1, 1.2, 0);
    tw_tries_take(b.tries, 2);
    g_assert_cmpfloat_with_epsilon(setting(&b, "sigma"), 1.5, 1e-9);
    g_object_set(b.settings, "kernel", "disc", "radius", 4.0, NULL);
    wait_for_tries(&b);
    assert_try(&b, 2, 5, 0);
    bench_clear(&b);
}

/* Flat on the left, lines of one direction in the middle, a checkerboard on the
 * right: only there a blur of any direction shows. */
static void
finds_the_busy_part(void)
{
    const cairo_rectangle_int_t whole = { 0, 0, 300, 100 };
    const cairo_rectangle_int_t left = { 0, 0, 200, 100 };
    g_autoptr(TwPicture) picture = tw_picture_new(300, 100);
    cairo_rectangle_int_t part;

    for (int i = 0; i < 300 * 100; i++) {
        const int x = i % 300, y = i / 300;
        const float value = x < 100   ? 0.5F
                            : x < 200 ? (float) (y / 4 % 2)
                                      : (float) ((x / 4 + y / 4) % 2) / 2;

        for (int c = 0; c < 4; c++)
            picture->image.data[4 * i + c] = value;
    }
    part = tw_busy_part(picture, &whole, 80, 80);
    g_assert_cmpint(part.x, >=, 200);
    g_assert_cmpint(part.width, ==, 80);
    part = tw_busy_part(picture, &left, 80, 200);
    g_assert_cmpint(part.height, ==, 100);
    g_assert_cmpint(part.x + part.width, <=, 200);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/tries/nearer", comes_nearer);
    g_test_add_func("/ui/tries/part", shows_the_part);
    g_test_add_func("/ui/tries/back", goes_back);
    g_test_add_func("/ui/tries/fine", ends_when_fine);
    g_test_add_func("/ui/tries/preview-first", yields_to_the_preview);
    g_test_add_func("/ui/tries/resting", rests_while_not_seen);
    g_test_add_func("/ui/tries/one-value", one_value);
    g_test_add_func("/ui/tries/busy", finds_the_busy_part);
    return check_ui_run(&store);
}
