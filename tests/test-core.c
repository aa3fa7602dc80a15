/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors, tensors, pictures, JSON, files. */
#include "check.h"

#include <glib/gstdio.h>

#include <math.h>
#include <omp.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/image.h"
#include "core/json.h"
#include "core/text.h"

static void
test_fail(void)
{
    tw_error error = { 0 };
    char path[1000];

    g_assert_cmpint(tw_fail(&error, TW_ERR_FILE, "no '%s'", "a\n\033[2Jb"), ==,
                    TW_ERR_FILE);
    g_assert_cmpint(error.status, ==, TW_ERR_FILE);
    g_assert_cmpstr(error.text, ==, "no 'a??[2Jb'");
    g_assert_cmpint(tw_fail(NULL, TW_ERR_MODEL, "x"), ==, TW_ERR_MODEL);

    tw_fail(&error, TW_ERR_FILE, "%s", "\342\200\256gpj.\302\233x\300\257");
    g_assert_cmpstr(error.text, ==, "?gpj.?x??");

    /* Cut wherever it may fall, a message is valid UTF-8. */
    for (size_t shift = 0; shift < 4; shift++) {
        memset(path, 'x', shift);
        for (size_t i = shift; i + 4 < sizeof path; i += 4)
            memcpy(path + i, "😀", 5);
        tw_fail(&error, TW_ERR_FILE, "%s", path);
        g_assert_true(g_utf8_validate(error.text, -1, NULL));
        g_assert_cmpint((int) strlen(error.text), >=, 395);
    }
}

/* Every character, alone and between others: what GLib takes for UTF-8 and is no
 * control, no end of a line and no mark of direction stays. */
static void
test_text(void)
{
    for (gunichar c = 1; c <= 0x10FFFF; c++) {
        char in[16] = "a", want[16], *end = in + 1;
        const gboolean valid = g_unichar_validate(c);
        const GUnicodeType type = valid ? g_unichar_type(c) : 0;
        const gboolean turns = c == 0x61C || c == 0x200E || c == 0x200F ||
                               (c >= 0x202A && c <= 0x202E) ||
                               (c >= 0x2066 && c <= 0x2069);

        if (!valid)
            continue;
        end += g_unichar_to_utf8(c, end);
        strcpy(end, "b");
        strcpy(want, turns || type == G_UNICODE_CONTROL ||
                             type == G_UNICODE_LINE_SEPARATOR ||
                             type == G_UNICODE_PARAGRAPH_SEPARATOR
                         ? "a?b"
                         : in);
        g_assert_true(tw_text_is_clean(in) == (strcmp(in, want) == 0));
        tw_text_clean(in);
        g_assert_cmpstr(in, ==, want);
    }
}

/* Whatever bytes come, what goes is UTF-8 and clean; cleaning it again changes
 * nothing, and no room is needed. */
static void
test_text_bytes(void)
{
    GRand *rand = g_rand_new_with_seed(1);

    for (int i = 0; i < 200000; i++) {
        char text[12], again[12], cut[12];
        const int size = g_rand_int_range(rand, 0, sizeof text);

        for (int k = 0; k < size; k++)
            text[k] = (char) g_rand_int_range(rand, k % 2 ? 128 : 1, 256);
        text[size] = '\0';
        tw_text_print(cut, (size_t) g_rand_int_range(rand, 1, sizeof cut), "%s",
                      text);
        tw_text_clean(text);
        g_assert_cmpint((int) strlen(text), <=, size);
        strcpy(again, text);
        tw_text_clean(again);
        g_assert_cmpstr(again, ==, text);
        g_assert_true(tw_text_is_clean(text) && tw_text_is_clean(cut));
        g_assert_true(g_utf8_validate(text, -1, NULL));
        g_assert_true(g_str_has_prefix(text, cut));
    }
    g_rand_free(rand);
}

static void
test_shapes(void)
{
    const tw_shape shape = tw_shape4(2, 3, 5, 7);

    g_assert_cmpint(shape.rank, ==, 4);
    g_assert_cmpint(tw_shape_size(shape), ==, 210);
    g_assert_cmpint(tw_shape_size((tw_shape) { 0 }), ==, 1);
    g_assert_true(tw_shape_equal(shape, tw_shape4(2, 3, 5, 7)));
    g_assert_false(tw_shape_equal(shape, tw_shape4(2, 3, 7, 5)));
    g_assert_false(tw_shape_equal((tw_shape) { .rank = 1, .dim = { 1 } },
                                  (tw_shape) { .rank = 0 }));
}

/* What the order of roundings, or one less in a fused operation, can do. */
static const double two_roundings = 0x1p-22;

/* Sizes around the blocks and the limit of sharing. */
static const int64_t sizes[] = { 1, 7, 4096, 4097, 16384, 16385, 100003 };

static void
test_arithmetic(void)
{
    for (size_t s = 0; s < G_N_ELEMENTS(sizes); s++) {
        const tw_shape shape = tw_shape4(1, 1, 1, sizes[s]);
        tw_tensor *x = check_tensor(shape), *y = check_tensor(shape);
        tw_tensor *z = check_tensor(shape), *out = check_tensor(shape);

        check_fill(x, 1);
        check_fill(y, 2);
        check_fill(z, 3);
        tw_lin3(out, 0.5, x, -2, y, 3, z);
        for (int64_t i = 0; i < x->size; i++)
            z->data[i] = 0.5f * x->data[i] - 2 * y->data[i] + 3 * z->data[i];
        check_close("lin3", out->data, z->data, x->size, two_roundings);

        tw_copy(z, x);
        omp_set_num_threads(1);
        tw_lin2(z, 3, z, 1, y);
        for (int64_t i = 0; i < x->size; i++)
            out->data[i] = 3 * x->data[i] + y->data[i];
        check_close("lin2", z->data, out->data, x->size, two_roundings);

        /* The same bytes for any number of threads. */
        for (int threads = 2; threads <= 8; threads *= 2) {
            omp_set_num_threads(threads);
            tw_lin2(out, 3, x, 1, y);
            g_assert_cmpmem(out->data, (size_t) x->size * 4, z->data,
                            (size_t) x->size * 4);
        }
        omp_set_num_threads(omp_get_num_procs());

        tw_clamp(x, -0.5, 0.25);
        for (int64_t i = 0; i < x->size; i++)
            g_assert_true(x->data[i] >= -0.5f && x->data[i] <= 0.25f);
        tw_fill(x, 1.5);
        g_assert_cmpfloat(x->data[x->size - 1], ==, 1.5f);
        check_near("norm", tw_norm(x), 1.5 * sqrt((double) x->size), 1e-9);

        check_free(x);
        check_free(y);
        check_free(z);
        check_free(out);
    }
}

static void
test_not_finite(void)
{
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 1, 20000));

    check_fill(x, 1);
    g_assert_true(tw_all_finite(x));
    for (int64_t i = 0; i < x->size; i += 6666) {
        const float kept = x->data[i];

        x->data[i] = NAN;
        g_assert_false(tw_all_finite(x));
        tw_clamp(x, -10, 10);
        g_assert_true(isnan(x->data[i]));
        x->data[i] = -INFINITY;
        g_assert_false(tw_all_finite(x));
        x->data[i] = kept;
    }
    g_assert_true(tw_all_finite(x));
    check_free(x);
}

/* A sum in float would have stopped growing long before. */
static void
test_sums(void)
{
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 5000, 1001));
    long double sum = 0;
    double same = 0;

    for (int64_t i = 0; i < x->size; i++) {
        x->data[i] = 1 + (float) (i % 97) / 97;
        sum += (long double) x->data[i] * (long double) x->data[i];
    }
    for (int threads = 1; threads <= 8; threads++) {
        omp_set_num_threads(threads);
        const double dot = tw_dot(x, x);

        check_near("dot", dot / (double) sum, 1, 1e-13);
        if (threads > 1)
            g_assert_true(dot == same);
        same = dot;
    }
    omp_set_num_threads(omp_get_num_procs());
    check_free(x);
}

static void
test_image(void)
{
    float pixels[2][16]; /* a row is 3 pixels and 4 floats of padding */
    tw_image image = { 3, 2, 16, pixels[0] };
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 2, 3));
    float kept[2][16];

    for (int i = 0; i < 32; i++)
        pixels[i / 16][i % 16] = (float) i / 32;
    memcpy(kept, pixels, sizeof pixels);
    g_assert_cmpint(tw_image_check(&image, TW_IMAGE_PICTURE, NULL), ==, TW_OK);
    tw_image_to_tensor(&image, x);
    for (int c = 0; c < 3; c++)
        for (int y = 0; y < 2; y++)
            for (int i = 0; i < 3; i++)
                g_assert_cmpfloat(x->data[(c * 2 + y) * 3 + i], ==,
                                  2 * kept[y][4 * i + c] - 1);
    tw_fill(x, -3);
    tw_image_from_tensor(&image, x);
    for (int i = 0; i < 32; i++)
        g_assert_cmpfloat(pixels[i / 16][i % 16], ==,
                          i % 16 < 12 && i % 4 < 3 ? -1 : kept[i / 16][i % 16]);

    /* And back: 16-bit samples survive the way through [-1, 1]. */
    for (int i = 0; i < 65536; i += 37) {
        pixels[1][9] = (float) i / 65535;
        tw_image_to_tensor(&image, x);
        tw_image_from_tensor(&image, x);
        g_assert_cmpint(lrintf(pixels[1][9] * 65535), ==, i);
    }
    check_free(x);
}

static void
test_image_out_of_range(void)
{
    float pixels[4] = { NAN, 2, -1, NAN };
    tw_image image = { 1, 1, 4, pixels };
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 1, 1));
    tw_error error = { 0 };

    tw_image_to_tensor(&image, x);
    g_assert_cmpfloat(x->data[0], ==, 0);
    g_assert_cmpfloat(x->data[1], ==, 3);
    g_assert_cmpfloat(x->data[2], ==, -3);
    g_assert_cmpint(tw_image_check(&image, TW_IMAGE_MASK, &error), ==,
                    TW_ERR_ARGUMENT);
    g_assert_nonnull(strstr(error.text, "red value at 0,0"));
    pixels[0] = 0;
    g_assert_cmpint(tw_image_check(&image, TW_IMAGE_MASK, &error), ==,
                    TW_ERR_ARGUMENT);
    g_assert_nonnull(strstr(error.text, "alpha value at 0,0"));
    g_assert_true(g_str_has_prefix(error.text, "The mask's"));
    pixels[3] = -INFINITY;
    g_assert_cmpint(tw_image_check(&image, TW_IMAGE_MASK, &error), ==,
                    TW_ERR_ARGUMENT);
    check_free(x);
}

static tw_status
parse(const char *text, tw_error *err)
{
    yyjson_doc *doc;
    const tw_status status = tw_json_parse(text, strlen(text), "t", &doc, err);

    g_assert_true((status == TW_OK) == (doc != NULL));
    yyjson_doc_free(doc);
    return status;
}

static void
test_json(void)
{
    char deep[3 * TW_JSON_DEPTH + 8] = "";
    tw_error error = { 0 };

    for (int i = 0; i < TW_JSON_DEPTH; i++)
        strcat(deep, "[");
    strcat(deep, "\"[[{\\\"[\"");
    for (int i = 0; i < TW_JSON_DEPTH; i++)
        strcat(deep, "]");
    g_assert_cmpint(parse(deep, &error), ==, TW_OK);
    memmove(deep + 1, deep, strlen(deep) + 1);
    strcat(deep, "]");
    g_assert_cmpint(parse(deep, &error), ==, TW_ERR_FORMAT);
    g_assert_nonnull(strstr(error.text, "16 levels"));

    g_assert_cmpint(parse("{\"a\": [1, -2.5e3, null]} ", NULL), ==, TW_OK);
    static const char *const bad[] = {
        "",         "{",           "[1,]", "// a\n1", "NaN",
        "\"\xff\"", "\"\\ud800\"", "\"a",  "{a:1}",   "01"
    };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_cmpint(parse(bad[i], &error), ==, TW_ERR_FORMAT);
        g_assert_nonnull(strstr(error.text, "'t' is not valid JSON"));
    }
}

static tw_status
parse_some(void *data)
{
    return parse(data, NULL);
}

static void
test_json_memory(void)
{
    static char text[] = "{\"a\": [1, \"b\"]}";

    check_every_allocation("json", parse_some, text);
}

static void
test_file(void)
{
    char *path = g_build_filename(g_get_tmp_dir(), "tweedie-XXXXXX", NULL);
    const int fd = g_mkstemp(path);
    tw_error error = { 0 };
    char text[4];
    tw_file file;

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_cmpint(tw_file_open(path, &file, &error), ==, TW_OK);
    g_assert_true(file.size == 0);
    tw_file_close(&file);

    g_assert_true(g_file_set_contents(path, "abcd", 4, NULL));
    g_assert_cmpint(tw_file_open(path, &file, &error), ==, TW_OK);
    g_assert_true(file.size == 4);
    g_assert_cmpint(tw_file_read(&file, path, 1, 3, text, &error), ==, TW_OK);
    g_assert_cmpmem(text, 3, "bcd", 3);
    g_assert_cmpint(tw_file_unchanged(&file, path, &error), ==, TW_OK);

    g_assert_cmpint(truncate(path, 3), ==, 0);
    g_assert_cmpint(tw_file_read(&file, path, 1, 2, text, &error), ==, TW_OK);
    g_assert_cmpint(tw_file_read(&file, path, 1, 3, text, &error), ==,
                    TW_ERR_FILE);
    g_assert_nonnull(strstr(error.text, "cut short"));
    g_assert_cmpint(tw_file_unchanged(&file, path, &error), ==, TW_ERR_FILE);
    tw_file_close(&file);

    g_remove(path);
    g_assert_cmpint(tw_file_open(path, &file, &error), ==, TW_ERR_FILE);
    g_assert_nonnull(strstr(error.text, path));
    g_assert_cmpint(file.fd, ==, -1);
    g_free(path);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/status/fail", test_fail);
    g_test_add_func("/text/characters", test_text);
    g_test_add_func("/text/bytes", test_text_bytes);
    g_test_add_func("/tensor/shapes", test_shapes);
    g_test_add_func("/tensor/arithmetic", test_arithmetic);
    g_test_add_func("/tensor/not-finite", test_not_finite);
    g_test_add_func("/tensor/sums", test_sums);
    g_test_add_func("/image/round-trip", test_image);
    g_test_add_func("/image/out-of-range", test_image_out_of_range);
    g_test_add_func("/json/limits", test_json);
    g_test_add_func("/json/no-memory", test_json_memory);
    g_test_add_func("/file", test_file);
    return g_test_run();
}
