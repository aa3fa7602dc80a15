/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Large pictures: the prior is evaluated in overlapping tiles and blended at
 * every evaluation; state and data step stay whole (methods: after PaDIS, Hu et
 * al. 2024, arXiv:2406.10211).
 *
 *     D(x) = sum_i w_i D_net(x | tile_i) / sum_i w_i,  w_i raised cosine
 *
 * The grid is shifted by a pseudo-random multiple of 16 at each level (from
 * sigma, so that a run repeats exactly); its pull is the adjoint of the
 * blending.
 */

#ifndef TW_TILED_H
#define TW_TILED_H

#include "priors/prior.h"

/* @prior outlives the wrapper. @tile: side in pixels, a multiple of 16, at
 * least 3 @overlap; @overlap: a multiple of 32. States no larger than a tile go
 * straight to @prior. NULL: out of memory. */
tw_prior *tw_prior_tiled(const tw_prior *prior, int tile, int overlap);

#endif
