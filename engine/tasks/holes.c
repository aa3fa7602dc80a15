/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/holes.h"

#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "core/sizing.h"
#include "holes/complete.h"
#include "tasks/mask.h"
#include "tasks/pixels.h"

enum { AUTO, NETWORK, SELF };

const char *const tw_holes_fills[] = { "auto", "network", "self", NULL };

enum {
    LEAST_MARGIN = 384, /* pixels around the holes */
    MOST_MARGIN = 640,
    MOST_STEPS = 100
};

static int
clamp(int value, int low, int high)
{
    return value < low ? low : value < high ? value : high;
}

static int
fill_of(const tw_job *job)
{
    return (int) tw_request_real(job->request, "fill");
}

/* The holes with a margin, and all that the network sees. */
static void
look_around(tw_job *job, int margin)
{
    const tw_box holes = job->holes, box = job->box;
    const int top = clamp(holes.top - margin, 0, box.top);
    const int left = clamp(holes.left - margin, 0, box.left);
    const int bottom = clamp(holes.top + holes.height + margin,
                             box.top + box.height, job->height);
    const int right = clamp(holes.left + holes.width + margin,
                            box.left + box.width, job->width);

    job->around = (tw_box) { top, left, bottom - top, right - left };
}

/* As far as the mask tells: what is transparent is not known either. */
static bool
has_sources(const tw_job *job)
{
    const tw_image *mask = tw_request_get_mask(job->request);

    return tw_mask_count_black(mask, job->around, TW_PATCH,
                               TW_COMPLETE_SOURCES) == TW_COMPLETE_SOURCES;
}

static tw_status
too_little(tw_error *err)
{
    return tw_fail(err, TW_ERR_ARGUMENT,
                   _("Too little of the picture is known to fill the holes "
                     "from; use a smaller mask or fill=network"));
}

tw_status
tw_holes_lay_out(tw_job *job, tw_box holes, int large, tw_error *err)
{
    const int side = holes.height > holes.width ? holes.height : holes.width;
    const int fill = fill_of(job);

    job->self = fill == SELF && side > 0;
    if (fill == AUTO && side > 0)
        TW_TRY(tw_mask_is_deep(tw_request_get_mask(job->request), holes, large,
                               &job->self, err));
    job->holes = holes;
    look_around(job, clamp(side, LEAST_MARGIN, MOST_MARGIN));
    if (!job->self || has_sources(job))
        return TW_OK;
    job->self = false;
    return fill == SELF ? too_little(err) : TW_OK;
}

/* The holes, as they lie in what is around them. */
static tw_area
area_of(const tw_job *job)
{
    const int top = job->holes.top - job->around.top;
    const int left = job->holes.left - job->around.left;

    return (tw_area) { top, left, top + job->holes.height,
                       left + job->holes.width };
}

int
tw_holes_steps(const tw_job *job)
{
    const tw_completion how = { .area = area_of(job), .varied = job->textured };
    const tw_plan *plan = &job->plan;

    if (plan->evaluations < 1)
        return 1; /* the plan is being made */
    const double each = (double) plan->evaluations / (job->runs * plan->steps) *
                        tw_prior_work(job->prior, job->x);

    return (int) fmin(fmax(round(tw_complete_work(&how) / each), 1),
                      MOST_STEPS);
}

bool
tw_holes_save(tw_job *job)
{
    const tw_box old = job->around;
    const int above = job->holes.top - old.top;
    const int below = old.height - job->holes.height - above;
    const int before = job->holes.left - old.left;
    const int after = old.width - job->holes.width - before;
    const int rows = above > below ? above : below;
    const int columns = before > after ? before : after;

    if (!job->self)
        return false;
    look_around(job, (rows > columns ? rows : columns) / 2);
    if ((job->around.height < old.height || job->around.width < old.width) &&
        has_sources(job))
        return true;
    if (fill_of(job) == SELF)
        return false;
    job->self = false;
    tw_job_tune(job);
    return true;
}

/* More steps would smooth the grain away; known patches are as sharp as they can
 * be. */
void
tw_holes_tune(tw_job *job)
{
    if (job->solver.needs & TW_STARTS_CLEAN) {
        job->steps = 2;
        job->high = 0.03;
        job->low = 0.02;
    } else {
        job->steps = 6;
        job->high = 0.05;
        job->low = 0.01;
    }
}

/* Copies @x into what is around it, or @back. */
static void
copy(const tw_job *job, tw_tensor *around, tw_tensor *x, bool back)
{
    const int64_t top = job->box.top - job->around.top;
    const int64_t left = job->box.left - job->around.left;
    const int64_t h = job->box.height, w = job->box.width;

    for (int64_t c = 0; c < 3; c++)
        for (int64_t y = 0; y < h; y++) {
            float *a = around->data +
                       (c * job->around.height + top + y) * job->around.width +
                       left;
            float *b = x->data + (c * h + y) * w;

            memcpy(back ? b : a, back ? a : b, (size_t) w * sizeof *a);
        }
}

/* With @around, whose part @x is. */
static tw_status
complete(const tw_job *job, tw_tensor *around, const unsigned char *known,
         bool *done, tw_run *run)
{
    const tw_completion how = { .area = area_of(job),
                                .depth = job->hole,
                                .varied = job->textured,
                                .steps = tw_holes_steps(job) };

    tw_run_window(run, job->box.top - job->around.top,
                  job->box.left - job->around.left, job->box.height,
                  job->box.width);
    TW_TRY(tw_complete(&how, around, known, done, run));
    tw_run_window(run, job->top, job->left, job->result.height,
                  job->result.width);
    if (!*done && fill_of(job) == SELF)
        return too_little(tw_run_error(run));
    return TW_OK;
}

tw_status
tw_holes_complete(const tw_job *job, const tw_image *in, tw_tensor *x,
                  bool *done, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const int64_t height = job->around.height, width = job->around.width;
    tw_tensor *around = tw_scratch_shape(run, tw_shape4(1, 3, height, width));
    unsigned char *known =
        tw_scratch_bytes(run, (size_t) (height * width) * sizeof *known);

    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run)) {
        tw_pixels_take(job, in, job->around, around, known);
        copy(job, around, x, false);
    }
    TW_TRY(complete(job, around, known, done, run));
    if (*done && !tw_run_is_sizing(run))
        copy(job, around, x, true);
    tw_run_release(run, mark);
    return TW_OK;
}
