/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One constructor per kind of border; each returns NULL when memory is out.
 * @sketch: see tw_operator_blur_sketch(). */

#ifndef TW_BLUR_H
#define TW_BLUR_H

#include "operators/operators.h"

/* Singular values of a blur below this share of the largest count as 0 in a
 * pseudo-inverse: what is there is noise (Kawar et al. 2022, arXiv:2201.11793,
 * the authors' program). */
#define TW_BLUR_THRESHOLD 0.03

tw_operator *tw_blur_real(const tw_psf *psf, int64_t height, int64_t width,
                          bool sketch);
tw_operator *tw_blur_periodic(const tw_psf *psf, int64_t height, int64_t width,
                              bool sketch);

/* Mirrored borders: any kernel; one that is even in x and in y. */
tw_operator *tw_blur_mirror(const tw_psf *psf, int64_t height, int64_t width,
                            bool sketch);
tw_operator *tw_blur_cosine(const tw_psf *psf, int64_t height, int64_t width,
                            bool sketch);

/* The size of a canvas with room for the kernel around @height x @width, a
 * multiple of @multiple. */
void tw_blur_room(const tw_psf *psf, int64_t height, int64_t width,
                  int64_t multiple, int64_t *canvas_height,
                  int64_t *canvas_width);

#endif
