/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long a run may go on after it was cancelled. Time is not asserted: what is
 * counted is how often the picture is passed over between two polls. Every loop
 * over a whole picture is shared by OpenMP, so each is one call of GOMP_parallel
 * (GCC's runtime; the program is linked with --wrap for it and for
 * tw_run_poll()).
 */
#include "check-picture.h"

#include <omp.h>

typedef void (*region_func)(void *data);

void __real_GOMP_parallel(region_func region, void *data, unsigned threads,
                          unsigned flags);
void __wrap_GOMP_parallel(region_func region, void *data, unsigned threads,
                          unsigned flags);
tw_status __real_tw_run_poll(tw_run *run);
tw_status __wrap_tw_run_poll(tw_run *run);

static struct {
    const tw_run *run; /* a plan polls another one, which passes over nothing */
    int passes, most;  /* since the last poll; and at any time */
    int polls, cancel_at;
} seen;

void
__wrap_GOMP_parallel(region_func region, void *data, unsigned threads,
                     unsigned flags)
{
    if (!omp_in_parallel())
        seen.passes++;
    __real_GOMP_parallel(region, data, threads, flags);
}

tw_status
__wrap_tw_run_poll(tw_run *run)
{
    if (run == seen.run && !omp_in_parallel()) {
        seen.most = MAX(seen.most, seen.passes);
        seen.passes = 0;
        if (++seen.polls == seen.cancel_at)
            tw_run_cancel(run);
    }
    if (tw_run_is_sizing(run))
        seen.passes = 0;
    return __real_tw_run_poll(run);
}

enum { SIDE = 40 };

/* White in two holes. */
static tw_image
holes(void)
{
    tw_image mask = check_picture(SIDE, SIDE);

    for (int y = 0; y < SIDE; y++)
        for (int i = 0; i < 4 * SIDE; i++)
            mask.data[y * mask.stride + i] =
                i % 4 == 3 || (y % 20 > 8 && i / 4 % 20 > 12);
    return mask;
}

typedef struct job {
    tw_store *store;
    tw_request *request;
    tw_image in, mask, out, measured, misfit;
    tw_report report;
} job;

static job
new_job(const char *words, tw_store *store)
{
    job j = { .store = store, .request = check_request(words) };
    tw_error err = { 0 };
    tw_plan plan;

    j.in = check_photo("quail", 0, 0, SIDE, SIDE);
    j.in.data[3] = 0;
    j.mask = holes();
    tw_request_mask(j.request, &j.mask);
    g_assert_cmpint(
        tw_plan_request(j.request, store, SIDE, SIDE, 0, &plan, &err), ==,
        TW_OK);
    j.out = check_picture(plan.width, plan.height);
    j.measured = check_picture(plan.width, plan.height);
    j.misfit = check_picture(plan.width, plan.height);
    return j;
}

static void
free_job(job *j)
{
    tw_request_free(j->request);
    check_picture_free(&j->in);
    check_picture_free(&j->mask);
    check_picture_free(&j->out);
    check_picture_free(&j->measured);
    check_picture_free(&j->misfit);
}

/* Restores, or else explains; cancels at poll @at (from 1; 0: never). */
static tw_status
run_job(job *j, gboolean restores, int at)
{
    tw_run *run = check_run(1, 2);
    tw_status status;

    tw_request_mask(j->request, &j->mask);
    seen.run = run;
    seen.passes = seen.most = seen.polls = 0;
    seen.cancel_at = at;
    if (restores)
        status =
            tw_restore(j->request, j->store, &j->in, &j->out, &j->report, run);
    else
        status = tw_explain(j->request, j->store, &j->in, &j->out, &j->report,
                            &j->measured, &j->misfit, run);
    seen.most = MAX(seen.most, seen.passes);
    seen.run = NULL;
    g_assert_cmpuint(tw_run_mark(run), ==, 0);
    tw_run_free(run);
    return status;
}

static const char *const words[] = {
    "denoise noise=0.05 steps=2",
    "denoise noise=0.05 steps=2 style=textured",
    "denoise noise=0.02 shot=auto steps=2",
    "deblur sigma=1.5 noise=0.01 steps=2",
    "deblur sigma=1.5 noise=0.01 steps=2 style=textured",
    "deblur sigma=1.5 noise=0.01 steps=2 border=mirror",
    "deblur length=5 angle=20 noise=0.01 steps=2 border=mirror",
    "deblur radius=2 noise=0.01 steps=2 border=periodic",
    "deblur radius=2 noise=0.01 steps=2 light=linear",
    "deblur radius=2 noise=0.01 shot=0.01 steps=2 samples=2",
    "inpaint steps=2 fill=self",
    "inpaint steps=2",
    "inpaint steps=2 style=textured",
    "upscale scale=2 steps=2",
    "upscale scale=1.7 steps=2 kernel=bicubic style=textured",
    "upscale scale=2 steps=2 light=linear strength=0.5",
};

/*
 * A pass over 24 megapixels, R, G and B, takes about 50 ms on two cores (of one
 * plane's Fourier transform, too), so that ten of them stay within half a second.
 */
static void
passes(void)
{
    enum { MOST = 10 };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        job j = new_job(words[i], check_store());

        for (int restores = 1; restores >= 0; restores--) {
            g_assert_cmpint(run_job(&j, restores, 0), ==, TW_OK);
            g_test_message("%s, %s: at most %d passes between %d polls",
                           words[i], restores ? "restored" : "explained",
                           seen.most, seen.polls);
            g_assert_cmpint(seen.most, <=, MOST);
        }
        /* A runtime that is not GCC's has no such calls. */
        if (seen.most == 0)
            g_test_skip("no loops were seen");
        free_job(&j);
    }
}

/* Cancelled at a poll, a run says so, gives all memory back and leaves the
 * pictures alone: at the first ones each, later at one in eight of those before. */
static void
cancelled(void)
{
    tw_store *store = check_small_store();

    for (size_t i = 0; i < G_N_ELEMENTS(words); i += 3) {
        job j = new_job(words[i], store);
        tw_image before = check_picture_copy(&j.out);

        for (int restores = 1; restores >= 0; restores--) {
            tw_status status = TW_CANCELLED;
            int times = 0;

            for (int at = 1; status == TW_CANCELLED; at += 1 + at / 8) {
                status = run_job(&j, restores, at);
                times++;
                if (restores && status == TW_CANCELLED)
                    g_assert_true(check_picture_equal(&j.out, &before));
            }
            g_assert_cmpint(status, ==, TW_OK);
            g_test_message("%s, %s: cancelled at %d of %d polls", words[i],
                           restores ? "restored" : "explained", times - 1,
                           seen.polls);
        }
        check_picture_free(&before);
        free_job(&j);
    }
    tw_store_free(store);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/polls/passes", passes);
    g_test_add_func("/polls/cancelled", cancelled);
    return g_test_run();
}
