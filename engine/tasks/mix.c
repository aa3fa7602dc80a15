/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the faithful result and a likely picture. */

#include "core/parallel.h"
#include "tasks/task.h"

/* What is the same in both stays as it is. */
static void
mix_row(const float *faithful, const float *likely, float detail, int64_t width,
        float *out)
{
    for (int64_t i = 0; i < 4 * width; i++)
        out[i] = i % 4 == 3 || faithful[i] == likely[i]
                     ? faithful[i]
                     : faithful[i] + detail * (likely[i] - faithful[i]);
}

void
tw_mix(const tw_image *faithful, const tw_image *likely, double detail,
       tw_image *out)
{
#pragma omp parallel for if ((int64_t) out->width * out->height > TW_SERIAL)
    for (int64_t y = 0; y < out->height; y++)
        mix_row(faithful->data + y * faithful->stride,
                likely->data + y * likely->stride, (float) detail, out->width,
                out->data + y * out->stride);
}
