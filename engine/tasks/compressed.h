/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures that were JPEG files: the task's own degradation, and then JPEG's. With
 * jpeg=auto the file's own coefficients are the measurement, as long as the picture
 * is what the file decodes to. With a quality, and in a task that is for JPEG, they
 * are also found in the pixels. Of tasks without holes, and of pictures that are known
 * everywhere.
 */

#ifndef TW_COMPRESSED_H
#define TW_COMPRESSED_H

#include "tasks/pixels.h"

/* Before the picture is seen: is there a file that may be its JPEG? */
void tw_job_expect_jpeg(tw_job *job);

/* Sets job->jpeg and job->jpeg_noise, or leaves them NULL and 0: there is no JPEG, or
 * it does not matter beside the noise. In a run that only sizes: what is expected.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED, and with TW_ERR_ARGUMENT where the task
 * cannot do without. */
tw_status tw_job_find_jpeg(tw_job *job, const tw_image *in, const tw_pixels *p,
                           tw_run *run);

/* Puts every coefficient of the degraded @x, which is @x itself, into its cell, as far
 * as pixels within reach allow; unless there is noise as well, or no JPEG.
 * Fails with TW_CANCELLED. */
tw_status tw_job_fit_cells(const tw_job *job, tw_tensor *x, tw_run *run);

/* report->cells: the share of the coefficients of the degraded result @x that are in
 * their cells, of the worst result. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_job_count_cells(const tw_job *job, const tw_tensor *x,
                             tw_report *report, tw_run *run);

#endif
