/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mask drawn over a picture: stripes of orange and blue, a pair that every
 * kind of color vision tells apart and of which one stands out from any picture,
 * and around it two lines, white outside and black inside. Only what is seen is
 * drawn, and only anew where it has changed.
 */

#ifndef TW_OVERLAY_H
#define TW_OVERLAY_H

#include "mask/tw-raster.h"
#include "preview/tw-view.h"

typedef struct TwOverlay {
    TwView view;              /* of what is drawn */
    cairo_surface_t *surface; /* of the widget's size; NULL: nothing yet */
    gboolean hollow; /* the lines only; tw_overlay_clear() after that */
} TwOverlay;

void tw_overlay_clear(TwOverlay *overlay);

/* @cr: in widget coordinates. Out of memory nothing is drawn. */
void tw_overlay_draw(TwOverlay *overlay, cairo_t *cr, const TwView *view,
                     const TwPlane *mask);

/* @mask has changed there. */
void tw_overlay_update(TwOverlay *overlay, const TwPlane *mask,
                       const cairo_rectangle_int_t *part);

#endif
