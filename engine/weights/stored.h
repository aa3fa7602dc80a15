/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tensor's entry in the header of a safetensors file. */

#ifndef TW_STORED_H
#define TW_STORED_H

#include "core/json.h"
#include "weights/safetensors.h"

/* What the checks need to know about the file. */
typedef struct tw_source {
    const char *what;
    size_t size; /* of the data, which are behind the header */
    tw_error *err;
} tw_source;

/* The text of @value; NULL if it is none or has a null character inside. */
const char *tw_stored_text(yyjson_val *value);

/* Checks the entry @key: @value on its own and against the size of the data.
 * Fails with TW_ERR_FORMAT. */
tw_status tw_stored_parse(const tw_source *source, yyjson_val *key,
                          yyjson_val *value, tw_stored *stored);

#endif
