/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-feather.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"

/* GIMP 3.0, app/gegl/gimp-gegl-apply-operation.c: the deviation is the radius
 * divided by 3.5. */
static double
deviation(double pixels)
{
    return pixels / 3.5;
}

int
tw_feather_reach(double pixels)
{
    return (int) ceil(3 * deviation(pixels));
}

/* 2 @reach + 1 values of sum 1. */
static float *
make_kernel(double sigma, int reach)
{
    float *kernel = malloc((2 * (gsize) reach + 1) * sizeof *kernel);
    double sum = 0;

    if (!kernel)
        return NULL;
    for (int i = -reach; i <= reach; i++)
        sum += exp(-i * i / (2 * sigma * sigma));
    for (int i = -reach; i <= reach; i++)
        kernel[i + reach] = (float) (exp(-i * i / (2 * sigma * sigma)) / sum);
    return kernel;
}

/* Blurs @row along x for the columns of @part; @line: scratch for them and
 * @reach more on both sides. */
TW_CLONES static void
blur_row(const guchar *row, int row_width, const float *kernel, int reach,
         const cairo_rectangle_int_t *part, float *line, float *out)
{
    const int width = part->width;

    for (int i = 0; i < width + 2 * reach; i++)
        line[i] = row[CLAMP(part->x + i - reach, 0, row_width - 1)];
    memset(out, 0, (gsize) width * sizeof *out);
    for (int k = 0; k <= 2 * reach; k++) {
        const float weight = kernel[k], *from = line + k;

#pragma omp simd
        for (int x = 0; x < width; x++)
            out[x] += weight * from[x];
    }
}

/* Blurs along y: @rows holds the rows of @box, blurred along x. */
TW_CLONES static void
blur_column(const float *rows, const cairo_rectangle_int_t *box, int y,
            const float *kernel, int reach, int width, float *sum, guchar *out)
{
    memset(sum, 0, (gsize) width * sizeof *sum);
    for (int k = -reach; k <= reach; k++) {
        const int from = CLAMP(y + k - box->y, 0, box->height - 1);
        const float weight = kernel[k + reach];
        const float *row = rows + (gsize) from * (gsize) width;

#pragma omp simd
        for (int x = 0; x < width; x++)
            sum[x] += weight * row[x];
    }
    for (int x = 0; x < width; x++)
        out[x] = (guchar) CLAMP(sum[x] + 0.5F, 0.0F, 255.0F);
}

gboolean
tw_plane_feather(const TwPlane *in, double pixels,
                 const cairo_rectangle_int_t *part, guchar *out, gsize stride)
{
    const int reach = tw_feather_reach(pixels), width = part->width;
    const cairo_rectangle_int_t box = tw_plane_around(in, part, reach);

    if (reach == 0 || tw_plane_flat(in, &box)) {
        for (int y = 0; y < part->height; y++)
            memcpy(out + (gsize) y * stride,
                   tw_plane_row(in, part->y + y) + part->x, (gsize) width);
        return TRUE;
    }
    float *kernel = make_kernel(deviation(pixels), reach);
    float *line = malloc(((gsize) width + 2 * (gsize) reach) * sizeof *line);
    float *rows = malloc((gsize) box.height * (gsize) width * sizeof *rows);
    const gboolean fine = kernel && line && rows;

    for (int y = 0; fine && y < box.height; y++)
        blur_row(tw_plane_row(in, box.y + y), in->width, kernel, reach, part,
                 line, rows + (gsize) y * (gsize) width);
    for (int y = 0; fine && y < part->height; y++)
        blur_column(rows, &box, part->y + y, kernel, reach, width, line,
                    out + (gsize) y * stride);
    free(rows);
    free(line);
    free(kernel);
    return fine;
}
