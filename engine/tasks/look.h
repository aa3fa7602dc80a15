/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a result look like a photograph? The second answer of a verdict, see
 * verdict.h. */

#ifndef TW_LOOK_H
#define TW_LOOK_H

#include "tasks/task-private.h"

/* 192 x 192 pixels: with fewer windows (spectrum.h), chance decides. */
enum { TW_LOOK_WINDOWS = 25 };

/* Does the look of this job's results cost an evaluation each? */
bool tw_look_possible(const tw_job *job);

/* How the result @x looks, and detail and figures of @report. Its evaluation is
 * counted as a check. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_look_at(const tw_job *job, const tw_tensor *x, tw_report *report,
                     tw_look *look, tw_run *run);

#endif
