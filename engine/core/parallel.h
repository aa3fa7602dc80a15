/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Using the machine: when to share a loop, and for which processor.
 */

#ifndef TW_PARALLEL_H
#define TW_PARALLEL_H

/* Below this much work (floats, roughly) waking the other cores costs more
 * than it saves, so a loop is shared like this, never without the condition:
 *     #pragma omp parallel for if (x->size > TW_SERIAL) */
#define TW_SERIAL 16384

/* Before the definition of a hot function: also built for AVX2, and the right
 * one chosen when the library is loaded. Reaches into OpenMP loops. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&         \
    !defined(__SANITIZE_ADDRESS__)
#define TW_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define TW_CLONES
#endif

#endif
