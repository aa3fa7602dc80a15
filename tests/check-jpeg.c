/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <unistd.h>

#include <jpeglib.h> /* wants stdio.h before */

static void
set_scans(struct jpeg_compress_struct *libjpeg, jpeg_scan_info *scans,
          int count)
{
    /* First the means of all planes, then one coefficient of the first again and
     * again, bit by bit and each in a scan of its own. */
    scans[0] =
        (jpeg_scan_info) { libjpeg->num_components, { 0, 1, 2 }, 0, 0, 0, 0 };
    for (int i = 1; i < count; i++)
        scans[i] = (jpeg_scan_info) {
            1, { (i - 1) / 63 % 3 }, 1 + (i - 1) % 63, 1 + (i - 1) % 63, 0, 0
        };
    libjpeg->scan_info = scans;
    libjpeg->num_scans = count;
}

static void
write_rows(struct jpeg_compress_struct *libjpeg, const tw_image *picture)
{
    const int channels = libjpeg->input_components;
    JSAMPLE *row = g_new(JSAMPLE, 3 * (size_t) picture->width);

    for (int y = 0; y < picture->height; y++) {
        const float *from = picture->data + y * picture->stride;

        for (int i = 0; i < channels * picture->width; i++) {
            const double v =
                (double) from[i / channels * 4 + i % channels] * 255 + 0.5;

            row[i] = (JSAMPLE) CLAMP(v, 0, 255);
        }
        (void) jpeg_write_scanlines(libjpeg, &row, 1);
    }
    g_free(row);
}

char *
check_jpeg_write(const tw_image *picture, const check_jpeg *how)
{
    struct jpeg_compress_struct libjpeg = { 0 };
    struct jpeg_error_mgr manager;
    jpeg_scan_info scans[3 * 63 + 1];
    char *path;
    const int fd = g_file_open_tmp("tweedie-XXXXXX.jpg", &path, NULL);
    FILE *file = fdopen(fd, "wb");

    g_assert_nonnull(file);
    libjpeg.err = jpeg_std_error(&manager);
    jpeg_create_compress(&libjpeg);
    jpeg_stdio_dest(&libjpeg, file);
    libjpeg.image_width = (JDIMENSION) picture->width;
    libjpeg.image_height = (JDIMENSION) picture->height;
    libjpeg.input_components = how->gray ? 1 : 3;
    libjpeg.in_color_space = how->gray ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&libjpeg);
    if (how->rgb)
        jpeg_set_colorspace(&libjpeg, JCS_RGB);
    jpeg_set_quality(&libjpeg, how->quality, TRUE);
    libjpeg.comp_info[0].h_samp_factor = how->across;
    libjpeg.comp_info[0].v_samp_factor = how->down;
    if (how->progressive)
        jpeg_simple_progression(&libjpeg);
    if (how->scans > 1)
        set_scans(&libjpeg, scans, how->scans);
    jpeg_start_compress(&libjpeg, TRUE);
    write_rows(&libjpeg, picture);
    jpeg_finish_compress(&libjpeg);
    jpeg_destroy_compress(&libjpeg);
    fclose(file);
    return path;
}

typedef struct decoder {
    struct jpeg_decompress_struct libjpeg;
    struct jpeg_error_mgr manager;
    jmp_buf failed;
} decoder;

static void
give_up(j_common_ptr libjpeg)
{
    longjmp(((decoder *) libjpeg->client_data)->failed, 1);
}

static void
say_nothing(j_common_ptr libjpeg)
{
    (void) libjpeg;
}

static bool
decode(decoder *d, FILE *file, tw_image *picture)
{
    if (setjmp(d->failed) != 0)
        return false;
    d->libjpeg.err = jpeg_std_error(&d->manager);
    d->manager.error_exit = give_up;
    d->manager.output_message = say_nothing;
    d->libjpeg.client_data = d;
    jpeg_create_decompress(&d->libjpeg);
    jpeg_stdio_src(&d->libjpeg, file);
    (void) jpeg_read_header(&d->libjpeg, TRUE);
    if ((double) d->libjpeg.image_width * d->libjpeg.image_height > 1e6)
        return false;
    d->libjpeg.out_color_space = JCS_RGB;
    (void) jpeg_start_decompress(&d->libjpeg);
    *picture = check_picture((int) d->libjpeg.output_width,
                             (int) d->libjpeg.output_height);
    JSAMPARRAY row =
        d->libjpeg.mem->alloc_sarray((j_common_ptr) &d->libjpeg, JPOOL_IMAGE,
                                     3 * d->libjpeg.output_width, 1);

    for (int y = 0; y < picture->height; y++) {
        float *to = picture->data + y * picture->stride;

        (void) jpeg_read_scanlines(&d->libjpeg, row, 1);
        for (int i = 0; i < 3 * picture->width; i++)
            to[i / 3 * 4 + i % 3] = (float) row[0][i] / 255;
    }
    return true;
}

tw_image
check_jpeg_decode(const char *path)
{
    decoder d = { 0 };
    tw_image picture = { 0 };
    FILE *file = fopen(path, "rb");

    if (!file)
        return picture;
    if (!decode(&d, file, &picture))
        check_picture_free(&picture);
    jpeg_destroy_decompress(&d.libjpeg);
    fclose(file);
    return picture;
}
