/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The prior "self": what is missing in a picture looks like other parts of it.
 *
 * A patch of the picture is taken to be one of its known patches, each as likely
 * as any other. Given x = x0 + sigma n the posterior of a patch is then a
 * mixture of known patches s with the weights
 *
 *     w(s) = exp(-|x - s|^2 / (2 sigma^2))
 *
 * and its mean is E[x0 | x]. The squares are summed over all values of a patch,
 * not averaged: so sigma is the level of the noise in each value, as for a
 * network. Non-local means is this estimate for the pixel in the middle of a
 * patch: Buades, Coll, Morel 2005, "A non-local algorithm for image denoising";
 * a diffusion model made of it: Kamb and Ganguli 2024, arXiv:2412.20292.
 *
 * A pixel lies in up to TW_PATCH^2 patches. Its mean is over the candidates of
 * all of them, with the same weights: patches that are explained well count
 * more (Wexler, Shechtman, Irani 2007, "Space-time completion of video",
 * section 3). As sigma sinks, an average becomes a choice.
 *
 * Only the candidates of PatchMatch enter the sums. Those left out are farther
 * away, so their weights are smaller. Known pixels come back as they are.
 */

#ifndef TW_SELF_H
#define TW_SELF_H

#include "priors/patchmatch.h"
#include "priors/prior.h"

/* The prior of one picture (1, 3, H, W), with a byte per pixel in @known; both
 * are copied. It answers for states of this shape, and for what is known in the
 * state takes the picture. @seed: of the search. NULL: out of memory, or no patch
 * is known. An evaluation with a tape fails with TW_ERR_UNSUPPORTED: which patch
 * is nearest has no derivative. */
tw_prior *tw_prior_self(const tw_tensor *picture, const unsigned char *known,
                        int candidates, uint64_t seed);

/* The mean of pixel (@y, @x), known or not, to @mean[channels]. False: no target
 * holds it. */
bool tw_self_pixel(const tw_patches *patches, const tw_field *field,
                   double sigma, int y, int x, float *mean);

/* The mean difference between pixel (@y + @dy, @x + @dx) and (@y, @x), over the
 * candidates of patches that hold both, to @slope[channels]; @dy and @dx: 0 or 1.
 * False: no target holds them. */
bool tw_self_slope(const tw_patches *patches, const tw_field *field,
                   double sigma, int y, int x, int dy, int dx, float *slope);

/* Where the nearest candidate for pixel (@y, @x) is. Negative: there is none. */
int32_t tw_self_nearest(const tw_patches *patches, const tw_field *field, int y,
                        int x);

/* Sets all pixels that are not known, and that targets hold, to their means.
 * Fails with TW_CANCELLED. */
tw_status tw_self_mean(tw_patches *patches, const tw_field *field, double sigma,
                       tw_run *run);

#endif
