/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks, strokes and what is told about them. */

#ifndef TW_PAINT_FIXTURE_H
#define TW_PAINT_FIXTURE_H

#include "check.h"
#include "mask/tw-paint.h"

/* The bytes of a mask; to be freed. */
guchar *copy(const TwPlane *plane);

/* Fails the test at the first byte that differs. */
void check_same(const TwPlane *plane, const guchar *expected);

/* Paints a polyline, one piece after the other. */
void stroke(TwPaint *paint, const TwDab *dab, const double (*points)[2],
            int count);

/* Inside and around a picture of about 70 x 50. */
void random_points(GRand *rand, double (*points)[2], int count);

/* "can-undo" or "can-redo". */
gboolean can(TwPaint *paint, const char *what);

typedef struct Watch {
    guchar *shown; /* a copy, updated only where "changed" says so */
    gsize pixels;
    int settled, failed;
} Watch;

/* From now on; @shown is the caller's, as large as the mask. */
void watch_paint(TwPaint *paint, Watch *watch);

#endif
