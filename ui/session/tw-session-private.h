/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a session share. */

#ifndef TW_SESSION_PRIVATE_H
#define TW_SESSION_PRIVATE_H

#include "session/tw-crop.h"
#include "session/tw-session.h"

G_BEGIN_DECLS

/* Results that are there, and what they are of. */
typedef struct TwShown {
    GPtrArray *results, *uncut; /* NULL: none */
    TwBoth both;                /* what they are mixed of, or NULL */
    double detail;              /* by this; or they soon are */
    double judged;              /* the report is of this detail */
    tw_report report;
    tw_report unjudged; /* of any other: without consistency and verdict */
    tw_plan plan;
    cairo_rectangle_int_t region; /* of the input */
    gboolean whole;               /* uncut is all of it */
    TwPicture *misfit, *measured;
} TwShown;

struct _TwSession {
    GObject parent;
    tw_store *store;
    TwPicture *in;
    TwJob *job, *mixer, *explainer, *meter, *trier;
    gboolean closed;

    /* what to compute */
    tw_request *request; /* NULL: none yet */
    TwPicture *mask, *kernel;
    cairo_rectangle_int_t region; /* never empty */
    gboolean paused;
    char *problem; /* NULL: none */
    guint delay, timer, generation;

    /* how far it is */
    TwSessionState state;
    double fraction, seconds_left;
    int step, steps;
    char *phase, *error, *text; /* never NULL */
    gboolean planned, whole_planned;
    tw_plan plan, whole_plan;
    double rate; /* multiply-adds per second; 0: not known */

    /* what came out */
    TwShown shown;
    gboolean keeps_both;  /* the last run was told to */
    double job_detail;    /* what its results are mixed by */
    gboolean adopted;     /* Apply waits for the preview's own run */
    guint applied_source; /* of an Apply that had nothing to compute */

    guint changed_source;
    gint64 changed_at;
};

/* --- tw-session.c --- */

void tw_session_touch(TwSession *session); /* "changed", soon */
void tw_session_set_state(TwSession *session, TwSessionState state);
void tw_session_set_text(char **slot, const char *text); /* NULL is "" */
cairo_rectangle_int_t tw_session_whole(const TwSession *session);
TwWork tw_session_work(const TwSession *session,
                       const cairo_rectangle_int_t *region);

/* --- tw-session-run.c --- */

/* Connects the reports of the jobs. */
void tw_session_listen(TwSession *session);
void tw_session_clear_sources(TwSession *session);
void tw_session_drop_results(TwSession *session);

/* What was computed does not count any more. */
void tw_session_invalidate(TwSession *session);

/* "estimate", of the first result. */
void tw_session_show_result(TwSession *session);

/* Apply has results of the whole: "applied", soon. */
void tw_session_finish_apply(TwSession *session);

/* --- tw-session-mix.c --- */

void tw_session_listen_mix(TwSession *session);

/* Does @request, in which only the detail is another, need no run of its own? */
gboolean tw_session_can_mix(const TwSession *session,
                            const tw_request *request);

/* Are the results those of the detail that is asked for, or soon? */
gboolean tw_session_is_mixed(const TwSession *session);
void tw_session_mix(TwSession *session);

/* --- tw-session-aside.c --- */

void tw_session_listen_aside(TwSession *session);
void tw_session_drop_explanation(TwSession *session);

G_END_DECLS

#endif
