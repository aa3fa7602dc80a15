/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Large holes (fill=): first filled with what the picture shows elsewhere, then
 * gone over by the network at low levels, so that seams and grain agree.
 */

#ifndef TW_HOLES_H
#define TW_HOLES_H

#include "tasks/task-private.h"

extern const char *const tw_holes_fills[]; /* choices of fill= */

/* Sets self, holes and around of the job; auto: if a hole of the mask is deeper
 * than @large pixels, and enough is left to fill it from. Fails with
 * TW_ERR_MEMORY, TW_ERR_ARGUMENT if fill=self is not possible. */
tw_status tw_holes_lay_out(tw_job *job, tw_box holes, int large, tw_error *err);

/* Steps that filling reports: each takes about as long as one of the solver. */
int tw_holes_steps(const tw_job *job);

/* Takes less memory: a smaller surrounding, or for auto none; false: nothing is
 * left to save. */
bool tw_holes_save(tw_job *job);

/* Steps and levels of the network after it. */
void tw_holes_tune(tw_job *job);

/* See task-private.h. Fails with TW_ERR_ARGUMENT if fill=self is not possible. */
tw_status tw_holes_complete(const tw_job *job, const tw_image *in, tw_tensor *x,
                            bool *done, tw_run *run);

#endif
