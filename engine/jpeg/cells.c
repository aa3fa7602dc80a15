/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg/cells.h"

#include <math.h>

#include "core/parallel.h"
#include "jpeg/unit.h"

/* What rounding to 8 bits may change a coefficient by: three deviations; and the
 * part of a cell that this may take at its ends. */
static const double change = 3 * 0.29, part_of_cell = 1.0 / 8;

/* Is the cell of the block at @row and @column known? */
static bool
is_known(const tw_jpeg *jpeg, const tw_jpeg_plane *p, int64_t row,
         int64_t column)
{
    const int64_t top = 8 * p->down * row - jpeg->top;
    const int64_t left = 8 * p->across * column - jpeg->left;

    return !jpeg->guessed ||
           (top >= 0 && left >= 0 && top + 8 * p->down <= jpeg->height &&
            left + 8 * p->across <= jpeg->width);
}

/* A block of the unit: its plane, and the place of its levels in it; -1: its cells
 * are not known. */
typedef struct block {
    int plane;
    int64_t level;
} block;

static block
block_at(const tw_unit *u, int n)
{
    int c = 0;

    while (c + 1 < u->jpeg->planes && n * TW_JPEG_BLOCK >= u->part[c + 1].at)
        c++;
    const tw_unit_part *part = &u->part[c];
    const tw_jpeg_plane *p = &u->jpeg->plane[c];
    const int i = n - part->at / TW_JPEG_BLOCK;
    const int64_t row = part->top + i / part->columns;
    const int64_t column = part->left + i % part->columns;

    return (block) { c, is_known(u->jpeg, p, row, column)
                            ? (row * p->columns + column) * TW_JPEG_BLOCK
                            : -1 };
}

/* How far @value is outside of the cell of the coefficient @at, made smaller by
 * @margin levels at both ends; signed. */
static double
outside(const tw_jpeg *jpeg, block b, int at, double value, double margin)
{
    const tw_jpeg_plane *p = &jpeg->plane[b.plane];
    const double middle =
        tw_jpeg_middle(jpeg, b.plane, at, p->level[b.level + at]);
    const double half = ((double) p->step[at] / 2 - margin) / 127.5;
    const double d = value - middle;

    return d > half ? d - half : d < -half ? d + half : 0;
}

static void
project_unit(const tw_unit *u, float *x)
{
    float pixels[TW_UNIT_PIXELS], more[TW_UNIT_PIXELS];
    float values[TW_UNIT_VALUES];
    bool moved = false;

    tw_unit_get(u, x, pixels);
    tw_unit_forward(u, pixels, values);
    for (int n = 0; n < u->values / TW_JPEG_BLOCK; n++) {
        const block b = block_at(u, n);
        float *v = values + n * TW_JPEG_BLOCK;

        for (int i = 0; i < TW_JPEG_BLOCK; i++) {
            const double margin =
                fmin(change,
                     part_of_cell * (double) u->jpeg->plane[b.plane].step[i]);

            v[i] = b.level < 0
                       ? 0
                       : (float) -outside(u->jpeg, b, i, (double) v[i], margin);
            moved = moved || v[i] < 0 || v[i] > 0;
        }
    }
    if (!moved)
        return;
    tw_unit_inverse(u, values, more);
    for (int i = 0; i < 3 * u->height * u->width; i++)
        pixels[i] += more[i];
    tw_unit_put(u, pixels, x);
}

void
tw_jpeg_project(const tw_jpeg *jpeg, float *x)
{
    const int64_t count = tw_unit_count(jpeg);

#pragma omp parallel for if (jpeg->height * jpeg->width > TW_SERIAL)
    for (int64_t i = 0; i < count; i++) {
        const tw_unit u = tw_unit_at(jpeg, i);

        project_unit(&u, x);
    }
}

/* Coefficients of the unit that are in their cells, and those that have one. */
static void
count_unit(const tw_unit *u, const float *x, int64_t *inside, int64_t *all)
{
    float pixels[TW_UNIT_PIXELS], values[TW_UNIT_VALUES];

    tw_unit_get(u, x, pixels);
    tw_unit_forward(u, pixels, values);
    for (int n = 0; n < u->values; n++) {
        const block b = block_at(u, n / TW_JPEG_BLOCK);
        const double d = b.level < 0 ? 0
                                     : outside(u->jpeg, b, n % TW_JPEG_BLOCK,
                                               (double) values[n], 0);

        *all += b.level >= 0;
        *inside += b.level >= 0 && !(d < 0 || d > 0);
    }
}

double
tw_jpeg_share(const tw_jpeg *jpeg, const float *x)
{
    const int64_t count = tw_unit_count(jpeg);
    int64_t inside = 0, all = 0;

#pragma omp parallel for reduction(                                            \
        + : inside, all) if (jpeg->height * jpeg->width > TW_SERIAL)
    for (int64_t i = 0; i < count; i++) {
        const tw_unit u = tw_unit_at(jpeg, i);

        count_unit(&u, x, &inside, &all);
    }
    return all ? (double) inside / (double) all : 1;
}

/* The variance of one coefficient's error, @share of which are not 0. */
static double
variance_of(double step, double share)
{
    const double a = step / 2, most = step * step / 12;

    if (share <= 0)
        return 0;
    if (share >= 1)
        return most;
    const double b = a / log(1 / share);
    const double zero = 2 * b * b - share * (a * a + 2 * a * b) / (1 - share);

    return share * most + (1 - share) * fmin(zero, most);
}

static double
share_of(const tw_jpeg_plane *p, int at)
{
    const int64_t blocks = p->rows * p->columns;
    int64_t count = 0;

#pragma omp parallel for reduction(+ : count) if (blocks > TW_SERIAL)
    for (int64_t i = 0; i < blocks; i++)
        count += p->level[i * TW_JPEG_BLOCK + at] != 0;
    return (double) count / (double) blocks;
}

double
tw_jpeg_noise(const tw_jpeg *jpeg)
{
    /* Of R, G and B together, for an error of 1 of Y, Cb and Cr: squares of the
     * inverse matrix (T.871, section 7). */
    static const double weight[TW_JPEG_PLANES] = { 3, 3.258, 2.476 };
    double sum = 0;

    for (int c = 0; c < jpeg->planes; c++)
        for (int i = 0; i < TW_JPEG_BLOCK; i++) {
            const tw_jpeg_plane *p = &jpeg->plane[c];
            const double share = c == 0 && i == 0 ? 1 : share_of(p, i);

            sum += weight[c] * variance_of((double) p->step[i], share) /
                   (3 * TW_JPEG_BLOCK);
        }
    return sqrt(sum) / 127.5;
}
