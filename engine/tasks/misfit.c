/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/misfit.h"

#include <math.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "tasks/certificate.h"

enum { WINDOW = 16 }; /* pixels of y */

/* In the rim, whose blur holds light from outside of the frame? */
static bool
in_rim(const tw_job *job, int64_t row, int64_t column)
{
    const int64_t h = job->y.dim[2], w = job->y.dim[3];
    const int64_t across = job->left > 0 ? job->psf.width / 2 : 0;
    const int64_t down = job->top > 0 ? job->psf.height / 2 : 0;

    return row < down || row >= h - down || column < across ||
           column >= w - across;
}

static void
leave_rim(const tw_job *job, tw_tensor *squares)
{
    const int64_t h = job->y.dim[2], w = job->y.dim[3];

#pragma omp parallel for if (squares->size > TW_SERIAL)
    for (int64_t i = 0; i < squares->size; i++)
        if (in_rim(job, i / w % h, i % w))
            squares->data[i] = -1;
}

/* Sums over the channels: of the squares into the first plane, how many there
 * are into the second. */
static void
add_channels(tw_tensor *squares)
{
    const int64_t plane = squares->size / 3;
    float *x = squares->data;

#pragma omp parallel for if (squares->size > TW_SERIAL)
    for (int64_t i = 0; i < plane; i++) {
        double sum = 0;
        int count = 0;

        for (int64_t at = i; at < 3 * plane; at += plane)
            if (x[at] >= 0) {
                sum += (double) x[at];
                count++;
            }
        x[i] = (float) sum;
        x[i + plane] = (float) count;
    }
}

/* The sum of the window around place @i of @size, @step apart. */
static double
window(const float *x, int64_t i, int64_t size, int64_t step)
{
    const int64_t from = i < WINDOW / 2 ? 0 : i - WINDOW / 2;
    const int64_t to = i + WINDOW / 2 < size ? i + WINDOW / 2 : size;
    double sum = 0;

    for (int64_t k = from; k < to; k++)
        sum += (double) x[k * step];
    return sum;
}

/* Windows down the columns of a plane. */
static void
add_down(const float *x, int64_t h, int64_t w, float *out)
{
#pragma omp parallel for if (h * w > TW_SERIAL)
    for (int64_t r = 0; r < h; r++)
        for (int64_t c = 0; c < w; c++)
            out[r * w + c] = (float) window(x + c, r, h, w);
}

/* @sums, @counts: over the window in a column. */
static void
draw(const tw_job *job, const float *sums, const float *counts, tw_image *out)
{
    const int64_t h = job->y.dim[2], w = job->y.dim[3];
    const int64_t H = out->height, W = out->width;

#pragma omp parallel for if (H * W > TW_SERIAL)
    for (int64_t row = 0; row < H; row++)
        for (int64_t column = 0; column < W; column++) {
            const int64_t r = (2 * row + 1) * h / (2 * H);
            const int64_t c = (2 * column + 1) * w / (2 * W);
            const double count = window(counts + r * w, c, w, 1);
            const double sum = window(sums + r * w, c, w, 1);
            float *pixel = out->data + row * out->stride + 4 * column;

            pixel[0] = count > 0 ? (float) sqrt(sum / count) : 0;
            pixel[1] = pixel[2] = pixel[0];
            pixel[3] = count > 0 && job->known[r * w + c] && !in_rim(job, r, c);
        }
}

tw_status
tw_misfit(const tw_job *job, const tw_tensor *y, const tw_tensor *x,
          tw_image *out, tw_run *run)
{
    const int64_t h = y->shape.dim[2], w = y->shape.dim[3];
    const size_t mark = tw_run_mark(run);
    tw_tensor *squares = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_certify_squares(job, y, x, squares, run));
    if (tw_run_is_sizing(run)) {
        tw_run_release(run, mark);
        return TW_OK;
    }
    leave_rim(job, squares);
    TW_TRY(tw_run_poll(run));
    add_channels(squares);
    float *sums = squares->data, *counts = sums + h * w;
    float *down_sums = counts + h * w, *down_counts = sums;

    TW_TRY(tw_run_poll(run));
    add_down(sums, h, w, down_sums);
    TW_TRY(tw_run_poll(run));
    add_down(counts, h, w, down_counts);
    TW_TRY(tw_run_poll(run));
    draw(job, down_sums, down_counts, out);
    tw_run_release(run, mark);
    return tw_run_poll(run);
}
