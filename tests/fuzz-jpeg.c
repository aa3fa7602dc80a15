/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer: any bytes as a JPEG file, with the picture that it decodes to. */

#include "check-jpeg.h"
#include "core/text.h"
#include "jpeg/cells.h"
#include "jpeg/read.h"

#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool truth)
{
    if (!truth)
        abort();
}

/* What is read can be used. */
static void
use(tw_jpeg *jpeg, const tw_image *picture)
{
    const int64_t count = 3 * (int64_t) picture->width * picture->height;
    float *x = calloc((size_t) count, sizeof *x);

    must(jpeg->width == picture->width && jpeg->height == picture->height);
    must(tw_jpeg_noise(jpeg) >= 0);
    tw_jpeg_project(jpeg, x);
    for (int64_t i = 0; i < count; i++)
        must(isfinite(x[i]));
    free(x);
    tw_jpeg_free(jpeg);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int fd = memfd_create("input", 0);
    char path[64];
    tw_error error = { 0 };
    tw_jpeg *jpeg = NULL;

    must(write(fd, data, size) == (ssize_t) size);
    g_snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    tw_image picture = check_jpeg_decode(path);

    if (!picture.data)
        picture = check_picture(8, 8);
    const tw_status status = tw_jpeg_read(path, &picture, &jpeg, &error);

    must(status == TW_OK ? error.status == TW_OK
                         : error.text[0] && tw_text_is_clean(error.text));
    must(status == TW_OK || !jpeg);
    if (jpeg)
        use(jpeg, &picture);
    check_picture_free(&picture);
    close(fd);
    return 0;
}
