/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of one level. */

#include "kernels/level.h"
#include "kernels/vector.h"

#define TW_TEXT2(x) #x
#define TW_TEXT(x)  TW_TEXT2(x)

const tw_level TW_NAME(tw_level) = {
    .name = TW_TEXT(TW_LEVEL),
    .panel = 2 * TW_LANES,
    .block_rows = 4,
    .block_columns = 8,
    .gemm = TW_NAME(tw_gemm),
    .fetch = TW_NAME(tw_fetch),
    .transform = TW_NAME(tw_transform),
    .finish = TW_NAME(tw_finish),
    .matvec = TW_NAME(tw_matvec),
};
