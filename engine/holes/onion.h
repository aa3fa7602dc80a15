/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A first guess: holes filled from the rim inwards. */

#ifndef TW_ONION_H
#define TW_ONION_H

#include "priors/patches.h"

/* Gives a value to each pixel that targets hold and that is not known, layer by
 * layer: that of a source whose surroundings are nearly as like what is there
 * already as those of the most similar one. Which of them is left to chance. Efros
 * and Leung 1999, "Texture synthesis by non-parametric sampling". There must be a
 * source. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_onion(tw_patches *patches, const uint32_t key[2], tw_run *run);
size_t tw_onion_bytes(int64_t height, int64_t width);

#endif
