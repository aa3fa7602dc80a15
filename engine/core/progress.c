/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The progress of a run: phases, spans, steps, and the estimates shown. */

#include <math.h>
#include <string.h>

#include "core/run-private.h"

/* Least seconds between two reports from inside a step. */
static const double report_every = 0.1;

/* The rate is trusted after this many seconds and this share of the request. */
static const double rate_seconds = 0.5, rate_share = 0.01;

void
tw_run_begin(tw_run *run)
{
    run->work = (tw_work) {
        .phase = "",
        .to = 1,
        .started = run->born,
        .reported = -1,
        .estimated = -1,
    };
}

void
tw_run_span(tw_run *run, double from, double to)
{
    tw_work *work = &run->work;

    work->from = from;
    work->to = to;
    work->step = work->steps = 0;
    work->before = work->planned = work->all = 0;
    /* The speed is measured over all spans; what came before the first is none of
     * their work. */
    if (work->fraction <= work->started_at) {
        work->started = tw_run_now();
        work->started_at = from;
    }
}

void
tw_run_count(tw_run *run, int before, int planned, int all)
{
    run->work.before = before;
    run->work.planned = planned;
    run->work.all = all;
}

void
tw_run_window(tw_run *run, int64_t top, int64_t left, int64_t height,
              int64_t width)
{
    run->work.window = (tw_window) { top, left, height, width };
}

static double
seconds_left(const tw_work *work, double now)
{
    const double seconds = now - work->started;
    const double done = work->fraction - work->started_at;

    if (seconds < rate_seconds || done < rate_share)
        return -1;
    return (1 - work->fraction) * seconds / done;
}

/* The window of @x in a scratch tensor, or @x itself. NULL: the window is not
 * inside, or there is no memory for it; neither is worth failing for. */
static const tw_tensor *
in_window(tw_run *run, const tw_tensor *x)
{
    const tw_window w = run->work.window;
    const int64_t *dim = x->shape.dim;

    if (w.width <= 0)
        return x;
    if (w.top < 0 || w.left < 0 || w.height > dim[2] - w.top ||
        w.width > dim[3] - w.left)
        return NULL;

    const tw_shape shape = tw_shape4(dim[0], dim[1], w.height, w.width);
    tw_tensor *out = tw_scratch_try(run, shape, NULL);

    if (!out)
        return NULL;
    for (int64_t plane = 0; plane < dim[0] * dim[1]; plane++)
        for (int64_t y = 0; y < w.height; y++)
            memcpy(out->data + (plane * w.height + y) * w.width,
                   x->data + (plane * dim[2] + w.top + y) * dim[3] + w.left,
                   (size_t) w.width * sizeof(float));
    return out;
}

/* Steps of the whole request that are done. */
static int
count_done(const tw_work *work)
{
    if (!work->all)
        return work->step;
    return work->before + (work->steps > 0 ? (int) ((int64_t) work->planned *
                                                    work->step / work->steps)
                                           : 0);
}

static void
report(tw_run *run, double now, const tw_tensor *estimate)
{
    tw_work *work = &run->work;
    const size_t mark = tw_run_mark(run);
    const bool due = work->estimated < 0 ||
                     now - work->estimated >= run->config.report_interval;
    const tw_progress progress = {
        .fraction = work->fraction,
        .seconds_left = seconds_left(work, now),
        .step = count_done(work),
        .steps = work->all ? work->all : work->steps,
        .phase = work->phase,
        .estimate = estimate && due ? in_window(run, estimate) : NULL,
    };

    if (!run->config.report(&progress, run->config.user_data))
        tw_run_cancel(run);
    tw_run_release(run, mark);
    work->reported = now;
    if (progress.estimate)
        work->estimated = now;
}

void
tw_run_phase(tw_run *run, const char *phase)
{
    run->work.phase = phase;
    if (run->config.report)
        report(run, tw_run_now(), NULL);
}

/* @steps done, which may be a fraction. */
static void
advance(tw_work *work, double steps)
{
    const double share = work->steps > 0 ? fmin(steps / work->steps, 1) : 0;
    const double fraction = work->from + (work->to - work->from) * share;

    if (fraction > work->fraction)
        work->fraction = fraction < 1 ? fraction : 1;
}

tw_status
tw_run_step(tw_run *run, int step, int steps, const tw_tensor *estimate)
{
    run->work.step = step;
    run->work.steps = steps;
    run->sized_steps += step > 0;
    advance(&run->work, step);
    TW_TRY(tw_run_poll(run));
    if (run->config.report)
        report(run, tw_run_now(), estimate);
    TW_TRY(tw_run_poll(run));
    if (!run->kept || !estimate || step >= steps || !tw_run_stopping(run))
        return TW_OK;
    if (run->kept != estimate)
        tw_copy(run->kept, estimate);
    return TW_STOPPED;
}

void
tw_run_keep(tw_run *run, tw_tensor *kept)
{
    run->kept = kept;
}

int
tw_run_steps_done(const tw_run *run, int *steps)
{
    *steps = run->work.steps;
    return run->work.step;
}

tw_status
tw_run_part(tw_run *run, double part)
{
    tw_work *work = &run->work;
    const double now = tw_run_now();

    advance(work, work->step + (part < 1 ? part : 1));
    TW_TRY(tw_run_poll(run));
    if (run->config.report && now - work->reported >= report_every)
        report(run, now, NULL);
    return tw_run_poll(run);
}
