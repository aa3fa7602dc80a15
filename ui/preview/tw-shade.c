/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/tw-shade.h"

#include <math.h>

static guchar
to_byte(float value)
{
    /* Written so that NaN gives 0. */
    return (guchar) ((value > 0 ? MIN(value, 1) : 0) * 255 + 0.5F);
}

void
tw_heat_color(double misfit, guchar *rgb)
{
    /* Blue, vermilion: Okabe and Ito 2008, Color Universal Design. */
    static const double low[3] = { 0, 114, 178 }, middle[3] = { 245, 245, 240 },
                        high[3] = { 213, 94, 0 };
    double t = log2(MAX(misfit, 1e-6)) / log2(TW_HEAT_RANGE);
    const double *end = t < 0 ? low : high;

    t = MIN(fabs(t), 1);
    for (int k = 0; k < 3; k++)
        rgb[k] = (guchar) (middle[k] + t * (end[k] - middle[k]) + 0.5);
}

/* The checkerboard at a place. */
typedef struct Check {
    int x, y, size;
} Check;

static float
check_gray(const Check *at)
{
    const gboolean dark = (at->x / at->size + at->y / at->size) % 2 != 0;

    return (dark ? TW_CHECK_DARK : TW_CHECK_LIGHT) / 255.0F;
}

static void
color(const float *s, const Check *at, guchar *rgb)
{
    const float behind = s[3] < 1 ? (1 - s[3]) * check_gray(at) : 0;

    for (int k = 0; k < 3; k++)
        rgb[k] = to_byte(s[k] + behind);
}

static void
heat(const float *s, const Check *at, guchar *rgb)
{
    float colors[4] = { 0, 0, 0, s[3] };

    if (s[3] > 0) {
        tw_heat_color((double) (s[0] / s[3]), rgb);
        for (int k = 0; k < 3; k++)
            colors[k] = s[3] * (float) rgb[k] / 255;
    }
    color(colors, at, rgb);
}

static void
difference(const float *s, guchar *rgb)
{
    for (int k = 0; k < 3; k++)
        rgb[k] = to_byte(0.5F + s[k]);
}

void
tw_shade_row(TwShading shading, const float *samples, int count, int x, int y,
             int check, guchar *rgb)
{
    Check at = { x, y, check };

    for (; at.x < x + count; at.x++, samples += 4, rgb += 3) {
        if (shading == TW_SHADE_COLOR)
            color(samples, &at, rgb);
        else if (shading == TW_SHADE_HEAT)
            heat(samples, &at, rgb);
        else
            difference(samples, rgb);
    }
}

void
tw_shade_pack(const guchar *rgb, int width, int height,
              cairo_surface_t *surface)
{
    guchar *data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);

    for (int y = 0; y < height; y++) {
        guint32 *row = (guint32 *) (void *) (data + y * stride);

        for (int x = 0; x < width; x++, rgb += 3)
            row[x] = (guint32) rgb[0] << 16 | (guint32) rgb[1] << 8 | rgb[2];
    }
    cairo_surface_mark_dirty(surface);
}
