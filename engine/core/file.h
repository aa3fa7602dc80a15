/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file that is read piece by piece. It is not mapped: the system kills who
 * touches a map of a file that somebody else cuts short.
 */

#ifndef TW_FILE_H
#define TW_FILE_H

#include <stddef.h>
#include <time.h>

#include "core/status.h"

typedef struct tw_file {
    int fd; /* -1: closed */
    size_t size;
    struct timespec changed;
} tw_file;

/* An ordinary file. Fails with TW_ERR_FILE (the message names path and reason),
 * as all that follows; *@file is then closed. */
tw_status tw_file_open(const char *path, tw_file *file, tw_error *err);

/* Exactly @bytes from @offset on. */
tw_status tw_file_read(const tw_file *file, const char *path, size_t offset,
                       size_t bytes, void *to, tw_error *err);

/* Fails if somebody wrote to the file since it was opened: what was read may be
 * of two files. */
tw_status tw_file_unchanged(const tw_file *file, const char *path,
                            tw_error *err);
void tw_file_close(tw_file *file); /* closed is fine */

#endif
