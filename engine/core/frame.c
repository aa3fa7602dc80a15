/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/frame.h"

#include <string.h>

#include "core/parallel.h"

/* Half-sample mirror, as often as needed. */
static int64_t
mirror(int64_t i, int64_t n)
{
    const int64_t period = 2 * n, j = ((i % period) + period) % period;

    return j < n ? j : period - 1 - j;
}

void
tw_extend(const tw_tensor *in, int64_t top, int64_t left, tw_tensor *out)
{
    const int64_t h = in->shape.dim[2], w = in->shape.dim[3];
    const int64_t H = out->shape.dim[2], W = out->shape.dim[3];
    const int64_t lines = out->size / W;

#pragma omp parallel for if (out->size > TW_SERIAL)
    for (int64_t r = 0; r < lines; r++) {
        const float *from = in->data + (r / H * h + mirror(r % H - top, h)) * w;
        float *to = out->data + r * W;

        for (int64_t c = 0; c < W; c++)
            to[c] = from[mirror(c - left, w)];
    }
}

void
tw_crop(const tw_tensor *in, int64_t top, int64_t left, tw_tensor *out)
{
    const int64_t h = in->shape.dim[2], w = in->shape.dim[3];
    const int64_t H = out->shape.dim[2], W = out->shape.dim[3];
    const int64_t lines = out->size / W;

#pragma omp parallel for if (out->size > TW_SERIAL)
    for (int64_t r = 0; r < lines; r++)
        memcpy(out->data + r * W,
               in->data + (r / H * h + top + r % H) * w + left,
               (size_t) W * sizeof *out->data);
}
