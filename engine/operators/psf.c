/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operators/psf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

enum { MOST = TW_PSF_MAX / 2 }; /* reach to each side */

/* Cleared, with the middle value at the centre; @rx, @ry: reach. */
static tw_status
make(int rx, int ry, tw_psf *psf, tw_error *err)
{
    psf->width = 2 * rx + 1;
    psf->height = 2 * ry + 1;
    psf->data =
        calloc((size_t) psf->width * (size_t) psf->height, sizeof *psf->data);
    return psf->data ? TW_OK
                     : tw_fail(err, TW_ERR_MEMORY,
                               _("no memory left for the blur kernel; close "
                                 "other programs"));
}

static tw_status
normalize(tw_psf *psf, tw_error *err)
{
    const int size = psf->width * psf->height;
    double sum = 0;

    for (int i = 0; i < size; i++)
        sum += (double) psf->data[i];
    if (!(sum > 0) || !isfinite(sum)) {
        tw_psf_clear(psf);
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("the sum of the blur kernel's values is %g and must "
                         "be above 0; use another picture as kernel"),
                       sum);
    }
    for (int i = 0; i < size; i++)
        psf->data[i] = (float) ((double) psf->data[i] / sum);
    return TW_OK;
}

/* @value within @low (excluded if 0) … @high? */
static tw_status
check(const char *what, double value, double low, double high, tw_error *err)
{
    if (value > 0 && value >= low && value <= high)
        return TW_OK;
    return tw_fail(err, TW_ERR_ARGUMENT,
                   _("%s must be in the range %g to %g pixels, not %g"), what,
                   low, high, value);
}

/* Sampled, out to 4 sigma: what is cut off is 6e-5 of the whole. */
tw_status
tw_psf_gaussian(double sigma, tw_psf *psf, tw_error *err)
{
    const int reach = (int) ceil(4 * fmin(fmax(sigma, 0), MOST / 4.0));

    TW_TRY(
        check(_("the blur's standard deviation"), sigma, 0, MOST / 4.0, err));
    TW_TRY(make(reach, reach, psf, err));
    for (int y = -reach; y <= reach; y++)
        for (int x = -reach; x <= reach; x++)
            psf->data[(y + reach) * psf->width + x + reach] =
                (float) exp(-(x * x + y * y) / (2 * sigma * sigma));
    return normalize(psf, err);
}

/* The area of { 0 <= u <= x, 0 <= v <= y, u^2 + v^2 <= r^2 }, odd in x and y. */
static double
quadrant(double x, double y, double r)
{
    const double sign = (x < 0) == (y < 0) ? 1 : -1;

    x = fmin(fabs(x), r);
    y = fmin(fabs(y), r);
    if (x * x + y * y <= r * r)
        return sign * x * y;
    const double a = sqrt(r * r - y * y); /* where v = y meets the circle */
    const double upto_x = x * sqrt(r * r - x * x) + r * r * asin(x / r);
    const double upto_a = a * y + r * r * asin(a / r);

    return sign * (a * y + (upto_x - upto_a) / 2);
}

/* How much of each pixel's square lies in the disc. */
tw_status
tw_psf_disc(double radius, tw_psf *psf, tw_error *err)
{
    const double r = radius;
    const int reach = (int) ceil(fmin(fmax(r - 0.5, 0), MOST));

    TW_TRY(check(_("the blur's radius"), radius, 0, MOST, err));
    TW_TRY(make(reach, reach, psf, err));
    for (int y = -reach; y <= reach; y++)
        for (int x = -reach; x <= reach; x++)
            psf->data[(y + reach) * psf->width + x + reach] =
                (float) fmax(0, quadrant(x + 0.5, y + 0.5, r) -
                                    quadrant(x - 0.5, y + 0.5, r) -
                                    quadrant(x + 0.5, y - 0.5, r) +
                                    quadrant(x - 0.5, y - 0.5, r));
    return normalize(psf, err);
}

/* Adds what a square of one pixel at (@x, @y) from the centre (y down) covers of
 * the four pixels that it meets. */
static void
cover(tw_psf *psf, double x, double y, double weight)
{
    const int column = (int) floor(x), row = (int) floor(y);
    const double fx = x - column, fy = y - row;

    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            const double area = (i ? fy : 1 - fy) * (j ? fx : 1 - fx);
            const int k = row + i + psf->height / 2;
            const int l = column + j + psf->width / 2;

            if (k >= 0 && k < psf->height && l >= 0 && l < psf->width)
                psf->data[k * psf->width + l] += (float) (weight * area);
        }
}

/* The next point after @t, at most @end, where position @t * @speed is whole. */
static double
next_whole(double t, double speed, double end)
{
    if (speed == 0)
        return end;
    const double p = t * speed;
    double whole = speed > 0 ? floor(p) + 1 : ceil(p) - 1;

    if (fabs(whole - p) < 1e-9)
        whole += speed > 0 ? 1 : -1;
    return fmin(whole / speed, end);
}

/*
 * A pixel's square moves evenly from the first of @length pixels in a row to the
 * last (a length of 1 is no motion), and leaves behind the area it covers. Along
 * a stretch in which it meets the same four pixels the areas are quadratic in
 * time, so Simpson's rule is exact.
 */
tw_status
tw_psf_motion(double length, double angle, tw_psf *psf, tw_error *err)
{
    TW_TRY(check(_("the blur's length"), length, 1, TW_PSF_MAX - 1, err));
    if (!isfinite(angle))
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("the blur's angle must be a number of degrees"));
    const double half = (length - 1) / 2, turn = fmod(angle, 360) * M_PI / 180;
    double vx = cos(turn), vy = -sin(turn);

    vx = fabs(vx) < 1e-9 ? 0 : vx;
    vy = fabs(vy) < 1e-9 ? 0 : vy;
    TW_TRY(make((int) ceil(half * fabs(vx) - 1e-9),
                (int) ceil(half * fabs(vy) - 1e-9), psf, err));
    if (half <= 0)
        cover(psf, 0, 0, 1);
    for (double t = -half; t < half - 1e-9;) {
        const double end =
            fmin(next_whole(t, vx, half), next_whole(t, vy, half));
        const double middle = (t + end) / 2, third = (end - t) / 6;

        cover(psf, t * vx, t * vy, third);
        cover(psf, middle * vx, middle * vy, 4 * third);
        cover(psf, end * vx, end * vy, third);
        t = end;
    }
    return normalize(psf, err);
}

tw_status
tw_psf_image(const tw_image *image, tw_psf *psf, tw_error *err)
{
    if (image->width > TW_PSF_MAX || image->height > TW_PSF_MAX)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("the blur kernel has %d x %d pixels and may have at "
                         "most %d x %d; cut its empty borders off"),
                       image->width, image->height, TW_PSF_MAX, TW_PSF_MAX);
    TW_TRY(tw_image_check(image, TW_IMAGE_KERNEL, err));
    TW_TRY(make(image->width / 2, image->height / 2, psf, err));
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            const float *p = image->data + y * image->stride + 4 * x;

            psf->data[y * psf->width + x] = (p[0] + p[1] + p[2]) / 3;
        }
    return normalize(psf, err);
}

tw_status
tw_psf_pad(tw_psf *psf, int width, int height, tw_error *err)
{
    const int rx = (width > psf->width ? width : psf->width) / 2;
    const int ry = (height > psf->height ? height : psf->height) / 2;
    tw_psf wide;

    TW_TRY(make(rx, ry, &wide, err));
    for (int y = 0; y < psf->height; y++)
        memcpy(wide.data + (y + ry - psf->height / 2) * wide.width + rx -
                   psf->width / 2,
               psf->data + y * psf->width,
               (size_t) psf->width * sizeof *psf->data);
    tw_psf_clear(psf);
    *psf = wide;
    return TW_OK;
}

void
tw_psf_clear(tw_psf *psf)
{
    free(psf->data);
    *psf = (tw_psf) { 0 };
}
