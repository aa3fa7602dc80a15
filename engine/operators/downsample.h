/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TW_DOWNSAMPLE_H
#define TW_DOWNSAMPLE_H

#include "operators/operators.h"

/* y = means of blocks of @height x @width pixels. NULL: out of memory. */
tw_operator *tw_downsample_blocks(int64_t height, int64_t width);

#endif
