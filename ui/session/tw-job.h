/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One computation in a thread of its own.
 *
 * All functions are called, and all signals are emitted, in one thread: that of
 * the main loop which was the default of the thread that called tw_job_new().
 *
 * A job computes one thing at a time. Starting it again, or dropping the last
 * reference, cancels what runs and silences it, so that a handler never sees a
 * stale result. Nothing here waits for a thread (but tw_job_wait()): one that was
 * cancelled looks at its flag between the layers of the network and ends by
 * itself; what it holds is freed then. The next one begins when it has ended, so
 * that two never compete for memory and processors.
 */

#ifndef TW_JOB_H
#define TW_JOB_H

#include <gio/gio.h>

#include "session/tw-both.h"
#include "session/tw-picture.h"

G_BEGIN_DECLS

/*
 * What to compute. Region: the part of @in to restore, in pixels of @in; width 0:
 * all of it. What is around the region counts, too: TW_JOB_MARGIN pixels on each
 * side are restored with it and cut off, so that what comes out is close to this
 * part of the whole result; noise=auto is what it is for the whole. (The noise
 * that a sampling style starts from does depend on what is computed.)
 */
typedef struct TwWork {
    const tw_request *request;     /* its own pictures do not count */
    TwPicture *in, *mask, *kernel; /* mask and kernel may be NULL */
    cairo_rectangle_int_t region;
    gboolean
        both; /* keeps the two pictures of a run with detail: tw_job_both() */
} TwWork;

enum { TW_JOB_MARGIN = 32 };

#define TW_TYPE_JOB (tw_job_get_type())
G_DECLARE_FINAL_TYPE(TwJob, tw_job, TW, JOB, GObject)

/*
 * Signals; rectangles are in pixels of the result of the whole picture.
 *
 *   progress (double fraction, double seconds_left, const char *phase,
 *             int step, int steps)
 *      fraction 0…1; seconds_left negative: not known; phase translated; step:
 *      done so far, of steps, 0: not known yet
 *   estimate (TwPicture *estimate, cairo_rectangle_int_t *where)
 *      how the result looks so far, at most ten times a second
 *   done     (GError *error)
 *      NULL: fine; G_IO_ERROR_CANCELLED: the cancelled thread has ended; else
 *      the engine's sentence, domain TW_ERROR (tw-property.h)
 *
 * However fast the thread is, at most one report waits for the main loop; a later
 * one replaces it.
 */

/* @store lives until tw_job_wait() said that no thread is left, or to the end of
 * the process. */
TwJob *tw_job_new(tw_store *store);

/* Each starts anew; what is needed of @work is copied or referenced. */
void tw_job_start(TwJob *job, const TwWork *work); /* tw_restore() */

/* Another mixture, 0…1, of tw_job_both() of a job that was started with the same
 * @work but for detail=. */
void tw_job_start_mix(TwJob *job, const TwWork *work, const TwBoth *both,
                      double detail);

/* tw_explain() of @result, an element of tw_job_uncut() of a job that was started
 * with the same @work, and its report. */
void tw_job_start_explain(TwJob *job, const TwWork *work, TwPicture *result,
                          const tw_report *report);

/* What noise=auto would be for all of @in. */
void tw_job_start_noise(TwJob *job, const TwWork *work);

/* Stop and keep: done soon, with the estimate of the step that it is in. */
void tw_job_stop(TwJob *job);

/* No more reports; done with G_IO_ERROR_CANCELLED when the thread has ended. */
void tw_job_cancel(TwJob *job);

gboolean tw_job_running(TwJob *job); /* started, and done not yet emitted */

/* Waits until all threads of the job that were cancelled have ended, at most this
 * long: for the end of the process. FALSE: some still run. */
gboolean tw_job_wait(TwJob *job, double seconds);

/* --- after done without error; NULL before --- */

/* Of tw_job_start() and tw_job_start_mix(): TwPictures of the region, or those that were stopped early;
 * and the same with their margins (the same pictures if the region is all). */
GPtrArray *tw_job_results(TwJob *job);
GPtrArray *tw_job_uncut(TwJob *job);
const tw_report *tw_job_report(TwJob *job); /* of tw_job_start() */

/* Of tw_job_start(): what the results are mixed of, with margins; lists of NULL
 * if there is one picture only. */
TwBoth tw_job_both(TwJob *job);

/* What was computed, and all of the picture for the same request: known from the
 * first report on, NULL before. */
const tw_plan *tw_job_planned(TwJob *job);
const tw_plan *tw_job_planned_whole(TwJob *job);

/* Seconds that the solver took, without loading the model. */
double tw_job_seconds(TwJob *job);

/* Of tw_job_start_explain(): of the region, see tasks/explain.h. */
TwPicture *tw_job_measured(TwJob *job);
TwPicture *tw_job_misfit(TwJob *job);

/* Of tw_job_start_noise(), until the next start. NULL: not done. */
const tw_noise *tw_job_noise(TwJob *job);

G_END_DECLS

#endif
