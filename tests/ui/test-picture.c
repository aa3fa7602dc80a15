/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counted pictures: parts, owners, no memory. */
#include "check-ui.h"

static void
parts(void)
{
    const cairo_rectangle_int_t list[] = {
        { 0, 0, 20, 10 }, { 3, 2, 1, 1 }, { 19, 0, 1, 10 }, { 5, 9, 15, 1 }
    };
    TwPicture *picture = check_ui_photo(0, 0, 20, 10);

    for (gsize i = 0; i < G_N_ELEMENTS(list); i++) {
        const cairo_rectangle_int_t *r = &list[i];
        TwPicture *crop = tw_picture_crop(picture, r);

        g_assert_cmpint(crop->image.width, ==, r->width);
        g_assert_cmpint(crop->image.height, ==, r->height);
        for (int y = 0; y < r->height; y++)
            g_assert_cmpmem(crop->image.data + y * crop->image.stride,
                            (gsize) r->width * 16,
                            picture->image.data +
                                (r->y + y) * picture->image.stride + 4 * r->x,
                            (gsize) r->width * 16);
        tw_picture_unref(crop);
    }
    tw_picture_unref(picture);
}

static void
owners(void)
{
    TwPicture *a = check_ui_photo(0, 0, 4, 4), *b = check_ui_photo(4, 0, 4, 4);
    TwPicture *slot = NULL;

    g_assert_null(tw_picture_ref(NULL));
    tw_picture_unref(NULL);
    tw_picture_set(&slot, a);
    tw_picture_set(&slot, a);
    g_assert_true(g_atomic_ref_count_compare(&a->count, 2));
    tw_picture_set(&slot, b);
    g_assert_true(g_atomic_ref_count_compare(&a->count, 1));
    tw_picture_set(&slot, NULL);
    g_assert_true(g_atomic_ref_count_compare(&b->count, 1));
    g_assert_null(slot);
    tw_picture_unref(a);
    tw_picture_unref(b);
}

/* Of a big one the pixels go in a thread, of the largest there are none. */
static void
sizes(void)
{
    TwPicture *big = tw_picture_new_clear(1 << 11, 1 << 10);

    g_assert_cmpfloat(big->image.data[(1 << 23) - 1], <=, 0);
    tw_picture_unref(big);
    g_assert_null(tw_picture_new(0, 5));
    g_assert_null(tw_picture_new(5, -1));
    g_assert_null(tw_picture_new(G_MAXINT, G_MAXINT));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/picture/parts", parts);
    g_test_add_func("/ui/picture/owners", owners);
    g_test_add_func("/ui/picture/sizes", sizes);
    return g_test_run();
}
