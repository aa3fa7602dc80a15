/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kernel but the 3x3 convolution against the obvious loop, at every level
 * of this processor and for several thread counts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kernels/kernels.h"

/* float32: a sum of at most 9 * 80 products, in another order. */
static const double DIRECT = 2e-6;
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
    tw_tensor *big = check_noise(n, 2 * h, 2 * w, fine, 1);
    tw_tensor *small = check_noise(n, h, w, coarse, 2);
    tw_tensor *to = scatter ? big : small;
    tw_tensor *more = check_noise(1, 1, 1, to->size, 3);
    tw_tensor *expected = check_noise(1, 1, 1, to->size, 3);
    tw_tensor *weights = check_noise(coarse, fine, 2, 2, 4);
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
            tw_tensor *w = check_noise(1, 1, 7, columns[i], 1);
            tw_tensor *x = check_noise(1, 1, 1, columns[i], 2);
            tw_tensor *bias = check_noise(1, 1, 1, 7, 3);
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
    tw_tensor *x = check_noise(N, C, 2 * H, 2 * W, 1);
    tw_tensor *y = check_noise(N, H, W, 16, 2),
              *back = check_noise(N, C, 2 * H, 2 * W, 3);

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
    g_test_add_func("/kernels/conv2x2", test_conv2x2);
    g_test_add_func("/kernels/matvec", test_matvec);
    g_test_add_func("/kernels/shuffle", test_shuffle);
    return g_test_run();
}
