/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/resample.h"

#include <math.h>

#include "core/parallel.h"
#include "core/sizing.h"

enum { TAPS = 4 };

/* Where sample @i of @out_size lies among @size, and the weights of the four
 * around it: Keys 1981, "Cubic convolution interpolation", eq. 8. */
static void
cubic(int64_t i, int64_t out_size, int64_t size, int64_t index[TAPS],
      double weight[TAPS])
{
    const double at =
        ((double) i + 0.5) * (double) size / (double) out_size - 0.5;
    const double base = floor(at), t = at - base;
    const double w[TAPS] = {
        ((-0.5 * t + 1) * t - 0.5) * t,
        (1.5 * t - 2.5) * t * t + 1,
        ((-1.5 * t + 2) * t + 0.5) * t,
        (0.5 * t - 0.5) * t * t,
    };

    for (int k = 0; k < TAPS; k++) {
        const int64_t j = (int64_t) base - 1 + k;

        index[k] = j < 0 ? 0 : j < size ? j : size - 1;
        weight[k] = w[k];
    }
}

static void
resize_row(const float *in, int64_t width, const int64_t rows[TAPS],
           const double weight[TAPS], float *out, int64_t out_width)
{
    for (int64_t c = 0; c < out_width; c++) {
        int64_t columns[TAPS];
        double across[TAPS], sum = 0;

        cubic(c, out_width, width, columns, across);
        for (int i = 0; i < TAPS; i++) {
            const float *row = in + rows[i] * width;
            double part = 0;

            for (int j = 0; j < TAPS; j++)
                part += across[j] * (double) row[columns[j]];
            sum += weight[i] * part;
        }
        out[c] = (float) sum;
    }
}

tw_status
tw_resize(const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    const int64_t h = in->shape.dim[2], w = in->shape.dim[3];
    const int64_t H = out->shape.dim[2], W = out->shape.dim[3];

    if (tw_run_is_sizing(run))
        return TW_OK;
    for (int64_t plane = 0; plane < out->shape.dim[1]; plane++) {
        const float *from = in->data + plane * h * w;
        float *to = out->data + plane * H * W;

#pragma omp parallel for if (H * W > TW_SERIAL)
        for (int64_t r = 0; r < H; r++) {
            int64_t rows[TAPS];
            double weight[TAPS];

            cubic(r, H, h, rows, weight);
            resize_row(from, w, rows, weight, to + r * W, W);
        }
        TW_TRY(tw_run_poll(run));
    }
    return TW_OK;
}

/* The two neighbors of sample @i and the share of the second. */
static double
linear(int64_t i, int64_t out_size, int64_t size, int64_t index[2])
{
    const double at =
        ((double) i + 0.5) * (double) size / (double) out_size - 0.5;
    const double inside = fmin(fmax(at, 0), (double) (size - 1));

    index[0] = (int64_t) inside;
    index[1] = index[0] + 1 < size ? index[0] + 1 : index[0];
    return inside - (double) index[0];
}

void
tw_resize_alpha(const tw_image *in, tw_image *out)
{
#pragma omp parallel for if ((int64_t) out->width * out->height > TW_SERIAL)
    for (int64_t r = 0; r < out->height; r++) {
        int64_t rows[2], columns[2];
        const double down = linear(r, out->height, in->height, rows);

        for (int64_t c = 0; c < out->width; c++) {
            const double across = linear(c, out->width, in->width, columns);
            double ends[2];

            for (int i = 0; i < 2; i++) {
                const float *row = in->data + rows[i] * in->stride + 3;
                const double a = (double) row[4 * columns[0]];
                const double b = (double) row[4 * columns[1]];

                ends[i] = a + across * (b - a);
            }
            out->data[r * out->stride + 4 * c + 3] =
                (float) (ends[0] + down * (ends[1] - ends[0]));
        }
    }
}
