/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counter-based generator and its normal samples. */
#include "check.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/random.h"

/* The known answers of Random123 1.09, philox4x32 with 10 rounds. */
static void
test_philox(void)
{
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } cases[] = {
        { { 0, 0, 0, 0 },
          { 0, 0 },
          { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
        { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
          { 0xffffffff, 0xffffffff },
          { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
        { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
          { 0xa4093822, 0x299f31d0 },
          { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint32_t out[4];

        tw_philox(cases[i].counter, cases[i].key, out);
        for (int k = 0; k < 4; k++)
            g_assert_cmphex(out[k], ==, cases[i].out[k]);
    }
}

/* Box and Muller's formula in double from the same uniform numbers. What is left
 * is float32 arithmetic on radii up to 6.7. */
static void
test_box_muller(void)
{
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 512, 256));
    const uint32_t key[2] = { 9, 1 };

    tw_random_normal((UINT64_C(1) << 32) + 9, UINT64_C(3) << 32, 7, x->data,
                     x->size);
    for (uint32_t i = 0; i < 512 * 64; i++) {
        const uint32_t counter[4] = { i, 7, 0, 3 };
        const float *at = x->data + i / 64 * 256 + i % 64;
        uint32_t bits[4];

        tw_philox(counter, key, bits);
        for (int k = 0; k < 4; k += 2) {
            const double u = (double) ((float) bits[k] + 1) * 0x1p-32;
            const double angle = bits[k + 1] * (2 * M_PI * 0x1p-32);
            const double radius = sqrt(-2 * log(u));

            check_near("cosine", (double) at[64 * k], radius * cos(angle),
                       4e-6);
            check_near("sine", (double) at[64 * k + 64], radius * sin(angle),
                       4e-6);
        }
    }
    check_free(x);
}

/* Moments of a million samples: each within 5 standard deviations. */
static void
test_normal(void)
{
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 1000, 1000));
    double sum[5] = { 0 }, next = 0, most = 0;
    const double n = 1e6;

    tw_random_normal(7, 0, 0, x->data, x->size);
    for (int64_t i = 0; i < x->size; i++) {
        const double v = (double) x->data[i];

        for (int power = 1; power <= 4; power++)
            sum[power] += pow(v, power);
        next += i > 0 ? v * (double) x->data[i - 1] : 0;
        most = fmax(most, fabs(v));
    }
    check_near("mean", sum[1] / n, 0, 5 * sqrt(1 / n));
    check_near("variance", sum[2] / n, 1, 5 * sqrt(2 / n));
    check_near("third", sum[3] / n, 0, 5 * sqrt(15 / n));
    check_near("fourth", sum[4] / n, 3, 5 * sqrt(96 / n));
    check_near("neighbors", next / n, 0, 5 * sqrt(1 / n));
    g_assert_true(most > 4.2 && most < 6.67); /* sqrt (2 ln 2^32) = 6.66 */
    check_free(x);
}

static void
test_normal_streams(void)
{
    tw_tensor *a = check_tensor(tw_shape4(1, 1, 1, 30003));
    tw_tensor *b = check_tensor(a->shape);
    const int64_t size = a->size;

    /* A shorter run of samples begins as a longer one, for any threads. */
    omp_set_num_threads(1);
    tw_random_normal(1, 2, 3, a->data, size);
    omp_set_num_threads(8);
    tw_random_normal(1, 2, 3, b->data, size - 2);
    omp_set_num_threads(omp_get_num_procs());
    g_assert_cmpmem(a->data, (size_t) (size - 2) * 4, b->data,
                    (size_t) (size - 2) * 4);
    g_assert_cmpfloat(b->data[size - 1], ==, 0);

    /* Seed, stream and draw each give another sequence: no correlation. */
    for (int k = 0; k < 4; k++) {
        tw_random_normal(1 + (k == 0) + ((uint64_t) (k == 3) << 40),
                         2 + (k == 1), 3 + (k == 2), b->data, size);
        check_near("correlation", tw_dot(a, b) / (double) size, 0,
                   5 / sqrt((double) size));
    }
    check_free(a);
    check_free(b);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/random/philox", test_philox);
    g_test_add_func("/random/box-muller", test_box_muller);
    g_test_add_func("/random/normal", test_normal);
    g_test_add_func("/random/streams", test_normal_streams);
    return g_test_run();
}
