/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a result does not fit the data. */

#ifndef TW_MISFIT_H
#define TW_MISFIT_H

#include "tasks/task-private.h"

/* Draws the map that explain.h describes, for the result @x, which has the shape
 * of the state. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_misfit(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
                    tw_image *out, tw_run *run);

#endif
