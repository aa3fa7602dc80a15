/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights by name: conversion to float32, refusals, packing once. */
#include "check.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check-weights.h"
#include "weights/weights.h"

static tw_weights *
open_weights(const char *name)
{
    tw_safetensors *file = check_golden(name);
    tw_weights *weights = NULL;
    tw_error error = { 0 };

    g_assert_nonnull(file);
    tw_weights_new(file, &weights, &error);
    g_assert_cmpstr(error.text, ==, "");
    tw_safetensors_free(file); /* allowed: everything was converted */
    return weights;
}

static void
test_convert(void)
{
    static const char *const floats[] = { "F64", "F32", "F16", "BF16" };
    tw_safetensors *file = check_golden("file-forms/st/all_dtypes.safetensors");
    tw_weights *weights = open_weights("file-forms/st/all_dtypes.safetensors");

    for (size_t i = 0; i < G_N_ELEMENTS(floats); i++) {
        const tw_tensor *found = tw_weights_find(weights, floats[i]);
        tw_tensor *expected = check_stored(file, floats[i]);

        g_assert_nonnull(found);
        g_assert_true(tw_shape_equal(found->shape, expected->shape));
        g_assert_cmpmem(found->data, 8, expected->data, 8);
        g_assert_cmpuint((uintptr_t) found->data % 64, ==, 0);
        check_free(expected);
    }
    g_assert_null(tw_weights_find(weights, "I32"));
    g_assert_null(tw_weights_find(weights, ""));
    g_assert_cmpuint(tw_weights_bytes(weights), ==, 4 * 2 * sizeof(float));
    tw_weights_free(weights);
    tw_safetensors_free(file);
}

/* All finite half precision numbers, by way of the doubles that they are. */
static void
test_every_half(void)
{
    static const char header[] = "{\"h\":{\"dtype\":\"F16\",\"shape\":"
                                 "[63488],\"data_offsets\":[0,126976]}}";
    const size_t length = strlen(header);
    char *bytes = g_malloc0(8 + length + 126976);
    tw_safetensors *file = NULL;
    tw_weights *weights = NULL;
    int count = 0;

    bytes[0] = (char) length;
    memcpy(bytes + 8, header, length);
    for (unsigned bits = 0; bits < 65536; bits++)
        if ((bits >> 10 & 31) < 31) {
            const uint16_t half = (uint16_t) bits;

            memcpy(bytes + 8 + length + 2 * count++, &half, 2);
        }
    g_assert_cmpint(count, ==, 63488);
    g_assert_cmpint(
        tw_safetensors_parse(bytes, 8 + length + 126976, "half", &file, NULL),
        ==, TW_OK);
    g_assert_cmpint(tw_weights_new(file, &weights, NULL), ==, TW_OK);

    tw_tensor *expected = check_stored(file, "h");

    g_assert_cmpmem(tw_weights_find(weights, "h")->data, 63488 * 4,
                    expected->data, 63488 * 4);
    check_free(expected);
    tw_weights_free(weights);
    tw_safetensors_free(file);
    g_free(bytes);
}

/* Another program cuts the file short, or writes to it, between its header and
 * its data. */
static void
test_changed(void)
{
    static const check_weight list[] = { { "w", { 1, { 50000, 1, 1, 1 } } } };
    GByteArray *bytes = check_weights_file(list, 1, 1);
    char *path = g_build_filename(g_get_tmp_dir(), "tweedie-XXXXXX", NULL);

    g_close(g_mkstemp(path), NULL);
    for (int cut = 0; cut < 2; cut++) {
        const long size = cut ? 100000 : bytes->len;
        tw_safetensors *file = NULL;
        tw_weights *weights = NULL;
        tw_error error = { 0 };

        g_assert_true(g_file_set_contents(path, (const char *) bytes->data,
                                          bytes->len, NULL));
        g_assert_cmpint(tw_safetensors_open(path, &file, &error), ==, TW_OK);
        g_assert_cmpint(
            utimensat(AT_FDCWD, path,
                      (const struct timespec[2]) { { 1, 0 }, { 1, 0 } }, 0),
            ==, 0);
        g_assert_cmpint(truncate(path, size), ==, 0);
        g_assert_cmpint(tw_weights_new(file, &weights, &error), ==,
                        TW_ERR_FILE);
        g_assert_nonnull(strstr(error.text, path));
        g_assert_nonnull(strstr(error.text, "changed"));
        g_assert_null(weights);
        tw_safetensors_free(file);
    }
    g_remove(path);
    g_free(path);
    g_byte_array_unref(bytes);
}

static void
test_not_finite(void)
{
    tw_safetensors *file =
        check_golden("file-forms/st/special_values.safetensors");
    tw_weights *weights = NULL;
    tw_error error = { 0 };

    g_assert_cmpint(tw_weights_new(file, &weights, &error), ==, TW_ERR_MODEL);
    g_assert_true(strstr(error.text, "'b'") || strstr(error.text, "'h'"));
    g_assert_null(weights);
    tw_safetensors_free(file);
}

static atomic_int packed;

static void *
twice(const tw_tensor *weight, size_t *bytes)
{
    *bytes = 2 * (size_t) weight->size * sizeof(float);
    char *data = malloc(*bytes);

    packed++;
    if (data) {
        memcpy(data, weight->data, *bytes / 2);
        memcpy(data + *bytes / 2, weight->data, *bytes / 2);
    }
    return data;
}

static void *
nothing(const tw_tensor *weight, size_t *bytes)
{
    (void) weight, (void) bytes;
    return NULL;
}

static void *
ask(void *weights)
{
    const void *first = tw_weights_packed(weights, "a", twice);

    for (int i = 0; i < 100; i++)
        g_assert_true(tw_weights_packed(weights, "a", twice) == first);
    return NULL;
}

/* Packed once, however many threads ask. */
static void
test_packed(void)
{
    tw_weights *weights = open_weights("file-forms/st/minimal.safetensors");
    const size_t plain = tw_weights_bytes(weights);
    pthread_t threads[4];

    g_assert_null(tw_weights_packed(weights, "b", twice));
    g_assert_null(tw_weights_packed(weights, "a", nothing));
    packed = 0;
    for (int i = 0; i < 4; i++)
        g_assert_cmpint(pthread_create(&threads[i], NULL, ask, weights), ==, 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    g_assert_cmpint(packed, ==, 1);
    g_assert_cmpuint(tw_weights_bytes(weights), ==, 3 * plain);
    g_assert_cmpmem((const char *) tw_weights_packed(weights, "a", twice) + 16,
                    16, tw_weights_find(weights, "a")->data, 16);
    tw_weights_free(weights);
}

static tw_status
make(void *file)
{
    tw_weights *weights = NULL;
    tw_status status = tw_weights_new(file, &weights, NULL);

    if (status == TW_OK && !tw_weights_packed(weights, "F32", twice))
        status = TW_ERR_MEMORY;
    tw_weights_free(weights);
    return status;
}

static void
test_no_memory(void)
{
    tw_safetensors *file = check_golden("file-forms/st/all_dtypes.safetensors");

    check_every_allocation("weights", make, file);
    tw_safetensors_free(file);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/weights/convert", test_convert);
    g_test_add_func("/weights/every-half", test_every_half);
    g_test_add_func("/weights/changed", test_changed);
    g_test_add_func("/weights/not-finite", test_not_finite);
    g_test_add_func("/weights/packed", test_packed);
    g_test_add_func("/weights/no-memory", test_no_memory);
    return g_test_run();
}
