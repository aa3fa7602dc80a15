/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/random.h"

#include <math.h>

#include "core/parallel.h"

enum { ROUNDS = 10 };

void
tw_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];

    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t p0 = (uint64_t) 0xD2511F53 * c0;
        const uint64_t p1 = (uint64_t) 0xCD9E8D57 * c2;

        c0 = (uint32_t) (p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t) p1;
        c2 = (uint32_t) (p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t) p0;
        k0 += 0x9E3779B9; /* the golden ratio */
        k1 += 0xBB67AE85; /* sqrt (3) - 1 */
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* Box and Muller 1958: two uniform numbers to two normal ones. The first is in
 * [2^-32, 1], so the logarithm is finite and not above 0. */
static void
box_muller(uint32_t a, uint32_t b, float out[2])
{
    const float u = ((float) a + 1) * 0x1p-32f;
    const float angle = (float) b * (float) (0x1p-31 * M_PI);
    const float radius = sqrtf(-2 * logf(u));

    out[0] = radius * cosf(angle);
    out[1] = radius * sinf(angle);
}

void
tw_random_normal(uint64_t seed, uint64_t stream, uint32_t draw, float *out,
                 int64_t size)
{
    const uint32_t key[2] = { (uint32_t) seed, (uint32_t) (seed >> 32) };

#pragma omp parallel for if (size > TW_SERIAL / 16)
    for (int64_t i = 0; i < size; i += 4) {
        const uint32_t counter[4] = { (uint32_t) (i / 4), draw,
                                      (uint32_t) stream,
                                      (uint32_t) (stream >> 32) };
        uint32_t bits[4];
        float normal[4];

        tw_philox(counter, key, bits);
        box_muller(bits[0], bits[1], normal);
        box_muller(bits[2], bits[3], normal + 2);
        for (int64_t k = 0; k < 4 && i + k < size; k++)
            out[i + k] = normal[k];
    }
}
