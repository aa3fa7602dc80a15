/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session, and what it has signaled. */

#ifndef TW_SESSION_FIXTURE_H
#define TW_SESSION_FIXTURE_H

#include "check-ui.h"
#include "session/tw-session.h"

enum { WIDTH = 160, HEIGHT = 90 }; /* of the picture */

typedef struct watch {
    TwSession *session;
    TwPicture *in;
    TwSessionState state; /* to wait for */
    guint generation;     /* of the estimates that may come */
    int changed, estimates, applied, explained, noises;
    TwPicture *estimate;
    cairo_rectangle_int_t where;
    tw_noise noise;
} watch;

/* Made and freed by main(). */
extern tw_store *store;

/* A region. */
extern const cairo_rectangle_int_t middle;

/* A change starts a run in the next turn of the main loop. */
void watch_init(watch *w);
/* After closing nothing comes any more. */
void watch_clear(watch *w);

/* Sets the request with these words. */
void set(watch *w, const char *words);

void wait_for(watch *w, TwSessionState state);
/* For check_ui_wait(): of a watch. */
gboolean has_estimate(gpointer data);

/* Are the results those of tw_restore()? */
void assert_result(watch *w, const char *words, const TwPicture *mask);

#endif
