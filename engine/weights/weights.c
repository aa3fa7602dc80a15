/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights/weights.h"

#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

typedef struct packed {
    tw_pack_func pack;
    void *data;
    size_t bytes;
    struct packed *next;
} packed;

typedef struct entry {
    char *name;
    tw_tensor tensor;
    packed *packed;
} entry;

/* What changes in weights that are constant to their users. */
typedef struct shared {
    pthread_mutex_t lock; /* guards bytes and every entry's packed */
    size_t bytes;
} shared;

struct tw_weights {
    entry *entries; /* sorted by name */
    int count;
    shared *shared;
};

static float
from_bits(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* IEEE 754 binary16, subnormal numbers included. */
static float
from_half(uint16_t half)
{
    const uint32_t sign = (uint32_t) (half & 0x8000u) << 16;
    const uint32_t exponent = (half >> 10) & 0x1f, fraction = half & 0x3ff;

    if (exponent == 0) {
        const float value = (float) fraction * 0x1p-24f;

        return sign ? -value : value;
    }
    if (exponent == 31)
        return from_bits(sign | 0x7f800000u | fraction << 13);
    return from_bits(sign | (exponent + 112) << 23 | fraction << 13);
}

static size_t
element_size(tw_dtype dtype)
{
    switch (dtype) {
    case TW_F64:
        return 8;
    case TW_F32:
        return 4;
    case TW_F16:
    case TW_BF16:
        return 2;
    default:
        return 0; /* not a floating type */
    }
}

/* Element @i of @data. */
static float
element(tw_dtype dtype, const char *data, size_t i)
{
    const size_t size = element_size(dtype);
    const char *place = data + i * size;
    uint16_t half;
    float single;
    double number;

    switch (dtype) {
    case TW_F64:
        memcpy(&number, place, size);
        return (float) number;
    case TW_F32:
        memcpy(&single, place, size);
        return single;
    case TW_F16:
        memcpy(&half, place, size);
        return from_half(half);
    default:
        memcpy(&half, place, size);
        return from_bits((uint32_t) half << 16);
    }
}

/* Reads the values of @to in pieces, so that the file is never in memory as a
 * whole. */
static tw_status
read_values(const tw_safetensors *file, const tw_stored *stored,
            const entry *to, tw_error *err)
{
    enum { PIECE = 8192 }; /* values */
    char data[8 * PIECE];
    const size_t size = element_size(stored->dtype);
    const size_t count = (size_t) to->tensor.size;

    for (size_t at = 0; at < count; at += PIECE) {
        const size_t piece = count - at < PIECE ? count - at : PIECE;

        TW_TRY(tw_safetensors_read(file, stored, at * size, piece * size, data,
                                   err));
        for (size_t i = 0; i < piece; i++) {
            const float value = element(stored->dtype, data, i);

            if (!isfinite(value))
                return tw_fail(err, TW_ERR_MODEL,
                               _("The model is damaged: its weight '%s' holds "
                                 "a value that is not a number; install it "
                                 "again"),
                               stored->name);
            to->tensor.data[at + i] = value;
        }
    }
    return TW_OK;
}

tw_status
tw_weights_no_memory(size_t bytes, tw_error *err)
{
    return tw_fail(err, TW_ERR_MEMORY,
                   _("The model's weights need at least %.1f MB of memory, "
                     "which the system does not give; close other programs or "
                     "raise its limit (ulimit -v)"),
                   (double) bytes / (1 << 20));
}

/* Of all weights of @file as float32. */
static size_t
bytes_of(const tw_safetensors *file)
{
    size_t bytes = 0;

    for (int i = 0; i < tw_safetensors_count(file); i++) {
        const tw_stored *stored = tw_safetensors_entry(file, i);
        const size_t size = element_size(stored->dtype);

        bytes += size ? stored->bytes / size * sizeof(float) : 0;
    }
    return bytes;
}

static tw_status
convert(entry *to, const tw_safetensors *file, const tw_stored *stored,
        tw_error *err)
{
    const int64_t size = tw_shape_size(stored->shape);
    const size_t bytes = ((size_t) size * sizeof(float) + 63) & ~(size_t) 63;

    to->name = strdup(stored->name);
    to->tensor.shape = stored->shape;
    to->tensor.size = size;
    to->tensor.data = aligned_alloc(64, bytes ? bytes : 64);
    if (!to->name || !to->tensor.data)
        return tw_weights_no_memory(bytes_of(file), err);
    return read_values(file, stored, to, err);
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(((const entry *) a)->name, ((const entry *) b)->name);
}

static tw_weights *
new_weights(int count)
{
    tw_weights *weights = calloc(1, sizeof *weights);
    entry *entries = calloc((size_t) count + 1, sizeof *entries);
    shared *both = calloc(1, sizeof *both);

    if (!weights || !entries || !both ||
        pthread_mutex_init(&both->lock, NULL) != 0) {
        free(weights);
        free(entries);
        free(both);
        return NULL;
    }
    weights->entries = entries;
    weights->shared = both;
    return weights;
}

tw_status
tw_weights_new(const tw_safetensors *file, tw_weights **out, tw_error *err)
{
    const int count = tw_safetensors_count(file);
    tw_weights *weights = new_weights(count);
    tw_status status = TW_OK;

    *out = NULL;
    if (!weights)
        return tw_weights_no_memory(bytes_of(file), err);
    for (int i = 0; i < count && status == TW_OK; i++) {
        const tw_stored *stored = tw_safetensors_entry(file, i);

        if (element_size(stored->dtype) == 0)
            continue;
        entry *to = &weights->entries[weights->count++];

        status = convert(to, file, stored, err);
        weights->shared->bytes += (size_t) to->tensor.size * sizeof(float);
    }
    if (status == TW_OK)
        status = tw_safetensors_unchanged(file, err);
    if (status != TW_OK) {
        tw_weights_free(weights);
        return status;
    }
    qsort(weights->entries, (size_t) weights->count, sizeof(entry), by_name);
    *out = weights;
    return TW_OK;
}

void
tw_weights_free(tw_weights *weights)
{
    if (!weights)
        return;
    for (int i = 0; i < weights->count; i++) {
        entry *old = &weights->entries[i];

        for (packed *p = old->packed, *next; p; p = next) {
            next = p->next;
            free(p->data);
            free(p);
        }
        free(old->tensor.data);
        free(old->name);
    }
    free(weights->entries);
    pthread_mutex_destroy(&weights->shared->lock);
    free(weights->shared);
    free(weights);
}

static entry *
find(const tw_weights *weights, const char *name)
{
    int low = 0, high = weights->count;

    while (low < high) {
        const int middle = low + (high - low) / 2;
        const int order = strcmp(name, weights->entries[middle].name);

        if (order == 0)
            return &weights->entries[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const tw_tensor *
tw_weights_find(const tw_weights *weights, const char *name)
{
    const entry *found = find(weights, name);

    return found ? &found->tensor : NULL;
}

size_t
tw_weights_bytes(const tw_weights *weights)
{
    pthread_mutex_lock(&weights->shared->lock);
    const size_t bytes = weights->shared->bytes;
    pthread_mutex_unlock(&weights->shared->lock);
    return bytes;
}

/* Packs @to and keeps the result; the lock is held. */
static const void *
pack_now(const tw_weights *weights, entry *to, tw_pack_func pack)
{
    packed *made = malloc(sizeof *made);

    if (!made)
        return NULL;
    made->pack = pack;
    made->data = pack(&to->tensor, &made->bytes);
    if (!made->data) {
        free(made);
        return NULL;
    }
    made->next = to->packed;
    to->packed = made;
    weights->shared->bytes += made->bytes;
    return made->data;
}

const void *
tw_weights_packed(const tw_weights *weights, const char *name,
                  tw_pack_func pack)
{
    entry *found = find(weights, name);
    const void *data = NULL;

    if (!found)
        return NULL;
    pthread_mutex_lock(&weights->shared->lock);
    for (const packed *p = found->packed; p && !data; p = p->next)
        if (p->pack == pack)
            data = p->data;
    if (!data)
        data = pack_now(weights, found, pack);
    pthread_mutex_unlock(&weights->shared->lock);
    return data;
}

size_t
tw_weights_packed_size(const tw_weights *weights, const char *name,
                       tw_pack_func pack)
{
    const entry *found = find(weights, name);
    size_t bytes = 0;

    if (found) {
        tw_tensor shape = found->tensor;

        shape.data = NULL;
        pack(&shape, &bytes);
    }
    return bytes;
}
