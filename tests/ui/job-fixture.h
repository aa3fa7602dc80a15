/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job, and what came of it so far. */

#ifndef TW_JOB_FIXTURE_H
#define TW_JOB_FIXTURE_H

#include "check-ui.h"
#include "session/tw-job.h"

typedef struct watch {
    TwJob *job;
    GThread *main;
    int progress, estimates, done;
    int least_steps; /* of a report */
    double fraction;
    TwPicture *estimate; /* the last */
    cairo_rectangle_int_t where;
    GError *error;

    int act_at; /* report at which to act; 0: never */
    void (*act)(struct watch *w);
} watch;

/* Made and freed by main(). */
extern tw_store *store;

/* Words of requests that take little time. */
extern const char *const quick[5];

void watch_init(watch *w);
/* No thread is left that uses the store. */
void watch_clear(watch *w);

/* For check_ui_wait(): of a watch; and nobody else holds this picture. */
gboolean is_done(gpointer data);
gboolean is_alone(gpointer data);

void start(watch *w, const char *words, TwPicture *in, TwPicture *mask,
           const cairo_rectangle_int_t *region);
/* The same for a new watch, and to its end without error. */
void compute(watch *w, const char *words, TwPicture *in, TwPicture *mask,
             const cairo_rectangle_int_t *region);

#endif
