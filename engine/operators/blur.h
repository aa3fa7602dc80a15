/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blurs, one file per kind of border; see tw_operator_blur(). */

#ifndef TW_BLUR_H
#define TW_BLUR_H

#include "operators/operator-private.h"
#include "operators/operators.h"
#include "operators/transfer.h"

/* Singular values below this share of the largest count as zero in
 * pseudo-inverses and spectral forms (methods 1.8 item 7). */
#define TW_BLUR_WEAKEST 3e-2

/* Is the kernel the same when mirrored left to right and top to bottom? */
bool tw_psf_is_mirrored(const tw_psf *psf);

/* NULL: out of memory. */
tw_operator *tw_blur_real(const tw_psf *psf, int64_t height, int64_t width);
tw_operator *tw_blur_periodic(const tw_psf *psf, int64_t height, int64_t width);

/* For a kernel that is mirrored: diagonal in the cosine transform. */
tw_operator *tw_blur_cosine(const tw_psf *psf, int64_t height, int64_t width);

/* For any other. */
tw_operator *tw_blur_mirror(const tw_psf *psf, int64_t height, int64_t width);

#endif
