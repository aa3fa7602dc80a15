/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which blur for which border and kernel. */

#include "operators/blur.h"

#include <math.h>

bool
tw_psf_is_mirrored(const tw_psf *psf)
{
    const int w = psf->width, h = psf->height;

    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            const float value = psf->data[y * w + x];

            if (fabsf(value - psf->data[y * w + w - 1 - x]) > 1e-7f ||
                fabsf(value - psf->data[(h - 1 - y) * w + x]) > 1e-7f)
                return false;
        }
    return true;
}

void
tw_blur_canvas(const tw_psf *psf, int64_t height, int64_t width,
               tw_shape *canvas, int64_t *top, int64_t *left)
{
    const int64_t h = tw_fft_good_size(height + 2 * (psf->height / 2), 16);
    const int64_t w = tw_fft_good_size(width + 2 * (psf->width / 2), 16);

    *canvas = tw_shape4(1, 3, h, w);
    *top = (h - height) / 2;
    *left = (w - width) / 2;
}

tw_operator *
tw_operator_blur(const tw_psf *psf, tw_border border, int64_t height,
                 int64_t width)
{
    if (border == TW_BORDER_REAL)
        return tw_blur_real(psf, height, width);
    if (border == TW_BORDER_PERIODIC)
        return tw_blur_periodic(psf, height, width);
    return tw_psf_is_mirrored(psf) ? tw_blur_cosine(psf, height, width)
                                   : tw_blur_mirror(psf, height, width);
}
