/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small instance of each operator. Planes are just large enough to be shared
 * by threads (TW_SERIAL). */

#include "operators/operators.h"

#include <stdlib.h>

enum { HEIGHT = 120, WIDTH = 144 };

static tw_operator *
identity(tw_shape *x)
{
    (void) x;
    return tw_operator_identity();
}

static tw_operator *
mask(tw_shape *x)
{
    float keep[HEIGHT * WIDTH];

    (void) x;
    for (int i = 0; i < HEIGHT * WIDTH; i++)
        keep[i] = i / 7 % 3 != 0;
    return tw_operator_mask(keep, HEIGHT, WIDTH);
}

typedef enum shape { GAUSSIAN, DISC, MOTION } shape;

static tw_operator *
blur(shape of, tw_border border, tw_shape *x)
{
    tw_psf psf = { 0 };
    int64_t top, left;

    if ((of == GAUSSIAN ? tw_psf_gaussian(0.7, &psf, NULL)
         : of == DISC   ? tw_psf_disc(1.2, &psf, NULL)
                        : tw_psf_motion(3.3, 30, &psf, NULL)) != TW_OK)
        return NULL;
    if (border == TW_BORDER_REAL)
        tw_blur_canvas(&psf, HEIGHT, WIDTH, x, &top, &left);
    tw_operator *op = tw_operator_blur(&psf, border, HEIGHT, WIDTH);

    tw_psf_clear(&psf);
    return op;
}

static tw_operator *
blur_real(tw_shape *x)
{
    return blur(MOTION, TW_BORDER_REAL, x);
}

static tw_operator *
blur_cosine(tw_shape *x)
{
    return blur(GAUSSIAN, TW_BORDER_MIRROR, x);
}

static tw_operator *
blur_mirror(tw_shape *x)
{
    return blur(MOTION, TW_BORDER_MIRROR, x);
}

static tw_operator *
blur_periodic(tw_shape *x)
{
    return blur(MOTION, TW_BORDER_PERIODIC, x);
}

static tw_operator *
blocks(tw_shape *x)
{
    (void) x;
    return tw_operator_downsample(TW_FILTER_BOX, 0, HEIGHT, WIDTH, HEIGHT / 3,
                                  WIDTH / 4);
}

static tw_operator *
area(tw_shape *x)
{
    (void) x;
    return tw_operator_downsample(TW_FILTER_BOX, 0, HEIGHT, WIDTH, 47, 77);
}

static tw_operator *
bicubic(tw_shape *x)
{
    (void) x;
    return tw_operator_downsample(TW_FILTER_BICUBIC, 0, HEIGHT, WIDTH, 40, 61);
}

static tw_operator *
bicubic_plain(tw_shape *x)
{
    (void) x;
    return tw_operator_downsample(TW_FILTER_BICUBIC_PLAIN, 0, HEIGHT, WIDTH, 40,
                                  61);
}

static tw_operator *
lanczos(tw_shape *x)
{
    (void) x;
    return tw_operator_downsample(TW_FILTER_LANCZOS, 0, HEIGHT, WIDTH, 47, 77);
}

static tw_operator *
gaussian(tw_shape *x)
{
    (void) x;
    return tw_operator_downsample(TW_FILTER_GAUSSIAN, 0.5, HEIGHT, WIDTH, 50,
                                  72);
}

static tw_operator *
compose(tw_shape *x)
{
    return tw_operator_compose(tw_operator_downsample(TW_FILTER_BOX, 0, HEIGHT,
                                                      WIDTH, HEIGHT / 2,
                                                      WIDTH / 2),
                               blur(DISC, TW_BORDER_REAL, x));
}

static tw_operator *
linear_light(tw_shape *x)
{
    return tw_operator_linear_light(blur(GAUSSIAN, TW_BORDER_REAL, x));
}

/* 1 over the noise of each value, in a ratio of 4. */
static tw_operator *
weigh(tw_operator *inner)
{
    const tw_shape y = tw_shape4(1, 3, HEIGHT, WIDTH);
    const int64_t size = tw_shape_size(y);
    const tw_tensor weights = { y, size,
                                malloc((size_t) size * sizeof(float)) };

    if (!weights.data) {
        tw_operator_free(inner);
        return NULL;
    }
    for (int64_t i = 0; i < size; i++)
        weights.data[i] = 0.5f + 0.015f * (float) (i % 101);
    tw_operator *op = tw_operator_weighted(inner, &weights);

    free(weights.data);
    return op;
}

static tw_operator *
weighted(tw_shape *x)
{
    tw_operator *inner = blur_real(x);

    return inner ? weigh(inner) : NULL;
}

static tw_operator *
weighted_mask(tw_shape *x)
{
    tw_operator *inner = mask(x);

    return inner ? weigh(inner) : NULL;
}

static tw_operator *
weighted_light(tw_shape *x)
{
    tw_operator *inner = linear_light(x);

    return inner ? weigh(inner) : NULL;
}

/* Every third level is 0. Without @inner the picture begins and ends within
 * units. */
static tw_operator *
jpeg(int across, int down, int64_t height, int64_t width, tw_operator *inner)
{
    const tw_jpeg_sampling sampling = { 3,
                                        { 1, across, across },
                                        { 1, down, down } };
    tw_jpeg *j = tw_jpeg_new(height, width, inner ? 0 : 3, inner ? 0 : 5,
                             &sampling, false);

    for (int c = 0; j && c < 3; c++) {
        tw_jpeg_plane *p = &j->plane[c];

        for (int i = 0; i < TW_JPEG_BLOCK; i++)
            p->step[i] = (float) (2 + i / 2 + 3 * c);
        for (int64_t i = 0; i < p->rows * p->columns * TW_JPEG_BLOCK; i++)
            p->level[i] = (int16_t) (i % 3);
    }
    return tw_operator_jpeg(j, 0.05, inner);
}

static tw_operator *
jpeg_444(tw_shape *x)
{
    (void) x;
    return jpeg(1, 1, HEIGHT, WIDTH, NULL);
}

static tw_operator *
jpeg_420(tw_shape *x)
{
    *x = tw_shape4(1, 3, HEIGHT + 3, WIDTH - 5);
    return jpeg(2, 2, HEIGHT + 3, WIDTH - 5, NULL);
}

static tw_operator *
jpeg_blur(tw_shape *x)
{
    return jpeg(2, 1, HEIGHT, WIDTH, blur_real(x));
}

tw_operator *
tw_operator_example(int index, tw_shape *x)
{
    static tw_operator *(*const make[])(tw_shape *x) = {
        identity,      mask,           blur_real, blur_cosine, blur_mirror,
        blur_periodic, blocks,         area,      bicubic,     bicubic_plain,
        lanczos,       gaussian,       compose,   weighted,    weighted_mask,
        linear_light,  weighted_light, jpeg_444,  jpeg_420,    jpeg_blur,
    };

    *x = tw_shape4(1, 3, HEIGHT, WIDTH);
    return index < (int) (sizeof make / sizeof *make) ? make[index](x) : NULL;
}
