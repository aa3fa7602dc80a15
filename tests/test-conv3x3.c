/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The 3x3 convolution, with all that is fused into it, against the obvious loop,
 * at every level of this processor and for several thread counts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kernels/kernels.h"

/* float32: a sum of at most 9 * 80 products in another order, and Winograd's
 * transforms (measured 1e-6, performance notes). */
static const double WINOGRAD = 4e-6;

static double
silu(double x)
{
    return x / (1 + exp(-x));
}

static double
silu_slope(double x)
{
    const double s = 1 / (1 + exp(-x));

    return s * (1 + x * (1 - s));
}

/* p(x) at pixel (y, x), 0 outside. */
static double
input(const tw_conv3x3 *conv, int64_t n, int64_t y, int64_t x, int c)
{
    if (y < 0 || y >= conv->height || x < 0 || x >= conv->width)
        return 0;
    const double value =
        (double) conv
            ->x[((n * conv->height + y) * conv->width + x) * conv->inputs + c];

    return conv->silu   ? silu(value)
           : conv->gain ? (double) conv->gain[c] * value
                        : value;
}

/* One output of @conv with the plain @weights (outputs, inputs, 3, 3). */
static double
output(const tw_conv3x3 *conv, const float *weights, bool transposed, int64_t n,
       int64_t y, int64_t x, int o)
{
    const int64_t place =
        ((n * conv->height + y) * conv->width + x) * conv->outputs + o;
    double sum = 0;

    for (int i = 0; i < conv->inputs; i++)
        for (int k = 0; k < 9; k++)
            sum += input(conv, n, y + k / 3 - 1, x + k % 3 - 1, i) *
                   (double) (transposed
                                 ? weights[(i * conv->outputs + o) * 9 + 8 - k]
                                 : weights[(o * conv->inputs + i) * 9 + k]);
    if (conv->scale)
        sum *= (double) conv->scale[o];
    if (conv->shift)
        sum += (double) conv->shift[o];
    if (conv->slope)
        sum *= silu_slope((double) conv->slope[place]);
    if (conv->add)
        sum += (double) conv->add[place];
    return sum;
}

static void
reference(const tw_conv3x3 *conv, const float *weights, bool transposed,
          float *y)
{
    for (int64_t n = 0; n < conv->images; n++)
        for (int64_t r = 0; r < conv->height; r++)
            for (int64_t c = 0; c < conv->width; c++)
                for (int o = 0; o < conv->outputs; o++)
                    *y++ =
                        (float) output(conv, weights, transposed, n, r, c, o);
}

/* Runs @conv, whose y is @out, at every level and with several numbers of
 * threads; the latter must not matter to a single bit. */
static void
compare(tw_conv3x3 conv, const float *weights, bool transposed, tw_tensor *out,
        const float *expected)
{
    const int file_out = transposed ? conv.inputs : conv.outputs;
    const int file_in = transposed ? conv.outputs : conv.inputs;
    const tw_level *const *level = tw_level_list();
    float *packed =
        aligned_alloc(64, tw_conv3x3_packed_bytes(conv.outputs, conv.inputs));
    float *first = malloc((size_t) out->size * sizeof *first);

    conv.weights = packed;
    conv.y = out->data;
    for (; *level; level++) {
        tw_conv3x3_pack(*level, weights, file_out, file_in, transposed, packed);
        for (int threads = 1; threads <= 3; threads++) {
            float *scratch =
                aligned_alloc(64, tw_conv3x3_scratch(*level, &conv, threads));

            tw_fill(out, (double) NAN);
            tw_conv3x3_run(*level, &conv, scratch, threads);
            free(scratch);
            if (threads == 1)
                memcpy(first, out->data, (size_t) out->size * sizeof *first);
            check_close((*level)->name, out->data, expected, out->size,
                        WINOGRAD);
            g_assert_cmpmem(first, (size_t) out->size * sizeof *first,
                            out->data, (size_t) out->size * sizeof *first);
        }
    }
    free(first);
    free(packed);
}

/* Sizes: one pixel, odd, several blocks; channels: less than a panel, several
 * with a narrow last one. */
static const struct {
    int64_t n, h, w;
    int inputs, outputs;
} sizes[] = {
    { 1, 1, 1, 16, 16 },   { 2, 5, 7, 16, 48 },    { 1, 9, 13, 80, 16 },
    { 1, 40, 37, 16, 32 }, { 2, 33, 101, 32, 16 },
};

static void
test_conv3x3(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        const int64_t n = sizes[i].n, h = sizes[i].h, w = sizes[i].w;
        const int in = sizes[i].inputs, out = sizes[i].outputs;
        tw_tensor *x = check_noise(n, h, w, in, 1),
                  *y = check_noise(n, h, w, out, 2);
        tw_tensor *add = check_noise(n, h, w, out, 3),
                  *up = check_noise(n, h, w, out, 4);
        tw_tensor *weights = check_noise(out, in, 3, 3, 5);
        tw_tensor *gain = check_noise(1, 1, 1, in, 6);
        tw_tensor *scale = check_noise(1, 1, 1, out, 7);
        tw_tensor *shift = check_noise(1, 1, 1, out, 8);
        tw_tensor *expected = check_noise(n, h, w, out, 9);
        const tw_conv3x3 plain = { .images = n,
                                   .height = h,
                                   .width = w,
                                   .inputs = in,
                                   .outputs = out,
                                   .x = x->data };
        tw_conv3x3 forward = plain, pull = plain;

        reference(&plain, weights->data, false, expected->data);
        compare(plain, weights->data, false, y, expected->data);

        forward.silu = true;
        forward.scale = scale->data;
        forward.shift = shift->data;
        forward.add = add->data;
        reference(&forward, weights->data, false, expected->data);
        compare(forward, weights->data, false, y, expected->data);

        pull.gain = gain->data;
        pull.slope = up->data;
        pull.add = add->data;
        reference(&pull, weights->data, true, expected->data);
        compare(pull, weights->data, true, y, expected->data);

        tw_tensor *all[] = { x,    y,     add,   up,      weights,
                             gain, scale, shift, expected };
        for (size_t k = 0; k < G_N_ELEMENTS(all); k++)
            check_free(all[k]);
    }
}

/* @y may be @add. */
static void
test_conv3x3_in_place(void)
{
    const tw_level *level = tw_level_best();
    tw_tensor *x = check_noise(1, 21, 19, 16, 1),
              *y = check_noise(1, 21, 19, 16, 2);
    tw_tensor *weights = check_noise(16, 16, 3, 3, 3);
    tw_tensor *expected = check_noise(1, 21, 19, 16, 4);
    float *packed = aligned_alloc(64, tw_conv3x3_packed_bytes(16, 16));
    tw_conv3x3 conv = { .images = 1,
                        .height = 21,
                        .width = 19,
                        .inputs = 16,
                        .outputs = 16,
                        .x = x->data,
                        .weights = packed,
                        .add = y->data,
                        .y = y->data };
    float *scratch = aligned_alloc(64, tw_conv3x3_scratch(level, &conv, 2));

    tw_conv3x3_pack(level, weights->data, 16, 16, false, packed);
    reference(&conv, weights->data, false, expected->data);
    tw_conv3x3_run(level, &conv, scratch, 2);
    check_close("in place", y->data, expected->data, y->size, WINOGRAD);
    free(scratch);
    free(packed);
    check_free(x);
    check_free(y);
    check_free(weights);
    check_free(expected);
}

/* silu and its derivative where the exponential under- and overflows. */
static void
test_extremes(void)
{
    static const float at[16] = {
        -1e30f, -1000, -88, -87, -20, -3, -1,   -0.5f,
        -1e-6f, 0,     1,   3,   20,  88, 1000, 1e9f
    };
    const tw_level *const *level = tw_level_list();
    tw_tensor *weights = check_tensor(tw_shape4(16, 16, 3, 3));
    float *packed = aligned_alloc(64, tw_conv3x3_packed_bytes(16, 16));
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 1, 16));
    tw_tensor *y = check_tensor(tw_shape4(1, 1, 1, 16));
    tw_conv3x3 conv = { .images = 1,
                        .height = 1,
                        .width = 1,
                        .inputs = 16,
                        .outputs = 16,
                        .x = x->data,
                        .weights = packed,
                        .y = y->data };

    memcpy(x->data, at, sizeof at);
    for (int i = 0; i < 16; i++)
        weights->data[(i * 16 + i) * 9 + 4] = 1; /* the identity */
    for (; *level; level++) {
        float *scratch =
            aligned_alloc(64, tw_conv3x3_scratch(*level, &conv, 1));

        tw_conv3x3_pack(*level, weights->data, 16, 16, false, packed);
        conv.silu = true;
        tw_conv3x3_run(*level, &conv, scratch, 1);
        for (int i = 0; i < 16; i++)
            check_near("silu", (double) y->data[i], silu((double) at[i]),
                       1e-6 * fmax(1e-3, fabs((double) at[i])));
        conv.silu = false;
        conv.slope = x->data;
        tw_conv3x3_run(*level, &conv, scratch, 1);
        for (int i = 1; i < 15; i++) /* the ends times x would hide it */
            check_near("silu'", (double) y->data[i],
                       (double) at[i] * silu_slope((double) at[i]),
                       2e-6 * fmax(1e-3, fabs((double) at[i])));
        conv.slope = NULL;
        free(scratch);
    }
    free(packed);
    check_free(weights);
    check_free(x);
    check_free(y);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kernels/conv3x3", test_conv3x3);
    g_test_add_func("/kernels/conv3x3/in-place", test_conv3x3_in_place);
    g_test_add_func("/kernels/conv3x3/extremes", test_extremes);
    return g_test_run();
}
