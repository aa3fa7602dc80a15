/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matrices of which each row has a few values side by side: resampling of the
 * rows or columns of a plane.
 */

#ifndef TW_BANDED_H
#define TW_BANDED_H

#include <stdbool.h>
#include <stdint.h>

typedef struct tw_banded {
    int64_t rows, columns, band; /* band: values per row */
    int64_t *start;              /* column of the first value of each row;
                                    start + band <= columns */
    float *value;                /* rows * band */
} tw_banded;

/* False: out of memory, or empty. Values and starts are cleared. */
bool tw_banded_init(tw_banded *m, int64_t rows, int64_t columns, int64_t band);
void tw_banded_clear(tw_banded *m);

/* out = m^T, out = m m^T; the starts of @m must not decrease.
 * False: out of memory. */
bool tw_banded_transpose(tw_banded *out, const tw_banded *m);
bool tw_banded_gram(tw_banded *out, const tw_banded *m);

/* out = plus + m in: every column of @in (m->columns x @width). @plus has the
 * size of @out and may be it; NULL: zeros. */
void tw_banded_columns(const tw_banded *m, const float *in, int64_t width,
                       const float *plus, float *out);

/* out = in m^T: every row of @in (@height x m->columns). */
void tw_banded_rows(const tw_banded *m, const float *in, int64_t height,
                    float *out);

#endif
