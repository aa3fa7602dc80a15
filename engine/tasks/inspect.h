/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a dialog shows before the start: the noise of a picture, the kernel. */

#ifndef TW_INSPECT_H
#define TW_INSPECT_H

#include "noise/noise.h"
#include "tasks/task.h"

/* What noise=auto would be for this picture, whatever noise= of the request
 * says, and the shot= that goes with it: measured if the request has shot=auto.
 * Both are fractions of the full range, as the keys. A task that takes its data as
 * exact (inpaint, upscale) has the rounding to 8 bits; then @noise has no fine,
 * coarse and color noise.
 * Needs no model. Fails with TW_ERR_ARGUMENT, TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_measure_noise(const tw_request *request, tw_store *store,
                           const tw_image *in, tw_noise *noise, tw_run *run);

/* The longer side of the kernel of a request for deblurring, of any kind, in
 * pixels: odd; with kernel=auto, the longest that is looked for. Fails as the plan would, and with TW_ERR_ARGUMENT for the other
 * tasks. */
tw_status tw_kernel_side(const tw_request *request, int *side, tw_error *err);

/* The kernel as a picture: its weights as R = G = B, the largest being 1, in the
 * middle of @out, which has that side in both directions; alpha is 1. Weights
 * below 0, of a kernel from a file, stay so. Fails as tw_kernel_side(), and with
 * kernel=auto, which is not known before a run. */
tw_status tw_kernel_draw(const tw_request *request, tw_image *out,
                         tw_error *err);

/* The same for a blur that was found: the least odd side that holds all of it,
 * and its picture of that side. */
int tw_found_side(const tw_found *found);
tw_status tw_found_draw(const tw_found *found, tw_image *out, tw_error *err);

#endif
