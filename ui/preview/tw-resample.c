/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/tw-resample.h"

#include <math.h>
#include <string.h>

/* Less than any part of a pixel that can be seen; keeps intervals from being
 * empty. */
#define TINY 1e-3

static const float *
pixel(const tw_image *image, int x, int y)
{
    return image->data + CLAMP(y, 0, image->height - 1) * image->stride +
           4 * (ptrdiff_t) CLAMP(x, 0, image->width - 1);
}

/* @out += @weight times @count pixels, colors multiplied with alpha. */
static void
add_row(float *out, const float *in, int count, float weight)
{
    for (int i = 0; i < 4 * count; i += 4) {
        const float share = weight * in[i + 3];

        out[i] += share * in[i];
        out[i + 1] += share * in[i + 1];
        out[i + 2] += share * in[i + 2];
        out[i + 3] += share;
    }
}

static void
nearest(const tw_image *image, const TwGrid *grid, int x, int y, int width,
        float *out)
{
    const int row = (int) floor(grid->y + (y + 0.5) * grid->step_y);

    memset(out, 0, sizeof(float) * 4 * (size_t) width);
    for (int i = 0; i < width; i++) {
        const double at = grid->x + (x + i + 0.5) * grid->step_x;

        add_row(out + 4 * i, pixel(image, (int) floor(at), row), 1, 1);
    }
}

static void
linear(const tw_image *image, const TwGrid *grid, int x, int y, int width,
       float *out)
{
    const double v = grid->y + (y + 0.5) * grid->step_y - 0.5;
    const int row = (int) floor(v);
    const float down = (float) (v - row);

    memset(out, 0, sizeof(float) * 4 * (size_t) width);
    for (int i = 0; i < width; i++, out += 4) {
        const double u = grid->x + (x + i + 0.5) * grid->step_x - 0.5;
        const int column = (int) floor(u);
        const float right = (float) (u - column);

        add_row(out, pixel(image, column, row), 1, (1 - right) * (1 - down));
        add_row(out, pixel(image, column + 1, row), 1, right * (1 - down));
        add_row(out, pixel(image, column, row + 1), 1, (1 - right) * down);
        add_row(out, pixel(image, column + 1, row + 1), 1, right * down);
    }
}

/* An interval of the picture: from @low to @high, inside 0…@size. */
typedef struct Span {
    double low, high;
    int first, last; /* pixels that it touches, last exclusive */
} Span;

static Span
span(double low, double high, int size)
{
    Span s;

    s.low = CLAMP(low, 0, size - TINY);
    s.high = CLAMP(high, s.low + TINY, size);
    s.first = (int) floor(s.low);
    s.last = (int) ceil(s.high);
    return s;
}

static float
covered(const Span *s, int pixel)
{
    return (float) (MIN(pixel + 1, s->high) - MAX(pixel, s->low));
}

/* @sum: room for the pixels of one row that @all spans. */
static void
area(const tw_image *image, const TwGrid *grid, int x, int y, int width,
     const Span *all, float *sum, float *out)
{
    const double top = grid->y + y * grid->step_y;
    const Span rows = span(top, top + grid->step_y, image->height);
    const int count = all->last - all->first;

    memset(sum, 0, sizeof(float) * 4 * (size_t) count);
    for (int row = rows.first; row < rows.last; row++)
        add_row(sum, pixel(image, all->first, row), count, covered(&rows, row));

    for (int i = 0; i < width; i++, out += 4) {
        const double left = grid->x + (x + i) * grid->step_x;
        const Span s = span(left, left + grid->step_x, image->width);
        const float scale =
            (float) (1 / ((s.high - s.low) * (rows.high - rows.low)));
        float mean[4] = { 0 };

        for (int column = s.first; column < s.last; column++) {
            const float weight = scale * covered(&s, column);
            const float *from = sum + 4 * (column - all->first);

            for (int k = 0; k < 4; k++)
                mean[k] += weight * from[k];
        }
        memcpy(out, mean, sizeof(mean));
    }
}

gboolean
tw_resample(const tw_image *image, const TwGrid *grid, TwFilterKind filter,
            int x, int y, int width, int height, float *out)
{
    const Span all = span(grid->x + x * grid->step_x,
                          grid->x + (x + width) * grid->step_x, image->width);
    float *sum = NULL;

    if (filter == TW_FILTER_AREA) {
        sum = g_try_new(float, 4 * (gsize) (all.last - all.first));
        if (sum == NULL)
            return FALSE;
    }
    for (int row = y; row < y + height; row++, out += 4 * width) {
        if (filter == TW_FILTER_NEAREST)
            nearest(image, grid, x, row, width, out);
        else if (filter == TW_FILTER_LINEAR)
            linear(image, grid, x, row, width, out);
        else
            area(image, grid, x, row, width, &all, sum, out);
    }
    g_free(sum);
    return TRUE;
}

/* Gives colors multiplied with alpha back their strength. */
static void
unmultiply(float *out)
{
    if (out[3] > 0)
        for (int k = 0; k < 3; k++)
            out[k] /= out[3];
}

void
tw_reduce_rows(const tw_image *image, int factor, int first, int last,
               tw_image *copy)
{
    for (int row = first; row < last; row++) {
        float *out = copy->data + row * copy->stride;
        const int y_end = MIN((row + 1) * factor, image->height);

        memset(out, 0, sizeof(float) * 4 * (size_t) copy->width);
        for (int y = row * factor; y < y_end; y++) {
            const float *in = image->data + y * image->stride;

            for (int x = 0; x < image->width; x++)
                add_row(out + 4 * (ptrdiff_t) (x / factor), in + 4 * x, 1, 1);
        }
        for (int x = 0; x < copy->width; x++) {
            const int columns = MIN(factor, image->width - x * factor);

            unmultiply(out + 4 * x);
            out[4 * x + 3] /= (float) (columns * (y_end - row * factor));
        }
    }
}
