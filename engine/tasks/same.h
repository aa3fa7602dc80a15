/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tasks have in common whose picture keeps its size, and whose data are the
 * picture itself: see tw_task_class. */

#ifndef TW_SAME_H
#define TW_SAME_H

#include "tasks/task-private.h"

tw_status tw_same_lay_out(tw_job *job, tw_error *err);
tw_operator *tw_same_make(const tw_job *job, const unsigned char *known);
tw_status tw_same_guess(const tw_job *job, const tw_tensor *y, tw_tensor *x,
                        tw_run *run);

/* Into the cells of a JPEG, if there is one. */
tw_status tw_same_fit(const tw_job *job, const tw_tensor *y, tw_tensor *x,
                      tw_run *run);

#endif
