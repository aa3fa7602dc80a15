/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Known pixels are averaged into ever smaller pictures until no hole is left;
 * on the way back the holes take the smaller picture's values, smoothed at each
 * size: a multigrid form of the heat equation with known pixels held (push-pull,
 * Gortler et al. 1996, "The lumigraph", section 3.4).
 */

#include "holes/fill.h"

#include <string.h>

#include "core/parallel.h"
#include "core/sizing.h"

enum {
    LEVELS = 32,
    SWEEPS = 24 /* of smoothing at each size; more change no value by 1/255 */
};

typedef struct layer {
    int64_t height, width;
    float *value;
    const unsigned char *known;
} layer;

static int64_t
half(int64_t n)
{
    return (n + 1) / 2;
}

static int64_t
within(int64_t i, int64_t n)
{
    return i < 0 ? 0 : i < n ? i : n - 1;
}

/* The mean of what is known in each block of 2 x 2. */
static void
shrink(const layer *fine, const layer *coarse, unsigned char *known)
{
#pragma omp parallel for if (fine->height * fine->width > TW_SERIAL)
    for (int64_t r = 0; r < coarse->height; r++)
        for (int64_t c = 0; c < coarse->width; c++) {
            double sum = 0;
            int count = 0;

            for (int64_t y = 2 * r; y < 2 * r + 2 && y < fine->height; y++)
                for (int64_t x = 2 * c; x < 2 * c + 2 && x < fine->width; x++)
                    if (fine->known[y * fine->width + x]) {
                        sum += (double) fine->value[y * fine->width + x];
                        count++;
                    }
            known[r * coarse->width + c] = count > 0;
            coarse->value[r * coarse->width + c] =
                count ? (float) (sum / count) : 0;
        }
}

static void
take_over(const layer *coarse, const layer *fine)
{
#pragma omp parallel for if (fine->height * fine->width > TW_SERIAL)
    for (int64_t y = 0; y < fine->height; y++)
        for (int64_t x = 0; x < fine->width; x++)
            if (!fine->known[y * fine->width + x])
                fine->value[y * fine->width + x] =
                    coarse->value[y / 2 * coarse->width + x / 2];
}

static float
mean_of_nine(const layer *l, int64_t y, int64_t x)
{
    double sum = 0;

    for (int64_t r = y - 1; r <= y + 1; r++)
        for (int64_t c = x - 1; c <= x + 1; c++)
            sum += (double) l->value[within(r, l->height) * l->width +
                                     within(c, l->width)];
    return (float) (sum / 9);
}

static tw_status
smooth(const layer *l, float *other, tw_run *run)
{
    const int64_t rows = l->height, width = l->width;

    for (int sweep = 0; sweep < SWEEPS; sweep++) {
#pragma omp parallel for if (rows * width > TW_SERIAL)
        for (int64_t y = 0; y < rows; y++)
            for (int64_t x = 0; x < width; x++)
                if (!l->known[y * width + x])
                    other[y * width + x] = mean_of_nine(l, y, x);
#pragma omp parallel for if (rows * width > TW_SERIAL)
        for (int64_t y = 0; y < rows; y++)
            for (int64_t x = 0; x < width; x++)
                if (!l->known[y * width + x])
                    l->value[y * width + x] = other[y * width + x];
        TW_TRY(tw_run_poll(run));
    }
    return TW_OK;
}

static bool
is_whole(const layer *l)
{
    return !memchr(l->known, 0, (size_t) (l->height * l->width));
}

/* Takes the memory of the next smaller size. */
static tw_status
add_layer(const layer *fine, layer *coarse, tw_run *run)
{
    coarse->height = half(fine->height);
    coarse->width = half(fine->width);
    const size_t size = (size_t) (coarse->height * coarse->width);
    unsigned char *known = tw_scratch_bytes(run, size);

    coarse->value = tw_scratch_bytes(run, size * sizeof *coarse->value);
    coarse->known = known;
    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    shrink(fine, coarse, known);
    return tw_run_poll(run);
}

static tw_status
fill_plane(const layer *plane, float *other, tw_run *run)
{
    const bool sizing = tw_run_is_sizing(run);
    layer l[LEVELS] = { *plane };
    int n = 0;

    while (l[n].height * l[n].width > 1 && (sizing || !is_whole(&l[n]))) {
        TW_TRY(add_layer(&l[n], &l[n + 1], run));
        n++;
    }
    if (sizing)
        return TW_OK;
    if (!is_whole(&l[n]))
        l[n].value[0] = 0;
    while (n-- > 0) {
        take_over(&l[n + 1], &l[n]);
        TW_TRY(smooth(&l[n], other, run));
    }
    return TW_OK;
}

tw_status
tw_fill_holes(tw_tensor *x, const unsigned char *known, tw_run *run)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];
    const size_t mark = tw_run_mark(run);
    float *other = tw_scratch_bytes(run, (size_t) (h * w) * sizeof *other);
    tw_status status = tw_run_check(run);

    for (int64_t c = 0; status == TW_OK && c < x->shape.dim[1]; c++) {
        const size_t inner = tw_run_mark(run);
        float *value = x->data ? x->data + c * h * w : NULL;
        const layer plane = { h, w, value, known };

        status = fill_plane(&plane, other, run);
        tw_run_release(run, inner);
    }
    tw_run_release(run, mark);
    return status;
}

size_t
tw_fill_bytes(tw_shape x)
{
    int64_t h = x.dim[2], w = x.dim[3];
    size_t bytes = (size_t) (h * w) * sizeof(float) + 256;

    while (h * w > 1) {
        h = half(h);
        w = half(w);
        bytes += (size_t) (h * w) * (sizeof(float) + 1) + 2 * 256;
    }
    return bytes;
}

/* Two passes over the picture: Rosenfeld and Pfaltz 1966, "Sequential operations
 * in digital picture processing". Beyond the edge nothing is known. */
static void
pass(int *distance, int64_t height, int64_t width, int direction)
{
    const int64_t size = height * width;

    for (int64_t i = 0; i < size; i++) {
        const int64_t at = direction > 0 ? i : size - 1 - i;
        const int64_t x = at % width;

        for (int64_t dx = -1; dx <= 1; dx++) {
            const int64_t before = at - direction * width + dx;

            if (x + dx >= 0 && x + dx < width && before >= 0 && before < size &&
                distance[before] + 1 < distance[at])
                distance[at] = distance[before] + 1;
        }
        const int64_t beside = x - direction;

        if (beside >= 0 && beside < width &&
            distance[at - direction] + 1 < distance[at])
            distance[at] = distance[at - direction] + 1;
    }
}

tw_status
tw_hole_depth(const unsigned char *known, int64_t height, int64_t width,
              int *depth, tw_run *run)
{
    const int64_t size = height * width;
    const size_t mark = tw_run_mark(run);
    int *distance = tw_scratch_bytes(run, (size_t) size * sizeof *distance);

    *depth = 0;
    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run)) {
        tw_run_release(run, mark);
        return TW_OK;
    }
    for (int64_t i = 0; i < size; i++)
        distance[i] = known[i] ? 0 : INT32_MAX / 2;
    for (int direction = 1; direction >= -1; direction -= 2) {
        TW_TRY(tw_run_poll(run));
        pass(distance, height, width, direction);
    }
    TW_TRY(tw_run_poll(run));
    for (int64_t i = 0; i < size; i++)
        if (distance[i] > *depth)
            *depth = distance[i];
    tw_run_release(run, mark);
    return TW_OK;
}
