/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pixels.h"
#include "report.h"

bool
tm_pixels_new(int width, int height, tw_image *pixels, ExceptionInfo *exception)
{
    *pixels = (tw_image) { .width = width,
                           .height = height,
                           .stride = 4 * (ptrdiff_t) width };
    pixels->data = AcquireQuantumMemory((size_t) height,
                                        4 * (size_t) width * sizeof(float));
    if (!pixels->data)
        tm_say(exception, FilterError, "tweedie",
               _("Not enough memory for %dx%d pixels; use a smaller picture"),
               width, height);
    return pixels->data;
}

void
tm_pixels_free(tw_image *pixels)
{
    pixels->data = RelinquishMagickMemory(pixels->data);
}

bool
tm_pixels_read(const Image *image, tw_image *pixels, ExceptionInfo *exception)
{
    if (tm_pixels_new((int) image->columns, (int) image->rows, pixels,
                      exception) &&
        ExportImagePixels(image, 0, 0, image->columns, image->rows, "RGBA",
                          FloatPixel, pixels->data, exception))
        return true;
    tm_pixels_free(pixels);
    return false;
}

void
tm_result_clear(tm_result *result)
{
    if (result->work)
        result->work = DestroyImage(result->work);
    result->changed = RelinquishMagickMemory(result->changed);
}

/* One row: @old becomes what is to be stored. */
static void
mix_row(float *old, const float *new, int width, bool uncover,
        unsigned char *changed)
{
    for (int x = 0; x < width; x++, old += 4, new += 4) {
        float alpha = uncover ? old[3] : 0;

        changed[x] = uncover ? alpha < 1
                             : old[3] > 0 && memcmp(old, new, 3 * sizeof *old);
        for (int c = 0; c < 3 && changed[x]; c++)
            old[c] = alpha > 0 ? alpha * old[c] + (1 - alpha) * new[c] : new[c];
    }
}

/* To the nearest of 256 levels. An image of depth 8 is written with 8 bits, and
 * the writers of PNG and others, like -depth, cut there instead of rounding
 * (seen in 7.1.1-43): everything half a level darker, 0.14 dB at 39 dB. */
static void
round_row(float *row, size_t width)
{
    for (size_t x = 0; x < width; x++)
        for (int c = 0; c < 3; c++)
            row[4 * x + c] = rintf(row[4 * x + c] * 255) / 255;
}

/* Imports a row of R, G, B, A; alpha only where the image has it, since the map
 * "RGBA" would switch it on. (The map "RGBP" steps by three values.) */
static bool
store_row(Image *work, size_t y, float *row, ExceptionInfo *exception)
{
    bool alpha = work->alpha_trait != UndefinedPixelTrait;

    if (work->depth <= 8)
        round_row(row, work->columns);
    for (size_t x = 1; x < work->columns && !alpha; x++)
        memmove(row + 3 * x, row + 4 * x, 3 * sizeof *row);
    return ImportImagePixels(work, 0, (ssize_t) y, work->columns, 1,
                             alpha ? "RGBA" : "RGB", FloatPixel, row,
                             exception);
}

bool
tm_result_same_size(Image *srgb, const tw_image *pixels, bool uncover,
                    tm_result *result, ExceptionInfo *exception)
{
    size_t width = srgb->columns, height = srgb->rows;
    float *row = AcquireQuantumMemory(width, 4 * sizeof *row);
    bool ok;

    result->opaque = uncover;
    result->work = srgb;
    result->changed = AcquireQuantumMemory(width, height);
    ok = row && result->changed;
    for (size_t y = 0; ok && y < height; y++) {
        ok = ExportImagePixels(srgb, 0, (ssize_t) y, width, 1, "RGBA",
                               FloatPixel, row, exception);
        mix_row(row, pixels->data + (ptrdiff_t) y * pixels->stride,
                pixels->width, uncover, result->changed + y * width);
        ok = ok && store_row(result->work, y, row, exception);
    }
    row = RelinquishMagickMemory(row);
    return ok;
}

bool
tm_result_new_size(const Image *srgb, tw_image *pixels, tm_result *result,
                   ExceptionInfo *exception)
{
    bool ok;

    result->work = CloneImage(srgb, (size_t) pixels->width,
                              (size_t) pixels->height, MagickTrue, exception);
    ok = result->work;
    for (int y = 0; ok && y < pixels->height; y++)
        ok = store_row(result->work, (size_t) y,
                       pixels->data + y * pixels->stride, exception);
    return ok;
}
