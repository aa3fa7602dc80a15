/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * New content where a mask is white. Only the holes' surroundings are worked on;
 * pixels outside the mask come back bit for bit.
 */

#include <stdlib.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "holes/fill.h"
#include "tasks/holes.h"
#include "tasks/mask.h"
#include "tasks/task-private.h"

static const char *const masks[] = { "last", "alpha", NULL };

static const tw_param params[] = {
    { "mask", N_("Mas_k"),
      N_("White where to restore: the last picture, what is transparent, or a "
         "picture"),
      TW_PARAM_PICTURE, 0, 1, 0, 0, masks, NULL },
    { "fill", N_("_Large holes"),
      N_("What large holes are filled with: network: what the model expects; "
         "self: what the picture shows elsewhere; auto: by their size"),
      TW_PARAM_CHOICE, 0, 2, 0, 0, tw_holes_fills, NULL },
    TW_PARAM_END,
};

enum {
    LEAST_MARGIN = 64, /* pixels of context: a tile's overlap */
    MOST_MARGIN = 256,
    GRID = 16, /* of the network, so that it sees the pixels in their phase */
    LARGE = 12 /* pixels to the rim: a hole that needs high noise levels */
};

static int
clamp(int value, int low, int high)
{
    return value < low ? low : value < high ? value : high;
}

/* Grows @box by its context, to the network's grid, within the picture. */
static tw_box
with_context(tw_box box, int height, int width)
{
    const int side = box.height > box.width ? box.height : box.width;
    const int margin = clamp(side / 2, LEAST_MARGIN, MOST_MARGIN);
    const int bottom = box.top + box.height + margin + GRID - 1;
    const int right = box.left + box.width + margin + GRID - 1;

    box.top = clamp(box.top - margin, 0, height) / GRID * GRID;
    box.left = clamp(box.left - margin, 0, width) / GRID * GRID;
    box.height = clamp(bottom / GRID * GRID, 0, height) - box.top;
    box.width = clamp(right / GRID * GRID, 0, width) - box.left;
    return box;
}

static tw_status
lay_out(tw_job *job, tw_error *err)
{
    const tw_image *mask = tw_request_get_mask(job->request);

    if (!mask)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("A mask is needed: white where to restore; give one "
                         "with mask="));
    if (mask->width != job->width || mask->height != job->height)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("The mask is %dx%d, the picture %dx%d; give a mask of "
                         "the picture's size"),
                       mask->width, mask->height, job->width, job->height);
    tw_box holes;

    TW_TRY(tw_request_mask_box(job->request, &holes, err));
    job->box = with_context(holes, job->height, job->width);
    if (holes.width == 0)
        job->box = (tw_box) { 0, 0, 1, 1 };
    job->result = job->box;
    job->x = job->y = tw_shape4(1, 3, job->box.height, job->box.width);
    job->out_width = job->width;
    job->out_height = job->height;
    return tw_holes_lay_out(job, holes, LARGE, err);
}

static tw_operator *
make(const tw_job *job, const unsigned char *known)
{
    if (!known)
        return tw_operator_mask(NULL, job->box.height, job->box.width);
    const int64_t size = (int64_t) job->box.height * job->box.width;
    float *keep = malloc((size_t) size * sizeof *keep);
    tw_operator *op = NULL;

    if (!keep)
        return NULL;
    for (int64_t i = 0; i < size; i++)
        keep[i] = known[i];
    op = tw_operator_mask(keep, job->box.height, job->box.width);
    free(keep);
    return op;
}

/* Letters and lost pixels need 40 steps, but no high levels: around them is
 * enough that is known (0.4 dB over 15 steps). */
static const tw_tuning small[] = {
    { "hqs", .steps = 40, .high = 0.4 },
    { "renoise", .steps = 30, .high = 1 },
    { .solver = NULL },
};

static const tw_tuning large[] = {
    { "hqs", .steps = 40, .high = 1 },
    { "renoise", .steps = 30, .high = 80 },
    { .solver = NULL },
};

static void
tune(tw_job *job)
{
    tw_job_apply(job, job->hole > LARGE ? large : small);
    if (job->self)
        tw_holes_tune(job);
}

static tw_status
guess(const tw_job *job, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    tw_copy(x, y);
    return tw_fill_holes(x, job->known, run);
}

/* What is known is known exactly. */
static tw_status
fit(const tw_job *job, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    const int64_t plane = y->size / 3;

    (void) run;
#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++)
        if (job->known[i % plane])
            x->data[i] = y->data[i];
    return TW_OK;
}

const tw_task_class tw_task_inpaint = {
    .base = {
        .name = "inpaint",
        .title = N_("_Inpaint"),
        .blurb = N_("Fills holes, removes objects, scratches and text"),
        .params = params,
    },
    .faithful = "hqs",
    .textured = "renoise",
    .exact = true,
    .holes = true,
    .lay_out = lay_out,
    .make = make,
    .tune = tune,
    .guess = guess,
    .complete = tw_holes_complete,
    .fit = fit,
};
