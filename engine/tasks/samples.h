/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of the solver that a request asks for: one, several results, or
 * several whose mean is the result. */

#ifndef TW_SAMPLES_H
#define TW_SAMPLES_H

#include "data/data.h"
#include "tasks/pixels.h"

enum { TW_MOST_RESULTS = 16 };

/* What the phases of a run pass on. */
typedef struct tw_samples {
    tw_job *job;
    const tw_image *in; /* NULL in a run that only sizes */
    tw_pixels pixels;
    tw_data gaussian; /* the data term, if nothing is clipped */
    tw_data_clipped clipped;
    const tw_data *data; /* one of the two */
    tw_tensor *x, *mean; /* mean: if the job averages or mixes */
    tw_tensor *begun;    /* what both start from, if the job fills and mixes */
    tw_tensor *results[TW_MOST_RESULTS];
    tw_tensor *faithful[TW_MOST_RESULTS]; /* to mix with them; or NULL */
    double *sigma;                        /* room for all levels */
    double from;    /* the share of the whole that is done when they begin */
    double pace;    /* steps for each usual one; 0: as usual */
    double started; /* see tw_seconds_now() */
    int done;       /* samples, the stopped one included */
    double share;   /* of the steps of the last one, 0…1 */
    tw_report *report;
} tw_samples;

/* All that there is to compute: from the pixels to results[] and the report. */
tw_status tw_samples_compute(tw_samples *w, tw_run *run);

/* The results as pictures. @faithful: as in tw_restore_both(), or NULL. In a run
 * that only sizes both are NULL. */
tw_status tw_samples_write(const tw_samples *w, tw_image *faithful,
                           tw_image *out, tw_run *run);

/* time=: sets the pace by what a step takes; else does nothing. */
tw_status tw_samples_time(tw_samples *w, tw_run *run);

/* Fills results[], and in the report what is known of them. */
tw_status tw_samples_all(tw_samples *w, tw_run *run);

/* Of the monotonic clock. */
double tw_seconds_now(void);

#endif
