/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between pictures and activations at half the size: (un)shuffled pixels. */

#include <string.h>

#include "core/parallel.h"
#include "kernels/kernels.h"

/* Index in a picture (N, C, 2H, 2W) of the left pixel of row @dy of the 2x2
 * pixels that activation row @row = (n, y) begins with, channel @c. */
static int64_t
picture_row(int64_t row, int channels, int64_t height, int64_t width, int c,
            int dy)
{
    const int64_t image = row / height, y = row % height;

    return ((image * channels + c) * 2 * height + 2 * y + dy) * 2 * width;
}

void
tw_unshuffle2x2(const float *x, int64_t images, int channels, int64_t height,
                int64_t width, float scale, float *y)
{
    const int padded = tw_padded_channels(4 * channels);

#pragma omp parallel for if (images * height * width * padded > TW_SERIAL)
    for (int64_t row = 0; row < images * height; row++) {
        float *to = y + row * width * padded;

        memset(to, 0, (size_t) (width * padded) * sizeof(float));
        for (int i = 0; i < 2 * channels; i++) {
            const float *from =
                x + picture_row(row, channels, height, width, i / 2, i % 2);

            for (int64_t column = 0; column < width; column++) {
                to[column * padded + 2 * i] = scale * from[2 * column];
                to[column * padded + 2 * i + 1] = scale * from[2 * column + 1];
            }
        }
    }
}

void
tw_shuffle2x2(const float *y, int64_t images, int channels, int64_t height,
              int64_t width, double a, const float *x, double b, float *picture)
{
    const int padded = tw_padded_channels(4 * channels);
    const float keep = (float) a, gain = (float) b;

#pragma omp parallel for if (images * height * width * padded > TW_SERIAL)
    for (int64_t row = 0; row < images * height; row++) {
        const float *from = y + row * width * padded;

        for (int i = 0; i < 2 * channels; i++) {
            const int64_t place =
                picture_row(row, channels, height, width, i / 2, i % 2);

            for (int64_t k = 0; k < 2 * width; k++)
                picture[place + k] =
                    keep * x[place + k] +
                    gain * from[k / 2 * padded + 2 * i + k % 2];
        }
    }
}
