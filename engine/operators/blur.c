/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convolution with a kernel: which file does it. */

#include <math.h>

#include "operators/blur.h"
#include "operators/transfer.h"

/* Networks that shrink their input four times want sides that divide by 16. */
enum { MULTIPLE = 16 };

void
tw_blur_room(const tw_psf *psf, int64_t height, int64_t width, int64_t multiple,
             int64_t *canvas_height, int64_t *canvas_width)
{
    *canvas_height = tw_fft_good_size(height + psf->height - 1, multiple);
    *canvas_width = tw_fft_good_size(width + psf->width - 1, multiple);
}

void
tw_blur_canvas(const tw_psf *psf, int64_t height, int64_t width,
               tw_shape *canvas, int64_t *top, int64_t *left)
{
    int64_t h, w;

    tw_blur_room(psf, height, width, MULTIPLE, &h, &w);
    *canvas = tw_shape4(1, 3, h, w);
    *top = (h - height) / 2;
    *left = (w - width) / 2;
}

/* Even in x and in y, not merely through its centre: then the cosine transform
 * makes it diagonal. */
static bool
is_cosine(const tw_psf *psf)
{
    const int w = psf->width, h = psf->height;

    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            const float v = psf->data[y * w + x];

            if (fabsf(v - psf->data[y * w + w - 1 - x]) > 1e-7f ||
                fabsf(v - psf->data[(h - 1 - y) * w + x]) > 1e-7f)
                return false;
        }
    return true;
}

static tw_operator *
make(const tw_psf *psf, tw_border border, int64_t height, int64_t width,
     bool sketch)
{
    switch (border) {
    case TW_BORDER_REAL:
        return tw_blur_real(psf, height, width, sketch);
    case TW_BORDER_PERIODIC:
        return tw_blur_periodic(psf, height, width, sketch);
    case TW_BORDER_MIRROR:
        break;
    }
    return (is_cosine(psf) ? tw_blur_cosine : tw_blur_mirror)(psf, height,
                                                              width, sketch);
}

tw_operator *
tw_operator_blur(const tw_psf *psf, tw_border border, int64_t height,
                 int64_t width)
{
    return make(psf, border, height, width, false);
}

tw_operator *
tw_operator_blur_sketch(const tw_psf *psf, tw_border border, int64_t height,
                        int64_t width)
{
    return make(psf, border, height, width, true);
}
