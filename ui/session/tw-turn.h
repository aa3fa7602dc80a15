/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One computation, its thread, and the one report that waits for the main loop.
 *
 * Counted: the job holds a turn, the thread holds it until it ends, and so does
 * the report on its way. Nobody joins the thread; the last to let go frees all.
 */

#ifndef TW_TURN_H
#define TW_TURN_H

#include "session/tw-compute.h"

G_BEGIN_DECLS

typedef struct TwTurn TwTurn;

/* A report; of several that were not delivered yet, the last. */
typedef struct TwFrame {
    double fraction, seconds_left;
    const char *phase; /* static; NULL: nothing new */
    int step, steps;
    TwPicture *estimate; /* NULL: nothing new */
    cairo_rectangle_int_t where;
    gboolean planned, whole_planned;
    tw_plan plan, whole_plan;
} TwFrame;

/* In the main loop. @ended: the last one, tw_turn_outcome() is there. */
typedef void (*TwTurnFunc)(TwTurn *turn, const TwFrame *frame, gboolean ended,
                           gpointer user_data);

/* Starts when @before (may be NULL) has ended. Takes over what is in @compute;
 * @given: FALSE if there was no memory for it. Reports to the main context that
 * is the default of the calling thread. */
TwTurn *tw_turn_start(TwCompute *compute, gboolean given, TwTurn *before,
                      TwTurnFunc func, gpointer user_data);
TwTurn *tw_turn_ref(TwTurn *turn);
void tw_turn_unref(TwTurn *turn);

/* --- main thread --- */

void tw_turn_stop(TwTurn *turn);   /* see tw_run_stop() */
void tw_turn_cancel(TwTurn *turn); /* sets a flag */

/* Who is told from now on; NULL: nobody. */
void tw_turn_listen(TwTurn *turn, TwTurnFunc func, gpointer user_data);

/* Has the thread ended? Waits for it until @deadline of the monotonic clock. */
gboolean tw_turn_ended(TwTurn *turn, gint64 deadline);

/* After the end: what came out, and TW_OK or why not. */
TwCompute *tw_turn_outcome(TwTurn *turn, tw_error *why);

G_END_DECLS

#endif
