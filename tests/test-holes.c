/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holes of a request: what fills them, and that plan and run agree on it. */
#include "check-picture.h"

#include <string.h>

/* White from the top left corner, so wide and high. */
static tw_image
corner_mask(int width, int height, int across, int down)
{
    tw_image mask = check_picture(width, height);

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                mask.data[y * mask.stride + 4 * x + c] = x < across && y < down;
    return mask;
}

/* Without a limit, by a small network. */
static tw_status
restore(const tw_request *request, const tw_image *in, tw_report *report,
        tw_plan *plan, tw_error *err)
{
    tw_store *store = check_small_store();
    tw_image out = check_picture(in->width, in->height);
    tw_run *run = check_run(1, 0);
    tw_status status =
        tw_plan_request(request, store, in->width, in->height, 0, plan, err);

    if (status == TW_OK) {
        status = tw_restore(request, store, in, &out, report, run);
        g_assert_cmpuint(tw_run_peak(run), <=, plan->bytes);
        *err = *tw_run_error(run);
    }
    tw_run_free(run);
    check_picture_free(&out);
    tw_store_free(store);
    return status;
}

/* Steps as planned are those that are done: few after filling from the picture,
 * all of the network's where the mask leaves too little to fill from. */
static void
plan_is_kept(void)
{
    static const struct {
        const char *words;
        int width, height, across, down, steps;
    } cases[] = {
        { "inpaint style=textured", 32, 38, 25, 38, 6 }, /* 32 patches */
        { "inpaint style=textured", 32, 37, 25, 37, 30 },
        { "inpaint", 32, 38, 32, 38, 40 },
        { "inpaint", 32, 38, 26, 38, 40 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const int w = cases[i].width, h = cases[i].height;
        tw_request *request = check_request(cases[i].words);
        tw_image in = check_photo("quail", 0, 0, w, h);
        tw_image mask = corner_mask(w, h, cases[i].across, cases[i].down);
        tw_error err = { 0 };
        tw_report report;
        tw_plan plan;

        g_test_message("%d x %d", cases[i].across, cases[i].down);
        tw_request_mask(request, &mask);
        g_assert_cmpint(restore(request, &in, &report, &plan, &err), ==, TW_OK);
        g_assert_cmpint(plan.steps, ==, cases[i].steps);
        g_assert_cmpint(report.steps, ==, plan.steps);
        g_assert_cmpint(report.evaluations, ==, plan.evaluations);
        check_picture_free(&mask);
        check_picture_free(&in);
        tw_request_free(request);
    }
}

/* What the mask leaves may be transparent: the plan cannot know, so the report
 * says what was done. */
static void
transparent(void)
{
    tw_request *request = check_request("inpaint");
    tw_image in = check_photo("quail", 0, 0, 48, 40);
    tw_image mask = corner_mask(48, 40, 30, 30);
    tw_error err = { 0 };
    tw_report report;
    tw_plan plan;

    for (int i = 0; i < 48 * 40; i++)
        if (i % 48 > 5)
            in.data[4 * i + 3] = 0;
    tw_request_mask(request, &mask);
    g_assert_cmpint(restore(request, &in, &report, &plan, &err), ==, TW_OK);
    g_assert_cmpint(plan.steps, ==, 2);
    g_assert_cmpint(report.steps, ==, 40);
    tw_request_set(request, "fill", "self", &err);
    g_assert_cmpint(restore(request, &in, &report, &plan, &err), ==,
                    TW_ERR_ARGUMENT);
    g_assert_nonnull(strstr(err.text, "fill=network"));
    check_picture_free(&mask);
    check_picture_free(&in);
    tw_request_free(request);
}

/* Any size, with holes at the border: restored, or refused with the cure. */
static void
odd_sizes(void)
{
    static const struct {
        int width, height, hole;
        tw_status status;
    } cases[] = {
        { 1, 1, 0, TW_OK },
        { 1, 1, 1, TW_ERR_ARGUMENT },
        { 2, 9, 1, TW_ERR_ARGUMENT },
        { 9, 2, 2, TW_ERR_ARGUMENT },
        { 8, 8, 3, TW_ERR_ARGUMENT },
        { 17, 5, 5, TW_ERR_ARGUMENT },
        { 17, 5, 17, TW_ERR_ARGUMENT },
        { 40, 9, 2, TW_OK },
        { 19, 23, 7, TW_OK },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const int w = cases[i].width, h = cases[i].height;
        tw_request *request = check_request("inpaint steps=1 fill=self");
        tw_image in = check_photo("quail", 0, 0, w, h);
        tw_image mask = corner_mask(w, h, cases[i].hole, cases[i].hole);
        tw_error err = { 0 };
        tw_report report;
        tw_plan plan;

        g_test_message("%d x %d, %d", w, h, cases[i].hole);
        tw_request_mask(request, &mask);
        g_assert_cmpint(restore(request, &in, &report, &plan, &err), ==,
                        cases[i].status);
        if (cases[i].status != TW_OK)
            g_assert_nonnull(strstr(err.text, "fill=network"));
        tw_request_set(request, "fill", "auto", &err);
        g_assert_cmpint(restore(request, &in, &report, &plan, &err), ==, TW_OK);
        check_picture_free(&mask);
        check_picture_free(&in);
        tw_request_free(request);
    }
}

/* Less memory: a smaller surrounding, then the network, then a refusal. What is
 * planned is kept. (The first filling is done before the network needs memory, the
 * second one is not.) */
static void
little_memory(void)
{
    tw_image in = check_photo("quail", 0, 0, 160, 60), out;
    tw_image mask = corner_mask(160, 60, 30, 30);
    gboolean network = FALSE, refused = FALSE;
    tw_error err = { 0 };
    tw_plan plan;

    tw_request *request = check_request("inpaint samples=2");
    tw_request_mask(request, &mask);
    tw_plan_request(request, check_store(), 160, 60, 0, &plan, &err);
    const int steps = plan.steps;

    /* A filling of this size takes about a megabyte, beside a hundred of weights. */
    for (size_t limit = plan.bytes; !refused; limit -= 16 << 10) {
        char *memory = g_strdup_printf("%" G_GSIZE_FORMAT, limit);
        const tw_status status = tw_plan_request(request, check_store(), 160,
                                                 60, limit, &plan, &err);

        refused = status == TW_ERR_MEMORY;
        if (!refused && !network && plan.steps > steps) {
            network = TRUE;
            tw_request_set(request, "memory", memory, &err);
            tw_request_set(request, "steps", "1", &err);
            g_assert_cmpint(check_restore(request, &in, &out, NULL, &err), ==,
                            TW_OK);
            check_picture_free(&out);
        }
        g_free(memory);
    }
    g_assert_true(network);
    check_picture_free(&mask);
    check_picture_free(&in);
    tw_request_free(request);
}

static void
allocations(void)
{
    check_job j = { check_small_store(),
                    check_request("inpaint steps=1 fill=self style=textured"),
                    check_photo("quail", 0, 0, 12, 12), check_picture(12, 12) };
    tw_image mask = corner_mask(12, 12, 1, 1);

    tw_request_mask(j.request, &mask);
    g_assert_cmpint(check_job_run(&j), ==, TW_OK); /* packs weights */
    check_every_allocation("fill=self", check_job_run, &j);
    check_job_clear(&j);
    check_picture_free(&mask);
}

/* What a dialog is told of a run. */
typedef struct told {
    int step, steps, reports;
    double fraction;
    int estimates,
        before_network; /* pictures shown; before it was asked at all */
    tw_run *run;
} told;

static bool
listen(const tw_progress *progress, void *data)
{
    told *t = data;

    g_assert_cmpfloat(progress->fraction, >=, t->fraction);
    t->fraction = progress->fraction;
    t->estimates += progress->estimate != NULL;
    t->before_network += progress->estimate && tw_run_evaluations(t->run) == 0;
    if (progress->steps == 0)
        return true;
    if (t->steps > 0)
        g_assert_cmpint(progress->steps, ==, t->steps);
    g_assert_cmpint(progress->step, >=, t->step);
    g_assert_cmpint(progress->step, <=, progress->steps);
    t->step = progress->step;
    t->steps = progress->steps;
    t->reports++;
    return true;
}

/* Filling, the network, and several results have one count, which never starts
 * again; and the filling is seen before the network is asked. */
static void
one_count(void)
{
    static const char *const words[] = {
        "inpaint fill=self", "inpaint fill=self style=textured samples=2"
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        check_job j = { check_small_store(), check_request(words[i]),
                        check_photo("quail", 0, 0, 64, 48),
                        check_picture(64, 48) };
        tw_image out[2] = { check_picture(64, 48), check_picture(64, 48) };
        tw_image mask = corner_mask(64, 48, 20, 16);
        told t = { 0 };
        tw_report report;

        tw_request_mask(j.request, &mask);
        t.run = tw_run_new(
            &(tw_run_config) { .seed = 1, .report = listen, .user_data = &t });
        check_ok(tw_restore(j.request, j.store, &j.in, out, &report, t.run),
                 t.run);
        g_assert_cmpint(t.step, ==, t.steps);
        g_assert_cmpint(t.steps, >, report.evaluations); /* filling counts */
        g_assert_cmpint(t.before_network, >, 1);
        tw_run_free(t.run);
        check_picture_free(&mask);
        check_picture_free(&out[0]);
        check_picture_free(&out[1]);
        check_job_clear(&j);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/holes/plan-is-kept", plan_is_kept);
    g_test_add_func("/holes/transparent", transparent);
    g_test_add_func("/holes/odd-sizes", odd_sizes);
    g_test_add_func("/holes/little-memory", little_memory);
    g_test_add_func("/holes/one-count", one_count);
    g_test_add_func("/holes/allocations", allocations);
    return g_test_run();
}
