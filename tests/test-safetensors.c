/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The safetensors format: what must be read, and what refused. */
#include "check.h"

#include <math.h>
#include <string.h>

/* Calls @test with the path of every file of golden/file-forms/@folder. */
static void
for_each_file(const char *folder, int at_least, void (*test)(const char *path))
{
    char *base =
        g_build_filename(TW_TEST_DIR, "golden", "file-forms", folder, NULL);
    GDir *dir = g_dir_open(base, 0, NULL);
    const char *name;
    int count = 0;

    g_assert_nonnull(dir);
    while ((name = g_dir_read_name(dir))) {
        char *path = g_build_filename(base, name, NULL);

        test(path);
        count++;
        g_free(path);
    }
    g_assert_cmpint(count, >=, at_least);
    g_dir_close(dir);
    g_free(base);
}

static void
must_open(const char *path)
{
    tw_safetensors *file = NULL;
    tw_error error = { 0 };

    if (tw_safetensors_open(path, &file, &error) != TW_OK)
        g_error("%s", error.text);
    for (int i = 0; i < tw_safetensors_count(file); i++) {
        const tw_stored *stored = tw_safetensors_entry(file, i);

        g_assert_true(tw_safetensors_find(file, stored->name) == stored);
    }
    g_assert_null(tw_safetensors_find(file, "no such tensor"));
    tw_safetensors_free(file);
}

static void
must_be_refused(const char *path)
{
    tw_safetensors *file = NULL;
    tw_error error = { 0 };
    const tw_status status = tw_safetensors_open(path, &file, &error);

    g_test_message("%s", error.text);
    g_assert_cmpint(status, ==, TW_ERR_FORMAT);
    g_assert_cmpint(error.status, ==, TW_ERR_FORMAT);
    g_assert_null(file);
    g_assert_nonnull(strstr(error.text, path));
}

static void
test_good_files(void)
{
    for_each_file("st", 11, must_open);
}

static void
test_bad_files(void)
{
    for_each_file("st-bad", 22, must_be_refused);
}

static void
test_no_file(void)
{
    tw_safetensors *file = NULL;
    tw_error error = { 0 };

    g_assert_cmpint(tw_safetensors_open("/nowhere/x", &file, &error), ==,
                    TW_ERR_FILE);
    g_assert_nonnull(strstr(error.text, "/nowhere/x"));
    g_assert_cmpint(tw_safetensors_open(TW_TEST_DIR, &file, &error), ==,
                    TW_ERR_FILE);
    g_assert_cmpint(tw_safetensors_open("/dev/null", &file, &error), ==,
                    TW_ERR_FILE);
}

static void
test_dtypes(void)
{
    static const char *const names[] = { "F64", "F32", "F16", "BF16", "I64",
                                         "I32", "I16", "I8",  "U8",   "BOOL" };
    static const tw_dtype dtypes[] = {
        TW_F64, TW_F32, TW_F16, TW_BF16, TW_I64,
        TW_I32, TW_I16, TW_I8,  TW_U8,   TW_BOOL
    };
    tw_safetensors *file = check_golden("file-forms/st/all_dtypes.safetensors");

    g_assert_nonnull(file);
    g_assert_cmpint(tw_safetensors_count(file), ==, G_N_ELEMENTS(names));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const tw_stored *stored = tw_safetensors_find(file, names[i]);

        g_assert_nonnull(stored);
        g_assert_cmpint(stored->dtype, ==, dtypes[i]);
        g_assert_cmpint(stored->shape.rank, ==, 1);
        g_assert_cmpint(stored->shape.dim[0], ==, 2);
        g_assert_cmpint(stored->shape.dim[1], ==, 1);
    }
    tw_safetensors_free(file);
}

static void
test_forms(void)
{
    tw_safetensors *file =
        check_golden("file-forms/st/metadata_unicode.safetensors");

    g_assert_cmpstr(tw_safetensors_metadata(file, "titel"), ==, "Grüße 猫 😀");
    g_assert_cmpstr(tw_safetensors_metadata(file, "format"), ==, "pt");
    g_assert_null(tw_safetensors_metadata(file, "forma"));
    g_assert_nonnull(tw_safetensors_find(file, "nàme.🐱"));
    tw_safetensors_free(file);

    file = check_golden("file-forms/st/empty_tensor.safetensors");
    const tw_stored *empty = tw_safetensors_find(file, "e");

    g_assert_cmpint((int) empty->bytes, ==, 0);
    g_assert_cmpint(empty->shape.rank, ==, 2);
    g_assert_cmpint(tw_shape_size(empty->shape), ==, 0);
    g_assert_null(tw_safetensors_metadata(file, "format"));
    tw_safetensors_free(file);

    file = check_golden("file-forms/st/scalar.safetensors");
    g_assert_cmpint(tw_safetensors_find(file, "s")->shape.rank, ==, 0);
    g_assert_cmpint((int) tw_safetensors_find(file, "s")->bytes, ==, 4);
    tw_safetensors_free(file);
}

/* A file of the header @json and @size bytes of data. */
static tw_status
parse(const char *json, size_t size, tw_error *err)
{
    const uint64_t length = strlen(json);
    GByteArray *bytes = g_byte_array_new();
    tw_safetensors *file = NULL;

    for (int i = 0; i < 8; i++) {
        const guint8 byte = (guint8) (length >> 8 * i);

        g_byte_array_append(bytes, &byte, 1);
    }
    g_byte_array_append(bytes, (const guint8 *) json, (guint) length);
    g_byte_array_set_size(bytes, (guint) (8 + length + size));

    const tw_status status =
        tw_safetensors_parse(bytes->data, bytes->len, "test", &file, err);

    tw_safetensors_free(file);
    g_byte_array_unref(bytes);
    return status;
}

/* What the files of file-forms do not cover, each with a word of its message. */
static void
test_bad_headers(void)
{
    static const struct {
        const char *json, *word;
        size_t size;
    } cases[] = {
        { "{\"a\":{\"dtype\":\"F8_E5M2\",\"shape\":[4],\"data_offsets\":[0,4]}"
          "}",
          "F8_E5M2", 4 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1],"
          "\"data_offsets\":[0,4]}}",
          "5 dimensions", 4 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
          "shape", 4 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],"
          "\"data_offsets\":[0,4]}}",
          "shape", 4 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,2,0],"
          "\"data_offsets\":[0,0]}}",
          "shape", 0 },
        { "{\"a\":{\"dtype\":\"U8\",\"shape\":4,\"data_offsets\":[0,4]}}",
          "shape", 4 },
        { "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4,4]}}",
          "outside", 4 },
        { "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[-4,0]}}",
          "outside", 4 },
        { "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4],"
          "\"shape\":[4]}}",
          "described", 4 },
        { "{\"a\\u0000b\":{\"dtype\":\"U8\",\"shape\":[4],"
          "\"data_offsets\":[0,4]}}",
          "null character", 4 },
        { "{\"a\":7}", "described", 0 },
        { "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "twice", 0 },
        { "{\"__metadata__\":{\"a\":\"b\\u0000c\"}}", "texts", 0 },
        { "{\"__metadata__\":{},\"__metadata__\":{}}", "twice", 0 },
        { "{\"__metadata__\":[]}", "texts", 0 },
        { "{} {}", "JSON", 0 },
        { "{\"a\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}", "nested", 0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_error error = { 0 };
        const tw_status status = parse(cases[i].json, cases[i].size, &error);

        g_test_message("%s", error.text);
        g_assert_cmpint(status, ==, TW_ERR_FORMAT);
        g_assert_nonnull(strstr(error.text, cases[i].word));
    }
    g_assert_cmpint(parse("{}", 0, NULL), ==, TW_OK);
    g_assert_cmpint(parse("{\"a\":7}", 0, NULL), ==, TW_ERR_FORMAT);
}

/* Signed zeros, subnormals, largest numbers, infinities. */
static void
test_special_values(void)
{
    tw_safetensors *file =
        check_golden("file-forms/st/special_values.safetensors");

    for (int k = 0; k < 2; k++) {
        tw_tensor *values = check_stored(file, k == 0 ? "h" : "b");
        bool zero = false, infinite = false;

        for (int64_t i = 0; i < values->size; i++) {
            zero = zero || (values->data[i] == 0 && signbit(values->data[i]));
            infinite = infinite || isinf(values->data[i]);
        }
        g_assert_true(zero && infinite);
        check_free(values);
    }
    tw_safetensors_free(file);
}

static tw_status
read_file(void *data)
{
    tw_safetensors *file = NULL;
    const tw_status status = tw_safetensors_open(data, &file, NULL);

    tw_safetensors_free(file);
    return status;
}

static void
test_no_memory(void)
{
    char *path = g_build_filename(TW_TEST_DIR, "golden", "file-forms", "st",
                                  "metadata_unicode.safetensors", NULL);

    check_every_allocation("safetensors", read_file, path);
    g_free(path);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/safetensors/good-files", test_good_files);
    g_test_add_func("/safetensors/bad-files", test_bad_files);
    g_test_add_func("/safetensors/no-file", test_no_file);
    g_test_add_func("/safetensors/dtypes", test_dtypes);
    g_test_add_func("/safetensors/forms", test_forms);
    g_test_add_func("/safetensors/bad-headers", test_bad_headers);
    g_test_add_func("/safetensors/special-values", test_special_values);
    g_test_add_func("/safetensors/no-memory", test_no_memory);
    return g_test_run();
}
