/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "priors/patches.h"

#include <string.h>

#include "core/parallel.h"

tw_status
tw_patches_make(tw_patches *p, int height, int width, int channels, tw_run *run)
{
    const size_t size = (size_t) height * (size_t) width;

    *p = (tw_patches) {
        .height = height,
        .width = width,
        .channels = channels,
        .value =
            tw_scratch_bytes(run, size * (size_t) channels * sizeof *p->value),
        .known = tw_scratch_bytes(run, size),
        .place = tw_scratch_bytes(run, size * sizeof *p->place),
    };
    return tw_run_check(run);
}

static bool
is_whole(const tw_patches *p, int y, int x)
{
    for (int r = 0; r < TW_PATCH; r++)
        if (memchr(p->known + (int64_t) (y + r) * p->width + x, 0, TW_PATCH))
            return false;
    return true;
}

static bool
is_wanted(tw_area area, int y, int x)
{
    return y + TW_PATCH > area.top && y < area.bottom &&
           x + TW_PATCH > area.left && x < area.right;
}

/* Targets are numbered later: 0. */
static int32_t
look_at(const tw_patches *p, tw_area area, int y, int x)
{
    if (y > p->height - TW_PATCH || x > p->width - TW_PATCH)
        return TW_PATCH_NONE;
    if (is_whole(p, y, x))
        return TW_PATCH_SOURCE;
    return is_wanted(area, y, x) ? 0 : TW_PATCH_NONE;
}

tw_status
tw_patches_find(tw_patches *p, tw_area area, tw_run *run)
{
    const int32_t size = p->height * p->width;

#pragma omp parallel for if (size > TW_SERIAL)
    for (int32_t i = 0; i < size; i++)
        p->place[i] = look_at(p, area, i / p->width, i % p->width);

    p->targets = p->sources = 0;
    for (int32_t i = 0; i < size; i++)
        if (p->place[i] == TW_PATCH_SOURCE)
            p->sources++;
        else if (p->place[i] == 0)
            p->place[i] = p->targets++;

    p->target = tw_scratch_bytes(run, (size_t) p->targets * sizeof *p->target);
    TW_TRY(tw_run_check(run));
    for (int32_t i = 0; i < size; i++)
        if (p->place[i] >= 0)
            p->target[p->place[i]] = i;
    return tw_run_poll(run);
}

size_t
tw_patches_bytes(int64_t height, int64_t width, int channels, int64_t targets)
{
    const size_t pixel =
        sizeof(float) * (size_t) channels + 1 + sizeof(int32_t);

    return (size_t) (height * width) * pixel +
           (size_t) targets * sizeof(int32_t) + 4 * (size_t) 256;
}

/* Of @size values each. */
static inline float
row_distance(const float *a, const float *b, int size)
{
    float sum = 0;

#pragma omp simd reduction(+ : sum)
    for (int i = 0; i < size; i++) {
        const float d = a[i] - b[i];

        sum += d * d;
    }
    return sum;
}

TW_CLONES float
tw_patches_distance(const tw_patches *p, int32_t a, int32_t b, float most)
{
    const int64_t stride = (int64_t) p->width * p->channels;
    const int size = TW_PATCH * p->channels;
    const float *x = p->value + (int64_t) a * p->channels;
    const float *y = p->value + (int64_t) b * p->channels;
    float sum = 0;

    for (int r = 0; r < TW_PATCH && sum <= most; r++)
        sum += row_distance(x + r * stride, y + r * stride, size);
    return sum;
}
