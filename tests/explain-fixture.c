/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain-fixture.h"

#include <math.h>

tw_report
noise_of(double noise, double shot)
{
    return (tw_report) { .noise = noise, .shot = shot };
}

explained
explain(const tw_request *request, const tw_image *in, const tw_image *result,
        const tw_report *report, int threads)
{
    explained e = { check_picture(result->width, result->height),
                    check_picture(result->width, result->height) };
    tw_error err = { 0 };
    tw_plan plan;

    g_assert_cmpint(tw_plan_request(request, check_store(), in->width,
                                    in->height, 0, &plan, &err),
                    ==, TW_OK);
    tw_run *run = tw_run_new(
        &(tw_run_config) { .threads = threads, .memory_limit = plan.bytes });

    check_ok(tw_explain(request, check_store(), in, result, report, &e.measured,
                        &e.misfit, run),
             run);
    g_assert_cmpuint(tw_run_mark(run), ==, 0);
    tw_run_free(run);
    return e;
}

void
explained_clear(explained *e)
{
    check_picture_free(&e->measured);
    check_picture_free(&e->misfit);
}

tw_image
restored(const tw_request *request, const tw_image *in, tw_report *report)
{
    tw_error err = { 0 };
    tw_image out;

    if (check_restore(request, in, &out, report, &err) != TW_OK)
        g_error("%s", err.text);
    return out;
}

tw_image
cosine(int width, int height, int across, int down)
{
    tw_image p = check_picture(width, height);

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                p.data[y * p.stride + 4 * x + c] =
                    (float) (0.5 + (c == 1 ? 0.15 : 0.3) *
                                       cos(G_PI * (across * (x + 0.5) / width +
                                                   down * (y + 0.5) / height)));
    return p;
}

tw_image
mask_for(int width, int height)
{
    tw_image mask = check_picture(width, height);

    for (int y = 0; y < height; y++)
        for (int i = 0; i < 4 * width; i++)
            mask.data[y * mask.stride + i] =
                i % 4 == 3 || (y > height / 3 && y < height / 2);
    return mask;
}
