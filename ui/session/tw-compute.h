/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a thread of a job does: calls of the engine, and the pixels before and
 * after. Plain C, in whatever thread; no signals, no locks.
 */

#ifndef TW_COMPUTE_H
#define TW_COMPUTE_H

#include "session/tw-both.h"
#include "session/tw-crop.h"
#include "session/tw-job.h"
#include "session/tw-noise.h"

G_BEGIN_DECLS

typedef enum {
    TW_COMPUTE_RESTORE,
    TW_COMPUTE_MIX,
    TW_COMPUTE_EXPLAIN,
    TW_COMPUTE_NOISE
} TwComputeKind;

/* All that one computation is given, and all that it leaves. */
typedef struct TwCompute {
    /* given */
    TwComputeKind kind;
    tw_store *store;
    tw_request *request;
    TwPicture *in, *mask, *kernel;
    cairo_rectangle_int_t region; /* of in; width 0: all */
    TwPicture *result;            /* to explain, with its margin */
    TwBoth both;                  /* to mix, with their margins; or left */
    double detail;                /* to mix by, 0…1 */
    gboolean keep_both;           /* of a restoration, if there are two */
    tw_report report;             /* to explain; and of a restoration */

    TwNoise whole_noise; /* given if known, and left */

    /* in between */
    TwPicture *part, *part_mask; /* of in and mask: the crop */
    TwCrop crop;
    gint64 loop_began; /* monotonic; 0: the solver has not begun */

    /* left */
    gboolean planned, whole_planned;
    tw_plan plan, whole_plan;
    GPtrArray *results, *uncut;
    double seconds; /* of the solver */
    TwPicture *measured, *misfit;
    tw_noise noise;
} TwCompute;

/* @work: as for tw_job_start(). FALSE: out of memory. */
gboolean tw_compute_init(TwCompute *compute, TwComputeKind kind,
                         tw_store *store, const TwWork *work);
void tw_compute_clear(TwCompute *compute);

/* What the run needs: seed, threads and memory limit of the request. */
tw_run_config tw_compute_config(const TwCompute *compute);

/* Blocks until done; the reason of a failure is in the run. */
tw_status tw_compute(TwCompute *compute, tw_run *run);

G_END_DECLS

#endif
