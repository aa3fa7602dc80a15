/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Vectors as wide as the level that the file is compiled for, and the few
 * functions of them that networks need. Only for level-*.c.
 */

#ifndef TW_VECTOR_H
#define TW_VECTOR_H

#include <stdint.h>
#include <string.h>

#if defined(__AVX512F__)
enum { TW_LANES = 16 };
#elif defined(__AVX__)
enum { TW_LANES = 8 };
#else
enum { TW_LANES = 4 };
#endif

typedef float tw_vector __attribute__((vector_size(4 * TW_LANES), may_alias));
typedef int32_t tw_ints __attribute__((vector_size(4 * TW_LANES), may_alias));

/* The name of an exported function or table in this level. */
#define TW_PASTE2(name, level) name##_##level
#define TW_PASTE(name, level)  TW_PASTE2(name, level)
#define TW_NAME(name)          TW_PASTE(name, TW_LEVEL)

/* Before a loop whose trip count the compiler knows. */
#if defined(__clang__)
#define TW_UNROLL _Pragma("unroll")
#else
#define TW_UNROLL _Pragma("GCC unroll 36")
#endif

#define TW_INLINE static inline __attribute__((always_inline))

/* 64-byte aligned places. */
TW_INLINE tw_vector
load(const float *from)
{
    return *(const tw_vector *) from;
}

TW_INLINE void
store(float *to, tw_vector x)
{
    *(tw_vector *) to = x;
}

/* Any place. */
TW_INLINE tw_vector
load_any(const float *from)
{
    tw_vector x;

    memcpy(&x, from, sizeof x);
    return x;
}

TW_INLINE tw_vector
splat(float x)
{
#if defined(__AVX512F__)
    return (tw_vector) { x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x };
#elif defined(__AVX__)
    return (tw_vector) { x, x, x, x, x, x, x, x };
#else
    return (tw_vector) { x, x, x, x };
#endif
}

/* a where @mask is all ones, b where it is zero */
TW_INLINE tw_vector
choose(tw_ints mask, tw_vector a, tw_vector b)
{
    return (tw_vector) (((tw_ints) a & mask) | ((tw_ints) b & ~mask));
}

/* exp(x) = 2^n exp(r), |r| <= ln(2) / 2, to a relative error of 1.2e-7. NaN
 * stays NaN. x is first limited to ±87, where the result is a normal number. */
TW_INLINE tw_vector
exponential(tw_vector x)
{
    x = choose(x > 87.0f, splat(87.0f), x);
    x = choose(x < -87.0f, splat(-87.0f), x);

    /* Adding 1.5 * 2^23 rounds to an integer, which is then in the low bits. */
    const tw_vector shifted = x * 0x1.715476p+0f + 0x1.8p23f;
    const tw_vector n = shifted - 0x1.8p23f;
    /* ln(2) in two parts; n times the first is exact. */
    const tw_vector r = (x - n * 0x1.62e4p-1f) - n * 0x1.7f7d1cp-20f;
    const tw_vector power =
        (tw_vector) (((tw_ints) shifted << 23) + 0x3f800000);

    /* Interpolates exp at the 7 points of Chebyshev. */
    tw_vector p = splat(0x1.6d7544p-10f);

    p = p * r + 0x1.126fb8p-7f;
    p = p * r + 0x1.5554acp-5f;
    p = p * r + 0x1.555404p-3f;
    p = p * r + 0x1.000000p-1f;
    p = p * r + 0x1.000000p+0f;
    p = p * r + 0x1.000000p+0f;
    return p * power;
}

/* silu(x) = x s(x), s(x) = 1 / (1 + exp(-x)).
 * Hendrycks and Gimpel 2016, arXiv:1606.08415 */
TW_INLINE tw_vector
silu(tw_vector x)
{
    return x / (1.0f + exponential(-x));
}

/* silu'(x) = s (1 + x (1 - s)) */
TW_INLINE tw_vector
silu_slope(tw_vector x)
{
    const tw_vector s = 1.0f / (1.0f + exponential(-x));

    return s * (1.0f + x * (1.0f - s));
}

#endif
