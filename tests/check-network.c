/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-network.h"

#include <math.h>

void
check_network_free(network *n, gconstpointer data)
{
    (void) data;
    tw_run_free(n->run);
    tw_photo_unet_free(n->net);
    tw_weights_free(n->weights);
}

tw_tensor *
check_uniform(tw_shape shape, uint32_t seed, double scale)
{
    tw_tensor *x = check_tensor(shape);

    for (int64_t i = 0; i < x->size; i++) {
        uint32_t h = (uint32_t) i + (seed << 24);

        h ^= h >> 16;
        h *= 0x85ebca6bu;
        h ^= h >> 13;
        h *= 0xc2b2ae35u;
        h ^= h >> 16;
        x->data[i] = (float) (scale * ((double) (h >> 8) / 0x1p23 - 1));
    }
    return x;
}

tw_status
check_network_denoise(const network *n, const tw_tensor *x, double sigma,
                      const float *tags, tw_tensor *out, tw_tape *tape,
                      tw_run *run)
{
    const double r = 1 / sqrt(sigma * sigma + SIGMA_DATA * SIGMA_DATA);

    return tw_photo_unet_eval(n->net, x, r, log(sigma), tags,
                              SIGMA_DATA * SIGMA_DATA * r * r,
                              SIGMA_DATA * sigma * r, out, tape, run);
}
