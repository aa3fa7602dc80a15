/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the two answers of a verdict, see verdict.h. */

#ifndef TW_JUDGE_H
#define TW_JUDGE_H

#include "tasks/task-private.h"

/* Judges the result @x of @y, whose consistency is in @report: fit, misfit, look,
 * detail, found, figures; the worst answers of several results. Fails with
 * TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_judge(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
                   tw_report *report, tw_run *run);

#endif
