/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/wiener.h"

#include <math.h>

#include "core/fft.h"
#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"

/* The power at each frequency of a plane. */
typedef struct spectrum {
    int64_t height, width, rings;
    double *sum; /* then the gain */
    int64_t *count;
} spectrum;

static int64_t
longer(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t
ring_of(const spectrum *s, int64_t row, int64_t column)
{
    const double down = (double) row / (double) s->height;
    const double across = (double) column / (double) s->width;

    return (int64_t) (sqrt(down * down + across * across) *
                          (double) longer(s->height, s->width) +
                      0.5);
}

static void
measure(spectrum *s, const float *x, double variance)
{
    for (int64_t i = 0; i < s->rings; i++)
        s->sum[i] = (double) (s->count[i] = 0);
    for (int64_t row = 0; row < s->height; row++)
        for (int64_t column = 0; column < s->width; column++) {
            const double v = (double) x[row * s->width + column];
            const int64_t ring = ring_of(s, row, column);

            s->sum[ring] += v * v;
            s->count[ring]++;
        }
    for (int64_t i = 0; i < s->rings; i++) {
        const double power = s->count[i] ? s->sum[i] / (double) s->count[i] : 0;

        s->sum[i] = power > 0 ? power / (power + variance) : 0;
    }
    s->sum[0] = 1;
}

static void
apply(const spectrum *s, float *x)
{
#pragma omp parallel for if (s->height * s->width > TW_SERIAL)
    for (int64_t row = 0; row < s->height; row++)
        for (int64_t column = 0; column < s->width; column++)
            x[row * s->width + column] *=
                (float) s->sum[ring_of(s, row, column)];
}

static tw_status
filter(const tw_fft *fft, spectrum *s, double variance, tw_tensor *kept,
       tw_run *run)
{
    const int64_t plane = s->height * s->width;

    for (float *x = kept->data; x < kept->data + kept->size; x += plane) {
        tw_dct_forward(fft, x);
        TW_TRY(tw_run_poll(run));
        measure(s, x, variance);
        TW_TRY(tw_run_poll(run));
        apply(s, x);
        tw_dct_inverse(fft, x);
        TW_TRY(tw_run_poll(run));
    }
    return TW_OK;
}

tw_status
tw_wiener(const tw_tensor *x, double variance, tw_tensor *kept, tw_run *run)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];
    const size_t mark = tw_run_mark(run);
    spectrum s = { .height = h, .width = w };

    s.rings = (int64_t) (M_SQRT2 * (double) longer(h, w)) + 2;
    s.sum = tw_scratch_bytes(run, (size_t) s.rings * sizeof *s.sum);
    s.count = tw_scratch_bytes(run, (size_t) s.rings * sizeof *s.count);
    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run)) {
        tw_run_release(run, mark);
        return TW_OK;
    }
    tw_fft *fft = tw_fft_new(h, w);

    if (!fft)
        return tw_fail(tw_run_error(run), TW_ERR_MEMORY,
                       _("The system has no memory left"));
    tw_copy(kept, x);
    const tw_status status = filter(fft, &s, variance, kept, run);

    tw_fft_free(fft);
    tw_run_release(run, mark);
    return status;
}
