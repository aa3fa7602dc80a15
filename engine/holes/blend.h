/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The seams of a filling are closed.
 *
 * Pieces that come from different places differ in brightness, from each other and
 * from what is around the hole. What is kept of them are the differences between
 * neighbors, g, as they are where the patches come from. The filling c becomes
 * f = c + u, with the u that minimises
 *
 *     sum over neighbors (u' - u - e)^2,   e = g - (c' - c),
 *
 * and that is, on the known pixels that patches reach, what these are more than the
 * patches would have made them: Perez, Gangnet, Blake 2003, "Poisson image
 * editing", equation 7. Where pieces meet that have nothing in common, e is large
 * and no seam; it is weakened by exp(-|e|^2 / 2 s^2), or colors would leak.
 */

#ifndef TW_BLEND_H
#define TW_BLEND_H

#include "priors/patchmatch.h"

/* Changes the pixels of @x (1, 3, H, W) in @area that are not known. @patches and
 * @field: of the same size, as they filled it; @sigma: of their means.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_blend(const tw_patches *patches, const tw_field *field,
                   double sigma, tw_area area, tw_tensor *x, tw_run *run);
size_t tw_blend_bytes(tw_area area);

#endif
