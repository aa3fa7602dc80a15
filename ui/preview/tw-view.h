/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the pixels of a picture are on the screen.
 *
 * Three coordinate systems, all with the origin in the upper left corner and
 * pixel i between i and i + 1:
 *
 *     widget    logical pixels, as in GTK's events and drawing
 *     result    pixels of the whole restored picture
 *     input     pixels of the picture before; result = scale * input
 *
 * A view is a value: every function computes a new one or a number from it, and
 * has no other effect. The picture's corner always lies on a whole device pixel,
 * so that at zoom 1 every pixel of the result is one device pixel.
 */

#ifndef TW_VIEW_H
#define TW_VIEW_H

#include <cairo.h>
#include <glib.h>

#define TW_VIEW_MAX_ZOOM 64.0

typedef struct TwView {
    int width, height;               /* of the widget, logical pixels */
    int device;                      /* device pixels per logical pixel, >= 1 */
    int result_width, result_height; /* pixels; 0: no picture yet */
    double scale;                    /* result pixels per input pixel */
    double zoom;                     /* device pixels per result pixel */
    double x, y;                     /* middle of the widget, result pixels */
    double divider;                  /* 0…1 of the widget's width */
    gboolean fitted;                 /* shows the whole, also after resizing */
} TwView;

/* An empty view: no size, no picture, zoom 1, fitted, divider in the middle. */
TwView tw_view_init(void);

/* The widget or the picture has another size. A fitted view stays fitted, any
 * other keeps its zoom and the point in the middle of the widget. */
TwView tw_view_resized(const TwView *view, int width, int height, int device);
TwView tw_view_with_picture(const TwView *view, int input_width,
                            int input_height, double scale);

/* The whole picture, as large as possible; enlarged by whole numbers only, so
 * that all pixels look alike. */
TwView tw_view_fit(const TwView *view);

/* This part of the input in the middle, as large as possible. */
TwView tw_view_fit_part(const TwView *view, const cairo_rectangle_int_t *part);

/* The same with this zoom, held inside the limits; the point of the picture at
 * (@x, @y) of the widget stays there, as far as the clamping of
 * tw_view_moved() and whole device pixels allow. */
TwView tw_view_zoomed(const TwView *view, double zoom, double x, double y);

/* The smallest zoom: that of the whole picture or 1, whichever is less. */
double tw_view_min_zoom(const TwView *view);

/* The zoom after @factor: passing 1:1 it stops there once. */
double tw_view_next_zoom(const TwView *view, double factor);

/* The picture shifted by this much of the widget, but never so far that more
 * than a small margin beside it is seen; centered where it is smaller than the
 * widget. */
TwView tw_view_moved(const TwView *view, double dx, double dy);

/* The corner of the picture, in device pixels (whole numbers) of the widget. */
void tw_view_origin(const TwView *view, double *x, double *y);

/* From the widget to the pictures and back. */
void tw_view_to_result(const TwView *view, double x, double y, double *rx,
                       double *ry);
void tw_view_from_result(const TwView *view, double rx, double ry, double *x,
                         double *y);
void tw_view_to_input(const TwView *view, double x, double y, double *ix,
                      double *iy);
void tw_view_from_input(const TwView *view, double ix, double iy, double *x,
                        double *y);

/* Logical pixels per input pixel: turns lengths in the input into lengths in
 * the widget. */
double tw_view_input_zoom(const TwView *view);

/* The pixels of the result of which something is seen; may be empty. */
cairo_rectangle_int_t tw_view_visible(const TwView *view);

/* The divider in logical pixels (on a whole device pixel), and the position that
 * a pointer at @x gives it. */
double tw_view_divider_x(const TwView *view);
double tw_view_divider_at(const TwView *view, double x);

/* The middle of the divider's knob, logical pixels. */
void tw_view_knob(const TwView *view, double *x, double *y);

#define TW_KNOB_RADIUS 13 /* logical pixels */

gboolean tw_view_on_knob(const TwView *view, double x, double y);
gboolean tw_view_on_divider(const TwView *view, double x, double y);

#endif
