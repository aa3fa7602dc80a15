/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rectangle of a picture at another size: what one tile of the screen shows.
 * No GTK, no state.
 */

#ifndef TW_RESAMPLE_H
#define TW_RESAMPLE_H

#include <glib.h>

#include "core/image.h"

/* Target pixel (0, 0) starts at (@x, @y) of the picture, and each is @step_x by
 * @step_y of the picture's pixels large. */
typedef struct TwGrid {
    double x, y;
    double step_x, step_y;
} TwGrid;

typedef enum TwFilterKind {
    TW_FILTER_NEAREST, /* the picture's pixel at the middle of the target's */
    TW_FILTER_LINEAR,  /* between the four nearest; for enlarging */
    TW_FILTER_AREA     /* mean over the target pixel's area; for reducing */
} TwFilterKind;

/* Target pixels (@x, @y) to (@x + @width, @y + @height). @out: @height rows of
 * @width pixels R'G'B'A, colors multiplied with alpha, so that what is
 * transparent has no part in any mean. Beside the picture its border goes on.
 * FALSE: out of memory. */
gboolean tw_resample(const tw_image *image, const TwGrid *grid,
                     TwFilterKind filter, int x, int y, int width, int height,
                     float *out);

/* Rows @first to @last (exclusive) of the copy reduced @factor times (rounded
 * up), each pixel the mean of @factor x @factor. Colors are not multiplied with
 * alpha, neither here nor there. */
void tw_reduce_rows(const tw_image *image, int factor, int first, int last,
                    tw_image *copy);

#endif
