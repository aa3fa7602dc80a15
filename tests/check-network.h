/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo network under test, with a run of its own. */

#ifndef TW_CHECK_NETWORK_H
#define TW_CHECK_NETWORK_H

#include "check.h"
#include "nets/photo-unet.h"

#define SIGMA_DATA 0.5

typedef struct network {
    tw_weights *weights;
    tw_photo_unet *net;
    tw_run *run;
} network;

/* For g_test_add(): frees what is in @n. */
void check_network_free(network *n, gconstpointer data);

/* The same numbers as uniform() of models/photo/golden.py, times @scale. Freed by
 * check_free(). */
tw_tensor *check_uniform(tw_shape shape, uint32_t seed, double scale);

/* D(x, sigma), EDM's preconditioning. */
tw_status check_network_denoise(const network *n, const tw_tensor *x,
                                double sigma, const float *tags, tw_tensor *out,
                                tw_tape *tape, tw_run *run);

#endif
