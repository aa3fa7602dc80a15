/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/tw-view.h"

#include <math.h>

/* How much beside the picture may be seen, so that handles on its border can be
 * reached; logical pixels. */
#define MARGIN 24

/* How near the pointer must be to the divider, logical pixels. */
#define REACH 4

TwView
tw_view_init(void)
{
    return (TwView) {
        .device = 1, .scale = 1, .zoom = 1, .divider = 0.5, .fitted = TRUE
    };
}

static double
clamp_center(double center, double size, double half, double margin)
{
    if (size <= 2 * half)
        return size / 2;
    return CLAMP(center, half - margin, size - half + margin);
}

static TwView
clamped(TwView view)
{
    const double device_zoom = view.device / view.zoom;
    const double margin = MARGIN * device_zoom;

    view.x = clamp_center(view.x, view.result_width,
                          view.width * device_zoom / 2, margin);
    view.y = clamp_center(view.y, view.result_height,
                          view.height * device_zoom / 2, margin);
    return view;
}

/* The zoom at which @width x @height result pixels fill the widget. */
static double
zoom_for(const TwView *view, double width, double height)
{
    double zoom;

    if (view->width < 1 || view->height < 1 || width <= 0 || height <= 0)
        return 1;
    zoom = MIN(view->width * view->device / width,
               view->height * view->device / height);
    return MIN(zoom > 1 ? floor(zoom) : zoom, TW_VIEW_MAX_ZOOM);
}

TwView
tw_view_fit(const TwView *view)
{
    TwView fit = *view;

    fit.zoom = zoom_for(view, view->result_width, view->result_height);
    fit.x = view->result_width / 2.0;
    fit.y = view->result_height / 2.0;
    fit.fitted = TRUE;
    return fit;
}

TwView
tw_view_fit_part(const TwView *view, const cairo_rectangle_int_t *part)
{
    TwView fit = *view;

    fit.zoom =
        zoom_for(view, part->width * view->scale, part->height * view->scale);
    fit.x = (part->x + part->width / 2.0) * view->scale;
    fit.y = (part->y + part->height / 2.0) * view->scale;
    fit.fitted = FALSE;
    return clamped(fit);
}

TwView
tw_view_resized(const TwView *view, int width, int height, int device)
{
    TwView resized = *view;

    resized.zoom *= (double) device / view->device;
    resized.width = width;
    resized.height = height;
    resized.device = device;
    return resized.fitted ? tw_view_fit(&resized) : clamped(resized);
}

TwView
tw_view_with_picture(const TwView *view, int input_width, int input_height,
                     double scale)
{
    TwView with = *view;

    with.scale = scale;
    with.result_width = (int) lround(input_width * scale);
    with.result_height = (int) lround(input_height * scale);
    if (with.result_width == view->result_width &&
        with.result_height == view->result_height)
        return with;
    return tw_view_fit(&with);
}

double
tw_view_min_zoom(const TwView *view)
{
    const double whole =
        zoom_for(view, view->result_width, view->result_height);

    return MIN(whole, 1);
}

TwView
tw_view_zoomed(const TwView *view, double zoom, double x, double y)
{
    TwView zoomed = *view;
    double rx, ry;

    zoom = CLAMP(zoom, tw_view_min_zoom(view), TW_VIEW_MAX_ZOOM);
    tw_view_to_result(view, x, y, &rx, &ry);
    zoomed.zoom = zoom;
    zoomed.x = rx - (x - view->width / 2.0) * view->device / zoom;
    zoomed.y = ry - (y - view->height / 2.0) * view->device / zoom;
    zoomed.fitted = FALSE;
    return clamped(zoomed);
}

double
tw_view_next_zoom(const TwView *view, double factor)
{
    const double zoom = view->zoom * factor;
    const double slack = 1e-6;

    if ((view->zoom < 1 - slack && zoom > 1) ||
        (view->zoom > 1 + slack && zoom < 1))
        return 1;
    return zoom;
}

TwView
tw_view_moved(const TwView *view, double dx, double dy)
{
    TwView moved = *view;

    moved.x -= dx * view->device / view->zoom;
    moved.y -= dy * view->device / view->zoom;
    moved = clamped(moved);
    moved.fitted = view->fitted && moved.x == view->x && moved.y == view->y;
    return moved;
}

void
tw_view_origin(const TwView *view, double *x, double *y)
{
    *x = round(view->width * view->device / 2.0 - view->x * view->zoom);
    *y = round(view->height * view->device / 2.0 - view->y * view->zoom);
}

void
tw_view_to_result(const TwView *view, double x, double y, double *rx,
                  double *ry)
{
    double left, top;

    tw_view_origin(view, &left, &top);
    *rx = (x * view->device - left) / view->zoom;
    *ry = (y * view->device - top) / view->zoom;
}

void
tw_view_from_result(const TwView *view, double rx, double ry, double *x,
                    double *y)
{
    double left, top;

    tw_view_origin(view, &left, &top);
    *x = (left + rx * view->zoom) / view->device;
    *y = (top + ry * view->zoom) / view->device;
}

void
tw_view_to_input(const TwView *view, double x, double y, double *ix, double *iy)
{
    tw_view_to_result(view, x, y, ix, iy);
    *ix /= view->scale;
    *iy /= view->scale;
}

void
tw_view_from_input(const TwView *view, double ix, double iy, double *x,
                   double *y)
{
    tw_view_from_result(view, ix * view->scale, iy * view->scale, x, y);
}

double
tw_view_input_zoom(const TwView *view)
{
    return view->zoom * view->scale / view->device;
}

cairo_rectangle_int_t
tw_view_visible(const TwView *view)
{
    double left, top, right, bottom;
    int x, y;

    tw_view_to_result(view, 0, 0, &left, &top);
    tw_view_to_result(view, view->width, view->height, &right, &bottom);
    x = (int) CLAMP(floor(left), 0, view->result_width);
    y = (int) CLAMP(floor(top), 0, view->result_height);
    return (cairo_rectangle_int_t) {
        x, y, (int) CLAMP(ceil(right), x, view->result_width) - x,
        (int) CLAMP(ceil(bottom), y, view->result_height) - y
    };
}

double
tw_view_divider_x(const TwView *view)
{
    return round(view->divider * view->width * view->device) / view->device;
}

double
tw_view_divider_at(const TwView *view, double x)
{
    return view->width > 0 ? CLAMP(x / view->width, 0, 1) : view->divider;
}

void
tw_view_knob(const TwView *view, double *x, double *y)
{
    *x = tw_view_divider_x(view);
    *y = MAX(view->height / 2.0, view->height - 3.0 * TW_KNOB_RADIUS);
}

gboolean
tw_view_on_knob(const TwView *view, double x, double y)
{
    double kx, ky;

    tw_view_knob(view, &kx, &ky);
    return hypot(x - kx, y - ky) <= TW_KNOB_RADIUS + REACH;
}

gboolean
tw_view_on_divider(const TwView *view, double x, double y)
{
    return fabs(x - tw_view_divider_x(view)) <= REACH ||
           tw_view_on_knob(view, x, y);
}
