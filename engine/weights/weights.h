/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A network's weights by name: float32, converted once when opened, and packed
 * for the kernels once when first used. Immutable to its users; packing is
 * guarded by a lock, so one tw_weights may serve any number of threads.
 */

#ifndef TW_WEIGHTS_H
#define TW_WEIGHTS_H

#include "core/tensor.h"
#include "weights/safetensors.h"

typedef struct tw_weights tw_weights;

/* Converts every floating tensor of @file; @file may be freed afterwards.
 * Fails with TW_ERR_MODEL (a weight is NaN or infinite: the message names it),
 * TW_ERR_FILE (the file cannot be read, or was changed meanwhile),
 * TW_ERR_MEMORY. */
tw_status tw_weights_new(const tw_safetensors *file, tw_weights **out,
                         tw_error *err);
void tw_weights_free(tw_weights *weights); /* NULL is fine */

/* Says that there is no memory for weights, which need at least @bytes. */
tw_status tw_weights_no_memory(size_t bytes, tw_error *err);

/* NULL: there is none of this name. */
const tw_tensor *tw_weights_find(const tw_weights *weights, const char *name);

/* Bytes held now, packed copies included. */
size_t tw_weights_bytes(const tw_weights *weights);

/* What @pack makes of the weight @name, made once per (name, pack) and kept.
 * @pack returns memory for free(), or NULL (no memory), and its size. Of a weight
 * without data it tells just the size. */
typedef void *(*tw_pack_func)(const tw_tensor *weight, size_t *bytes);
const void *tw_weights_packed(const tw_weights *weights, const char *name,
                              tw_pack_func pack);
size_t tw_weights_packed_size(const tw_weights *weights, const char *name,
                              tw_pack_func pack);

#endif
