/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small tries around the present blur: a part of the picture, restored with
 * values a little above and below those that are set. Whoever looks takes what
 * looks best, which becomes the new value; the next tries are half as far from
 * it, until differences cannot be seen.
 *
 * What is varied: length and angle of a motion blur (nine tries), sigma of a
 * Gaussian one or the radius of a lens out of focus (three). Tries are computed
 * one after the other, in few steps, while the session has nothing to do for the
 * preview (tw_session_try()); any change of its settings begins anew.
 *
 * Signal
 *   changed (): tries have come or gone, or are others
 */

#ifndef TW_TRIES_H
#define TW_TRIES_H

#include "session/tw-session.h"

G_BEGIN_DECLS

enum {
    TW_TRIES_MOST = 9,
    TW_TRIES_COLUMNS = 3,
    TW_TRIES_SIDE = 112 /* of the part, pixels of the input */
};

/* A restoration with other values. */
typedef struct TwTry {
    double values[2];   /* of the keys that are varied */
    TwPicture *picture; /* of the part; NULL: not there */
    gboolean failed;
} TwTry;

#define TW_TYPE_TRIES (tw_tries_get_type())
G_DECLARE_FINAL_TYPE(TwTries, tw_tries, TW, TRIES, GObject)

/* @settings: has the keys as properties of type double, as a dialog's. */
TwTries *tw_tries_new(TwSession *session, GObject *settings);

TwSession *tw_tries_session(TwTries *tries); /* not a reference of its own */

/* Computes only while active; not, at first. */
void tw_tries_set_active(TwTries *tries, gboolean active);

/* How many there are, in rows of TW_TRIES_COLUMNS: values grow to the right, and
 * angles upward; the one in the middle has the present values. 0: the blur has no
 * values to vary, or tw_tries_are_fine(). */
int tw_tries_count(TwTries *tries);

/* How many there are before they are fine. */
int tw_tries_places(TwTries *tries);
const TwTry *tw_tries_get(TwTries *tries, int index);
gboolean tw_tries_is_present(TwTries *tries, int index);

/* "17.5 px, 31.0°"; to be freed. */
char *tw_tries_text(TwTries *tries, int index);

/* Nearer ones would look the same. */
gboolean tw_tries_are_fine(TwTries *tries);

/* The part of the input that is restored. FALSE: there is none. */
gboolean tw_tries_part(TwTries *tries, cairo_rectangle_int_t *part);

/* Sets the values of this one, and comes nearer. */
void tw_tries_take(TwTries *tries, int index);

/* Sets the values of before the last tw_tries_take(). FALSE: there was none, or
 * other values were set since. */
gboolean tw_tries_can_go_back(TwTries *tries);
void tw_tries_go_back(TwTries *tries);

/* As far from the present values as at first. FALSE: they are. */
gboolean tw_tries_can_start_over(TwTries *tries);
void tw_tries_start_over(TwTries *tries);

G_END_DECLS

#endif
