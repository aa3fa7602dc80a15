/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-ui.h"

#include <string.h>

static TwPicture *
take(tw_image *pixels)
{
    TwPicture *picture = tw_picture_new(pixels->width, pixels->height);

    memcpy(picture->image.data, pixels->data,
           (gsize) pixels->height * (gsize) pixels->stride * sizeof(float));
    check_picture_free(pixels);
    return picture;
}

TwPicture *
check_ui_photo(int left, int top, int width, int height)
{
    tw_image pixels = check_photo("quail", left, top, width, height);

    return take(&pixels);
}

TwPicture *
check_ui_mask(int width, int height, const cairo_rectangle_int_t *white)
{
    tw_image pixels = check_picture(width, height);

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                pixels.data[y * pixels.stride + 4 * x + c] =
                    x >= white->x && x < white->x + white->width &&
                    y >= white->y && y < white->y + white->height;
    return take(&pixels);
}

gboolean
check_ui_equal(const TwPicture *a, const TwPicture *b)
{
    return check_picture_equal(&a->image, &b->image);
}

static gboolean
give_up(gpointer data)
{
    (void) data;
    g_error("nothing happened for minutes");
    return G_SOURCE_REMOVE;
}

/* Wakes the main loop: what a thread does may be no event. */
static gboolean
look_again(gpointer data)
{
    (void) data;
    return G_SOURCE_CONTINUE;
}

void
check_ui_wait(gboolean (*condition)(gpointer data), gpointer data)
{
    const guint watchdog = g_timeout_add_seconds(240, give_up, NULL);
    const guint pulse = g_timeout_add(5, look_again, NULL);

    while (!condition(data))
        (void) g_main_context_iteration(NULL, TRUE);
    g_source_remove(pulse);
    g_source_remove(watchdog);
}

void
check_ui_settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

GPtrArray *
check_ui_restore(tw_store *store, const char *words, const TwPicture *in,
                 const TwPicture *mask)
{
    GPtrArray *list =
        g_ptr_array_new_with_free_func((GDestroyNotify) tw_picture_unref);
    tw_request *request = check_request(words);
    const tw_run_config config = {
        .seed = (uint64_t) tw_request_real(request, "seed"),
    };
    tw_run *run = tw_run_new(&config);
    tw_image out[16];
    tw_plan plan;

    tw_request_mask(request, mask ? &mask->image : NULL);
    check_ok(tw_plan_request(request, store, in->image.width, in->image.height,
                             0, &plan, tw_run_error(run)),
             run);
    for (int i = 0; i < plan.results; i++) {
        TwPicture *picture = tw_picture_new(plan.width, plan.height);

        g_ptr_array_add(list, picture);
        out[i] = picture->image;
    }
    check_ok(tw_restore(request, store, &in->image, out, NULL, run), run);
    tw_run_free(run);
    tw_request_free(request);
    return list;
}

int
check_ui_run(tw_store **store)
{
    int status;

    *store = check_small_store();
    status = g_test_run();
    tw_store_free(*store);
    return status;
}
