/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of TwPaint share. */

#ifndef TW_PAINT_PRIVATE_H
#define TW_PAINT_PRIVATE_H

#include "mask/tw-history.h"
#include "mask/tw-paint.h"
#include "mask/tw-refined.h"

struct _TwPaint {
    GObject parent;
    TwPlane base;
    TwRefined refined;
    TwHistory *history;
    TwDab dab;
    double x, y; /* where the stroke is */
    gboolean painting, unsettled;
    gboolean empty; /* when it was last settled */
    guint idle;
};

/* tw-paint.c */

/* Emits "failed"; FALSE. */
gboolean tw_paint_fail(TwPaint *paint);

/* Emits "changed", unless there is nothing in @part. */
void tw_paint_changed(TwPaint *paint, const cairo_rectangle_int_t *part);

cairo_rectangle_int_t tw_paint_whole(const TwPaint *paint);

/* tw-paint-refine.c */

/* The base has changed there. */
void tw_paint_touch(TwPaint *paint, const cairo_rectangle_int_t *part);

/* Emits "settled" once nothing is under way any more. */
void tw_paint_check_settled(TwPaint *paint);

/* Changes the sign of "grow". */
void tw_paint_turn_grow(TwPaint *paint);

#endif
