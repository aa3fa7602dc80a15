/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
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
map(int fd, const char *path, tw_file *file, tw_error *err)
{
    struct stat info;

    if (fstat(fd, &info) != 0)
        return fail(path, errno, err);
    if (S_ISDIR(info.st_mode))
        return fail(path, EISDIR, err);
    if (!S_ISREG(info.st_mode))
        return tw_fail(err, TW_ERR_FILE,
                       _("Cannot read '%s': it is not an ordinary file"), path);
    file->size = (size_t) info.st_size;
    if (file->size == 0)
        return TW_OK;
    void *data = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, fd, 0);

    if (data == MAP_FAILED)
        return fail(path, errno, err);
    file->data = data;
    return TW_OK;
}

tw_status
tw_file_map(const char *path, tw_file *file, tw_error *err)
{
    /* Not to wait at a pipe: O_NONBLOCK has no effect on ordinary files. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    *file = (tw_file) { NULL, 0 };
    if (fd < 0)
        return fail(path, errno, err);
    const tw_status status = map(fd, path, file, err);

    close(fd);
    return status;
}

void
tw_file_unmap(tw_file *file)
{
    if (file->data)
        munmap((void *) (uintptr_t) file->data, file->size);
    *file = (tw_file) { NULL, 0 };
}
