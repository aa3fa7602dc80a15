/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operators/banded.h"

#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"

bool
tw_banded_init(tw_banded *m, int64_t rows, int64_t columns, int64_t band)
{
    *m = (tw_banded) { rows, columns, band, NULL, NULL };
    if (rows < 1 || band < 1)
        return false;
    m->start = calloc((size_t) rows, sizeof *m->start);
    m->value = calloc((size_t) (rows * band), sizeof *m->value);
    if (m->start && m->value)
        return true;
    tw_banded_clear(m);
    return false;
}

void
tw_banded_clear(tw_banded *m)
{
    free(m->start);
    free(m->value);
    *m = (tw_banded) { 0 };
}

/* The first row whose band ends behind @column; rows if none. */
static int64_t
first_row(const tw_banded *m, int64_t column, int64_t from)
{
    while (from < m->rows && m->start[from] + m->band <= column)
        from++;
    return from;
}

bool
tw_banded_transpose(tw_banded *out, const tw_banded *m)
{
    int64_t band = 0, row = 0, end = 0;

    for (int64_t c = 0; c < m->columns; c++) {
        row = first_row(m, c, row);
        while (end < m->rows && m->start[end] <= c)
            end++;
        band = end - row > band ? end - row : band;
    }
    if (!tw_banded_init(out, m->columns, m->rows, band))
        return false;
    for (int64_t c = 0, from = 0; c < m->columns; c++) {
        from = first_row(m, c, from);
        const int64_t last = m->rows - band;
        const int64_t start = from < last ? from : last;

        out->start[c] = start;
        for (int64_t i = 0; i < band; i++) {
            const int64_t at = c - m->start[start + i];

            if (at >= 0 && at < m->band)
                out->value[c * band + i] = m->value[(start + i) * m->band + at];
        }
    }
    return true;
}

static float
row_product(const tw_banded *m, int64_t i, int64_t j)
{
    double sum = 0;

    for (int64_t a = 0; a < m->band; a++) {
        const int64_t b = m->start[i] + a - m->start[j];

        if (b >= 0 && b < m->band)
            sum += (double) m->value[i * m->band + a] *
                   (double) m->value[j * m->band + b];
    }
    return (float) sum;
}

bool
tw_banded_gram(tw_banded *out, const tw_banded *m)
{
    int64_t reach = 0;

    for (int64_t i = 0, j = 0; i < m->rows; i++) {
        while (j < m->rows && m->start[j] < m->start[i] + m->band)
            j++;
        reach = j - 1 - i > reach ? j - 1 - i : reach;
    }
    const int64_t all = 2 * reach + 1;
    const int64_t band = all < m->rows ? all : m->rows;

    if (!tw_banded_init(out, m->rows, m->rows, band))
        return false;
    for (int64_t i = 0; i < m->rows; i++) {
        int64_t start = i - reach > 0 ? i - reach : 0;

        start = start < m->rows - band ? start : m->rows - band;
        out->start[i] = start;
        for (int64_t k = 0; k < band; k++)
            out->value[i * band + k] = row_product(m, i, start + k);
    }
    return true;
}

TW_CLONES void
tw_banded_columns(const tw_banded *m, const float *in, int64_t width,
                  const float *plus, float *out)
{
#pragma omp parallel for if (m->rows * width > TW_SERIAL)
    for (int64_t r = 0; r < m->rows; r++) {
        float *to = out + r * width;

        if (!plus)
            memset(to, 0, (size_t) width * sizeof *to);
        else if (plus != out)
            memcpy(to, plus + r * width, (size_t) width * sizeof *to);
        for (int64_t k = 0; k < m->band; k++) {
            const float *from = in + (m->start[r] + k) * width;
            const float v = m->value[r * m->band + k];

            for (int64_t i = 0; i < width; i++)
                to[i] += v * from[i];
        }
    }
}

void
tw_banded_rows(const tw_banded *m, const float *in, int64_t height, float *out)
{
#pragma omp parallel for if (height * m->columns > TW_SERIAL)
    for (int64_t r = 0; r < height; r++)
        for (int64_t c = 0; c < m->rows; c++) {
            const float *from = in + r * m->columns + m->start[c];
            const float *v = m->value + c * m->band;
            float sum = 0;

            for (int64_t k = 0; k < m->band; k++)
                sum += v[k] * from[k];
            out[r * m->rows + c] = sum;
        }
}
