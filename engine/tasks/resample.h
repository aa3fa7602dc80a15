/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of other sizes: first guesses, and alpha. */

#ifndef TW_RESAMPLE_H
#define TW_RESAMPLE_H

#include "core/image.h"
#include "core/run.h"

/* @out = @in enlarged by bicubic interpolation (Keys 1981, a = -1/2); both
 * (1, C, H, W), corners aligned to corners. Fails with TW_CANCELLED. */
tw_status tw_resize(const tw_tensor *in, tw_tensor *out, tw_run *run);

/* Alpha of @out = that of @in, interpolated linearly. */
void tw_resize_alpha(const tw_image *in, tw_image *out);

#endif
