/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tw-job.h"

struct _TwJob {
    GObject parent;
};

G_DEFINE_TYPE(TwJob, tw_job, G_TYPE_OBJECT)

static void
tw_job_class_init(TwJobClass *klass)
{
    g_signal_new("progress", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                 NULL, NULL, NULL, G_TYPE_NONE, 5, G_TYPE_DOUBLE, G_TYPE_DOUBLE,
                 G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT);
    g_signal_new("estimate", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0,
                 NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER,
                 G_TYPE_POINTER);
    g_signal_new("done", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tw_job_init(TwJob *self)
{
    (void) self;
}

TwJob *
tw_job_new(tw_store *store)
{
    (void) store;
    return g_object_new(TW_TYPE_JOB, NULL);
}

void
tw_job_start(TwJob *job, const TwWork *work)
{
    (void) job;
    (void) work;
}

void
tw_job_explain(TwJob *job, const TwWork *work, TwPicture *result,
               const tw_report *report)
{
    (void) job;
    (void) work;
    (void) result;
    (void) report;
}

void
tw_job_measure_noise(TwJob *job, const TwWork *work)
{
    (void) job;
    (void) work;
}

void
tw_job_stop(TwJob *job)
{
    (void) job;
}

void
tw_job_cancel(TwJob *job)
{
    (void) job;
}

gboolean
tw_job_running(TwJob *job)
{
    (void) job;
    return 0;
}

gboolean
tw_job_wait(TwJob *job, double seconds)
{
    (void) job;
    (void) seconds;
    return 0;
}

GPtrArray *
tw_job_results(TwJob *job)
{
    (void) job;
    return NULL;
}

GPtrArray *
tw_job_uncut(TwJob *job)
{
    (void) job;
    return NULL;
}

const tw_report *
tw_job_report(TwJob *job)
{
    (void) job;
    return NULL;
}

const tw_plan *
tw_job_plan(TwJob *job)
{
    (void) job;
    return NULL;
}

const tw_plan *
tw_job_whole_plan(TwJob *job)
{
    (void) job;
    return NULL;
}

double
tw_job_seconds(TwJob *job)
{
    (void) job;
    return -1;
}

TwPicture *
tw_job_measured(TwJob *job)
{
    (void) job;
    return NULL;
}

TwPicture *
tw_job_misfit(TwJob *job)
{
    (void) job;
    return NULL;
}

gboolean
tw_job_noise(TwJob *job, double *noise, double *shot)
{
    (void) job;
    (void) noise;
    (void) shot;
    return 0;
}

cairo_rectangle_int_t
tw_job_where(const cairo_rectangle_int_t *region, double scale, int width,
             int height)
{
    (void) region;
    (void) scale;
    (void) width;
    (void) height;
    return (cairo_rectangle_int_t) { 0 };
}

double
tw_job_scale(const tw_request *request)
{
    (void) request;
    return -1;
}
