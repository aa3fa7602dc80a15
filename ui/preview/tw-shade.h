/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Float samples to bytes of the display. No GTK, no state.
 */

#ifndef TW_SHADE_H
#define TW_SHADE_H

#include <cairo.h>
#include <glib.h>

typedef enum TwShading {
    TW_SHADE_COLOR,     /* colors, over a checkerboard where not opaque */
    TW_SHADE_HEAT,      /* the first channel by tw_heat_color(), so too */
    TW_SHADE_DIFFERENCE /* medium gray plus color, alpha is of no account */
} TwShading;

/* The misfit as a color: blue below 1 (closer to the input than its noise),
 * near white at 1, vermilion above (the input is not met). Logarithmic, full
 * from TW_HEAT_RANGE and from 1 / TW_HEAT_RANGE on. Blue and vermilion are told
 * apart by people who see red and green alike. */
#define TW_HEAT_RANGE 4.0
void tw_heat_color(double misfit, guchar *rgb);

/* Grays of the checkerboard, as bytes. */
#define TW_CHECK_DARK  102
#define TW_CHECK_LIGHT 153

/* @count pixels R'G'B'A, colors multiplied with alpha, to three bytes each.
 * Samples outside 0…1 are clamped, NaN is black. @x, @y: the first pixel's place
 * on the checkerboard, whose squares are @check wide. */
void tw_shade_row(TwShading shading, const float *samples, int count, int x,
                  int y, int check, guchar *rgb);

/* Three bytes per pixel into a surface (CAIRO_FORMAT_RGB24) of at least this
 * size. */
void tw_shade_pack(const guchar *rgb, int width, int height,
                   cairo_surface_t *surface);

#endif
