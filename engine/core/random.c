/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/random.h"

#include <math.h>
#include <string.h>

#include "core/parallel.h"

enum { ROUNDS = 10 };

/* Samples are made in batches: each of COUNTERS counters gives four, and the
 * loops over counters vectorise, if all that they call is inline. */
enum { COUNTERS = 64, BATCH = 4 * COUNTERS };
#define INLINE inline __attribute__((always_inline))

/* One bijection of c, by the key of @round. */
static INLINE void
philox_round(uint32_t *c0, uint32_t *c1, uint32_t *c2, uint32_t *c3,
             const uint32_t key[2], uint32_t round)
{
    const uint64_t p0 = (uint64_t) 0xD2511F53 * *c0;
    const uint64_t p1 = (uint64_t) 0xCD9E8D57 * *c2;
    const uint32_t k0 = key[0] + round * 0x9E3779B9; /* the golden ratio */
    const uint32_t k1 = key[1] + round * 0xBB67AE85; /* sqrt (3) - 1 */

    *c0 = (uint32_t) (p1 >> 32) ^ *c1 ^ k0;
    *c1 = (uint32_t) p1;
    *c2 = (uint32_t) (p0 >> 32) ^ *c3 ^ k1;
    *c3 = (uint32_t) p0;
}

void
tw_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    memcpy(out, counter, 4 * sizeof *out);
    for (uint32_t round = 0; round < ROUNDS; round++)
        philox_round(&out[0], &out[1], &out[2], &out[3], key, round);
}

/* ln ((bits + 1) / 2^32), never of 0. For x = 2^e m with m in [0.7, 1.4] it is
 * e ln 2 + 2 artanh (s), s = (m - 1) / (m + 1), |s| < 0.1716; the first term
 * left out of the series is below 1e-9. */
static INLINE float
log_uniform(uint32_t bits)
{
    /* In two exact halves, because vectors convert signed numbers only. */
    const float high = (float) (int32_t) (bits >> 16) * 65536;
    const float u = high + (float) (int32_t) (bits & 0xFFFF) + 1;
    int32_t word;
    float m;

    memcpy(&word, &u, sizeof word);
    /* 0x3F3504F3 is sqrt (1/2): m is not below it, so below sqrt (2). */
    const int32_t e = (word - 0x3F3504F3) >> 23;

    word -= e * (1 << 23);
    memcpy(&m, &word, sizeof m);

    const float s = (m - 1) / (m + 1), t = s * s;
    const float series =
        1 + t * (1.0f / 3 + t * (1.0f / 5 + t * (1.0f / 7 + t * (1.0f / 9))));

    return (float) (e - 32) * (float) M_LN2 + 2 * s * series;
}

/* cos and sin of 2 pi bits / 2^32. The nearest quarter turn is taken off in
 * whole numbers; Taylor series of what is left, at most pi / 4, end below
 * 3e-8. */
static INLINE void
circle(uint32_t bits, float *cosine, float *sine)
{
    const uint32_t quarter = (bits + (1u << 29)) >> 30;
    const int32_t left = (int32_t) (bits - (quarter << 30));
    const float x = (float) left * (float) (M_PI_2 * 0x1p-30), t = x * x;
    const float c =
        1 - t * (0.5f - t * (1.0f / 24 - t * (1.0f / 720 - t / 40320)));
    const float s =
        x * (1 - t * (1.0f / 6 -
                      t * (1.0f / 120 - t * (1.0f / 5040 - t / 362880))));
    const float a = quarter & 1 ? -s : c, b = quarter & 1 ? c : s;

    *cosine = quarter & 2 ? -a : a;
    *sine = quarter & 2 ? -b : b;
}

/* Batch @number of a sequence. */
TW_CLONES static void
normal_batch(const uint32_t key[2], uint32_t number, uint32_t draw,
             uint64_t stream, float out[BATCH])
{
    uint32_t bits[4][COUNTERS];

    for (uint32_t i = 0; i < COUNTERS; i++) {
        bits[0][i] = number * COUNTERS + i;
        bits[1][i] = draw;
        bits[2][i] = (uint32_t) stream;
        bits[3][i] = (uint32_t) (stream >> 32);
    }
    for (uint32_t round = 0; round < ROUNDS; round++) {
#pragma omp simd
        for (int i = 0; i < COUNTERS; i++)
            philox_round(&bits[0][i], &bits[1][i], &bits[2][i], &bits[3][i],
                         key, round);
    }
    /* Box and Muller 1958: two uniform numbers to two normal ones. */
    for (int k = 0; k < 4; k += 2) {
        float *x = out + k * COUNTERS, *y = x + COUNTERS;

#pragma omp simd
        for (int i = 0; i < COUNTERS; i++) {
            const float squared = -2 * log_uniform(bits[k][i]);
            const float radius = sqrtf(squared > 0 ? squared : 0);
            float cosine, sine;

            circle(bits[k + 1][i], &cosine, &sine);
            x[i] = radius * cosine;
            y[i] = radius * sine;
        }
    }
}

void
tw_random_normal(uint64_t seed, uint64_t stream, uint32_t draw, float *out,
                 int64_t size)
{
    const uint32_t key[2] = { (uint32_t) seed, (uint32_t) (seed >> 32) };

#pragma omp parallel for if (size > TW_SERIAL / 4)
    for (int64_t at = 0; at < size; at += BATCH) {
        const int64_t left = size - at;
        float batch[BATCH];

        normal_batch(key, (uint32_t) (at / BATCH), draw, stream, batch);
        memcpy(out + at, batch,
               (size_t) (left < BATCH ? left : BATCH) * sizeof *out);
    }
}
