/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers by counting: a sample is a function of key and index alone,
 * so any thread may compute any of them.
 *
 * Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as
 * easy as 1, 2, 3", SC11). Within a run use tw_randn() (run.h).
 */

#ifndef TW_RANDOM_H
#define TW_RANDOM_H

#include <stdint.h>

/* out = the bijection with key @key at counter @counter. */
void tw_philox(const uint32_t counter[4], const uint32_t key[2],
               uint32_t out[4]);

/* out[size] = independent standard normal samples, size at most 2^34; sample i
 * depends on @seed, @stream, @draw and i only. */
void tw_random_normal(uint64_t seed, uint64_t stream, uint32_t draw, float *out,
                      int64_t size);

#endif
