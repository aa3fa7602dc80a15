/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of one level export to its table, level-table.c. */

#ifndef TW_LEVEL_H
#define TW_LEVEL_H

#include "kernels/kernels.h"

#define TW_LEVEL_DECLARE(level)                                                \
    extern const tw_level tw_level_##level;                                    \
    void tw_gemm_##level(const tw_gemm *gemm);                                 \
    void tw_fetch_##level(const tw_conv3x3 *conv, const tw_block *block,       \
                          int first, int count, float *pixels);                \
    void tw_transform_##level(const tw_block *block, const float *pixels,      \
                              int count, int channels, int64_t stride,         \
                              float *planes);                                  \
    void tw_finish_##level(const tw_conv3x3 *conv, const tw_block *block,      \
                           int first, int count, int64_t stride,               \
                           const float *planes);                               \
    void tw_matvec_##level(int64_t rows, int64_t columns, const float *w,      \
                           const float *x, const float *bias, float *y);

TW_LEVEL_DECLARE(portable)
TW_LEVEL_DECLARE(v3)
TW_LEVEL_DECLARE(v4)

#endif
