/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of TwBrush share. */

#ifndef TW_BRUSH_PRIVATE_H
#define TW_BRUSH_PRIVATE_H

#include "mask/tw-brush.h"
#include "mask/tw-overlay.h"

struct _TwBrush {
    GObject parent;
    TwTool tool;
    TwPaint *paint;
    TwPreview *preview; /* weak */
    TwOverlay overlay;
    double size, hardness;
    gboolean erase;
    gboolean hidden;  /* the overlay is */
    gboolean aside;   /* by "fill", until the mask changes */
    double x, y;      /* where the brush is, input pixels */
    gboolean present; /* x, y are somewhere */
    gboolean keys;    /* moved there by keys */
    gboolean erasing; /* what the present stroke or hint does */
};

/* Moves the brush to this place of the input. */
void tw_brush_place(TwBrush *brush, double x, double y);

/* Begins a stroke there; @opposite: erases if "erase" is not set. */
void tw_brush_begin(TwBrush *brush, gboolean opposite);

/* TRUE if the event was of use; tw-brush-keys.c. */
gboolean tw_brush_key(TwBrush *brush, const GdkEventKey *event);

#endif
