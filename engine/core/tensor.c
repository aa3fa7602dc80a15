/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/tensor.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "core/parallel.h"

/* Loops are shared in blocks of this many floats and sums are taken over them,
 * so that neither the order of a sum nor where the vectorised part of a loop
 * ends depends on the number of threads. */
enum { BLOCK = 4096 };

/* Blocks summed in one go: their sums fit on the stack. */
enum { ROUND = 1024 };

tw_shape
tw_shape4(int64_t n, int64_t c, int64_t h, int64_t w)
{
    return (tw_shape) { .rank = 4, .dim = { n, c, h, w } };
}

int64_t
tw_shape_size(tw_shape shape)
{
    int64_t size = 1;

    for (int i = 0; i < shape.rank; i++)
        size *= shape.dim[i];
    return size;
}

bool
tw_shape_equal(tw_shape a, tw_shape b)
{
    if (a.rank != b.rank)
        return false;
    for (int i = 0; i < a.rank; i++)
        if (a.dim[i] != b.dim[i])
            return false;
    return true;
}

void
tw_copy(tw_tensor *out, const tw_tensor *x)
{
    assert(out->size == x->size);
    if (out->data == x->data)
        return;
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t at = 0; at < x->size; at += BLOCK) {
        const int64_t left = x->size - at;

        memcpy(out->data + at, x->data + at,
               (size_t) (left < BLOCK ? left : BLOCK) * sizeof *x->data);
    }
}

TW_CLONES void
tw_fill(tw_tensor *out, double value)
{
    const float v = (float) value;
    float *o = out->data;

#pragma omp parallel for simd schedule(static, BLOCK) if (out->size > TW_SERIAL)
    for (int64_t i = 0; i < out->size; i++)
        o[i] = v;
}

/* NaN stays NaN: it must not pass for a result. */
TW_CLONES double
tw_reach(const tw_tensor *x, const unsigned char *known)
{
    const int64_t plane = x->shape.dim[2] * x->shape.dim[3];
    float most = 1;

#pragma omp parallel for reduction(max : most) if (x->size > TW_SERIAL)
    for (int64_t i = 0; i < x->size; i++)
        if (known[i % plane])
            most = fmaxf(most, fabsf(x->data[i]));
    return (double) most;
}

void
tw_clamp(tw_tensor *x, double low, double high)
{
    const float a = (float) low, b = (float) high;
    float *p = x->data;

#pragma omp parallel for simd schedule(static, BLOCK) if (x->size > TW_SERIAL)
    for (int64_t i = 0; i < x->size; i++)
        p[i] = p[i] < a ? a : p[i] > b ? b : p[i];
}

TW_CLONES void
tw_lin2(tw_tensor *out, double a, const tw_tensor *x, double b,
        const tw_tensor *y)
{
    const float fa = (float) a, fb = (float) b;
    const float *px = x->data, *py = y->data;
    float *o = out->data;

    assert(out->size == x->size && out->size == y->size);
#pragma omp parallel for simd schedule(static, BLOCK) if (out->size > TW_SERIAL)
    for (int64_t i = 0; i < out->size; i++)
        o[i] = fa * px[i] + fb * py[i];
}

TW_CLONES void
tw_lin3(tw_tensor *out, double a, const tw_tensor *x, double b,
        const tw_tensor *y, double c, const tw_tensor *z)
{
    const float fa = (float) a, fb = (float) b, fc = (float) c;
    const float *px = x->data, *py = y->data, *pz = z->data;
    float *o = out->data;

    assert(out->size == x->size && out->size == y->size);
    assert(out->size == z->size);
#pragma omp parallel for simd schedule(static, BLOCK) if (out->size > TW_SERIAL)
    for (int64_t i = 0; i < out->size; i++)
        o[i] = fa * px[i] + fb * py[i] + fc * pz[i];
}

TW_CLONES static double
dot_block(const float *x, const float *y, int64_t size)
{
    double sum = 0;

#pragma omp simd reduction(+ : sum)
    for (int64_t i = 0; i < size; i++)
        sum += (double) x[i] * (double) y[i];
    return sum;
}

double
tw_dot(const tw_tensor *x, const tw_tensor *y)
{
    const int64_t blocks = (x->size + BLOCK - 1) / BLOCK;
    double sum = 0;

    assert(x->size == y->size);
    for (int64_t first = 0; first < blocks; first += ROUND) {
        const int64_t count = blocks - first < ROUND ? blocks - first : ROUND;
        double part[ROUND];

#pragma omp parallel for if (count * BLOCK > TW_SERIAL)
        for (int64_t b = 0; b < count; b++) {
            const int64_t at = (first + b) * BLOCK;
            const int64_t left = x->size - at;

            part[b] = dot_block(x->data + at, y->data + at,
                                left < BLOCK ? left : BLOCK);
        }
        for (int64_t b = 0; b < count; b++)
            sum += part[b];
    }
    return sum;
}

double
tw_norm(const tw_tensor *x)
{
    return sqrt(tw_dot(x, x));
}

TW_CLONES bool
tw_all_finite(const tw_tensor *x)
{
    const float *p = x->data;
    int bad = 0;

#pragma omp parallel for simd reduction(| : bad) if (x->size > TW_SERIAL)
    for (int64_t i = 0; i < x->size; i++)
        bad |= !(fabsf(p[i]) <= FLT_MAX);
    return bad == 0;
}
