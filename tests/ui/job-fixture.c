/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job-fixture.h"

#include <math.h>

tw_store *store;

const char *const quick[5] = {
    "denoise noise=0.1",
    "denoise noise=0.1 style=textured steps=3 seed=5",
    "deblur sigma=1.5 noise=0.01 steps=3",
    "upscale scale=1.5 steps=2",
    "deblur sigma=1 noise=0.02 steps=2 style=textured samples=2 seed=7",
};

static void
on_progress(TwJob *job, double fraction, double left, const char *phase,
            int step, int steps, watch *w)
{
    g_assert_true(job == w->job && g_thread_self() == w->main);
    g_assert_cmpfloat(fraction, >=, w->fraction);
    g_assert_cmpfloat(fraction, <=, 1);
    g_assert_true(isfinite(left));
    g_assert_nonnull(phase);
    g_assert_cmpint(step, <=, steps);
    w->fraction = fraction;
    w->progress++;
    if (w->act_at && w->progress == w->act_at)
        w->act(w);
}

static void
on_estimate(TwJob *job, TwPicture *estimate, cairo_rectangle_int_t *where,
            watch *w)
{
    g_assert_true(job == w->job && g_thread_self() == w->main);
    g_assert_cmpint(estimate->image.width, ==, where->width);
    g_assert_cmpint(estimate->image.height, ==, where->height);
    w->estimates++;
    w->where = *where;
    tw_picture_set(&w->estimate, estimate);
}

static void
on_done(TwJob *job, const GError *error, watch *w)
{
    g_assert_true(job == w->job && g_thread_self() == w->main);
    g_assert_false(tw_job_running(job));
    g_clear_error(&w->error);
    w->error = error ? g_error_copy(error) : NULL;
    w->done++;
}

void
watch_init(watch *w)
{
    *w = (watch) { .job = tw_job_new(store), .main = g_thread_self() };
    g_signal_connect(w->job, "progress", G_CALLBACK(on_progress), w);
    g_signal_connect(w->job, "estimate", G_CALLBACK(on_estimate), w);
    g_signal_connect(w->job, "done", G_CALLBACK(on_done), w);
}

void
watch_clear(watch *w)
{
    if (w->job) {
        tw_job_cancel(w->job);
        g_assert_true(tw_job_wait(w->job, 240));
        g_signal_handlers_disconnect_by_data(w->job, w);
        g_object_unref(w->job);
    }
    check_ui_settle();
    tw_picture_unref(w->estimate);
    g_clear_error(&w->error);
}

gboolean
is_done(gpointer data)
{
    return ((const watch *) data)->done > 0;
}

gboolean
is_alone(gpointer data)
{
    return g_atomic_ref_count_compare(&((TwPicture *) data)->count, 1);
}

void
start(watch *w, const char *words, TwPicture *in, TwPicture *mask,
      const cairo_rectangle_int_t *region)
{
    tw_request *request = check_request(words);
    TwWork work = { .request = request, .in = in, .mask = mask };

    if (region)
        work.region = *region;
    tw_job_start(w->job, &work);
    tw_request_free(request);
}

void
compute(watch *w, const char *words, TwPicture *in, TwPicture *mask,
        const cairo_rectangle_int_t *region)
{
    watch_init(w);
    start(w, words, in, mask, region);
    check_ui_wait(is_done, w);
    g_assert_no_error(w->error);
}
