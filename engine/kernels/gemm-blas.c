/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix product of the portable level, by BLAS. */

#include <cblas.h>
#include <string.h>

#include "kernels/level.h"

void
tw_gemm_portable(const tw_gemm *g)
{
    const float *b = g->b;
    float beta = g->add ? 1 : 0;

    if (g->add && g->add != g->c)
        for (int64_t row = 0; row < g->rows; row++)
            memcpy(g->c + row * g->c_stride, g->add + row * g->c_stride,
                   (size_t) g->columns * sizeof(float));
    for (int run = 0; run < g->runs; run++) {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans,
                    (blasint) g->rows, g->columns, (blasint) g->depth, 1,
                    g->a + run * g->run_stride, (blasint) g->a_stride, b,
                    g->columns, beta, g->c, (blasint) g->c_stride);
        b += g->depth * g->columns;
        beta = 1;
    }
}
