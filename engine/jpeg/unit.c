/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg/unit.h"

#include <string.h>

/* T.871, section 7, and its inverse by columns. */
static const float color[3][3] = {
    { 0.299f, 0.587f, 0.114f },
    { -0.168735892f, -0.331264108f, 0.5f },
    { 0.5f, -0.418687589f, -0.081312411f },
};
static const float color_inverse[3][3] = {
    { 1, 1, 1 },
    { 0, -0.344136286f, 1.772f },
    { 1.402f, -0.714136286f, 0 },
};

/* cos(k pi / 16) / 2 */
#define C1 0.490392640f
#define C2 0.461939766f
#define C3 0.415734806f
#define C4 0.353553391f
#define C5 0.277785117f
#define C6 0.191341716f
#define C7 0.097545161f

/* T.81, A.3.3: rows are frequencies. */
static const float cosines[8][8] = {
    { C4, C4, C4, C4, C4, C4, C4, C4 },
    { C1, C3, C5, C7, -C7, -C5, -C3, -C1 },
    { C2, C6, -C6, -C2, -C2, -C6, C6, C2 },
    { C3, -C7, -C1, -C5, C5, C1, C7, -C3 },
    { C4, -C4, -C4, C4, C4, -C4, -C4, C4 },
    { C5, -C1, C7, C3, -C3, -C7, C1, -C5 },
    { C6, -C2, C2, -C6, -C6, C2, -C2, C6 },
    { C7, -C5, C3, -C1, C1, -C3, C5, -C7 },
};

const float *
tw_jpeg_color(int plane)
{
    return color[plane];
}

/* --- where it is --- */

static int64_t
units_down(const tw_jpeg *jpeg)
{
    const int64_t side = tw_jpeg_unit_height(jpeg);

    return (jpeg->top + jpeg->height + side - 1) / side;
}

static int64_t
units_across(const tw_jpeg *jpeg)
{
    const int64_t side = tw_jpeg_unit_width(jpeg);

    return (jpeg->left + jpeg->width + side - 1) / side;
}

int64_t
tw_unit_count(const tw_jpeg *jpeg)
{
    return units_down(jpeg) * units_across(jpeg);
}

static int
least(int64_t a, int64_t b)
{
    return (int) (a < b ? a : b);
}

/* Blocks of the planes; at the picture's end there may be fewer than elsewhere. */
static void
lay_out_parts(tw_unit *u, int64_t row, int64_t column)
{
    int64_t first = 0;

    for (int c = 0; c < u->jpeg->planes; c++) {
        const tw_jpeg_plane *p = &u->jpeg->plane[c];
        const int rows = u->height / (8 * p->down);
        const int columns = u->width / (8 * p->across);
        tw_unit_part *part = &u->part[c];

        part->top = row * rows;
        part->left = column * columns;
        part->rows = least(rows, p->rows - part->top);
        part->columns = least(columns, p->columns - part->left);
        part->first = first;
        part->at = u->values;
        u->values += part->rows * part->columns * TW_JPEG_BLOCK;
        first += p->rows * p->columns * TW_JPEG_BLOCK;
    }
}

tw_unit
tw_unit_at(const tw_jpeg *jpeg, int64_t index)
{
    const int64_t across = units_across(jpeg);
    const int64_t row = index / across, column = index % across;
    tw_unit u = {
        .jpeg = jpeg,
        .height = (int) tw_jpeg_unit_height(jpeg),
        .width = (int) tw_jpeg_unit_width(jpeg),
    };

    u.top = row * u.height - jpeg->top;
    u.left = column * u.width - jpeg->left;
    u.inside = u.top >= 0 && u.left >= 0 && u.top + u.height <= jpeg->height &&
               u.left + u.width <= jpeg->width;
    lay_out_parts(&u, row, column);
    return u;
}

/* --- pixels --- */

static int64_t
clamp(int64_t i, int64_t size)
{
    return i < 0 ? 0 : i < size ? i : size - 1;
}

/* Of row @r of channel @channel, in x. */
static int64_t
row_start(const tw_unit *u, int channel, int r)
{
    return (channel * u->jpeg->height + clamp(u->top + r, u->jpeg->height)) *
           u->jpeg->width;
}

void
tw_unit_get(const tw_unit *u, const float *x, float *pixels)
{
    for (int c = 0; c < 3; c++)
        for (int r = 0; r < u->height; r++, pixels += u->width) {
            const float *from = x + row_start(u, c, r);

            if (u->inside)
                memcpy(pixels, from + u->left,
                       (size_t) u->width * sizeof *pixels);
            else
                for (int i = 0; i < u->width; i++)
                    pixels[i] = from[clamp(u->left + i, u->jpeg->width)];
        }
}

static bool
is_within(const tw_unit *u, int r, int i)
{
    return u->top + r >= 0 && u->top + r < u->jpeg->height &&
           u->left + i >= 0 && u->left + i < u->jpeg->width;
}

void
tw_unit_put(const tw_unit *u, const float *pixels, float *x)
{
    for (int c = 0; c < 3; c++)
        for (int r = 0; r < u->height; r++, pixels += u->width) {
            float *to = x + row_start(u, c, r);

            for (int i = 0; i < u->width; i++)
                if (u->inside || is_within(u, r, i))
                    to[u->left + i] = pixels[i];
        }
}

void
tw_unit_fold(const tw_unit *u, const float *pixels, float *x)
{
    tw_unit_put(u, pixels, x);
    if (u->inside)
        return;
    for (int c = 0; c < 3; c++)
        for (int r = 0; r < u->height; r++, pixels += u->width) {
            float *to = x + row_start(u, c, r);

            for (int i = 0; i < u->width; i++)
                if (!is_within(u, r, i))
                    to[clamp(u->left + i, u->jpeg->width)] += pixels[i];
        }
}

/* --- transform --- */

/* out = a b */
static void
multiply(const float a[8][8], const float b[8][8], float out[8][8])
{
    for (int r = 0; r < 8; r++) {
        float sum[8] = { 0 };

        for (int k = 0; k < 8; k++)
            for (int c = 0; c < 8; c++)
                sum[c] += a[r][k] * b[k][c];
        memcpy(out[r], sum, sizeof sum);
    }
}

static void
transpose(float a[8][8])
{
    for (int r = 0; r < 8; r++)
        for (int c = 0; c < r; c++) {
            const float t = a[r][c];

            a[r][c] = a[c][r];
            a[c][r] = t;
        }
}

/* out = C s C^T = (C (C s)^T)^T */
static void
forward_block(const float s[8][8], float out[8][8])
{
    float t[8][8];

    multiply(cosines, s, t);
    transpose(t);
    multiply(cosines, t, out);
    transpose(out);
}

void
tw_jpeg_transform(const float samples[8][8], float values[TW_JPEG_BLOCK])
{
    float f[8][8];

    forward_block(samples, f);
    memcpy(values, f, sizeof f);
}

/* out = C^T f C */
static void
inverse_block(const float f[8][8], float out[8][8])
{
    float t[8][8], turned[8][8];

    multiply(f, cosines, t);
    memcpy(turned, cosines, sizeof turned);
    transpose(turned);
    multiply(turned, t, out);
}

/* The samples of one block of plane @c; @b: row and column of the block. */
static void
sample(const tw_unit *u, int c, const int b[2], const float *pixels,
       float s[8][8])
{
    const tw_jpeg_plane *p = &u->jpeg->plane[c];
    const int plane = u->height * u->width;
    const float scale = 1.0f / (float) (p->across * p->down);

    for (int r = 0; r < 8; r++)
        for (int i = 0; i < 8; i++) {
            const float *first = pixels + (8 * b[0] + r) * p->down * u->width +
                                 (8 * b[1] + i) * p->across;
            float sum = 0;

            for (int y = 0; y < p->down; y++)
                for (int x = 0; x < p->across; x++) {
                    const float *v = first + y * u->width + x;

                    sum += color[c][0] * v[0] + color[c][1] * v[plane] +
                           color[c][2] * v[2 * plane];
                }
            s[r][i] = scale * sum;
        }
}

/* Adds samples to the pixels, in the colors of @weights. */
static void
spread(const tw_unit *u, int c, const int b[2], const float s[8][8],
       const float weights[3], float *pixels)
{
    const tw_jpeg_plane *p = &u->jpeg->plane[c];
    const int plane = u->height * u->width;

    for (int r = 0; r < 8 * p->down; r++)
        for (int i = 0; i < 8 * p->across; i++) {
            const float v = s[r / p->down][i / p->across];
            float *to = pixels + (8 * b[0] * p->down + r) * u->width +
                        8 * b[1] * p->across + i;

            to[0] += weights[0] * v;
            to[plane] += weights[1] * v;
            to[2 * plane] += weights[2] * v;
        }
}

void
tw_unit_forward(const tw_unit *u, const float *pixels, float *values)
{
    for (int c = 0; c < u->jpeg->planes; c++) {
        const tw_unit_part *part = &u->part[c];

        for (int b = 0; b < part->rows * part->columns; b++) {
            const int at[2] = { b / part->columns, b % part->columns };
            float s[8][8];

            sample(u, c, at, pixels, s);
            tw_jpeg_transform((const float(*)[8]) s, values);
            values += TW_JPEG_BLOCK;
        }
    }
}

/* Each plane's samples spread in its color. */
static void
back(const tw_unit *u, const float *values, bool inverse, float *pixels)
{
    memset(pixels, 0, (size_t) (3 * u->height * u->width) * sizeof *pixels);
    for (int c = 0; c < u->jpeg->planes; c++) {
        const tw_jpeg_plane *p = &u->jpeg->plane[c];
        const tw_unit_part *part = &u->part[c];
        const float scale = 1.0f / (float) (p->across * p->down);
        float weights[3];

        for (int i = 0; i < 3; i++)
            weights[i] = inverse ? color_inverse[c][i] : scale * color[c][i];
        for (int b = 0; b < part->rows * part->columns; b++) {
            const int at[2] = { b / part->columns, b % part->columns };
            float s[8][8], f[8][8];

            memcpy(f, values, sizeof f);
            inverse_block((const float(*)[8]) f, s);
            spread(u, c, at, (const float(*)[8]) s, weights, pixels);
            values += TW_JPEG_BLOCK;
        }
    }
}

void
tw_unit_adjoint(const tw_unit *u, const float *values, float *pixels)
{
    back(u, values, false, pixels);
}

void
tw_unit_inverse(const tw_unit *u, const float *values, float *pixels)
{
    back(u, values, true, pixels);
}

/* --- coefficients --- */

/* Of row @r of the plane's blocks in the unit, in y. */
static int64_t
values_start(const tw_unit *u, int c, int r)
{
    const tw_unit_part *part = &u->part[c];

    return part->first +
           ((part->top + r) * u->jpeg->plane[c].columns + part->left) *
               TW_JPEG_BLOCK;
}

void
tw_unit_gather(const tw_unit *u, const float *y, float *values)
{
    for (int c = 0; c < u->jpeg->planes; c++)
        for (int r = 0; r < u->part[c].rows; r++) {
            const int count = u->part[c].columns * TW_JPEG_BLOCK;

            memcpy(values, y + values_start(u, c, r),
                   (size_t) count * sizeof *values);
            values += count;
        }
}

void
tw_unit_scatter(const tw_unit *u, const float *values, float *y)
{
    for (int c = 0; c < u->jpeg->planes; c++)
        for (int r = 0; r < u->part[c].rows; r++) {
            const int count = u->part[c].columns * TW_JPEG_BLOCK;

            memcpy(y + values_start(u, c, r), values,
                   (size_t) count * sizeof *values);
            values += count;
        }
}
