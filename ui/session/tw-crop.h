/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is computed when a region is shown: rectangles, no pixels. */

#ifndef TW_CROP_H
#define TW_CROP_H

#include <cairo.h>
#include <glib.h>

#include "tweedie.h"

G_BEGIN_DECLS

typedef struct TwCrop {
    cairo_rectangle_int_t from;  /* the region with its margin, in the input */
    cairo_rectangle_int_t inner; /* the region, in the result of that part */
    cairo_rectangle_int_t where; /* the region, in the result of the whole */
    gboolean whole;              /* from is all of the input */
} TwCrop;

/* @region (width 0: all) lies in a picture of @width x @height; @margin pixels
 * are wanted around it. Edges are moved out to multiples of 16, the grid of the
 * network, so that a part is seen in the same phase as in the whole. */
TwCrop tw_crop_new(const cairo_rectangle_int_t *region, int margin, int width,
                   int height, double scale);

/* Size of the result by size of the picture: scale= of the request, or 1. */
double tw_crop_scale(const tw_request *request);

/* The pixels that two rectangles share; FALSE: none. */
gboolean tw_crop_intersect(const cairo_rectangle_int_t *a,
                           const cairo_rectangle_int_t *b,
                           cairo_rectangle_int_t *out);

G_END_DECLS

#endif
