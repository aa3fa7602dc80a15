/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Does the result explain the picture that was given?
 *
 * A(result) is computed again and compared with the data, in units of the noise
 * (at least one level of 8 bits): 1 is what noise alone would give.
 */

#ifndef TW_CERTIFICATE_H
#define TW_CERTIFICATE_H

#include "tasks/task-private.h"

/* Raises consistency and worst of @report to those of the result @x, with their
 * limit. Values of @y that are not known do not count, and those at black or white
 * (clipped) only where the result is far inside of that. Fails with
 * TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_certify(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
                     tw_report *report, tw_run *run);

/* (A x - y)^2 for each value of @y, in units of the noise squared; -1 where the
 * value does not count. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_certify_squares(const tw_job *job, const tw_tensor *y,
                             const tw_tensor *x, tw_tensor *squares,
                             tw_run *run);

/* What a difference is measured in where shot noise is not: the noise, with the
 * rounding to 8 bits; in units of y. */
double tw_certify_unit(const tw_job *job);

/* Is value @at of @y known, and not clipped? At black and white the truth may lie
 * beyond. */
bool tw_certify_counts(const tw_job *job, const tw_tensor *y, int64_t at);

/* The warning that belongs to the figures, or none. */
void tw_certify_warn(tw_report *report);

#endif
