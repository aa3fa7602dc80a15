/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur kernels (point spread functions): odd sides, centre in the middle, sum 1,
 * no value negative unless a picture given by the user has some.
 */

#ifndef TW_PSF_H
#define TW_PSF_H

#include "core/image.h"
#include "core/status.h"

typedef struct tw_psf {
    int width, height; /* odd, 1…TW_PSF_MAX */
    float *data;       /* row-major; freed by tw_psf_clear() */
} tw_psf;

enum { TW_PSF_MAX = 1025 };

/* Each fills *@psf: a Gaussian sampled at the pixels' centres; what each pixel
 * covers of a disc; what a pixel covers that moves from the first of @length
 * pixels in line to the last. Fails with TW_ERR_ARGUMENT (out of range: the message gives
 * the range) and TW_ERR_MEMORY. Lengths are in pixels, angles in degrees
 * counter-clockwise from the x axis (y pointing up). */
tw_status tw_psf_gaussian(double sigma, tw_psf *psf, tw_error *err);
tw_status tw_psf_disc(double radius, tw_psf *psf, tw_error *err);
tw_status tw_psf_motion(double length, double angle, tw_psf *psf,
                        tw_error *err);

/* The mean of R, G and B, as values (not light), divided by its sum; an even
 * side is padded by zeros at right or bottom. Fails also when the sum is not
 * positive. */
tw_status tw_psf_image(const tw_image *image, tw_psf *psf, tw_error *err);

/* Zeros around it, so that it has at least these odd sides. Fails with
 * TW_ERR_MEMORY; it is then as it was. */
tw_status tw_psf_pad(tw_psf *psf, int width, int height, tw_error *err);
void tw_psf_clear(tw_psf *psf);

#endif
