/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the tries share. */

#ifndef TW_TRIES_PRIVATE_H
#define TW_TRIES_PRIVATE_H

#include "kernel/tw-tries.h"
#include "kernel/tw-try-kind.h"

G_BEGIN_DECLS

/* Where one was before. */
typedef struct Past {
    double values[2];
    int level;
} Past;

struct _TwTries {
    GObject parent;
    TwSession *session;
    GObject *settings;
    gboolean active;

    const TwTryKind *kind; /* NULL: nothing to vary */
    double center[2];      /* the present values */
    int level;             /* how often the steps were halved */
    GArray *past;          /* of Past */

    TwTry tries[TW_TRIES_MOST];
    int count, running; /* running: an index, or -1 */
    guint generation;   /* of the session, that the tries are for */
    gboolean taken;     /* its next generation comes from here */
    cairo_rectangle_int_t part;
};

/* Values around the center; what a try of the same values showed is kept. */
void tw_tries_lay_out(TwTries *tries);

/* The next one, if it is time for that. */
void tw_tries_compute(TwTries *tries);
void tw_tries_stop(TwTries *tries);
void tw_tries_tell(TwTries *tries); /* "changed" */

/* Are these the present values? */
gboolean tw_tries_is_center(const TwTries *tries, const TwTryKind *kind,
                            const double *values);

G_END_DECLS

#endif
