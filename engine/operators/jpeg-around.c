/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit of a JPEG's coefficients around another operator B, for their multipliers:
 * see jpeg.c. */

#include <math.h>

#include "core/parallel.h"
#include "core/random.h"
#include "core/sizing.h"
#include "operators/jpeg-private.h"

typedef struct multipliers {
    const tw_jpeg_operator *j;
    double rho;
    tw_tensor *x;                              /* shaped like x */
    float gain[TW_JPEG_PLANES][TW_JPEG_BLOCK]; /* diagonal of A B B^T A^T */
} multipliers;

/* Every coefficient of y is given to @change with its weight. */
typedef float (*change_func)(float value, float weight, int plane, int at,
                             const multipliers *m);

static void
change_all(const multipliers *m, change_func change, const tw_tensor *in,
           tw_tensor *out)
{
    const tw_jpeg *jpeg = m->j->jpeg;
    int64_t first = 0;

    for (int c = 0; c < jpeg->planes; c++) {
        const tw_jpeg_plane *p = &jpeg->plane[c];
        const int64_t count = p->rows * p->columns * TW_JPEG_BLOCK;

#pragma omp parallel for if (count > TW_SERIAL)
        for (int64_t i = 0; i < count; i++) {
            const int at = (int) (i % TW_JPEG_BLOCK);
            const float w =
                p->level[i] ? m->j->w[c].other[at] : m->j->w[c].zero[at];

            out->data[first + i] = change(in->data[first + i], w, c, at, m);
        }
        first += count;
    }
}

static float
divide(float value, float weight, int plane, int at, const multipliers *m)
{
    return value / (weight * weight * m->gain[plane][at] + (float) m->rho);
}

static float
unweigh(float value, float weight, int plane, int at, const multipliers *m)
{
    (void) plane, (void) at, (void) m;
    return value / weight;
}

static tw_status
precondition(const void *user_data, const tw_tensor *in, tw_tensor *out,
             tw_run *run)
{
    if (!tw_run_is_sizing(run))
        change_all(user_data, divide, in, out);
    return TW_OK;
}

/* out = W A B B^T A^T W in */
static tw_status
square(const multipliers *m, const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    TW_TRY(tw_adjoint(&m->j->base, NULL, in, m->x, run));
    return tw_forward(&m->j->base, m->x, out, run);
}

static tw_status
apply(const void *user_data, const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    const multipliers *m = user_data;

    TW_TRY(square(m, in, out, run));
    tw_lin2(out, 1, out, m->rho, in);
    return TW_OK;
}

/* out[i] = 1 or -1 */
static void
signs(tw_tensor *out)
{
    static const uint32_t key[2] = { 0x6a706567, 0 };

#pragma omp parallel for if (out->size > TW_SERIAL)
    for (int64_t block = 0; block < out->size / TW_JPEG_BLOCK; block++) {
        const uint32_t counter[4] = { (uint32_t) block,
                                      (uint32_t) (block >> 32), 0, 0 };
        uint32_t bits[4];

        tw_philox(counter, key, bits);
        for (int i = 0; i < TW_JPEG_BLOCK; i++)
            out->data[block * TW_JPEG_BLOCK + i] =
                bits[i / 32] >> i % 32 & 1 ? 1 : -1;
    }
}

/* The diagonal of A B B^T A^T for each frequency, as the mean over all blocks of s
 * A B B^T A^T s with random signs s (Hutchinson 1990; Bekas, Kokiopoulou and Saad
 * 2007, eq. 2): B treats all places much alike. */
static tw_status
measure_gain(multipliers *m, tw_run *run)
{
    const tw_jpeg *jpeg = m->j->jpeg;
    const size_t mark = tw_run_mark(run);
    const tw_shape shape = tw_shape4(1, 1, 1, tw_jpeg_count(jpeg));
    tw_tensor *s = tw_scratch_shape(run, shape);
    tw_tensor *q = tw_scratch_shape(run, shape);
    int64_t first = 0;

    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run)) {
        signs(s);
        change_all(m, unweigh, s, s);
    }
    TW_TRY(square(m, s, q, run));
    for (int c = 0; c < jpeg->planes && !tw_run_is_sizing(run); c++) {
        const int64_t blocks = jpeg->plane[c].rows * jpeg->plane[c].columns;

        for (int at = 0; at < TW_JPEG_BLOCK; at++) {
            double sum = 0;

            for (int64_t b = 0; b < blocks; b++) {
                const int64_t i = first + b * TW_JPEG_BLOCK + at;

                sum += (double) s->data[i] * (double) q->data[i];
            }
            m->gain[c][at] = (float) fmax(sum / (double) blocks, 0);
        }
        first += blocks * TW_JPEG_BLOCK;
    }
    tw_run_release(run, mark);
    return TW_OK;
}

tw_status
tw_jpeg_prox_around(const tw_jpeg_operator *j, const tw_tensor *y,
                    const tw_tensor *z, double rho, tw_tensor *x, tw_run *run)
{
    multipliers m = { .j = j, .rho = rho, .x = tw_scratch(run, x) };
    tw_tensor *b = tw_scratch(run, y), *t = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    TW_TRY(measure_gain(&m, run));
    TW_TRY(tw_forward(&j->base, z, b, run));
    tw_lin2(b, 1, y, -1, b);
    tw_fill(t, 0);
    TW_TRY(tw_cg(apply, precondition, &m, b, TW_JPEG_ITERATIONS,
                 tw_jpeg_tolerance, t, run));
    TW_TRY(tw_adjoint(&j->base, NULL, t, m.x, run));
    tw_lin2(x, 1, z, 1, m.x);
    return TW_OK;
}
