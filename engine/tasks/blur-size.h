/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Was the blur larger or smaller than its kernel says? The picture itself tells,
 * without a restoration.
 *
 * How likely its power is under the kernel, is compared with kernels of the same
 * shape and another size (blind/scene.h).
 */

#ifndef TW_BLUR_SIZE_H
#define TW_BLUR_SIZE_H

#include "blind/spectrum.h"
#include "operators/psf.h"

typedef struct tw_blur_size {
    double gain; /* how much likelier the likeliest of 8 other sizes is, half to
                    double, in natural logarithms per value; 0: none is */
    double size; /* of it, over that of the kernel; 1: none is likelier */
    double
        loss; /* how much less likely the kernel becomes, two thirds or one and a
                    half times as large, in the same measure: near or below 0, the
                    picture does not tell how large its blur is */
    double
        signal; /* the share of the frequencies with more than twice the power of
                      the noise */
} tw_blur_size;

/* @spectrum: of a picture in units of the noise, as b. Fails with TW_ERR_MEMORY,
 * TW_CANCELLED. The same for any number of threads. */
tw_status tw_blur_size_of(const tw_psf *psf, const tw_spectrum *spectrum,
                          tw_blur_size *found, tw_run *run);

#endif
