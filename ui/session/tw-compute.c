/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-compute.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"

/* --- what is given --- */

static void
use_pictures(TwCompute *c, const TwPicture *mask)
{
    tw_request_mask(c->request, mask ? &mask->image : NULL);
    tw_request_kernel(c->request, c->kernel ? &c->kernel->image : NULL);
}

gboolean
tw_compute_init(TwCompute *compute, TwComputeKind kind, tw_store *store,
                const TwWork *work)
{
    *compute = (TwCompute) {
        .kind = kind,
        .store = store,
        .request = tw_request_copy(work->request),
        .in = tw_picture_ref(work->in),
        .mask = tw_picture_ref(work->mask),
        .kernel = tw_picture_ref(work->kernel),
        .region = work->region,
        .detail = tw_request_detail(work->request),
        .keep_both = work->both,
    };
    if (!compute->request)
        return FALSE;
    /* Those that the caller lent may be gone by now; ours are counted. */
    use_pictures(compute, compute->mask);
    return TRUE;
}

void
tw_compute_clear(TwCompute *compute)
{
    tw_request_free(compute->request);
    tw_picture_unref(compute->in);
    tw_picture_unref(compute->mask);
    tw_picture_unref(compute->kernel);
    tw_picture_unref(compute->result);
    tw_picture_unref(compute->part);
    tw_picture_unref(compute->part_mask);
    g_clear_pointer(&compute->results, g_ptr_array_unref);
    g_clear_pointer(&compute->uncut, g_ptr_array_unref);
    tw_both_clear(&compute->both);
    tw_picture_unref(compute->measured);
    tw_picture_unref(compute->misfit);
    tw_noise_clear(&compute->whole_noise);
}

/* Three quarters of the machine's: a plan above that would only swap. */
static gsize
memory_of_machine(void)
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long bytes = sysconf(_SC_PAGESIZE);

    return pages > 0 && bytes > 0 ? (gsize) pages / 4 * 3 * (gsize) bytes : 0;
}

tw_run_config
tw_compute_config(const TwCompute *compute)
{
    const double threads = tw_request_real(compute->request, "threads");

    return (tw_run_config) {
        .seed = (uint64_t) tw_request_real(compute->request, "seed"),
        .threads = isnan(threads) ? 0 : (int) threads,
        .memory_limit = memory_of_machine(),
        .report_interval = 0.1,
    };
}

/* --- before and after --- */

static tw_status
out_of_memory(const tw_image *size, tw_run *run)
{
    return tw_fail(tw_run_error(run), TW_ERR_MEMORY,
                   _("Not enough memory for a picture of %d x %d pixels"),
                   size->width, size->height);
}

/* *@out: @part of @picture, or @picture itself if that is all of it. */
static tw_status
cut(TwPicture *picture, const cairo_rectangle_int_t *part, TwPicture **out,
    tw_run *run)
{
    const tw_image *all = &picture->image;

    if (part->width == all->width && part->height == all->height)
        *out = tw_picture_ref(picture);
    else
        *out = tw_picture_crop(picture, part);
    return *out ? tw_run_poll(run) : out_of_memory(all, run);
}

/* Pixels around the region: what the network looks at, and what the kernel of a
 * blur brings in. */
static int
margin(const TwCompute *c)
{
    int side = 0;

    if (tw_kernel_side(c->request, &side, NULL) != TW_OK)
        side = 0;
    return TW_JOB_MARGIN + side / 2;
}

/* The part of the input that is needed, and the request for it. */
static tw_status
take_part(TwCompute *c, tw_run *run)
{
    const tw_image *in = &c->in->image;

    c->crop = tw_crop_new(&c->region, margin(c), in->width, in->height,
                          tw_crop_scale(c->request));
    TW_TRY(cut(c->in, &c->crop.from, &c->part, run));
    if (c->mask)
        TW_TRY(cut(c->mask, &c->crop.from, &c->part_mask, run));
    use_pictures(c, c->part_mask);
    return TW_OK;
}

static tw_status
new_picture(int width, int height, TwPicture **out, tw_run *run)
{
    *out = tw_picture_new(width, height);
    return *out ? TW_OK
                : out_of_memory(
                      &(tw_image) { .width = width, .height = height }, run);
}

/* --- restore --- */

/* What is wrong with the whole is wrong with a part, too, except that it takes
 * more memory than there is. */
static tw_status
plan_whole(TwCompute *c, tw_run *run)
{
    tw_error *why = tw_run_error(run);
    tw_status status;

    use_pictures(c, c->mask);
    status = tw_plan_request(c->request, c->store, c->in->image.width,
                             c->in->image.height, tw_run_memory_limit(run),
                             &c->whole_plan, why);
    c->whole_planned = status == TW_OK;
    if (status != TW_ERR_MEMORY)
        return status;
    *why = (tw_error) { 0 };
    return tw_run_poll(run);
}

/* A part would be measured by itself, and shown with another noise. */
static tw_status
settle_noise(TwCompute *c, tw_run *run)
{
    if (c->crop.whole)
        return TW_OK;
    use_pictures(c, c->mask);
    TW_TRY(tw_noise_settle(&c->whole_noise, c->request, c->store, c->in,
                           c->mask, run));
    use_pictures(c, c->part_mask);
    return tw_run_poll(run);
}

static tw_status
plan_part(TwCompute *c, tw_run *run)
{
    TW_TRY(tw_plan_request(c->request, c->store, c->part->image.width,
                           c->part->image.height, tw_run_memory_limit(run),
                           &c->plan, tw_run_error(run)));
    c->planned = TRUE;
    return tw_run_poll(run);
}

static GPtrArray *
new_list(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify) tw_picture_unref);
}

/* Memory for the results; @out: their pixels. */
static tw_status
make_room(TwCompute *c, GPtrArray **list, tw_image *out, tw_run *run)
{
    *list = new_list();
    for (int i = 0; i < c->plan.results; i++) {
        TwPicture *picture;

        TW_TRY(new_picture(c->plan.width, c->plan.height, &picture, run));
        g_ptr_array_add(*list, picture);
        out[i] = picture->image;
    }
    return TW_OK;
}

/* Those that were written, without their margins. */
static tw_status
cut_results(TwCompute *c, tw_run *run)
{
    c->results = new_list();
    for (guint i = 0; i < c->uncut->len; i++) {
        TwPicture *result;

        TW_TRY(cut(c->uncut->pdata[i], &c->crop.inner, &result, run));
        g_ptr_array_add(c->results, result);
    }
    return TW_OK;
}

static tw_status
mix(TwCompute *c, tw_run *run)
{
    const TwPicture *likely = c->both.likely->pdata[0];

    c->uncut = tw_both_mix(&c->both, c->detail);
    return c->uncut ? cut_results(c, run) : out_of_memory(&likely->image, run);
}

static tw_status
restore_one(TwCompute *c, tw_run *run)
{
    tw_image *out = g_new(tw_image, c->plan.results);
    tw_status status = make_room(c, &c->uncut, out, run);

    if (status == TW_OK)
        status = tw_restore(c->request, c->store, &c->part->image, out,
                            &c->report, run);
    g_free(out);
    TW_TRY(status);
    g_ptr_array_set_size(c->uncut, c->report.results);
    return cut_results(c, run);
}

static tw_status
restore_both(TwCompute *c, tw_run *run)
{
    tw_image *faithful = g_new(tw_image, c->plan.results);
    tw_image *likely = g_new(tw_image, c->plan.results);
    tw_status status = make_room(c, &c->both.faithful, faithful, run);

    if (status == TW_OK)
        status = make_room(c, &c->both.likely, likely, run);
    if (status == TW_OK)
        status = tw_restore_both(c->request, c->store, &c->part->image,
                                 faithful, likely, &c->report, run);
    g_free(faithful);
    g_free(likely);
    TW_TRY(status);
    g_ptr_array_set_size(c->both.faithful, c->report.results);
    g_ptr_array_set_size(c->both.likely, c->report.results);
    return mix(c, run);
}

static tw_status
restore(TwCompute *c, tw_run *run)
{
    const gboolean both = c->keep_both && tw_both_wanted(c->request);
    tw_status status;

    TW_TRY(plan_whole(c, run));
    if (both)
        TW_TRY(tw_both_ask(c->request, tw_run_error(run)));
    TW_TRY(take_part(c, run));
    TW_TRY(settle_noise(c, run));
    TW_TRY(plan_part(c, run));
    status = both ? restore_both(c, run) : restore_one(c, run);
    if (c->loop_began)
        c->seconds = 1e-6 * (double) (g_get_monotonic_time() - c->loop_began);
    return status;
}

/* What was restored is there; only the place of the region in it is needed. */
static tw_status
mix_again(TwCompute *c, tw_run *run)
{
    const tw_image *in = &c->in->image;

    c->crop = tw_crop_new(&c->region, margin(c), in->width, in->height,
                          tw_crop_scale(c->request));
    return mix(c, run);
}

/* --- explain --- */

static tw_status
explain(TwCompute *c, tw_run *run)
{
    const tw_image *result = &c->result->image;
    g_autoptr(TwPicture) measured = NULL;
    g_autoptr(TwPicture) misfit = NULL;

    TW_TRY(take_part(c, run));
    TW_TRY(new_picture(result->width, result->height, &measured, run));
    TW_TRY(new_picture(result->width, result->height, &misfit, run));
    TW_TRY(tw_explain(c->request, c->store, &c->part->image, result, &c->report,
                      &measured->image, &misfit->image, run));
    TW_TRY(cut(measured, &c->crop.inner, &c->measured, run));
    return cut(misfit, &c->crop.inner, &c->misfit, run);
}

/* --- noise --- */

static tw_status
measure_noise(TwCompute *c, tw_run *run)
{
    use_pictures(c, c->mask);
    return tw_measure_noise(c->request, c->store, &c->in->image, &c->noise,
                            run);
}

static tw_status
compute_kind(TwCompute *c, tw_run *run)
{
    TW_TRY(tw_run_poll(run));
    switch (c->kind) {
    case TW_COMPUTE_RESTORE:
        return restore(c, run);
    case TW_COMPUTE_MIX:
        return mix_again(c, run);
    case TW_COMPUTE_EXPLAIN:
        return explain(c, run);
    case TW_COMPUTE_NOISE:
        break;
    }
    return measure_noise(c, run);
}

tw_status
tw_compute(TwCompute *compute, tw_run *run)
{
    const tw_status status = compute_kind(compute, run);

    use_pictures(compute, NULL);
    g_clear_pointer(&compute->part, tw_picture_unref);
    g_clear_pointer(&compute->part_mask, tw_picture_unref);
    if (status != TW_OK) {
        g_clear_pointer(&compute->results, g_ptr_array_unref);
        g_clear_pointer(&compute->uncut, g_ptr_array_unref);
        tw_both_clear(&compute->both);
    }
    return status;
}
