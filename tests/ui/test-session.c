/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop of a dialog: restarting, failures, texts, what is computed on the side. */

#include <math.h>

#include "session-fixture.h"

static void
many_changes_one_start(void)
{
    cairo_rectangle_int_t region = middle;
    watch w;

    watch_init(&w);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_IDLE);
    for (int i = 0; i < 20; i++) {
        char *words = g_strdup_printf("denoise noise=0.1 seed=%d", i);

        region.x = i;
        set(&w, words);
        tw_session_set_region(w.session, &region);
        g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WAITING);
        g_free(words);
    }
    g_assert_cmpuint(tw_session_generation(w.session), ==, 0);
    g_assert_cmpint(w.changed, ==, 0);
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpint(w.changed, >, 0);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    g_assert_cmpint(w.where.x, ==, 19);
    g_assert_true(w.estimate == tw_session_results(w.session)->pdata[0]);
    watch_clear(&w);
}

/* A delay that does not end while the test runs: the last change counts. */
static void
delay_begins_anew(void)
{
    guint delay;
    watch w;

    watch_init(&w);
    g_object_set(w.session, "delay", G_MAXUINT, NULL);
    set(&w, "denoise noise=0.1");
    g_object_set(w.session, "delay", 0, NULL);
    check_ui_settle();
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WAITING);
    set(&w, "denoise noise=0.2");
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    watch_clear(&w);
    w.session = tw_session_new(store, w.in = check_ui_photo(0, 0, 16, 16));
    g_object_get(w.session, "delay", &delay, NULL);
    g_assert_cmpuint(delay, ==, 300);
    g_object_unref(w.session);
    tw_picture_unref(w.in);
}

static void
no_change_no_start(void)
{
    const cairo_rectangle_int_t all = { 0, 0, WIDTH, HEIGHT };
    const cairo_rectangle_int_t outside = { -5, -5, WIDTH + 9, HEIGHT + 9 };
    watch w;

    watch_init(&w);
    set(&w, "denoise noise=0.1");
    wait_for(&w, TW_SESSION_DONE);
    set(&w, "denoise noise=0.1");
    tw_session_set_region(w.session, NULL);
    tw_session_set_region(w.session, &all);
    tw_session_set_region(w.session, &outside);
    tw_session_set_mask(w.session, NULL);
    tw_session_set_kernel(w.session, NULL);
    tw_session_set_paused(w.session, FALSE);
    check_ui_settle();
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_DONE);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    /* A key of the run, and one of the solver, are changes, too. */
    set(&w, "denoise noise=0.1 threads=1");
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WAITING);
    /* Nothing of what comes is done, whatever was done before. */
    g_assert_cmpfloat(tw_session_fraction(w.session), ==, 0);
    g_assert_cmpint(tw_session_steps(w.session), ==, 0);
    wait_for(&w, TW_SESSION_DONE);
    set(&w, "denoise noise=0.1 threads=1 solver=renoise");
    wait_for(&w, TW_SESSION_DONE);
    set(&w, "denoise noise=0.1 threads=1 solver=renoise q=2");
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpuint(tw_session_generation(w.session), ==, 4);
    watch_clear(&w);
}

/* A change while estimates arrive: none of the old ones any more. */
static void
nothing_stale(void)
{
    watch w;

    watch_init(&w);
    tw_session_set_region(w.session, &middle);
    set(&w, "deblur sigma=1.5 noise=0.01 steps=500");
    check_ui_wait(has_estimate, &w);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WORKING);
    set(&w, "deblur sigma=1 noise=0.01 steps=2");
    g_assert_null(tw_session_results(w.session));
    w.generation = 2;
    w.estimates = 0;
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpint(w.estimates, >, 0);
    g_assert_cmpint(tw_session_steps(w.session), ==, 2);
    tw_session_restart(w.session);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WORKING);
    w.generation = 3;
    wait_for(&w, TW_SESSION_DONE);
    watch_clear(&w);
}

/* Not even while the next start is still to come. */
static void
silent_at_once(void)
{
    watch w;

    watch_init(&w);
    tw_session_set_region(w.session, &middle);
    set(&w, "deblur sigma=1.5 noise=0.01 steps=100");
    check_ui_wait(has_estimate, &w);
    g_object_set(w.session, "delay", G_MAXUINT, NULL);
    set(&w, "deblur sigma=1 noise=0.01 steps=2");
    w.estimates = 0;
    g_assert_true(tw_session_wait(w.session, 240));
    check_ui_settle();
    g_assert_cmpint(w.estimates, ==, 0);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_WAITING);
    watch_clear(&w);
}

static void
paused(void)
{
    watch w;

    watch_init(&w);
    tw_session_set_paused(w.session, TRUE);
    tw_session_set_problem(w.session, "Paint first");
    set(&w, "denoise noise=0.1");
    check_ui_settle();
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_IDLE);
    g_assert_cmpstr(tw_session_status_text(w.session), ==, "Paint first");
    g_assert_cmpuint(tw_session_generation(w.session), ==, 0);
    tw_session_set_problem(w.session, NULL);
    tw_session_set_paused(w.session, FALSE);
    wait_for(&w, TW_SESSION_DONE);
    /* A run is cancelled, results stay. */
    tw_session_set_paused(w.session, TRUE);
    g_assert_nonnull(tw_session_results(w.session));
    tw_session_set_paused(w.session, FALSE);
    check_ui_settle();
    g_assert_cmpuint(tw_session_generation(w.session), ==, 1);
    set(&w, "deblur sigma=1.5 noise=0.01 steps=500");
    wait_for(&w, TW_SESSION_WORKING);
    tw_session_set_paused(w.session, TRUE);
    g_assert_cmpint(tw_session_state(w.session), ==, TW_SESSION_IDLE);
    watch_clear(&w);
}

static void
failure(void)
{
    watch w;

    watch_init(&w);
    set(&w, "inpaint steps=2");
    wait_for(&w, TW_SESSION_FAILED);
    g_assert_true(
        g_str_has_prefix(tw_session_error(w.session), "A mask is needed"));
    g_assert_cmpstr(tw_session_status_text(w.session), ==,
                    tw_session_error(w.session));
    g_assert_null(tw_session_results(w.session));
    set(&w, "denoise noise=0.1");
    wait_for(&w, TW_SESSION_DONE);
    g_assert_cmpstr(tw_session_error(w.session), ==, "");
    watch_clear(&w);
}

struct change {
    TwSession *session;
    tw_request *request;
};

static tw_status
set_anew(void *data)
{
    const struct change *change = data;

    tw_session_set_request(change->session, NULL);
    tw_session_set_request(change->session, change->request);
    if (tw_session_state(change->session) == TW_SESSION_WAITING)
        return TW_OK;
    g_assert_cmpint(tw_session_state(change->session), ==, TW_SESSION_FAILED);
    g_assert_cmpstr(tw_session_status_text(change->session), ==,
                    "Not enough memory");
    return TW_ERR_MEMORY;
}

static void
no_memory(void)
{
    struct change change = { .request = check_request("denoise noise=0.1") };
    watch w;

    watch_init(&w);
    change.session = w.session;
    g_object_set(w.session, "delay", G_MAXUINT, NULL);
    check_every_allocation("a request", set_anew, &change);
    tw_request_free(change.request);
    watch_clear(&w);
}

static void
status_text(void)
{
    watch w;

    watch_init(&w);
    g_assert_cmpstr(tw_session_status_text(w.session), ==, "");
    set(&w, "deblur sigma=1 noise=0.02 steps=500");
    check_ui_wait(has_estimate, &w);
    g_assert_true(g_regex_match_simple(
        "^Step [0-9]+ of 500(, about [0-9]+ (s|min) left)?$",
        tw_session_status_text(w.session), 0, 0));
    g_assert_cmpstr(tw_session_phase(w.session), !=, "");
    set(&w, "denoise noise=0.1");
    wait_for(&w, TW_SESSION_DONE);
    g_assert_true(g_regex_match_simple(
        "^Done in [0-9]+[.][0-9] s$", tw_session_status_text(w.session), 0, 0));
    g_assert_cmpfloat(tw_session_fraction(w.session), >=, 1);
    watch_clear(&w);
}

static gboolean
is_explained(gpointer data)
{
    return ((const watch *) data)->explained > 0;
}

static gboolean
has_noise(gpointer data)
{
    return ((const watch *) data)->noises > 0;
}

static void
explains(void)
{
    const cairo_rectangle_int_t hole = { 70, 30, 6, 8 };
    TwPicture *mask = check_ui_mask(WIDTH, HEIGHT, &hole), *part;
    watch w;

    watch_init(&w);
    tw_session_explain(w.session, 0);
    tw_session_set_region(w.session, &middle);
    tw_session_set_mask(w.session, mask);
    set(&w, "inpaint steps=2");
    wait_for(&w, TW_SESSION_DONE);
    g_assert_null(tw_session_measured(w.session));
    tw_session_explain(w.session, 0);
    check_ui_wait(is_explained, &w);
    part = tw_picture_crop(w.in, &middle);
    const tw_image *measured = &tw_session_measured(w.session)->image;

    g_assert_cmpint(measured->width, ==, middle.width);
    g_assert_nonnull(tw_session_misfit(w.session));
    for (int y = 0; y < middle.height; y++)
        for (int x = 0; x < middle.width; x++) {
            const gboolean inside = x >= 10 && x < 16 && y >= 10 && y < 18;
            const ptrdiff_t at = y * measured->stride + 4 * x;

            check_near("measured", measured->data[at],
                       inside ? 0.5F : part->image.data[at], 1e-6);
        }
    set(&w, "inpaint steps=3");
    g_assert_null(tw_session_measured(w.session));
    tw_picture_unref(part);
    watch_clear(&w);
    tw_picture_unref(mask);
}

/* What the session explains with the kernel that it has now; @before: one that it
 * had first, or NULL. */
static TwPicture *
misfit_with(TwPicture *kernel, TwPicture *before)
{
    tw_request *request =
        check_request("deblur kernel=blur.png noise=0.1 steps=1");
    TwPicture *misfit;
    watch w;

    watch_init(&w);
    for (int i = before ? 0 : 1; i < 2; i++) {
        tw_request_kernel(request, i ? &kernel->image : &before->image);
        tw_session_set_kernel(w.session, i ? kernel : before);
        tw_session_set_request(w.session, request);
        wait_for(&w, TW_SESSION_DONE);
    }
    tw_session_explain(w.session, 0);
    check_ui_wait(is_explained, &w);
    misfit = tw_picture_ref(tw_session_misfit(w.session));
    watch_clear(&w);
    tw_request_free(request);
    return misfit;
}

/* Another kernel in the place of the one that the request was set with: the words
 * are the same, so the session keeps its request, which once held on to the kernel
 * before (it was then used after it was freed). */
static void
explains_with_the_kernel_of_now(void)
{
    TwPicture *first = check_ui_photo(0, 0, 5, 5);
    TwPicture *second = check_ui_photo(8, 8, 3, 3);
    TwPicture *changed = misfit_with(second, first);
    TwPicture *fresh = misfit_with(second, NULL);

    g_assert_true(check_picture_equal(&changed->image, &fresh->image));
    tw_picture_unref(changed);
    tw_picture_unref(fresh);
    tw_picture_unref(first);
    tw_picture_unref(second);
}

static void
measures_noise(void)
{
    tw_noise noise;
    tw_request *request = check_request("denoise shot=auto");
    tw_run *run = check_run(0, 0);
    watch w;

    watch_init(&w);
    check_ok(tw_measure_noise(request, store, &w.in->image, &noise, run), run);
    tw_session_set_paused(w.session, TRUE);
    tw_session_set_request(w.session, request);
    tw_session_measure_noise(w.session);
    check_ui_wait(has_noise, &w);
    g_assert_cmpmem(&w.noise, sizeof w.noise, &noise, sizeof noise);
    tw_run_free(run);
    tw_request_free(request);
    watch_clear(&w);
}

/* The last reference goes in the middle of a run. */
static void
dropped(void)
{
    TwPicture *in = check_ui_photo(0, 0, WIDTH, HEIGHT);
    tw_request *request = check_request("deblur sigma=1 noise=0.02 steps=500");
    TwSession *session = tw_session_new(store, in);

    tw_session_set_request(session, request);
    tw_session_apply(session);
    tw_session_measure_noise(session);
    g_object_unref(session);
    while (!g_atomic_ref_count_compare(&in->count, 1))
        (void) g_main_context_iteration(NULL, FALSE);
    tw_request_free(request);
    tw_picture_unref(in);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/session/one-start", many_changes_one_start);
    g_test_add_func("/ui/session/delay", delay_begins_anew);
    g_test_add_func("/ui/session/no-change", no_change_no_start);
    g_test_add_func("/ui/session/nothing-stale", nothing_stale);
    g_test_add_func("/ui/session/silent-at-once", silent_at_once);
    g_test_add_func("/ui/session/paused", paused);
    g_test_add_func("/ui/session/failure", failure);
    g_test_add_func("/ui/session/no-memory", no_memory);
    g_test_add_func("/ui/session/text", status_text);
    g_test_add_func("/ui/session/explain", explains);
    g_test_add_func("/ui/session/explain-kernel",
                    explains_with_the_kernel_of_now);
    g_test_add_func("/ui/session/noise", measures_noise);
    g_test_add_func("/ui/session/dropped", dropped);
    return check_ui_run(&store);
}
