/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture to take samples from, with a copy reduced four times for those who
 * look from far. The copy is made when it is first needed, row by row.
 */

#ifndef TW_SOURCE_H
#define TW_SOURCE_H

#include "preview/tw-resample.h"
#include "session/tw-picture.h"

typedef struct TwSource {
    TwPicture *picture; /* NULL: none */
    TwPicture *reduced; /* NULL: not begun; @picture itself: no memory for it */
    int rows;           /* of @reduced that are ready */
} TwSource;

/* All zero is a source without a picture. */
void tw_source_set(TwSource *source, TwPicture *picture);

/* Goes on with the copy, if @step (picture pixels per target pixel) asks for one,
 * until it is ready: TRUE; or until @deadline (monotonic time, µs): FALSE. */
gboolean tw_source_prepare(TwSource *source, double step, gint64 deadline);

/* tw_resample() from the picture or from its copy, whichever suits @grid, which
 * is always that of the picture. */
gboolean tw_source_sample(const TwSource *source, const TwGrid *grid,
                          TwFilterKind filter, int x, int y, int width,
                          int height, float *out);

#endif
