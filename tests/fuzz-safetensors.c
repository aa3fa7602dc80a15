/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer: any bytes as a file of weights; walks all that is accepted. */

#include "weights/weights.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first and the last byte of a tensor must be in the file. */
static void
visit(const tw_safetensors *file, const tw_stored *stored)
{
    if (tw_safetensors_find(file, stored->name) != stored)
        abort();
    if (stored->bytes > 0) {
        char byte;

        tw_safetensors_read(file, stored, 0, 1, &byte, NULL);
        tw_safetensors_read(file, stored, stored->bytes - 1, 1, &byte, NULL);
    }
    if (tw_shape_size(stored->shape) > (int64_t) stored->bytes)
        abort();
    tw_safetensors_metadata(file, stored->name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tw_safetensors *file = NULL;
    tw_weights *weights = NULL;
    tw_error error = { 0 };

    if (tw_safetensors_parse(data, size, "input", &file, &error) != TW_OK) {
        if (error.status == TW_OK || error.text[0] == '\0' || file)
            abort();
        return 0;
    }
    for (int i = 0; i < tw_safetensors_count(file); i++)
        visit(file, tw_safetensors_entry(file, i));
    tw_weights_new(file, &weights, &error);
    tw_weights_free(weights);
    tw_safetensors_free(file);
    return 0;
}
