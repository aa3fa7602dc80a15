/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The constructors of all operators. Each returns NULL when memory is out;
 * arguments out of range are the caller's fault and are checked by the tasks.
 */

#ifndef TW_OPERATORS_H
#define TW_OPERATORS_H

#include "jpeg/jpeg.h"
#include "operators/operator.h"
#include "operators/psf.h"

/* y = x. */
tw_operator *tw_operator_identity(void);
bool tw_operator_is_identity(const tw_operator *op);

/* y = the pixels where @keep (H W values, 0 or 1; copied) is 1, zero elsewhere;
 * the same for every channel. NULL: a sketch, as that of a blur. */
tw_operator *tw_operator_mask(const float *keep, int64_t height, int64_t width);

typedef enum tw_border {
    TW_BORDER_REAL,    /* the scene goes on outside the frame: x is the canvas
                          of tw_blur_canvas(), y the frame (methods 7.1) */
    TW_BORDER_MIRROR,  /* mirrored, half-sample; x and y have the same size.
                          Exact and spectral for a symmetric kernel, by
                          conjugate gradients for others */
    TW_BORDER_PERIODIC /* wraps round; x and y have the same size */
} tw_border;

/* Convolution of every channel with @psf (copied); y is @height x @width. */
tw_operator *tw_operator_blur(const tw_psf *psf, tw_border border,
                              int64_t height, int64_t width);

/* A sketch, at once: class, shapes and bytes are those of the operator, but it
 * can be applied only in a run that sizes (core/sizing.h). */
tw_operator *tw_operator_blur_sketch(const tw_psf *psf, tw_border border,
                                     int64_t height, int64_t width);

/* The size of x for TW_BORDER_REAL and where the frame lies in it: margins of
 * at least the kernel's reach, sizes that transform fast and divide by 16. */
void tw_blur_canvas(const tw_psf *psf, int64_t height, int64_t width,
                    tw_shape *canvas, int64_t *top, int64_t *left);

/* How pictures are made smaller. But for the plain one they are as wide as the
 * pixels of y, so that little aliases. */
typedef enum tw_filter {
    TW_FILTER_BOX,           /* area average; blocks for whole ratios */
    TW_FILTER_TRIANGLE,      /* linear, as PIL's BILINEAR */
    TW_FILTER_BICUBIC,       /* Keys' cubic a = -0.5, as PIL's BICUBIC and
                           ImageMagick's Catrom */
    TW_FILTER_BICUBIC_PLAIN, /* cubic interpolation of x, a = -0.75: it aliases,
                                as OpenCV's INTER_CUBIC and PyTorch's bicubic */
    TW_FILTER_MITCHELL, /* B = C = 1/3: ImageMagick, for pictures with alpha */
    TW_FILTER_LANCZOS,  /* three lobes: ImageMagick's and PIL's LANCZOS */
    TW_FILTER_GAUSSIAN  /* Gaussian of @sigma output pixels, then decimation */
} tw_filter;

enum { TW_FILTERS = TW_FILTER_GAUSSIAN + 1 };

/* From @height x @width down to @out_height x @out_width, any ratios >= 1 in
 * each direction. @sigma: TW_FILTER_GAUSSIAN only, in pixels of y. */
tw_operator *tw_operator_downsample(tw_filter filter, double sigma,
                                    int64_t height, int64_t width,
                                    int64_t out_height, int64_t out_width);

/* y = outer(inner(x)); takes both over, also on failure. */
tw_operator *tw_operator_compose(tw_operator *outer, tw_operator *inner);

/* y = g^-1(inner(g(x))), g from sRGB to linear light (methods 7.4): what optics
 * do. Not linear; prox by Gauss-Newton. Takes @inner over, also on failure. */
tw_operator *tw_operator_linear_light(tw_operator *inner);

/* y = w inner(x), one weight per value of y (copied, from @weights): noise of
 * different strength per pixel, whitened. Weights without data: a sketch. Takes @inner over, also on failure;
 * it stays as it is and can be used as long as the weighted one lives. */
tw_operator *tw_operator_weighted(tw_operator *inner, const tw_tensor *weights);

/* y = the coefficients of inner(x) as a JPEG has them, plane by plane and block by
 * block (1, 1, 1, tw_jpeg_count()), over their standard deviations: the data's noise
 * is then 1. inner NULL: of x. Takes both over, also on failure; a @jpeg that is a
 * sketch makes a sketch. @noise: standard deviation of what else there is, of the
 * values of inner(x). */
tw_operator *tw_operator_jpeg(tw_jpeg *jpeg, double noise, tw_operator *inner);

/* Of an operator made so: its JPEG, and the measurement, which is what it gives for
 * the middles of all cells. */
const tw_jpeg *tw_operator_get_jpeg(const tw_operator *op);
void tw_jpeg_measured(const tw_operator *op, float *y);

/* x = argmin |w (A x) - y|^2 + rho |x - z|^2 for a linear A, with the @weights w of
 * the values of y. */
tw_status tw_weighted_prox(const tw_operator *op, const tw_tensor *weights,
                           const tw_tensor *y, const tw_tensor *z, double rho,
                           tw_tensor *x, tw_run *run);

/* One small instance of each, for the tests: shape of x, and the operator.
 * Returns NULL after the last. */
tw_operator *tw_operator_example(int index, tw_shape *x);

#endif
