/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg/read.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h> /* wants stdio.h before */

#include <jerror.h>

#include "core/i18n.h"

/* Scans of a progressive file; encoders make about ten, and each one costs a pass
 * over the whole picture. */
enum { MOST_SCANS = 100 };

/* Levels of 8 bits that a picture may differ from the file's. */
static const double tolerance = 2.5;

typedef struct reader {
    struct jpeg_decompress_struct libjpeg;
    struct jpeg_error_mgr manager;
    struct jpeg_progress_mgr progress;
    jmp_buf failed;
    FILE *file;
    const char *path;
    tw_status status; /* of what failed in libjpeg */
    tw_error *err;
} reader;

static void
refuse(reader *r, tw_status status, const char *why)
{
    r->status =
        tw_fail(r->err, status,
                _("'%s' cannot be used as a JPEG file: %s; set jpeg=no to do "
                  "without it"),
                r->path, why);
}

/* libjpeg's own function would end the process. */
static void
on_error(j_common_ptr libjpeg)
{
    reader *r = libjpeg->client_data;
    char text[JMSG_LENGTH_MAX];

    libjpeg->err->format_message(libjpeg, text);
    refuse(r,
           libjpeg->err->msg_code == JERR_OUT_OF_MEMORY ? TW_ERR_MEMORY
                                                        : TW_ERR_FORMAT,
           text);
    longjmp(r->failed, 1);
}

/* Messages are kept for on_error(); @level -1: the file is damaged. */
static void
on_message(j_common_ptr libjpeg, int level)
{
    if (level < 0)
        on_error(libjpeg);
}

static void
on_output(j_common_ptr libjpeg)
{
    (void) libjpeg;
}

static void
on_progress(j_common_ptr libjpeg)
{
    reader *r = libjpeg->client_data;

    if (r->libjpeg.input_scan_number > MOST_SCANS) {
        refuse(r, TW_ERR_FORMAT, _("it has too many scans"));
        longjmp(r->failed, 1);
    }
}

/* From the file's beginning. */
static void
begin(reader *r)
{
    r->libjpeg = (struct jpeg_decompress_struct) { 0 };
    r->libjpeg.err = jpeg_std_error(&r->manager);
    r->manager.error_exit = on_error;
    r->manager.emit_message = on_message;
    r->manager.output_message = on_output;
    r->libjpeg.client_data = r;
    jpeg_create_decompress(&r->libjpeg);
    r->progress.progress_monitor = on_progress;
    r->libjpeg.progress = &r->progress;
    rewind(r->file);
    jpeg_stdio_src(&r->libjpeg, r->file);
    (void) jpeg_read_header(&r->libjpeg, TRUE);
}

/* An ordinary file: anything else might block. */
static tw_status
open_file(reader *r)
{
    struct stat info;
    const int fd = open(r->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
        r->file = fdopen(fd, "rb");
    if (r->file)
        return TW_OK;
    const int reason = errno;

    if (fd >= 0)
        (void) close(fd);
    return tw_fail(r->err, TW_ERR_FILE, _("Cannot read '%s': %s"), r->path,
                   fd < 0 ? strerror(reason) : _("it is no ordinary file"));
}

static bool
is_factor(int all, int own)
{
    const int factor = own > 0 && all % own == 0 ? all / own : 0;

    return factor == 1 || factor == 2 || factor == TW_JPEG_MOST;
}

static tw_status
read_header(reader *r, tw_jpeg_header *h)
{
    const struct jpeg_decompress_struct *j = &r->libjpeg;
    bool known =
        (j->jpeg_color_space == JCS_YCbCr && j->num_components == 3) ||
        (j->jpeg_color_space == JCS_GRAYSCALE && j->num_components == 1);

    *h = (tw_jpeg_header) { j->image_height, j->image_width, { 0 } };
    for (int c = 0; known && c < j->num_components; c++) {
        const jpeg_component_info *info = &j->comp_info[c];

        known = is_factor(j->max_h_samp_factor, info->h_samp_factor) &&
                is_factor(j->max_v_samp_factor, info->v_samp_factor);
        if (!known)
            break;
        h->sampling.across[c] = j->max_h_samp_factor / info->h_samp_factor;
        h->sampling.down[c] = j->max_v_samp_factor / info->v_samp_factor;
    }
    h->sampling.planes = j->num_components;
    if (!known)
        refuse(r, TW_ERR_FORMAT,
               _("its colors or their sampling are of a rare kind"));
    return known ? TW_OK : r->status;
}

/* Row @y of the file's picture and of @image. */
static bool
is_same_row(const tw_image *image, const JSAMPLE *row, int64_t y)
{
    const float *pixel = image->data + y * image->stride;
    bool same = true;

    for (int64_t i = 0; i < 3 * (int64_t) image->width; i++) {
        const double v = (double) pixel[i / 3 * 4 + i % 3];

        same = same && fabs(255 * v - (double) row[i]) <= tolerance;
    }
    return same;
}

/* Decodes until a row differs. */
static bool
is_same(reader *r, const tw_image *image)
{
    bool same = r->libjpeg.image_width == (JDIMENSION) image->width &&
                r->libjpeg.image_height == (JDIMENSION) image->height;

    if (!same)
        return false;
    r->libjpeg.out_color_space = JCS_RGB;
    (void) jpeg_start_decompress(&r->libjpeg);
    JSAMPARRAY row =
        r->libjpeg.mem->alloc_sarray((j_common_ptr) &r->libjpeg, JPOOL_IMAGE,
                                     3 * r->libjpeg.output_width, 1);

    for (int64_t y = 0; y < image->height && same; y++) {
        (void) jpeg_read_scanlines(&r->libjpeg, row, 1);
        same = is_same_row(image, row[0], y);
    }
    return same;
}

/* The levels and steps of plane @c. */
static tw_status
read_plane(reader *r, jvirt_barray_ptr blocks, int c, tw_jpeg_plane *plane)
{
    const j_decompress_ptr j = &r->libjpeg;
    const JQUANT_TBL *table = j->comp_info[c].quant_table;
    bool usable = table != NULL;

    for (int i = 0; i < TW_JPEG_BLOCK && usable; i++) {
        plane->step[i] = (float) table->quantval[i];
        usable = table->quantval[i] > 0;
    }
    if (!usable) {
        refuse(r, TW_ERR_FORMAT, _("it has no quantization table"));
        return r->status;
    }
    const size_t row = (size_t) plane->columns * TW_JPEG_BLOCK;

    for (int64_t y = 0; y < plane->rows; y++) {
        JBLOCKARRAY from = j->mem->access_virt_barray((j_common_ptr) j, blocks,
                                                      (JDIMENSION) y, 1, FALSE);

        memcpy(plane->level + (size_t) y * row, from[0],
               row * sizeof *plane->level);
    }
    return TW_OK;
}

static tw_status
read_levels(reader *r, tw_jpeg *jpeg)
{
    jvirt_barray_ptr *blocks = jpeg_read_coefficients(&r->libjpeg);

    for (int c = 0; c < jpeg->planes; c++)
        TW_TRY(read_plane(r, blocks[c], c, &jpeg->plane[c]));
    return TW_OK;
}

static tw_status
peek(reader *r, tw_jpeg_header *header)
{
    if (setjmp(r->failed) != 0)
        return r->status;
    begin(r);
    return read_header(r, header);
}

/* *@same: is it the picture? */
static tw_status
compare(reader *r, const tw_image *image, tw_jpeg_header *header, bool *same)
{
    if (setjmp(r->failed) != 0)
        return r->status;
    begin(r);
    TW_TRY(read_header(r, header));
    *same = is_same(r, image);
    return TW_OK;
}

static tw_status
fill(reader *r, const tw_jpeg_header *expected, tw_jpeg *jpeg)
{
    tw_jpeg_header header;

    if (setjmp(r->failed) != 0)
        return r->status;
    begin(r);
    TW_TRY(read_header(r, &header));
    if (memcmp(&header, expected, sizeof header) != 0)
        return tw_fail(r->err, TW_ERR_FILE,
                       _("'%s' was changed while it was read; try again"),
                       r->path);
    return read_levels(r, jpeg);
}

static tw_status
read_all(reader *r, const tw_image *image, tw_jpeg **jpeg)
{
    tw_jpeg_header header;
    bool same = false;
    tw_status status = compare(r, image, &header, &same);

    jpeg_destroy_decompress(&r->libjpeg);
    if (status != TW_OK || !same)
        return status;
    *jpeg =
        tw_jpeg_new(header.height, header.width, 0, 0, &header.sampling, false);
    if (!*jpeg)
        return tw_fail(r->err, TW_ERR_MEMORY,
                       _("Not enough memory for the coefficients of '%s'"),
                       r->path);
    status = fill(r, &header, *jpeg);
    jpeg_destroy_decompress(&r->libjpeg);
    if (status != TW_OK) {
        tw_jpeg_free(*jpeg);
        *jpeg = NULL;
    }
    return status;
}

tw_status
tw_jpeg_peek(const char *path, tw_jpeg_header *header, tw_error *err)
{
    reader r = { .path = path, .err = err };

    TW_TRY(open_file(&r));
    const tw_status status = peek(&r, header);

    jpeg_destroy_decompress(&r.libjpeg);
    (void) fclose(r.file);
    return status;
}

tw_status
tw_jpeg_read(const char *path, const tw_image *image, tw_jpeg **jpeg,
             tw_error *err)
{
    reader r = { .path = path, .err = err };

    *jpeg = NULL;
    TW_TRY(open_file(&r));
    const tw_status status = read_all(&r, image, jpeg);

    (void) fclose(r.file);
    return status;
}
