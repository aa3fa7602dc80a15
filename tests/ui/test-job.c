/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A computation in a thread: what is reported, and what comes out. */
#include <math.h>

#include "job-fixture.h"
#include "session/tw-crop.h"

static void
like_restore(void)
{
    TwPicture *in = check_ui_photo(8, 4, 40, 32);

    for (gsize i = 0; i < G_N_ELEMENTS(quick); i++) {
        GPtrArray *direct = check_ui_restore(store, quick[i], in, NULL);
        watch w;

        g_test_message("%s", quick[i]);
        compute(&w, quick[i], in, NULL, NULL);
        g_assert_cmpint(w.progress, >, 0);
        g_assert_cmpint(w.done, ==, 1);
        g_assert_cmpint(tw_job_planned(w.job)->results, ==, (int) direct->len);
        g_assert_cmpuint(tw_job_results(w.job)->len, ==, direct->len);
        for (guint k = 0; k < direct->len; k++)
            g_assert_true(check_ui_equal(tw_job_results(w.job)->pdata[k],
                                         direct->pdata[k]));
        g_assert_cmpstr(tw_job_report(w.job)->model, ==, "small");
        g_assert_cmpfloat(tw_job_seconds(w.job), >, 0);
        g_assert_cmpfloat(tw_job_seconds(w.job), <=,
                          tw_job_report(w.job)->seconds + 1);
        watch_clear(&w);
        g_ptr_array_unref(direct);
    }
    tw_picture_unref(in);
}

/* While the main loop does not run, reports replace each other. */
static void
one_report_waits(void)
{
    TwPicture *in = check_ui_photo(8, 4, 40, 32);
    watch w;

    watch_init(&w);
    start(&w, "deblur sigma=1.5 noise=0.01 steps=30", in, NULL, NULL);
    g_assert_true(tw_job_wait(w.job, 240));
    check_ui_wait(is_done, &w);
    g_assert_no_error(w.error);
    g_assert_cmpint(w.progress, ==, 1);
    g_assert_cmpint(w.estimates, ==, 1);
    g_assert_cmpint(w.done, ==, 1);
    watch_clear(&w);
    tw_picture_unref(in);
}

/* That of the only step is the result, but for clamping; pixels outside of the
 * mask are those of the input. */
static void
estimate_shows_the_result(void)
{
    const cairo_rectangle_int_t hole = { 20, 10, 6, 8 };
    TwPicture *in = check_ui_photo(8, 4, 40, 32);
    TwPicture *mask = check_ui_mask(40, 32, &hole);
    watch w;

    compute(&w, "inpaint steps=1", in, mask, NULL);
    const tw_image *e = &w.estimate->image;
    const TwPicture *result = tw_job_results(w.job)->pdata[0];

    for (int y = 0; y < e->height; y++)
        for (int x = 0; x < e->width; x++) {
            const int column = w.where.x + x, row = w.where.y + y;
            const ptrdiff_t at = row * in->image.stride + 4 * column;
            const gboolean inside = column >= hole.x &&
                                    column < hole.x + hole.width &&
                                    row >= hole.y && row < hole.y + hole.height;
            const float *shown = e->data + y * e->stride + 4 * x;

            if (!inside)
                g_assert_cmpmem(shown, 4 * sizeof *shown, in->image.data + at,
                                4 * sizeof *shown);
            for (int c = 0; inside && c < 3; c++) {
                const float clamped = fminf(fmaxf(shown[c], 0), 1);

                check_near("estimate", clamped, result->image.data[at + c],
                           1e-5);
            }
        }
    watch_clear(&w);
    tw_picture_unref(in);
    tw_picture_unref(mask);
}

static void
region_is_a_part_of_its_surroundings(void)
{
    const cairo_rectangle_int_t region = { 60, 5, 21, 30 };
    TwPicture *in = check_ui_photo(0, 0, 160, 90);

    for (gsize i = 0; i < G_N_ELEMENTS(quick); i++) {
        tw_request *request = check_request(quick[i]);
        const double scale = tw_crop_scale(request);
        int side = 0;

        if (tw_kernel_side(request, &side, NULL) != TW_OK)
            side = 0;
        const TwCrop crop =
            tw_crop_new(&region, TW_JOB_MARGIN + side / 2, 160, 90, scale);
        TwPicture *part = tw_picture_crop(in, &crop.from), *cut;
        GPtrArray *direct = check_ui_restore(store, quick[i], part, NULL);
        watch w;

        g_test_message("%s", quick[i]);
        g_assert_false(crop.whole);
        compute(&w, quick[i], in, NULL, &region);
        cut = tw_picture_crop(direct->pdata[0], &crop.inner);
        g_assert_cmpint(cut->image.width, ==, crop.where.width);
        g_assert_true(check_ui_equal(cut, tw_job_results(w.job)->pdata[0]));
        g_assert_true(
            check_ui_equal(direct->pdata[0], tw_job_uncut(w.job)->pdata[0]));
        g_assert_cmpmem(&w.where, sizeof w.where, &crop.where,
                        sizeof crop.where);
        g_assert_cmpint(tw_job_planned_whole(w.job)->width, ==,
                        (int) lround(160 * scale));
        watch_clear(&w);
        tw_picture_unref(cut);
        tw_picture_unref(part);
        g_ptr_array_unref(direct);
        tw_request_free(request);
    }
    tw_picture_unref(in);
}

/* Though less is seen of it; measured once, and again when it may be another. */
static void
region_has_the_noise_of_the_whole(void)
{
    static const char *const requests[] = { "denoise", "denoise seed=1",
                                            "denoise shot=auto",
                                            "denoise shot=auto" };
    const cairo_rectangle_int_t region = { 60, 5, 21, 30 };
    TwPicture *in = check_ui_photo(0, 0, 160, 90);
    TwPicture *clean = check_ui_photo(0, 0, 160, 90);
    watch w;

    check_picture_noise(&in->image, 0.05, 3);
    watch_init(&w);
    for (gsize i = 0; i < G_N_ELEMENTS(requests); i++) {
        TwPicture *picture = i < 3 ? in : clean;
        watch all;

        g_test_message("%s", requests[i]);
        compute(&all, requests[i], picture, NULL, NULL);
        w.done = 0;
        w.fraction = 0;
        start(&w, requests[i], picture, NULL, &region);
        check_ui_wait(is_done, &w);
        g_assert_no_error(w.error);
        check_near("noise", tw_job_report(w.job)->noise,
                   tw_job_report(all.job)->noise, 0);
        check_near("shot", tw_job_report(w.job)->shot,
                   tw_job_report(all.job)->shot, 0);
        watch_clear(&all);
    }
    watch_clear(&w);
    tw_picture_unref(in);
    tw_picture_unref(clean);
}

static void
assert_inside(const cairo_rectangle_int_t *a, int width, int height)
{
    g_assert_cmpint(a->x, >=, 0);
    g_assert_cmpint(a->y, >=, 0);
    g_assert_cmpint(a->width, >, 0);
    g_assert_cmpint(a->height, >, 0);
    g_assert_cmpint(a->x + a->width, <=, width);
    g_assert_cmpint(a->y + a->height, <=, height);
}

/* Every region of a small picture at many scales. */
static void
rectangles_fit(void)
{
    static const double scales[] = { 1, 1.26, 1.5, 2, 3, 3.7, 16 };
    const int width = 133, height = 50;

    for (gsize s = 0; s < G_N_ELEMENTS(scales); s++)
        for (int x = 0; x < width; x++)
            for (int end = x + 1; end <= width; end += 1 + end % 3) {
                const double k = scales[s];
                const cairo_rectangle_int_t region = { x, 7, end - x, 20 };
                const TwCrop c = tw_crop_new(&region, 32, width, height, k);

                assert_inside(&c.from, width, height);
                assert_inside(&c.where, (int) lround(k * width),
                              (int) lround(k * height));
                assert_inside(&c.inner, (int) lround(k * c.from.width),
                              (int) lround(k * c.from.height));
                g_assert_cmpint(c.inner.width, ==, c.where.width);
                g_assert_cmpint(c.inner.height, ==, c.where.height);
                g_assert_cmpint(c.from.x % 16, ==, 0);
                g_assert_cmpint(c.from.x, <=, MAX(x - 32, 0));
                g_assert_cmpint(c.from.x + c.from.width, >=,
                                MIN(end + 32, width));
                /* The same place, to a pixel of the result. */
                g_assert_cmpint(
                    ABS(c.inner.x + (int) lround(k * c.from.x) - c.where.x), <=,
                    1);
            }
}

/* Of a region: the known pixels as they are, mid gray in the hole. */
static void
explains_a_region(void)
{
    const cairo_rectangle_int_t hole = { 70, 20, 6, 8 };
    const cairo_rectangle_int_t region = { 60, 16, 24, 20 };
    TwPicture *in = check_ui_photo(0, 0, 160, 90);
    TwPicture *mask = check_ui_mask(160, 90, &hole);
    tw_request *request = check_request("inpaint steps=2");
    const TwWork work = {
        .request = request, .in = in, .mask = mask, .region = region
    };
    TwPicture *part = tw_picture_crop(in, &region), *uncut;
    tw_report report;
    watch w;

    compute(&w, "inpaint steps=2", in, mask, &region);
    uncut = tw_picture_ref(tw_job_uncut(w.job)->pdata[0]);
    report = *tw_job_report(w.job);
    w.done = 0;
    tw_job_start_explain(w.job, &work, uncut, &report);
    g_assert_null(tw_job_results(w.job));
    check_ui_wait(is_done, &w);
    g_assert_no_error(w.error);
    const tw_image *measured = &tw_job_measured(w.job)->image;
    const tw_image *misfit = &tw_job_misfit(w.job)->image;

    g_assert_cmpint(misfit->width, ==, region.width);
    g_assert_cmpint(misfit->height, ==, region.height);
    for (int y = 0; y < region.height; y++)
        for (int x = 0; x < region.width; x++) {
            const ptrdiff_t at = y * measured->stride + 4 * x;
            const gboolean inside = x >= 10 && x < 16 && y >= 4 && y < 12;

            for (int c = 0; c < 3; c++)
                check_near("measured", measured->data[at + c],
                           inside ? 0.5F : part->image.data[at + c], 1e-6);
            check_near("misfit is known", misfit->data[at + 3], inside ? 0 : 1,
                       0);
        }
    watch_clear(&w);
    tw_picture_unref(uncut);
    tw_picture_unref(part);
    tw_picture_unref(in);
    tw_picture_unref(mask);
    tw_request_free(request);
}

static void
measures_noise(void)
{
    TwPicture *in = check_ui_photo(0, 0, 96, 80);
    tw_request *request = check_request("denoise shot=auto");
    const TwWork work = { .request = request, .in = in };
    tw_run *run = check_run(0, 0);
    tw_noise direct;
    watch w;

    check_picture_noise(&in->image, 0.05, 3);
    check_ok(tw_measure_noise(request, store, &in->image, &direct, run), run);
    watch_init(&w);
    g_assert_null(tw_job_noise(w.job));
    tw_job_start_noise(w.job, &work);
    check_ui_wait(is_done, &w);
    g_assert_no_error(w.error);
    g_assert_nonnull(tw_job_noise(w.job));
    g_assert_cmpmem(tw_job_noise(w.job), sizeof direct, &direct, sizeof direct);
    watch_clear(&w);
    tw_run_free(run);
    tw_request_free(request);
    tw_picture_unref(in);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/job/like-restore", like_restore);
    g_test_add_func("/ui/job/one-report-waits", one_report_waits);
    g_test_add_func("/ui/job/estimate", estimate_shows_the_result);
    g_test_add_func("/ui/job/region", region_is_a_part_of_its_surroundings);
    g_test_add_func("/ui/job/region-noise", region_has_the_noise_of_the_whole);
    g_test_add_func("/ui/job/rectangles", rectangles_fit);
    g_test_add_func("/ui/job/explain", explains_a_region);
    g_test_add_func("/ui/job/noise", measures_noise);
    return check_ui_run(&store);
}
