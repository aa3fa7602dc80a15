/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/pixels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "tasks/mask.h"
#include "tasks/resample.h"

static tw_image
view(const tw_image *image, tw_box box)
{
    return (tw_image) { box.width, box.height, image->stride,
                        image->data + box.top * image->stride + 4 * box.left };
}

static bool
is_visible(const float *pixel)
{
    return pixel[3] > 0;
}

/* Row @r of the box. */
static void
find_known(const tw_job *job, const tw_image *in, tw_box box, int64_t r,
           unsigned char *known)
{
    const tw_image *mask =
        job->task->holes ? tw_request_get_mask(job->request) : NULL;
    const int64_t y = box.top + r;
    const float *pixel = in->data + y * in->stride + 4 * box.left;

    for (int64_t i = 0; i < box.width; i++, pixel += 4)
        known[i] = is_visible(pixel) &&
                   !(mask && tw_mask_white(mask, y, box.left + i));
}

/* Row @r of y: pixels that are not known, and whether the others are gray. */
static int64_t
look_at_row(const tw_pixels *p, int64_t r, bool *gray)
{
    const int64_t w = p->y->shape.dim[3], plane = p->y->size / 3;
    const float *red = p->y->data + r * w;
    int64_t unknown = 0;

    for (int64_t i = 0; i < w; i++) {
        if (!p->known[r * w + i])
            unknown++;
        else if (memcmp(&red[i], &red[i + plane], sizeof *red) != 0 ||
                 memcmp(&red[i], &red[i + 2 * plane], sizeof *red) != 0)
            *gray = false;
    }
    return unknown;
}

void
tw_pixels_take(const tw_job *job, const tw_image *in, tw_box box, tw_tensor *x,
               unsigned char *known)
{
    const tw_image part = view(in, box);

    tw_image_to_tensor(&part, x);
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t r = 0; r < box.height; r++)
        find_known(job, in, box, r, known + r * box.width);
}

tw_status
tw_pixels_read(const tw_job *job, const tw_image *in, tw_pixels *p, tw_run *run)
{
    const int64_t h = job->box.height, w = job->box.width;

    *p = (tw_pixels) { .y = tw_scratch_shape(run, job->y),
                       .known = tw_scratch_bytes(run, (size_t) (h * w)) };
    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run)) {
        p->unknown = 1; /* a picture may have transparent pixels, */
        p->low = -1;    /* and clipped ones */
        return TW_OK;
    }
    tw_pixels_take(job, in, job->box, p->y, p->known);
    TW_TRY(tw_run_poll(run));
    int64_t unknown = 0;
    bool gray = true;

#pragma omp parallel for reduction(+ : unknown)                                \
    reduction(&& : gray) if (h * w > TW_SERIAL)
    for (int64_t r = 0; r < h; r++)
        unknown += look_at_row(p, r, &gray);
    p->unknown = unknown;
    p->gray = gray;
    return tw_run_poll(run);
}

void
tw_pixels_limits(tw_pixels *p)
{
    /* Half a step of 8 bits, in which most pictures are, inside of the end; it is
     * small beside noise that matters. */
    static const double end = 1 - 1 / 255.0, beyond = 1 + 1 / 255.0;
    const int64_t plane = p->y->size / 3;
    int64_t known = 0, low = 0, high = 0, outside = 0;

#pragma omp parallel for reduction(+ : known, low, high)                       \
    reduction(| : outside) if (p->y->size > TW_SERIAL)
    for (int64_t i = 0; i < p->y->size; i++) {
        const double v = (double) p->y->data[i];

        if (!p->known[i % plane])
            continue;
        known++;
        low += v <= -end;
        high += v >= end;
        outside |= (v < -beyond ? 1 : 0) | (v > beyond ? 2 : 0);
    }
    if (outside & 1)
        low = 0;
    if (outside & 2)
        high = 0;
    p->low = low ? -end : -(double) INFINITY;
    p->high = high ? end : (double) INFINITY;
    p->white = (double) high / (double) (known ? known : 1);
}

void
tw_pixels_hide(tw_pixels *p)
{
    const int64_t plane = p->y->size / 3;

#pragma omp parallel for if (p->y->size > TW_SERIAL)
    for (int64_t i = 0; i < p->y->size; i++)
        if (!p->known[i % plane])
            p->y->data[i] = 0;
}

bool
tw_pixels_any(const tw_job *job, const tw_image *in)
{
    const tw_image *mask =
        job->task->holes ? tw_request_get_mask(job->request) : NULL;

    for (int64_t y = 0; y < in->height; y++)
        for (int64_t x = 0; x < in->width; x++)
            if (is_visible(in->data + y * in->stride + 4 * x) &&
                (!mask || tw_mask_white(mask, y, x)))
                return true;
    return false;
}

void
tw_pixels_nothing(const tw_job *job, tw_report *report)
{
    snprintf(report->warning, sizeof report->warning, "%s",
             job->task->holes
                 ? _("Nothing was restored: the mask is white nowhere in what "
                     "is visible")
                 : _("Nothing was restored: the picture is all transparent"));
}

/* Row @r of the result into the same picture. */
static void
write_row(const tw_job *job, const tw_image *in, const tw_tensor *result,
          int64_t r, tw_image *out)
{
    const int64_t w = result->shape.dim[3], plane = result->size / 3;
    const int64_t y = job->result.top + r, left = job->result.left;
    const tw_image *mask =
        job->task->holes ? tw_request_get_mask(job->request) : NULL;
    const float *from = result->data + r * w;
    const float *old = in->data + y * in->stride + 4 * left;
    float *to = out->data + y * out->stride + 4 * left;

    for (int64_t i = 0; i < w; i++)
        if (is_visible(old + 4 * i) &&
            (!mask || tw_mask_white(mask, y, left + i)))
            for (int64_t c = 0; c < 3; c++)
                to[4 * i + c] = 0.5F * from[c * plane + i] + 0.5F;
}

void
tw_pixels_copy(const tw_image *in, tw_image *out)
{
    if (in->data == out->data)
        return;
#pragma omp parallel for if ((int64_t) in->width * in->height > TW_SERIAL)
    for (int64_t y = 0; y < in->height; y++)
        memcpy(out->data + y * out->stride, in->data + y * in->stride,
               (size_t) in->width * 4 * sizeof *in->data);
}

/* Nothing to show: the nearest pixels of @in. */
static void
enlarge(const tw_image *in, tw_image *out)
{
    for (int64_t y = 0; y < out->height; y++)
        for (int64_t x = 0; x < out->width; x++)
            memcpy(out->data + y * out->stride + 4 * x,
                   in->data + y * in->height / out->height * in->stride +
                       4 * (x * in->width / out->width),
                   4 * sizeof *in->data);
}

void
tw_pixels_write(const tw_job *job, const tw_image *in, const tw_tensor *result,
                tw_image *out)
{
    const bool same = in->width == out->width && in->height == out->height;

    if (!same && !result) {
        enlarge(in, out);
    } else if (!same) {
        tw_image_from_tensor(out, result);
        tw_resize_alpha(in, out);
    } else {
        tw_pixels_copy(in, out);
        if (!result || tw_request_real(job->request, "strength") <= 0)
            return;
#pragma omp parallel for if (result->size > TW_SERIAL)
        for (int64_t r = 0; r < job->result.height; r++)
            write_row(job, in, result, r, out);
    }
}
