/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file mapped read-only. */

#ifndef TW_FILE_H
#define TW_FILE_H

#include <stddef.h>

#include "core/status.h"

typedef struct tw_file {
    const void *data; /* NULL for an empty file */
    size_t size;
} tw_file;

/* Fails with TW_ERR_FILE (the message names path and reason). */
tw_status tw_file_map(const char *path, tw_file *file, tw_error *err);
void tw_file_unmap(tw_file *file);

#endif
