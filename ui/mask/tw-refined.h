/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mask grown and feathered, kept up to date in pieces of a few milliseconds.
 * Without growing and feathering it is the base itself and costs nothing.
 */

#ifndef TW_REFINED_H
#define TW_REFINED_H

#include "mask/tw-raster.h"

typedef struct TwRefined {
    const TwPlane *base;
    TwPlane plane;  /* the outcome; if nothing is done, the base's data */
    int grow;       /* see tw-grow.h */
    double feather; /* see tw-feather.h */
    cairo_region_t *stale; /* what is not up to date */
} TwRefined;

/* @base must outlive it. */
void tw_refined_init(TwRefined *refined, const TwPlane *base);
void tw_refined_clear(TwRefined *refined); /* zeros are fine */

/* FALSE: out of memory, nothing has changed. Else all is stale, or, when both
 * are 0, up to date. */
gboolean tw_refined_set(TwRefined *refined, int grow, double feather);

/* The base has changed there. */
void tw_refined_touch(TwRefined *refined, const cairo_rectangle_int_t *part);
gboolean tw_refined_is_stale(const TwRefined *refined);

/* Brings one piece up to date. *@changed: what is different now, may be empty.
 * FALSE: out of memory. */
gboolean tw_refined_work(TwRefined *refined, cairo_rectangle_int_t *changed);

#endif
