/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kernel against the obvious loop, at every level of this processor and
 * for several thread counts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kernels/kernels.h"

/* float32: a sum of at most 9 * 80 products, in another order. */
static const double DIRECT = 2e-6;
/* The same, and Winograd's transforms (measured 1e-6, performance notes). */
static const double WINOGRAD = 4e-6;

static tw_tensor *
noise(int64_t n, int64_t h, int64_t w, int64_t c, uint64_t seed)
{
    tw_tensor *tensor = check_tensor(tw_shape4(n, h, w, c));

    check_fill(tensor, seed);
    return tensor;
}

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
        tw_tensor *x = noise(n, h, w, in, 1), *y = noise(n, h, w, out, 2);
        tw_tensor *add = noise(n, h, w, out, 3), *up = noise(n, h, w, out, 4);
        tw_tensor *weights = noise(out, in, 3, 3, 5);
        tw_tensor *gain = noise(1, 1, 1, in, 6);
        tw_tensor *scale = noise(1, 1, 1, out, 7);
        tw_tensor *shift = noise(1, 1, 1, out, 8);
        tw_tensor *expected = noise(n, h, w, out, 9);
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
    tw_tensor *x = noise(1, 21, 19, 16, 1), *y = noise(1, 21, 19, 16, 2);
    tw_tensor *weights = noise(16, 16, 3, 3, 3);
    tw_tensor *expected = noise(1, 21, 19, 16, 4);
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

static void
reference2x2(const tw_conv2x2 *conv, const float *weights, bool scatter,
             float *y)
{
    const int fine = conv->fine_channels, coarse = conv->coarse_channels;
    const int64_t pixels = conv->images * conv->height * conv->width;
    double *sums =
        calloc((size_t) (pixels * 4 * (fine + coarse)), sizeof *sums);

    for (int64_t p = 0; p < pixels; p++)
        for (int c = 0; c < coarse; c++)
            for (int f = 0; f < fine; f++)
                for (int k = 0; k < 4; k++) {
                    const int64_t row = p / conv->width, x = p % conv->width;
                    const int64_t q =
                        (2 * row + k / 2) * 2 * conv->width + 2 * x + k % 2;
                    const double w = (double) weights[(c * fine + f) * 4 + k];

                    if (scatter)
                        sums[q * fine + f] +=
                            w * (double) conv->x[p * coarse + c];
                    else
                        sums[p * coarse + c] +=
                            w * (double) conv->x[q * fine + f];
                }
    const int64_t size = scatter ? 4 * pixels * fine : pixels * coarse;

    for (int64_t i = 0; i < size; i++)
        y[i] = (float) (sums[i] + (conv->add ? (double) conv->add[i] : 0));
    free(sums);
}

static void
check_conv2x2(int64_t n, int64_t h, int64_t w, int coarse, int fine,
              bool scatter, bool add)
{
    tw_tensor *big = noise(n, 2 * h, 2 * w, fine, 1);
    tw_tensor *small = noise(n, h, w, coarse, 2);
    tw_tensor *to = scatter ? big : small;
    tw_tensor *more = noise(1, 1, 1, to->size, 3);
    tw_tensor *expected = noise(1, 1, 1, to->size, 3);
    tw_tensor *weights = noise(coarse, fine, 2, 2, 4);
    float *packed = aligned_alloc(64, tw_conv2x2_packed_bytes(coarse, fine));
    const tw_level *const *level = tw_level_list();
    const tw_conv2x2 conv = { .images = n,
                              .height = h,
                              .width = w,
                              .coarse_channels = coarse,
                              .fine_channels = fine,
                              .weights = packed,
                              .x = scatter ? small->data : big->data,
                              .add = add ? more->data : NULL,
                              .y = to->data };

    reference2x2(&conv, weights->data, scatter, expected->data);
    for (; *level; level++)
        for (int threads = 1; threads < 3; threads++) {
            (scatter ? tw_scatter2x2_pack : tw_gather2x2_pack)(
                *level, weights->data, coarse, fine, packed);
            tw_fill(to, (double) NAN);
            (scatter ? tw_scatter2x2 : tw_gather2x2)(*level, &conv, threads);
            check_close((*level)->name, to->data, expected->data, to->size,
                        DIRECT);
        }
    free(packed);
    check_free(big);
    check_free(small);
    check_free(more);
    check_free(expected);
    check_free(weights);
}

static void
test_conv2x2(void)
{
    for (int scatter = 0; scatter < 2; scatter++)
        for (int add = 0; add < 2; add++) {
            check_conv2x2(1, 1, 1, 16, 16, scatter, add);
            check_conv2x2(2, 3, 29, 48, 16, scatter, add);
            check_conv2x2(1, 20, 15, 16, 80, scatter, add);
        }
}

static void
test_matvec(void)
{
    static const int columns[] = { 1, 15, 80, 257 };
    const tw_level *const *level = tw_level_list();

    for (; *level; level++)
        for (int i = 0; i < 4; i++) {
            tw_tensor *w = noise(1, 1, 7, columns[i], 1);
            tw_tensor *x = noise(1, 1, 1, columns[i], 2);
            tw_tensor *bias = noise(1, 1, 1, 7, 3);
            float y[7], expected[7];

            for (int r = 0; r < 7; r++) {
                double sum = (double) bias->data[r];

                for (int c = 0; c < columns[i]; c++)
                    sum += (double) w->data[r * columns[i] + c] *
                           (double) x->data[c];
                expected[r] = (float) sum;
            }
            (*level)->matvec(7, columns[i], w->data, x->data, bias->data, y);
            check_close((*level)->name, y, expected, 7, DIRECT);
            check_free(w);
            check_free(x);
            check_free(bias);
        }
}

static void
test_shuffle(void)
{
    enum { N = 2, H = 3, W = 5, C = 3 };
    tw_tensor *x = noise(N, C, 2 * H, 2 * W, 1);
    tw_tensor *y = noise(N, H, W, 16, 2), *back = noise(N, C, 2 * H, 2 * W, 3);

    tw_unshuffle2x2(x->data, N, C, H, W, 0.5f, y->data);
    for (int64_t i = 0; i < y->size; i++) {
        const int64_t c = i % 16, column = i / 16 % W, row = i / 16 / W % H;
        const int64_t place =
            ((i / 16 / W / H * C + c / 4) * 2 * H + 2 * row + c / 2 % 2) * 2 *
                W +
            2 * column + c % 2;

        g_assert_cmpfloat(y->data[i], ==, c < 12 ? 0.5f * x->data[place] : 0);
    }
    tw_shuffle2x2(y->data, N, C, H, W, 0.25, x->data, 4, back->data);
    for (int64_t i = 0; i < x->size; i++)
        g_assert_cmpfloat(back->data[i], ==,
                          0.25f * x->data[i] + 4 * (0.5f * x->data[i]));
    check_free(x);
    check_free(y);
    check_free(back);
}

/* The best level comes first, and is the one in use unless the environment
 * says otherwise. */
static void
test_levels(void)
{
    const tw_level *const *level = tw_level_list();
    const char *forced = g_getenv("TWEEDIE_LEVEL");

    if (forced)
        for (; *level && strcmp((*level)->name, forced) != 0; level++)
            ;
    if (*level)
        g_assert_true(tw_level_best() == *level);
    else
        g_test_skip("this processor does not have the level");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kernels/levels", test_levels);
    g_test_add_func("/kernels/conv3x3", test_conv3x3);
    g_test_add_func("/kernels/conv3x3/in-place", test_conv3x3_in_place);
    g_test_add_func("/kernels/conv3x3/extremes", test_extremes);
    g_test_add_func("/kernels/conv2x2", test_conv2x2);
    g_test_add_func("/kernels/matvec", test_matvec);
    g_test_add_func("/kernels/shuffle", test_shuffle);
    return g_test_run();
}
