/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-job.h"

#include "session/tw-turn.h"
#include "settings/tw-property.h"

struct _TwJob {
    GObject parent;
    tw_store *store;
    TwTurn *turn;      /* the last one started; NULL: none */
    GPtrArray *parked; /* turns before it whose threads may still run */
    gboolean running, cancelled, done; /* done: turn ended without error */
    gboolean planned, whole_planned;
    tw_plan plan, whole_plan;
    TwNoise whole_noise; /* measured by a turn before */
};

G_DEFINE_TYPE(TwJob, tw_job, G_TYPE_OBJECT)

enum { PROGRESS, ESTIMATE, DONE, SIGNALS };

static guint signals[SIGNALS];

TwJob *
tw_job_new(tw_store *store)
{
    TwJob *job = g_object_new(TW_TYPE_JOB, NULL);

    job->store = store;
    return job;
}

/* --- reports --- */

/* What @turn, which has ended, found out and the next can use. */
static void
learn(TwJob *job, TwTurn *turn)
{
    tw_error why;
    const TwCompute *compute = tw_turn_outcome(turn, &why);

    if (!compute->whole_noise.in)
        return;
    tw_noise_clear(&job->whole_noise);
    job->whole_noise = tw_noise_copy(&compute->whole_noise);
}

static void
finish(TwJob *job)
{
    GError *error = NULL;
    tw_error why;

    (void) tw_turn_outcome(job->turn, &why);
    learn(job, job->turn);
    if (job->cancelled)
        why.status = TW_CANCELLED;
    job->running = FALSE;
    job->done = why.status == TW_OK;
    if (!job->done)
        tw_set_error(&error, why.status, &why);
    g_signal_emit(job, signals[DONE], 0, error);
    g_clear_error(&error);
}

/* A handler may start the job again, which silences @turn. */
static void
on_frame(TwTurn *turn, const TwFrame *frame, gboolean ended, gpointer data)
{
    TwJob *job = g_object_ref(data);

    if (frame->planned && !job->cancelled) {
        job->planned = TRUE;
        job->plan = frame->plan;
        job->whole_planned = frame->whole_planned;
        job->whole_plan = frame->whole_plan;
    }
    if (frame->phase && !job->cancelled)
        g_signal_emit(job, signals[PROGRESS], 0, frame->fraction,
                      frame->seconds_left, frame->phase, frame->step,
                      frame->steps);
    if (job->turn == turn && frame->estimate && !job->cancelled)
        g_signal_emit(job, signals[ESTIMATE], 0, frame->estimate,
                      &frame->where);
    if (job->turn == turn && ended)
        finish(job);
    g_object_unref(job);
}

/* --- starting and stopping --- */

/* A parked thread has ended: nothing of it is needed. */
static void
on_parked_frame(TwTurn *turn, const TwFrame *frame, gboolean ended,
                gpointer data)
{
    TwJob *job = data;

    (void) frame;
    if (!ended)
        return;
    learn(job, turn);
    g_ptr_array_remove(job->parked, turn);
}

/* Cancels and silences what runs; its thread ends by itself. */
static void
park(TwJob *job)
{
    TwTurn *turn = g_steal_pointer(&job->turn);

    job->running = job->done = FALSE;
    if (!turn)
        return;
    tw_turn_cancel(turn);
    if (tw_turn_ended(turn, 0)) {
        learn(job, turn);
        tw_turn_listen(turn, NULL, NULL);
        tw_turn_unref(turn);
    } else {
        tw_turn_listen(turn, on_parked_frame, job);
        g_ptr_array_add(job->parked, turn);
    }
}

static void
start(TwJob *job, TwCompute *compute, gboolean given)
{
    TwTurn *before = NULL;

    park(job);
    if (job->parked->len > 0)
        before = job->parked->pdata[job->parked->len - 1];
    job->cancelled = job->planned = job->whole_planned = FALSE;
    job->running = TRUE;
    job->turn = tw_turn_start(compute, given, before, on_frame, job);
}

void
tw_job_start(TwJob *job, const TwWork *work)
{
    TwCompute compute;
    const gboolean given =
        tw_compute_init(&compute, TW_COMPUTE_RESTORE, job->store, work);

    compute.whole_noise = tw_noise_copy(&job->whole_noise);
    start(job, &compute, given);
}

void
tw_job_start_mix(TwJob *job, const TwWork *work, const TwBoth *both,
                 double detail)
{
    TwCompute compute;
    const gboolean given =
        tw_compute_init(&compute, TW_COMPUTE_MIX, job->store, work);

    compute.both = tw_both_ref(both);
    compute.detail = detail;
    start(job, &compute, given);
}

void
tw_job_start_explain(TwJob *job, const TwWork *work, TwPicture *result,
                     const tw_report *report)
{
    TwCompute compute;
    const gboolean given =
        tw_compute_init(&compute, TW_COMPUTE_EXPLAIN, job->store, work);

    compute.result = tw_picture_ref(result);
    compute.report = *report;
    start(job, &compute, given);
}

void
tw_job_start_noise(TwJob *job, const TwWork *work)
{
    TwCompute compute;
    const gboolean given =
        tw_compute_init(&compute, TW_COMPUTE_NOISE, job->store, work);

    start(job, &compute, given);
}

void
tw_job_stop(TwJob *job)
{
    if (job->running)
        tw_turn_stop(job->turn);
}

void
tw_job_cancel(TwJob *job)
{
    if (!job->running)
        return;
    job->cancelled = TRUE;
    tw_turn_cancel(job->turn);
}

gboolean
tw_job_running(TwJob *job)
{
    return job->running;
}

gboolean
tw_job_wait(TwJob *job, double seconds)
{
    const gint64 deadline =
        g_get_monotonic_time() + (gint64) (seconds * G_USEC_PER_SEC);
    gboolean ended = !job->turn || tw_turn_ended(job->turn, deadline);

    for (guint i = 0; i < job->parked->len; i++)
        ended = tw_turn_ended(job->parked->pdata[i], deadline) && ended;
    return ended;
}

/* --- what came out --- */

/* NULL before the end of a computation of this kind. */
static TwCompute *
outcome(TwJob *job, TwComputeKind kind)
{
    tw_error why;
    TwCompute *compute = job->done ? tw_turn_outcome(job->turn, &why) : NULL;

    return compute && compute->kind == kind ? compute : NULL;
}

/* Those that have results. */
static TwCompute *
outcome_of_results(TwJob *job)
{
    TwCompute *c = outcome(job, TW_COMPUTE_RESTORE);

    return c ? c : outcome(job, TW_COMPUTE_MIX);
}

GPtrArray *
tw_job_results(TwJob *job)
{
    TwCompute *c = outcome_of_results(job);

    return c ? c->results : NULL;
}

GPtrArray *
tw_job_uncut(TwJob *job)
{
    TwCompute *c = outcome_of_results(job);

    return c ? c->uncut : NULL;
}

TwBoth
tw_job_both(TwJob *job)
{
    TwCompute *c = outcome(job, TW_COMPUTE_RESTORE);

    return c ? c->both : (TwBoth) { 0 };
}

const tw_report *
tw_job_report(TwJob *job)
{
    TwCompute *c = outcome(job, TW_COMPUTE_RESTORE);

    return c ? &c->report : NULL;
}

double
tw_job_seconds(TwJob *job)
{
    TwCompute *c = outcome(job, TW_COMPUTE_RESTORE);

    return c ? c->seconds : 0;
}

const tw_plan *
tw_job_planned(TwJob *job)
{
    return job->planned ? &job->plan : NULL;
}

const tw_plan *
tw_job_planned_whole(TwJob *job)
{
    return job->whole_planned ? &job->whole_plan : NULL;
}

TwPicture *
tw_job_measured(TwJob *job)
{
    TwCompute *c = outcome(job, TW_COMPUTE_EXPLAIN);

    return c ? c->measured : NULL;
}

TwPicture *
tw_job_misfit(TwJob *job)
{
    TwCompute *c = outcome(job, TW_COMPUTE_EXPLAIN);

    return c ? c->misfit : NULL;
}

const tw_noise *
tw_job_noise(TwJob *job)
{
    const TwCompute *c = outcome(job, TW_COMPUTE_NOISE);

    return c ? &c->noise : NULL;
}

/* --- object --- */

static void
tw_job_finalize(GObject *object)
{
    TwJob *job = TW_JOB(object);

    park(job);
    for (guint i = 0; i < job->parked->len; i++)
        tw_turn_listen(job->parked->pdata[i], NULL, NULL);
    g_ptr_array_unref(job->parked);
    tw_noise_clear(&job->whole_noise);
    G_OBJECT_CLASS(tw_job_parent_class)->finalize(object);
}

static void
tw_job_class_init(TwJobClass *klass)
{
    const GType type = G_TYPE_FROM_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = tw_job_finalize;
    signals[PROGRESS] = g_signal_new(
        "progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
        5, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT);
    signals[ESTIMATE] =
        g_signal_new("estimate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                     G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
    signals[DONE] = g_signal_new("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tw_job_init(TwJob *job)
{
    job->parked =
        g_ptr_array_new_with_free_func((GDestroyNotify) tw_turn_unref);
}
