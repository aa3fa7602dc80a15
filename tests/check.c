/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"

void
check_close(const char *what, const float *a, const float *b, int64_t size,
            double limit)
{
    double difference = 0, norm = 0, worst = -1;
    int64_t place = 0;

    for (int64_t i = 0; i < size; i++) {
        const double d = fabs((double) a[i] - (double) b[i]);

        difference += d * d;
        norm += (double) b[i] * (double) b[i];
        if (!(d <= worst)) {
            worst = d;
            place = i;
        }
    }
    const double error = sqrt(difference) / (norm > 0 ? sqrt(norm) : 1);

    if (!(error <= limit)) {
        g_test_message("%s: relative error %g (limit %g); most at [%" PRId64
                       "]: %g, expected %g",
                       what, error, limit, place, (double) a[place],
                       (double) b[place]);
        g_test_fail();
    }
}

void
check_near(const char *what, double a, double b, double limit)
{
    if (!(fabs(a - b) <= limit)) {
        g_test_message("%s: %.9g, expected %.9g (within %g)", what, a, b,
                       limit);
        g_test_fail();
    }
}

void
check_ok(tw_status status, tw_run *run)
{
    if (status != TW_OK) {
        g_test_message("status %d: %s", status,
                       run ? tw_run_error(run)->text : "");
        g_test_fail();
    }
}

tw_run *
check_run(uint64_t seed, int threads)
{
    const tw_run_config config = { .seed = seed, .threads = threads };
    tw_run *run = tw_run_new(&config);

    g_assert_nonnull(run);
    return run;
}

tw_tensor *
check_tensor(tw_shape shape)
{
    tw_tensor *tensor = g_new(tw_tensor, 1);
    const int64_t size = tw_shape_size(shape);
    const size_t bytes = ((size_t) size * sizeof(float) + 64) / 64 * 64;

    *tensor = (tw_tensor) { shape, size, aligned_alloc(64, bytes) };
    g_assert_nonnull(tensor->data);
    memset(tensor->data, 0, bytes);
    return tensor;
}

void
check_free(tw_tensor *tensor)
{
    if (tensor)
        free(tensor->data);
    g_free(tensor);
}

tw_tensor
check_sized(tw_shape shape)
{
    return (tw_tensor) { .shape = shape };
}

size_t
check_sized_denoise(const tw_prior *prior, tw_shape shape, int threads)
{
    tw_run *run = tw_run_new_sizing(threads);
    tw_tensor x = check_sized(shape);

    check_ok(tw_denoise(prior, &x, 1, &x, NULL, run), run);
    const size_t peak = tw_run_peak(run);

    tw_run_free(run);
    return peak;
}

void
check_fill(tw_tensor *tensor, uint64_t seed)
{
    tw_random_normal(seed, 0, 0, tensor->data, tensor->size);
}

tw_tensor *
check_noise(int64_t n, int64_t a, int64_t b, int64_t c, uint64_t seed)
{
    tw_tensor *tensor = check_tensor(tw_shape4(n, a, b, c));

    check_fill(tensor, seed);
    return tensor;
}

tw_safetensors *
check_golden(const char *name)
{
    char *path = g_build_filename(TW_TEST_DIR, "golden", name, NULL);
    tw_safetensors *file = NULL;
    tw_error error = { 0 };
    const tw_status status = tw_safetensors_open(path, &file, &error);

    if (status == TW_ERR_FILE)
        g_test_skip(error.text);
    else if (status != TW_OK)
        g_error("%s", error.text);
    g_free(path);
    return file;
}

/* IEEE 754 half precision: 5 bits of exponent, 10 of fraction. */
static float
from_half(uint16_t bits)
{
    const int exponent = bits >> 10 & 31, fraction = bits & 1023;
    const double sign = bits >> 15 ? -1 : 1;

    if (exponent == 31)
        return fraction ? NAN : (float) sign * INFINITY;
    if (exponent == 0)
        return (float) (sign * ldexp(fraction, -24));
    return (float) (sign * ldexp(1024 + fraction, exponent - 25));
}

/* The upper half of a float. */
static float
from_bfloat(uint16_t bits)
{
    const uint32_t wide = (uint32_t) bits << 16;
    float value;

    memcpy(&value, &wide, sizeof value);
    return value;
}

static float
stored_value(const tw_stored *stored, const char *data, int64_t i)
{
    uint16_t bits;
    float single;
    double value;

    switch (stored->dtype) {
    case TW_F64:
        memcpy(&value, data + 8 * i, sizeof value);
        return (float) value;
    case TW_F32:
        memcpy(&single, data + 4 * i, sizeof single);
        return single;
    case TW_F16:
        memcpy(&bits, data + 2 * i, sizeof bits);
        return from_half(bits);
    case TW_BF16:
        memcpy(&bits, data + 2 * i, sizeof bits);
        return from_bfloat(bits);
    default:
        g_error("'%s' is not a float tensor", stored->name);
    }
}

tw_tensor *
check_stored(const tw_safetensors *file, const char *name)
{
    const tw_stored *stored = tw_safetensors_find(file, name);

    if (!stored)
        g_error("the golden file has no '%s'", name);

    tw_tensor *tensor = check_tensor(stored->shape);
    char *data = g_malloc(stored->bytes);

    check_ok(tw_safetensors_read(file, stored, 0, stored->bytes, data, NULL),
             NULL);
    for (int64_t i = 0; i < tensor->size; i++)
        tensor->data[i] = stored_value(stored, data, i);
    g_free(data);
    return tensor;
}

unsigned char *
check_hole(int width, int side)
{
    unsigned char *known = g_malloc((size_t) (width * width));
    const int from = (width - side) / 2, to = from + side;

    for (int i = 0; i < width * width; i++) {
        const int y = i / width, x = i % width;

        known[i] = y < from || y >= to || x < from || x >= to;
    }
    return known;
}
