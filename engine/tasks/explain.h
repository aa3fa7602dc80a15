/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person may want to see about a result: where it comes from, and where it
 * does not fit. */

#ifndef TW_EXPLAIN_H
#define TW_EXPLAIN_H

#include "tasks/task.h"

/*
 * @in and @result: as given to and written by tw_restore() for the same request;
 * @report: the one of that run, whose noise is used. @measured and @misfit:
 * pictures of the size of @result, or NULL: not wanted.
 *
 * @measured: the part of the result that the data fix. result - measured is what
 * the model invented, so the two add up to the result. In R'G'B', with mid gray
 * (0.5) where the data say nothing; alpha is that of the result.
 *   inpaint: the known pixels as they are, 0.5 in the holes.
 *   deblur, upscale: argmin |A x - A result|^2 + rho |x|^2, which is
 *     (A^T A + rho)^-1 A^T A result for a linear A, with rho = (noise / standard
 *     deviation of what the model was trained on)^2: the posterior mean for a
 *     prior that knows nothing but this deviation (Hansen 1998, "Rank-deficient
 *     and discrete ill-posed problems": filter factors and resolution matrix of
 *     Tikhonov's method). 0 is mid gray. Noise counts as at least 1/2000 of the
 *     range: without any, rounding would be blown up.
 *   denoise: what Wiener's filter keeps, S / (S + noise^2) at each spatial
 *     frequency, S the power that the result has at frequencies as high (Wiener
 *     1949). The mean is always kept.
 *
 * @misfit: |A result - input| in units of the noise, those of
 * tw_report.consistency (1: what noise alone gives): the root of the mean square
 * over R, G, B and a window of 16 x 16 pixels of the input, as R = G = B, not
 * bounded; black and white values do not count. Alpha is 1, or 0 where nothing
 * was measured: holes and transparent pixels, windows that are all black or
 * white, the rim of a blurred picture, which holds light from outside of the
 * frame. In upscaling each pixel of the input covers its part of the result.
 *
 * On failure the two pictures hold nothing of use; they must not be @in or
 * @result. Takes what the plan says (explain_bytes), or fails before the start with
 * TW_ERR_MEMORY; else with TW_ERR_ARGUMENT, TW_CANCELLED. The same bytes for any
 * number of threads.
 */
tw_status tw_explain(const tw_request *request, tw_store *store,
                     const tw_image *in, const tw_image *result,
                     const tw_report *report, tw_image *measured,
                     tw_image *misfit, tw_run *run);

#endif
