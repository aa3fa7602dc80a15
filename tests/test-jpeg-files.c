/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG files that are not the picture's, are hostile, or meet no memory. */

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check-jpeg.h"
#include "jpeg/read.h"

static const check_jpeg whole_colors = { .quality = 90,
                                         .across = 1,
                                         .down = 1 };
static const check_jpeg small_colors = { .quality = 100,
                                         .across = 2,
                                         .down = 2 };

static void
refuses(const char *path, const tw_image *picture, tw_status status,
        const char *words)
{
    tw_error err = { 0 };
    tw_jpeg *jpeg = (tw_jpeg *) 1;

    g_assert_cmpint(tw_jpeg_read(path, picture, &jpeg, &err), ==, status);
    g_assert_null(jpeg);
    if (words)
        g_assert_nonnull(strstr(err.text, words));
}

/* A picture that was changed is not the file's; a decoder's differences are no
 * change. */
static void
test_changed(void)
{
    tw_image picture = check_photo("jaguar", 0, 0, 40, 24);
    char *path = check_jpeg_write(&picture, &small_colors);
    tw_image decoded = check_jpeg_decode(path);
    tw_image smaller = decoded;
    tw_jpeg *jpeg;

    for (int i = 0; i < 40 * 24; i++)
        decoded.data[4 * i + 2] += (i % 2 ? 2.0F : -2.0F) / 255;
    g_assert_cmpint(tw_jpeg_read(path, &decoded, &jpeg, NULL), ==, TW_OK);
    g_assert_nonnull(jpeg);
    tw_jpeg_free(jpeg);
    decoded.data[4 * 500] += 3.0F / 255;
    refuses(path, &decoded, TW_OK, NULL);
    smaller.width--;
    refuses(path, &smaller, TW_OK, NULL);
    unlink(path);
    g_free(path);
    check_picture_free(&picture);
    check_picture_free(&decoded);
}

static void
write_bytes(const char *path, const char *bytes, gsize size)
{
    g_assert_true(g_file_set_contents(path, bytes, (gssize) size, NULL));
}

static void
test_hostile(void)
{
    const check_jpeg many = {
        .quality = 80, .across = 1, .down = 1, .scans = 3 * 63 + 1
    };
    const check_jpeg rgb = {
        .quality = 80, .across = 1, .down = 1, .rgb = true
    };
    tw_image picture = check_photo("jaguar", 0, 0, 40, 24);
    char *path = check_jpeg_write(&picture, &whole_colors), *bytes;
    tw_image decoded = check_jpeg_decode(path);
    gsize size;

    g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    /* cut anywhere */
    for (gsize cut = 0; cut < size; cut += cut < 700 ? 13 : 97) {
        write_bytes(path, bytes, cut);
        refuses(path, &decoded, TW_ERR_FORMAT, path);
    }
    /* a table of zeros: the picture is another one then, or none */
    char *table = memmem(bytes, size, "\xff\xdb", 2);

    memset(table + 5, 0, 64);
    write_bytes(path, bytes, size);
    tw_jpeg *jpeg;

    (void) tw_jpeg_read(path, &decoded, &jpeg, NULL);
    g_assert_null(jpeg);
    /* 65,500 pixels in each direction: known before memory is taken */
    char *frame = memmem(bytes, size, "\xff\xc0", 2);

    memset(frame + 5, 0xff, 4);
    write_bytes(path, bytes, size);
    (void) tw_jpeg_read(path, &decoded, &jpeg, NULL);
    g_assert_null(jpeg);
    write_bytes(path, "P6 1 1 255 abc", 14);
    refuses(path, &decoded, TW_ERR_FORMAT, path);
    unlink(path);
    refuses(path, &decoded, TW_ERR_FILE, path);
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    refuses(path, &decoded, TW_ERR_FILE, path);
    unlink(path);
    g_free(path);
    g_free(bytes);

    path = check_jpeg_write(&picture, &many);
    refuses(path, &decoded, TW_ERR_FORMAT, "scans");
    unlink(path);
    g_free(path);
    path = check_jpeg_write(&picture, &rgb);
    refuses(path, &decoded, TW_ERR_FORMAT, "colors");
    unlink(path);
    g_free(path);
    check_picture_free(&picture);
    check_picture_free(&decoded);
}

typedef struct reading {
    char *path;
    tw_image decoded;
} reading;

static tw_status
read_once(void *data)
{
    const reading *r = data;
    tw_jpeg *jpeg = NULL;
    const tw_status status = tw_jpeg_read(r->path, &r->decoded, &jpeg, NULL);

    tw_jpeg_free(jpeg);
    return status;
}

static void
test_allocations(void)
{
    tw_image picture = check_photo("jaguar", 0, 0, 40, 24);
    reading r = { check_jpeg_write(&picture, &small_colors), { 0 } };

    r.decoded = check_jpeg_decode(r.path);
    check_every_allocation("reading", read_once, &r);
    unlink(r.path);
    g_free(r.path);
    check_picture_free(&picture);
    check_picture_free(&r.decoded);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/jpeg-files/changed", test_changed);
    g_test_add_func("/jpeg-files/hostile", test_hostile);
    g_test_add_func("/jpeg-files/allocations", test_allocations);
    return g_test_run();
}
