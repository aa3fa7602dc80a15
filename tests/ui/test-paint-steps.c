/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks: undo and redo, what is told about changes, and what fails. */
#include <string.h>

#include "paint-fixture.h"

/* A step of any kind; some change nothing. */
static void
random_step(TwPaint *paint, GRand *rand)
{
    const int kind = g_rand_int_range(rand, 0, 12);
    const TwDab dab = { g_rand_double_range(rand, 1, 15),
                        g_rand_int_range(rand, 0, 3) / 2.0, kind % 2 };
    double points[3][2];

    random_points(rand, points, 3);
    if (kind == 0)
        tw_paint_clear(paint);
    else if (kind == 1)
        tw_paint_fill(paint);
    else if (kind == 2)
        tw_paint_invert(paint);
    else
        stroke(paint, &dab, points, 3);
}

/* Back to every state that there was, and forward again. */
static void
test_undo(void)
{
    enum { STEPS = 30 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(2);
    g_autoptr(TwPaint) paint = tw_paint_new(150, 90);
    g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func(g_free);
    const TwPlane *mask = tw_paint_mask(paint);
    guint i;

    g_ptr_array_add(states, copy(mask));
    while (states->len < STEPS) {
        random_step(paint, rand);
        if (memcmp(mask->data, g_ptr_array_index(states, states->len - 1),
                   150 * 90) != 0)
            g_ptr_array_add(states, copy(mask));
    }
    for (i = states->len - 1; i > 0; i--) {
        check_same(mask, g_ptr_array_index(states, i));
        g_assert_true(can(paint, "can-undo"));
        tw_paint_undo(paint);
    }
    check_same(mask, g_ptr_array_index(states, 0));
    g_assert_false(can(paint, "can-undo"));
    for (i = 1; i < states->len; i++) {
        tw_paint_redo(paint);
        check_same(mask, g_ptr_array_index(states, i));
    }
    g_assert_false(can(paint, "can-redo"));
}

/* A new step ends what could be redone; one that changes nothing is no step. */
static void
test_steps(void)
{
    g_autoptr(TwPaint) paint = tw_paint_new(30, 30);
    const TwDab dab = { 5, 1, FALSE };
    const double inside[][2] = { { 10, 10 } }, outside[][2] = { { 99, 99 } };

    g_assert_false(can(paint, "can-undo"));
    stroke(paint, &dab, outside, 1);
    tw_paint_clear(paint);
    g_assert_false(can(paint, "can-undo"));
    stroke(paint, &dab, inside, 1);
    tw_paint_undo(paint);
    g_assert_true(can(paint, "can-redo"));
    stroke(paint, &dab, outside, 1);
    g_assert_true(can(paint, "can-redo"));
    tw_paint_fill(paint);
    g_assert_false(can(paint, "can-redo"));
    tw_paint_undo(paint);
    g_assert_true(tw_paint_is_empty(paint));
}

/* What is kept stays below the limit; the last step can always be undone. Tiles
 * of one value cost next to nothing. */
static void
test_undo_memory(void)
{
    enum { LIMIT = 100000, SIDE = 512 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    g_autoptr(TwPaint) paint = tw_paint_new(SIDE, SIDE);
    const TwDab dab = { 30, 0, FALSE };
    g_autofree guchar *noise = g_malloc(SIDE * SIDE);

    g_assert_true(tw_paint_begin(paint, &dab, 32, 32));
    for (int i = 0; i < 20; i++)
        g_assert_true(tw_paint_stroke_to(paint, 32 + i % 2, 32));
    tw_paint_end(paint);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), <, 256); /* it was empty */
    tw_paint_undo(paint);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), <, 4 * 4200); /* as painted */
    tw_paint_fill(paint);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), <, 8192);
    for (int i = 0; i < SIDE * SIDE; i++)
        noise[i] = (guchar) g_rand_int_range(rand, 0, 255);
    tw_paint_load(paint, noise, SIDE);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), ==, 0);
    tw_paint_set_undo_limit(paint, LIMIT);
    for (int i = 0; i < 20; i++) {
        const double points[][2] = { { 25 * i, 20 * i } };

        stroke(paint, &dab, points, 1);
        g_assert_cmpuint(tw_paint_undo_bytes(paint), <=, LIMIT);
        g_assert_true(can(paint, "can-undo"));
    }

    g_autofree guchar *before = copy(tw_paint_mask(paint));

    tw_paint_invert(paint);
    g_assert_cmpuint(tw_paint_undo_bytes(paint), >, LIMIT);
    tw_paint_undo(paint);
    check_same(tw_paint_mask(paint), before);
    g_assert_false(can(paint, "can-undo"));
}

/* On a large picture only what has changed is said to have changed, all of it,
 * and the end of each change is told once. */
static void
test_signals(void)
{
    enum { WIDTH = 6000, HEIGHT = 4000 };
    g_autoptr(TwPaint) paint = tw_paint_new(WIDTH, HEIGHT);
    Watch watch = { .shown = g_malloc0(WIDTH * HEIGHT) };
    const TwDab dab = { 10, 1, FALSE };

    watch_paint(paint, &watch);
    tw_paint_begin(paint, &dab, 3000, 2000);
    g_assert_cmpuint(watch.pixels, <=, 22 * 22);
    tw_paint_stroke_to(paint, 3100, 2000);
    g_assert_cmpuint(watch.pixels, <=, 22 * 22 + 122 * 22);
    g_assert_cmpint(watch.settled, ==, 0);
    tw_paint_end(paint);
    g_assert_cmpint(watch.settled, ==, 1);
    watch.pixels = 0;
    tw_paint_set_grow(paint, 5);
    g_assert_cmpint(watch.settled, ==, 1);
    while (watch.settled < 2)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(watch.pixels, <=, 4 * 128 * 128);
    tw_paint_undo(paint);
    while (watch.settled < 3)
        g_main_context_iteration(NULL, TRUE);
    tw_paint_redo(paint);
    tw_paint_settle(paint);
    tw_paint_settle(paint);
    g_assert_cmpint(watch.settled, ==, 4);
    g_assert_cmpmem(watch.shown, WIDTH * HEIGHT, tw_paint_mask(paint)->data,
                    WIDTH * HEIGHT);
    g_assert_cmpint(watch.failed, ==, 0);
    g_free(watch.shown);
}

/* One change each, by number. */
static gboolean
change(TwPaint *paint, int number)
{
    const TwDab dab = { 6, 1, FALSE };

    switch (number) {
    case 0:
        return tw_paint_begin(paint, &dab, 60, 60);
    case 1:
        return tw_paint_stroke_to(paint, 90, 90);
    case 2:
        return tw_paint_invert(paint);
    default:
        tw_paint_set_grow(paint, 3);
        return tw_paint_settle(paint);
    }
}

/* Whatever fails says so and leaves the mask as it was. */
static tw_status
use_memory(void *data)
{
    TwPaint *paint = tw_paint_new(70, 70);
    Watch watch = { .shown = g_malloc0(70 * 70) };

    (void) data;
    if (paint)
        watch_paint(paint, &watch);
    for (int i = 0; paint && i < 4 && !watch.failed; i++) {
        g_autofree guchar *before = copy(tw_paint_mask(paint));

        if (!change(paint, i))
            g_assert_cmpint(watch.failed, >, 0);
        if (watch.failed)
            check_same(tw_paint_mask(paint), before);
    }
    const gboolean fine = paint && !watch.failed;

    if (paint)
        tw_paint_end(paint);
    g_clear_object(&paint);
    g_free(watch.shown);
    return fine ? TW_OK : TW_ERR_MEMORY;
}

/* A stroke that was painted can be undone. */
static tw_status
undo_memory(void *data)
{
    TwPaint *paint = tw_paint_new(70, 70);
    Watch watch = { .shown = g_malloc0(70 * 70) };
    const gboolean made = paint != NULL;

    (void) data;
    if (made) {
        watch_paint(paint, &watch);
        change(paint, 0);
        change(paint, 1);
        tw_paint_end(paint);
        if (can(paint, "can-undo"))
            tw_paint_undo(paint);
        g_assert_true(tw_paint_is_empty(paint) || watch.failed);
    }
    g_clear_object(&paint);
    g_free(watch.shown);
    return made && !watch.failed ? TW_OK : TW_ERR_MEMORY;
}

static void
test_memory(void)
{
    check_every_allocation("undo", undo_memory, NULL);
    check_every_allocation("paint", use_memory, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paint/undo", test_undo);
    g_test_add_func("/paint/steps", test_steps);
    g_test_add_func("/paint/undo-memory", test_undo_memory);
    g_test_add_func("/paint/signals", test_signals);
    g_test_add_func("/paint/memory", test_memory);
    return g_test_run();
}
