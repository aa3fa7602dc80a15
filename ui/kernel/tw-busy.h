/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a picture shows most: no GTK, no state. */

#ifndef TW_BUSY_H
#define TW_BUSY_H

#include <cairo.h>

#include "session/tw-picture.h"

/* The part of @width x @height pixels inside @region of @picture, or as much as
 * fits, in which slopes of the brightness are steep in every direction: the
 * lesser eigenvalue of their mean outer product is greatest (Shi and Tomasi 1994,
 * "Good features to track", section 4). A line of one direction says nothing
 * about a blur along it. At most a quarter of a million pixels are looked at. */
cairo_rectangle_int_t tw_busy_part(const TwPicture *picture,
                                   const cairo_rectangle_int_t *region,
                                   int width, int height);

#endif
