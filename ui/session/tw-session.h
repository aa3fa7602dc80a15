/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop behind every dialog: settings change, a region is computed in the
 * background and shown as it gets better, and Apply computes the rest.
 *
 * Everything here belongs to the thread of the main loop. Nothing blocks: pixels
 * are only touched in the worker (tw-job.h). Signals come from the main loop,
 * never from inside a function that is called here.
 *
 * A session counts generations: each change begins a new one and silences the one
 * before, so that nothing stale is ever signaled.
 */

#ifndef TW_SESSION_H
#define TW_SESSION_H

#include "session/tw-job.h"

G_BEGIN_DECLS

typedef enum {
    TW_SESSION_IDLE,    /* nothing to do: no request yet, or paused */
    TW_SESSION_WAITING, /* something changed; starts after the delay */
    TW_SESSION_WORKING,
    TW_SESSION_DONE,     /* results of the region */
    TW_SESSION_STOPPED,  /* the same, ended early by tw_session_stop() */
    TW_SESSION_FAILED,   /* see tw_session_error() */
    TW_SESSION_APPLYING, /* the whole is being computed */
    TW_SESSION_APPLIED   /* results of the whole */
} TwSessionState;

#define TW_TYPE_SESSION (tw_session_get_type())
G_DECLARE_FINAL_TYPE(TwSession, tw_session, TW, SESSION, GObject)

/*
 * Property
 *   delay (guint, ms, 300): from the last of many changes to the start
 *
 * Signals
 *   changed   (): state, progress or text; at most every 50 ms
 *   estimate  (TwPicture *picture, cairo_rectangle_int_t *where): how the result
 *             looks so far, and last of all the first result itself; where: in
 *             pixels of the result of the whole picture
 *   explained (): tw_session_misfit() and tw_session_measured() are there, or
 *             NULL if it failed
 *   noise     (const tw_noise *noise): see tw_measure_noise(); NULL if it could
 *             not be measured
 *   applied   (): the results are of the whole picture
 *   tried     (TwPicture *picture): of tw_session_try(); NULL: it failed
 */

/* @store: as for tw_job_new(). */
TwSession *tw_session_new(tw_store *store, TwPicture *in);

/* --- what to compute: each begins a new generation if it changes anything --- */

/* Copied. NULL: none, as at first. */
void tw_session_set_request(TwSession *session, const tw_request *request);
void tw_session_set_mask(TwSession *session, TwPicture *mask);     /* or NULL */
void tw_session_set_kernel(TwSession *session, TwPicture *kernel); /* or NULL */

/* In pixels of the input, clipped to it. NULL or empty: the whole. */
void tw_session_set_region(TwSession *session,
                           const cairo_rectangle_int_t *region);

/* No automatic start: settings that are not valid, an empty mask. What runs is
 * cancelled. The sentence (translated, or NULL) is the text meanwhile. */
void tw_session_set_paused(TwSession *session, gboolean paused);
void tw_session_set_problem(TwSession *session, const char *sentence);

/* --- what to do --- */

/* Stop and keep: the estimate of this step becomes the result. */
void tw_session_stop(TwSession *session);

/* Computes again, at once, although nothing changed. */
void tw_session_restart(TwSession *session);

/* The results for the whole picture, also when paused: those that are there if
 * the region is the whole and nothing changed since (stopped ones, too), those
 * that are being computed, or new ones. Then "applied"; or state FAILED. */
void tw_session_apply(TwSession *session);

/* Back to the preview, with the results that it had. */
void tw_session_cancel_apply(TwSession *session);

/* Cancels and silences everything, for good. */
void tw_session_close(TwSession *session);

/* After tw_session_close(): waits for the threads, at most so long, and says
 * whether the store may be freed. Blocks: for the end of the process. */
gboolean tw_session_wait(TwSession *session, double seconds);

/* Misfit and measured part of the result @index; needs results. */
void tw_session_explain(TwSession *session, guint index);

/* Of the whole picture. */
void tw_session_measure_noise(TwSession *session);

/* Restores @part of the input by @request instead of the session's own, and tells
 * by "tried". Whatever the session has to compute comes first: FALSE while its
 * results are not there, and if they go, this is cancelled and never told. One at
 * a time: another one takes its place. */
gboolean tw_session_try(TwSession *session, const tw_request *request,
                        const cairo_rectangle_int_t *part);
void tw_session_cancel_try(TwSession *session);

/* --- how far it is --- */

TwSessionState tw_session_state(TwSession *session);

/* Are there results of these settings, and nothing more to compute? */
gboolean tw_session_is_settled(TwSession *session);
double tw_session_fraction(TwSession *session);   /* 0…1 */
int tw_session_steps(TwSession *session);         /* 0: not known yet */
const char *tw_session_phase(TwSession *session); /* translated, or "" */
const char *tw_session_error(TwSession *session); /* translated, or "" */
guint tw_session_generation(TwSession *session);

/* One line for the user: "Step 12 of 57, about 21 s left", "Done in 4.2 s", ...;
 * translated; valid until the main loop runs again. */
const char *tw_session_status_text(TwSession *session);

/* Seconds that Apply will take, by the plan and the speed measured in this
 * session; 0 if the results are there; negative: not known yet. */
double tw_session_predict(TwSession *session);

/* What it computes: owned by the session; NULL: nothing yet. */
const tw_request *tw_session_request(TwSession *session);
TwPicture *tw_session_input(TwSession *session);
void tw_session_region(TwSession *session, cairo_rectangle_int_t *region);

/* --- what came out --- */

/* NULL while there are none: in state DONE, STOPPED or APPLIED, and while
 * applying or after a failed Apply those of the preview, there are. Owned by the
 * session. */
GPtrArray *tw_session_results(TwSession *session); /* of TwPicture */

/* Of a mixture that no run made it has no verdict and no consistency. */
const tw_report *tw_session_report(TwSession *session);

/* Where the result of the region lies in the result of the whole, and the size
 * of results by that of inputs. */
void tw_session_where(TwSession *session, cairo_rectangle_int_t *where);
double tw_session_scale(TwSession *session);

/* Of the result last explained, at tw_session_where(); NULL: not there. */
TwPicture *tw_session_misfit(TwSession *session);
TwPicture *tw_session_measured(TwSession *session);

G_END_DECLS

#endif
