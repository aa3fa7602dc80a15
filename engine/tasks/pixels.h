/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the host's picture and the tensors of a job. */

#ifndef TW_PIXELS_H
#define TW_PIXELS_H

#include "tasks/task-private.h"

typedef struct tw_pixels {
    tw_tensor *y;
    unsigned char *known; /* per pixel of y: visible and outside of the mask */
    int64_t unknown;      /* how many are not */
    bool gray;            /* R = G = B in all that are known */
    double low, high;     /* known values there or beyond were clipped;
                             -INFINITY and INFINITY: none were */
    double white;         /* the share of known values that is at high */
} tw_pixels;

/* The box of the job from @in, on the run's scratch memory. */
tw_status tw_pixels_read(const tw_job *job, const tw_image *in,
                         tw_pixels *pixels, tw_run *run);

/* Any part of @in: its colors, and a byte per pixel as above. */
void tw_pixels_take(const tw_job *job, const tw_image *in, tw_box box,
                    tw_tensor *x, unsigned char *known);

/* Sets low, high and white by the known values: clipped are those at black or
 * white, unless others lie beyond. */
void tw_pixels_limits(tw_pixels *pixels);

/* y = 0 where it is not known. */
void tw_pixels_hide(tw_pixels *pixels);

/* Is there anything to restore, in a visible pixel? */
bool tw_pixels_any(const tw_job *job, const tw_image *in);

/* The report when there is not. */
void tw_pixels_nothing(const tw_job *job, tw_report *report);

/* @out = @in, of the same size; they may be the same. */
void tw_pixels_copy(const tw_image *in, tw_image *out);

/* @out = @in with @result (job->result's size; NULL: nothing) in its place.
 * Alpha, pixels under alpha 0 and those outside of the mask are those of @in,
 * bit for bit, where the size stays; else alpha is interpolated. */
void tw_pixels_write(const tw_job *job, const tw_image *in,
                     const tw_tensor *result, tw_image *out);

#endif
