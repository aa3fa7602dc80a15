/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known before the start. */
#include "check-picture.h"

#include <math.h>
#include <string.h>

#include "priors/tiles.h"
#include "tasks/task-private.h"

static tw_status
plan_for(const char *words, int width, int height, size_t limit, tw_plan *plan,
         tw_error *err)
{
    tw_request *request = check_request(words);
    tw_image mask = check_picture(width, height);
    tw_status status;

    for (ptrdiff_t i = 0; i < mask.height * mask.stride; i++)
        mask.data[i] = 1;
    if (g_str_has_prefix(words, "inpaint"))
        tw_request_mask(request, &mask);
    status = tw_plan_request(request, check_store(), width, height, limit, plan,
                             err);
    tw_request_free(request);
    check_picture_free(&mask);
    return status;
}

static void
sizes(void)
{
    static const struct {
        const char *words;
        int width, height, results, steps, evaluations, checks;
    } cases[] = {
        { "denoise", 40, 30, 1, 1, 1, 0 },
        { "denoise style=textured", 40, 30, 1, 15, 15, 0 },
        { "deblur", 40, 30, 1, 8, 8, 0 },
        { "deblur samples=4", 40, 30, 1, 20, 80, 0 },
        { "deblur samples=4 style=textured", 40, 30, 4, 20, 80, 0 },
        { "deblur solver=edm-heun steps=3", 40, 30, 1, 3, 5, 0 },
        { "upscale steps=7 prompt=bird guidance=2", 80, 60, 1, 7, 14, 0 },
        { "upscale steps=7 solver=ddnm travel=2 repeat=3", 80, 60, 1, 7, 19,
          0 },
        { "inpaint fill=network", 40, 30, 1, 40, 40, 0 },
        { "inpaint", 40, 30, 1, 40, 40, 0 }, /* nothing to fill it from */
        { "inpaint solver=ddnm", 40, 30, 1, 100, 100, 0 }, /* their own */
        { "inpaint solver=ddrm", 40, 30, 1, 20, 20, 0 },
        { "upscale scale=3", 120, 90, 1, 20, 20, 0 },
        { "upscale scale=1.26", 50, 38, 1, 20, 20, 0 },
        { "upscale scale=7", 280, 210, 1, 20, 20, 1 }, /* large enough */
        { "upscale scale=8 prompt=bird", 320, 240, 1, 30, 30,
          1 }, /* a sample */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_error err = { 0 };
        tw_plan plan;

        g_test_message("%s", cases[i].words);
        g_assert_cmpint(plan_for(cases[i].words, 40, 30, 0, &plan, &err), ==,
                        TW_OK);
        g_assert_cmpint(plan.width, ==, cases[i].width);
        g_assert_cmpint(plan.height, ==, cases[i].height);
        g_assert_cmpint(plan.results, ==, cases[i].results);
        g_assert_cmpint(plan.steps, ==, cases[i].steps);
        g_assert_cmpint(plan.evaluations, ==, cases[i].evaluations);
        g_assert_cmpint(plan.checks, ==, cases[i].checks);
        g_assert_cmpint(plan.tile, ==, 0);
    }
}

/* Multiply-adds of one evaluation of @model, tile by tile. */
static double
work_of(const tw_prior *model, tw_shape x, int tile)
{
    if (!tile)
        return tw_prior_work(model, x);
    const tw_grid grid = tw_grid_at(x.dim[2], x.dim[3], tile,
                                    tw_tile_overlap(tile), model->sigma_max);
    double sum = 0;

    for (int i = 0; i < tw_grid_count(&grid); i++) {
        tw_span row, column;

        tw_grid_tile(&grid, i, &row, &column);
        sum += tw_prior_work(model, tw_shape4(1, 3, row.size, column.size));
    }
    return sum;
}

/* The work of a plan is that of all its evaluations. */
static void
work(void)
{
    static const struct {
        const char *words;
        int width, height, x_width, x_height; /* of the state */
    } cases[] = {
        { "denoise", 40, 30, 40, 30 },
        { "upscale scale=3 steps=5", 40, 30, 120, 90 },
        { "deblur samples=4 border=mirror", 40, 30, 40, 30 },
        { "denoise style=textured", 6000, 4000, 6000, 4000 },
    };
    tw_prior *model;
    tw_error err = { 0 };

    g_assert_cmpint(tw_store_prior(check_store(),
                                   tw_store_card(check_store(), 0), NULL,
                                   &model, &err),
                    ==, TW_OK);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const tw_shape x = tw_shape4(1, 3, cases[i].x_height, cases[i].x_width);
        tw_plan plan;

        g_test_message("%s", cases[i].words);
        g_assert_cmpint(plan_for(cases[i].words, cases[i].width,
                                 cases[i].height, 0, &plan, &err),
                        ==, TW_OK);
        g_assert_true((plan.tile > 0) == (cases[i].width > 1000));
        /* Of a large result, three times three pieces of 256 pixels a side are
         * looked at. */
        const double expected =
            plan.evaluations * work_of(model, x, plan.tile) +
            plan.checks * tw_prior_work(model, tw_shape4(1, 3, 768, 768));

        check_near("work", plan.work, expected, 1e-12 * expected);
        /* Tiles repeat some of the work of the whole. */
        g_assert_cmpfloat(plan.work, >=,
                          plan.evaluations * tw_prior_work(model, x));
    }
    tw_prior_free(model);
}

/* The promise of 24 megapixels in 4 GiB, the host's own copy of a picture (below
 * 400 MB) counted too. */
static void
large_pictures(void)
{
    static const char *const words[] = { "denoise", "denoise style=textured",
                                         "deblur" };
    const size_t others = 400 << 20;

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        tw_error err = { 0 };
        tw_plan plan;
        const tw_status status = plan_for(words[i], 6000, 4000, 0, &plan, &err);

        g_test_message("%s: %s%.0f MB, tiles of %d", words[i], err.text,
                       (double) plan.bytes / 1e6, plan.tile);
        g_assert_cmpint(status, ==, TW_OK);
        g_assert_cmpint(plan.tile, >, 0);
        g_assert_cmpuint(plan.bytes + others, <=, (size_t) 4 << 30);
    }
}

/* A limit is kept or refused, by smaller tiles where it can be. */
static void
limits(void)
{
    tw_image in = check_photo("jaguar", 0, 0, 300, 260);
    gboolean tiled = FALSE, refused = FALSE;
    tw_error err = { 0 };
    tw_plan plan;

    plan_for("deblur noise=0.01 steps=1", in.width, in.height, 0, &plan, &err);
    for (size_t limit = plan.bytes; !refused; limit -= plan.bytes / 20) {
        char *words = g_strdup_printf("deblur noise=0.01 steps=1 "
                                      "memory=%" G_GSIZE_FORMAT,
                                      limit);
        tw_request *request = check_request(words);
        tw_image out;
        tw_report report;
        const tw_status status =
            check_restore(request, &in, &out, &report, &err);

        refused = status == TW_ERR_MEMORY;
        if (refused) {
            g_assert_nonnull(strstr(err.text, "memory="));
        } else {
            g_assert_cmpint(status, ==, TW_OK);
            g_assert_cmpuint(report.peak_bytes, <=, limit);
            tiled = tiled || report.tile > 0;
            check_picture_free(&out);
        }
        tw_request_free(request);
        g_free(words);
    }
    g_assert_true(tiled);
    check_picture_free(&in);
}

/* Tiles leave no seams: what they change is below half a level of 8 bits. */
static void
tiles_are_seamless(void)
{
    tw_image in = check_photo("jaguar", 0, 0, 288, 288), out[2];

    check_picture_noise(&in, 0.05, 1);
    for (int i = 0; i < 2; i++) {
        tw_request *request = check_request("denoise noise=0.05");
        tw_error err = { 0 };
        tw_report report;
        tw_plan plan;

        /* A tile of 256 leaves nothing whole, of 192 neither. */
        plan_for("denoise noise=0.05", in.width, in.height, 0, &plan, &err);
        if (i > 0) {
            char *memory = g_strdup_printf("%" G_GSIZE_FORMAT, plan.bytes - 1);

            tw_request_set(request, "memory", memory, &err);
            g_free(memory);
        }
        g_assert_cmpint(check_restore(request, &in, &out[i], &report, &err), ==,
                        TW_OK);
        g_assert_true((report.tile > 0) == (i > 0));
        tw_request_free(request);
    }
    g_test_message("rms difference %.3g of 255",
                   255 * check_picture_distance(&out[0], &out[1]));
    g_assert_cmpfloat(check_picture_distance(&out[0], &out[1]), <, 0.5 / 255);
    check_picture_free(&in);
    check_picture_free(&out[0]);
    check_picture_free(&out[1]);
}

static void
refuse(tw_request *request, const tw_image *in, tw_status expected,
       const char *words)
{
    char **list = g_strsplit(words, "|", -1);
    tw_error err = { 0 };
    tw_image out[16];

    g_assert_cmpint(check_restore(request, in, out, NULL, &err), ==, expected);
    for (char **word = list; *word; word++)
        if (!strstr(err.text, *word)) {
            g_test_message("no '%s' in: %s", *word, err.text);
            g_test_fail();
        }
    g_strfreev(list);
    tw_request_free(request);
}

static void
bad_requests(void)
{
    tw_image in = check_photo("quail", 0, 0, 24, 20);
    tw_image mask = check_picture(24, 21);
    tw_request *request = check_request("inpaint mask=last");

    refuse(check_request("inpaint"), &in, TW_ERR_ARGUMENT, "mask|mask=");
    tw_request_mask(request, &mask);
    refuse(request, &in, TW_ERR_ARGUMENT, "24x21|24x20");
    refuse(check_request("deblur kernel=no.png"), &in, TW_ERR_ARGUMENT,
           "no.png|gaussian");
    refuse(check_request("denoise model=none"), &in, TW_ERR_FILE,
           "'none'|photo");
    refuse(check_request("upscale scale=2 light=linear solver=ddnm"), &in,
           TW_ERR_UNSUPPORTED, "ddnm|hqs");
    in.data[4 * 7 + in.stride * 3 + 2] = INFINITY;
    refuse(check_request("denoise"), &in, TW_ERR_ARGUMENT, "7,3");
    in.data[4 * 7 + in.stride * 3 + 2] = NAN;
    refuse(check_request("denoise"), &in, TW_ERR_ARGUMENT, "7,3");
    check_picture_free(&in);
    check_picture_free(&mask);
}

/* Sizes that no memory holds are refused without being tried. */
static void
absurd_sizes(void)
{
    tw_request *request = check_request("upscale scale=16");
    tw_error err = { 0 };
    tw_plan plan;

    g_assert_cmpint(
        tw_plan_request(request, check_store(), 100000, 100000, 0, &plan, &err),
        ==, TW_ERR_ARGUMENT);
    g_assert_nonnull(strstr(err.text, "scale="));
    tw_request_free(request);
    request = check_request("denoise");
    g_assert_cmpint(tw_plan_request(request, check_store(), 1000000, 1000000,
                                    (size_t) 8 << 30, &plan, &err),
                    ==, TW_ERR_MEMORY);
    g_assert_cmpint(
        tw_plan_request(request, check_store(), 0, 5, 0, &plan, &err), ==,
        TW_ERR_ARGUMENT);
    tw_request_free(request);
}

/* Where a mask is white is looked for once: what follows a first plan does not see
 * that the pixels change, until the mask is given again. */
static void
mask_is_kept_in_mind(void)
{
    tw_request *request = check_request("inpaint");
    tw_image mask = check_picture(400, 300);
    tw_error err = { 0 };
    tw_plan plan;

    mask.data[0] = mask.data[1] = mask.data[2] = mask.data[3] = 1;
    tw_request_mask(request, &mask);
    for (int i = 0; i < 3; i++) {
        tw_request *copy = tw_request_copy(request);

        if (i == 1)
            mask.data[300 * mask.stride - 1] = NAN;
        if (i == 2)
            tw_request_mask(copy, &mask);
        g_assert_cmpint(tw_plan_request(i == 0 ? request : copy, check_store(),
                                        400, 300, 0, &plan, &err),
                        ==, i < 2 ? TW_OK : TW_ERR_ARGUMENT);
        if (i < 2)
            g_assert_cmpint(plan.shown_width, <, 200);
        tw_request_free(copy);
    }
    tw_request_free(request);
    check_picture_free(&mask);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/sizes", sizes);
    g_test_add_func("/plan/work", work);
    g_test_add_func("/plan/large", large_pictures);
    g_test_add_func("/plan/limits", limits);
    g_test_add_func("/plan/tiles", tiles_are_seamless);
    g_test_add_func("/plan/bad-requests", bad_requests);
    g_test_add_func("/plan/absurd", absurd_sizes);
    g_test_add_func("/plan/mask", mask_is_kept_in_mind);
    return g_test_run();
}
