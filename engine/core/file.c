/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/i18n.h"

static tw_status
fail(const char *path, int reason, tw_error *err)
{
    char text[128];

    return tw_fail(err, TW_ERR_FILE, _("Cannot read '%s': %s"), path,
                   strerror_r(reason, text, sizeof text));
}

static tw_status
changed(const char *path, tw_error *err)
{
    return tw_fail(err, TW_ERR_FILE,
                   _("'%s' was changed or cut short while it was read; try "
                     "again when it is complete"),
                   path);
}

static tw_status
look(const char *path, tw_file *file, tw_error *err)
{
    struct stat info;

    if (fstat(file->fd, &info) != 0)
        return fail(path, errno, err);
    if (S_ISDIR(info.st_mode))
        return fail(path, EISDIR, err);
    if (!S_ISREG(info.st_mode))
        return tw_fail(err, TW_ERR_FILE,
                       _("Cannot read '%s': it is not an ordinary file"), path);
    file->size = (size_t) info.st_size;
    file->changed = info.st_mtim;
    return TW_OK;
}

tw_status
tw_file_open(const char *path, tw_file *file, tw_error *err)
{
    /* Not to wait at a pipe: O_NONBLOCK has no effect on ordinary files. */
    *file = (tw_file) { .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) };
    if (file->fd < 0)
        return fail(path, errno, err);
    const tw_status status = look(path, file, err);

    if (status != TW_OK)
        tw_file_close(file);
    return status;
}

tw_status
tw_file_read(const tw_file *file, const char *path, size_t offset, size_t bytes,
             void *to, tw_error *err)
{
    char *place = to;

    while (bytes > 0) {
        const ssize_t got = pread(file->fd, place, bytes, (off_t) offset);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(path, errno, err);
        if (got == 0)
            return changed(path, err);
        place += got;
        offset += (size_t) got;
        bytes -= (size_t) got;
    }
    return TW_OK;
}

tw_status
tw_file_unchanged(const tw_file *file, const char *path, tw_error *err)
{
    tw_file now = { .fd = file->fd };

    TW_TRY(look(path, &now, err));
    if (now.size != file->size || now.changed.tv_sec != file->changed.tv_sec ||
        now.changed.tv_nsec != file->changed.tv_nsec)
        return changed(path, err);
    return TW_OK;
}

void
tw_file_close(tw_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}
