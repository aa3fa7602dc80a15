/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rectangle of the input that a preview computes: its handles, and what
 * dragging them does. No GTK; nothing is changed but the results.
 */

#ifndef TW_REGION_H
#define TW_REGION_H

#include "preview/tw-view.h"

#define TW_REGION_MIN 64 /* input pixels; a smaller picture is taken whole */

/* What a pointer is on. The sides that move with it: bits. */
typedef enum TwHandle {
    TW_HANDLE_NONE = 0,
    TW_HANDLE_LEFT = 1 << 0,
    TW_HANDLE_RIGHT = 1 << 1,
    TW_HANDLE_TOP = 1 << 2,
    TW_HANDLE_BOTTOM = 1 << 3,
    TW_HANDLE_INSIDE =
        TW_HANDLE_LEFT | TW_HANDLE_RIGHT | TW_HANDLE_TOP | TW_HANDLE_BOTTOM
} TwHandle;

/* Width and height of a handle, logical pixels. */
#define TW_HANDLE_SIZE 9

/* The handle of @region (input pixels) at (@x, @y) of the widget; corners win
 * over sides, sides over the inside. */
TwHandle tw_region_hit(const TwView *view, const cairo_rectangle_int_t *region,
                       double x, double y);

/* The middle of one of the eight handles, logical pixels of the widget. */
void tw_region_handle(const TwView *view, const cairo_rectangle_int_t *region,
                      TwHandle handle, double *x, double *y);

/* @start after the sides named by @handle were dragged by (@dx, @dy) input
 * pixels: inside a picture of @width x @height, at least TW_REGION_MIN wide and
 * high; a rectangle that is moved keeps its size. */
cairo_rectangle_int_t tw_region_dragged(const cairo_rectangle_int_t *start,
                                        TwHandle handle, int dx, int dy,
                                        int width, int height);

/* The rectangle with two opposite corners here (input pixels), made valid. */
cairo_rectangle_int_t tw_region_between(double x0, double y0, double x1,
                                        double y1, int width, int height);

/* @region made valid in such a picture. */
cairo_rectangle_int_t tw_region_clamped(const cairo_rectangle_int_t *region,
                                        int width, int height);

gboolean tw_region_is_whole(const cairo_rectangle_int_t *region, int width,
                            int height);

#endif
