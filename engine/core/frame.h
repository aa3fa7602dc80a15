/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures with a margin, and parts of pictures: (N, C, H, W) in both. */

#ifndef TW_FRAME_H
#define TW_FRAME_H

#include "core/tensor.h"

/* @out = @in with its picture at (@top, @left) and mirrored beyond the edges,
 * edge pixels doubled. */
void tw_extend(const tw_tensor *in, int64_t top, int64_t left, tw_tensor *out);

/* @out = the part of @in at (@top, @left) of the size of @out. */
void tw_crop(const tw_tensor *in, int64_t top, int64_t left, tw_tensor *out);

#endif
