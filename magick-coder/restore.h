/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One image from the host through the engine; nothing is written until all
 * images of the list are done.
 */

#ifndef TM_RESTORE_H
#define TM_RESTORE_H

#include <MagickCore/MagickCore.h>

#include "masks.h"
#include "options.h"
#include "pixels.h"

typedef struct tm_job {
    Image *image; /* borrowed: the host's */
    tw_report report;
    int count;
    tm_result *results;
} tm_job;

/* Restores job->image into job->results. Free with tm_job_clear(), also after a
 * failure. False: the reason is in @exception. */
bool tm_job_run(tm_job *job, const tm_options *options, const tm_masks *masks,
                tw_store *store, ExceptionInfo *exception);
void tm_job_clear(tm_job *job);

/* Writes the results: the first into the image, the others behind it. */
bool tm_job_commit(tm_job *job, const tm_options *options,
                   ExceptionInfo *exception);

#endif
