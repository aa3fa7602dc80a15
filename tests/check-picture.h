/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures and requests for the tests of tasks. */

#ifndef TW_CHECK_PICTURE_H
#define TW_CHECK_PICTURE_H

#include "check.h"
#include "operators/operator.h"
#include "tweedie.h"

/* A copy of a part of a photograph of golden/crops.safetensors, 96 x 96, opaque;
 * freed by check_picture_free(). */
tw_image check_photo(const char *name, int left, int top, int width,
                     int height);
tw_image check_picture(int width, int height); /* gray 0.5, opaque */
tw_image check_picture_copy(const tw_image *picture);
void check_picture_free(tw_image *picture);

/* What @op makes of @in, not rounded. */
tw_image check_degraded(const tw_operator *op, const tw_image *in, int width,
                        int height);

/* Adds normal noise of this deviation to R, G and B; not clamped. */
void check_picture_noise(tw_image *picture, double deviation, uint64_t seed);

/* Less contrast: 0.05 to 0.95, so that nothing counts as clipped. */
void check_picture_soften(tw_image *picture);

/* Are all floats the same, bit for bit? */
gboolean check_picture_equal(const tw_image *a, const tw_image *b);

/* Root mean square difference of R, G and B. */
double check_picture_distance(const tw_image *a, const tw_image *b);

/* "deblur sigma=2 noise=0.01"; aborts the test at a bad word. */
tw_request *check_request(const char *words);

/* A key set to a text that must be accepted. */
void check_set(tw_request *request, const char *key, const char *text);

/* The store of the model that comes with the program; one for all tests. */
tw_store *check_store(void);

/* One of a small network with made-up weights, for tests that run very often.
 * Freed by the caller. */
tw_store *check_small_store(void);

/* Plans and runs @request, with the seed and threads that it names, within the
 * plan's memory. @out: plan.results pictures, made here unless @status is a
 * failure; freed by the caller. @report may be NULL. */
tw_status check_restore(const tw_request *request, const tw_image *in,
                        tw_image *out, tw_report *report, tw_error *err);

/* The one result of @words for @in, which must come; freed by the caller. @mask and
 * @report may be NULL. */
tw_image check_restored(const char *words, const tw_image *in,
                        const tw_image *mask, tw_report *report);

/* A restoration by one thread, for check_every_allocation(). */
typedef struct check_job {
    tw_store *store;
    tw_request *request;
    tw_image in, out;
} check_job;

tw_status check_job_run(void *job);

/* Frees all of it. */
void check_job_clear(check_job *job);

#endif
