/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/look.h"

#include <math.h>

#include "blind/spectrum.h"
#include "core/parallel.h"
#include "core/sizing.h"

enum {
    BLOCK = 256, /* side of a piece of a large picture */
    WHOLE = 3 * BLOCK
};

/* The level at which the model is asked what it would take away. At 0.03 it
 * takes the rounding to 8 bits for noise, at 0.3 edges. */
static const double look_level = 0.1;

/* Deviations of the detail, and of the share that is taken away: what lies beyond is
 * odd. Of 46 photographs the farthest were at 2.4 and -2.9; right results of others,
 * with samples too, were at 2.8 and -5.4 (scales, fur). */
static const double detail_limit = 3, share_limit = 5.5;

bool
tw_look_possible(const tw_job *job)
{
    return !job->task->holes && job->card->usual.share_deviation > 0 &&
           tw_spectrum_windows(job->result.height, job->result.width) >=
               TW_LOOK_WINDOWS;
}

/* The place in the picture of row or column @at of what is evaluated. */
static int64_t
place(int64_t at, int64_t size)
{
    const int64_t piece = at / BLOCK;

    return size <= WHOLE ? at : piece * (size - BLOCK) / 2 + at % BLOCK;
}

/* Of what is evaluated: all of a picture of up to 768 pixels a side, else three
 * pieces along that side. */
static tw_shape
shape_of(const tw_job *job)
{
    const int h = job->result.height, w = job->result.width;

    return tw_shape4(1, 3, h < WHOLE ? h : WHOLE, w < WHOLE ? w : WHOLE);
}

/* @out: the pieces of the result @x. */
static void
take_pieces(const tw_job *job, const tw_tensor *x, tw_tensor *out)
{
    const int64_t h = out->shape.dim[2], w = out->shape.dim[3];
    const int64_t H = x->shape.dim[2], W = x->shape.dim[3];

#pragma omp parallel for if (out->size > TW_SERIAL)
    for (int64_t i = 0; i < 3 * h; i++) {
        const int64_t r = job->top + place(i % h, job->result.height);

        for (int64_t k = 0; k < w; k++)
            out->data[i * w + k] = x->data[(i / h * H + r) * W + job->left +
                                           place(k, job->result.width)];
    }
}

static tw_status
measure_look(const tw_job *job, const tw_tensor *x, double *figures,
             tw_run *run)
{
    const tw_shape shape = shape_of(job);
    const bool whole =
        job->result.height <= WHOLE && job->result.width <= WHOLE;
    const size_t mark = tw_run_mark(run);
    tw_tensor *pieces = tw_scratch_shape(run, shape);
    tw_tensor *taken = tw_scratch_shape(run, shape);
    tw_spectrum *s = tw_scratch_bytes(run, sizeof *s);
    double share = 0, fine = 0, middle = 0;

    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run))
        take_pieces(job, x, pieces);
    const int before = tw_run_evaluations(run);

    TW_TRY(tw_denoise(job->prior, pieces, look_level, taken, NULL, run));
    tw_run_count_checks(run, before);
    tw_lin2(taken, 1, taken, -1, pieces);
    TW_TRY(tw_spectrum_of(taken, pieces, 0, 0, shape.dim[2], shape.dim[3],
                          whole ? 0 : BLOCK, s, run));
    if (tw_run_is_sizing(run)) {
        tw_run_release(run, mark);
        return TW_OK;
    }
    for (int i = 4; i < 9; i++) {
        share += log2(fmax(s->a[i], 1e-12) / fmax(s->b[i], 1e-12)) / 5;
        fine += log2(fmax(s->b[i], 1e-12)) / 5;
    }
    for (int i = 2; i < 4; i++)
        middle += log2(fmax(s->b[i], 1e-12)) / 2;
    figures[TW_REPORT_SHARE] = share;
    figures[TW_REPORT_DETAIL] = fine - middle;
    figures[TW_REPORT_CONTRAST] = middle;
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

static tw_look
look_of(const tw_usual *usual, const double *figures, double *detail)
{
    const double share = (figures[TW_REPORT_SHARE] - usual->share[0] -
                          usual->share[1] * figures[TW_REPORT_CONTRAST]) /
                         usual->share_deviation;

    *detail = (figures[TW_REPORT_DETAIL] - usual->detail) /
              (detail_limit * usual->detail_deviation);
    if (*detail < -1)
        return TW_LOOK_SMOOTH;
    return *detail > 1 || share < -share_limit ? TW_LOOK_ODD : TW_LOOK_GOOD;
}

tw_status
tw_look_at(const tw_job *job, const tw_tensor *x, tw_report *report,
           tw_look *look, tw_run *run)
{
    const tw_usual *usual = &job->card->usual;

    if (!tw_look_possible(job)) {
        *look = job->task->holes             ? TW_LOOK_NONE
                : usual->share_deviation > 0 ? TW_LOOK_SMALL
                                             : TW_LOOK_MODEL;
        return TW_OK;
    }
    TW_TRY(measure_look(job, x, report->figures, run));
    *look = look_of(usual, report->figures, &report->detail);
    return TW_OK;
}
