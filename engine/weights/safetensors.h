/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files of named tensors: the safetensors format.
 *
 * 8 bytes little-endian header size, that many bytes of JSON, then the data.
 * Nothing in the file is trusted: the header is checked against the file's
 * size, products of dimensions against overflow, every tensor's range against
 * the data, ranges against each other.
 */

#ifndef TW_SAFETENSORS_H
#define TW_SAFETENSORS_H

#include <stddef.h>

#include "core/status.h"
#include "core/tensor.h"

typedef enum tw_dtype {
    TW_F64,
    TW_F32,
    TW_F16,
    TW_BF16,
    TW_I64,
    TW_I32,
    TW_I16,
    TW_I8,
    TW_U64,
    TW_U32,
    TW_U16,
    TW_U8,
    TW_BOOL
} tw_dtype;

typedef struct tw_stored {
    const char *name; /* UTF-8 */
    tw_dtype dtype;
    tw_shape shape; /* rank 0…4 */
    size_t offset;  /* in the data */
    size_t bytes;
} tw_stored;

typedef struct tw_safetensors tw_safetensors;

/* Reads the header; the file stays open for the data.
 * Fails with TW_ERR_FILE, TW_ERR_FORMAT, TW_ERR_MEMORY. */
tw_status tw_safetensors_open(const char *path, tw_safetensors **out,
                              tw_error *err);

/* The same from memory that the caller keeps alive; @what names it. */
tw_status tw_safetensors_parse(const void *data, size_t size, const char *what,
                               tw_safetensors **out, tw_error *err);
void tw_safetensors_free(tw_safetensors *file); /* NULL is fine */

/* @bytes of a tensor's data from @from on. Fails with TW_ERR_FILE, also if the
 * file was cut short meanwhile. */
tw_status tw_safetensors_read(const tw_safetensors *file,
                              const tw_stored *stored, size_t from,
                              size_t bytes, void *to, tw_error *err);

/* After all was read. Fails with TW_ERR_FILE if the file was written to since it
 * was opened. */
tw_status tw_safetensors_unchanged(const tw_safetensors *file, tw_error *err);

int tw_safetensors_count(const tw_safetensors *file);
const tw_stored *tw_safetensors_entry(const tw_safetensors *file, int index);

/* NULL: there is none. */
const tw_stored *tw_safetensors_find(const tw_safetensors *file,
                                     const char *name);
const char *tw_safetensors_metadata(const tw_safetensors *file,
                                    const char *key);

#endif
