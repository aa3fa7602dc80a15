/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small networks' weights, made up. */

#ifndef TW_CHECK_WEIGHTS_H
#define TW_CHECK_WEIGHTS_H

#include <glib.h>

#include "weights/weights.h"

typedef struct check_weight {
    char name[48];
    tw_shape shape;
} check_weight;

/* The bytes of a safetensors file of them; freed by g_byte_array_unref().
 * Normal noise, repeatable, with a standard deviation that keeps activations
 * near 1: gain / sqrt(inputs of an output). */
GByteArray *check_weights_file(const check_weight *list, int count,
                               double gain);

/* The same, read. NULL, with @err: refused. */
tw_weights *check_weights(const check_weight *list, int count, double gain,
                          tw_error *err);

/* The weights of a photo network of two levels, widths 16 and 32, that takes
 * five words. Returns how many there are. */
enum { CHECK_SMALL_NETWORK = 32 };
int check_small_network(check_weight list[CHECK_SMALL_NETWORK]);

#endif
