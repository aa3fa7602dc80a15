/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo U-Net as a prior, with EDM preconditioning (Karras et al. 2022,
 * arXiv:2206.00364, eq. 7):
 *
 *     r = 1 / sqrt(sigma^2 + sd^2),   D = sd^2 r^2 x + sd sigma r F(r x; e)
 *
 * Any size: the state is padded by reflection to a multiple of 16 inside.
 */

#ifndef TW_PIXEL_H
#define TW_PIXEL_H

#include "priors/prior.h"
#include "weights/card.h"
#include "weights/weights.h"

/* @weights outlives the prior. @tags: the multi-hot text input (the network's
 * tags, one per tag of the card; copied), or NULL for none.
 * Fails with TW_ERR_MODEL (a weight is missing or misshapen), TW_ERR_MEMORY. */
tw_status tw_prior_pixel(const tw_card *card, const tw_weights *weights,
                         const float *tags, tw_prior **out, tw_error *err);

#endif
