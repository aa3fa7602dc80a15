/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-overlay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STRIPE = 5 }; /* logical pixels along each axis */

/* Opaque 0xRRGGBB: vermilion and sky blue of the palette of Okabe and Ito 2008,
 * "Color universal design"; one is dark, the other light. */
enum { ORANGE = 0xd55e00, BLUE = 0x56b4e9, WHITE = 0xffffff, BLACK = 0 };
#define NONE 0xff000000U /* no color */

/* Opacities, of 255. */
enum { FILL = 128, LINE = 230 };

void
tw_overlay_clear(TwOverlay *overlay)
{
    g_clear_pointer(&overlay->surface, cairo_surface_destroy);
}

/* The pixels of the mask, @first … @end - 1, that device pixel @i shows, when
 * the picture begins at @origin; @step: pixels of the mask per device pixel.
 * Enlarged it is one; FALSE: beside the picture. */
static gboolean
source(int i, double origin, double step, int size, int *first, int *end)
{
    const double from = (i - origin) * step;

    *first = (int) floor(step < 1 ? from + step / 2 : from + 1e-6);
    *end = step < 1 ? *first + 1 : (int) ceil(from + step - 1e-6);
    if (*end <= 0 || *first >= size)
        return FALSE;
    *first = MAX(*first, 0);
    *end = CLAMP(*end, *first + 1, size);
    return TRUE;
}

typedef struct Mapping {
    double x, y; /* the picture's corner, device pixels */
    double step; /* mask pixels per device pixel */
} Mapping;

static Mapping
mapping_of(const TwView *view)
{
    Mapping map = { .step = 1 / (view->zoom * view->scale) };

    tw_view_origin(view, &map.x, &map.y);
    return map;
}

/* The greatest values of the mask that the device pixels of @box show, so that
 * thin lines are seen from far too. @tall: scratch of the mask's width. */
static void
sample(const TwPlane *mask, const Mapping *map,
       const cairo_rectangle_int_t *box, guchar *tall, guchar *out)
{
    int left, right, top, bottom, first, end;

    memset(out, 0, (gsize) box->width * (gsize) box->height);
    left = (int) CLAMP((box->x - map->x) * map->step - 1, 0, mask->width);
    right = (int) CLAMP((box->x + box->width - map->x) * map->step + 2, left,
                        mask->width);
    for (int y = 0; y < box->height; y++, out += box->width) {
        if (!source(box->y + y, map->y, map->step, mask->height, &top, &bottom))
            continue;
        memcpy(tall + left, tw_plane_row(mask, top) + left,
               (gsize) (right - left));
        for (int row = top + 1; row < bottom; row++) {
            const guchar *values = tw_plane_row(mask, row);

#pragma omp simd
            for (int x = left; x < right; x++)
                tall[x] = MAX(tall[x], values[x]);
        }
        for (int x = 0; x < box->width; x++) {
            if (!source(box->x + x, map->x, map->step, mask->width, &first,
                        &end))
                continue;
            for (int i = first; i < end; i++)
                out[x] = MAX(out[x], tall[i]);
        }
    }
}

/* Premultiplied ARGB. */
static guint32
translucent(guint32 color, guint alpha)
{
    const guint red = (color >> 16 & 255) * alpha / 255;
    const guint green = (color >> 8 & 255) * alpha / 255;
    const guint blue = (color & 255) * alpha / 255;

    return (guint32) alpha << 24 | red << 16 | green << 8 | blue;
}

/* Is one of the four neighbors, @by bytes or @rows away, on the other side? */
static gboolean
is_edge(const guchar *value, gsize by, gsize rows)
{
    const gboolean white = *value >= TW_PLANE_HALF;

    return (value[by] >= TW_PLANE_HALF) != white ||
           (*(value - by) >= TW_PLANE_HALF) != white ||
           (value[rows] >= TW_PLANE_HALF) != white ||
           (*(value - rows) >= TW_PLANE_HALF) != white;
}

static guint32
color_of(const guchar *value, gsize by, gsize rows, guint32 fill)
{
    if (is_edge(value, by, rows))
        return translucent(*value >= TW_PLANE_HALF ? BLACK : WHITE, LINE);
    if (*value == 0 || fill == NONE)
        return 0;
    return translucent(fill, *value * FILL / 255U);
}

/* Draws the device pixels of @box, which is inside the surface. */
static void
render(TwOverlay *overlay, const TwPlane *mask,
       const cairo_rectangle_int_t *box)
{
    const Mapping map = mapping_of(&overlay->view);
    const int edge = overlay->view.device, period = STRIPE * edge;
    const cairo_rectangle_int_t wide = { box->x - edge, box->y - edge,
                                         box->width + 2 * edge,
                                         box->height + 2 * edge };
    const gsize width = (gsize) wide.width;
    const int stride = cairo_image_surface_get_stride(overlay->surface);
    guchar *values = malloc(width * (gsize) wide.height);
    guchar *tall = malloc((gsize) mask->width);
    guchar *out = cairo_image_surface_get_data(overlay->surface);

    cairo_surface_flush(overlay->surface);
    if (values && tall)
        sample(mask, &map, &wide, tall, values);
    for (int y = 0; values && tall && y < box->height; y++) {
        const guchar *value = values + (gsize) (y + edge) * width + edge;
        guint32 *row = (gpointer) (out + (gssize) (box->y + y) * stride);
        const int diagonal = box->x + box->y + y - (int) (map.x + map.y);

        for (int x = 0; x < box->width; x++) {
            const guint32 stripe =
                ((diagonal + x) / period & 1) == 0 ? ORANGE : BLUE;

            row[box->x + x] =
                color_of(value + x, (gsize) edge, (gsize) edge * width,
                         overlay->hollow ? NONE : stripe);
        }
    }
    free(tall);
    free(values);
    cairo_surface_mark_dirty_rectangle(overlay->surface, box->x, box->y,
                                       box->width, box->height);
}

static gboolean
same_place(const TwView *a, const TwView *b)
{
    const Mapping m = mapping_of(a), n = mapping_of(b);

    return a->width == b->width && a->height == b->height &&
           a->device == b->device && memcmp(&m, &n, sizeof m) == 0;
}

void
tw_overlay_draw(TwOverlay *overlay, cairo_t *cr, const TwView *view,
                const TwPlane *mask)
{
    const cairo_rectangle_int_t all = { 0, 0, view->width * view->device,
                                        view->height * view->device };

    if (view->result_width == 0 || all.width <= 0 || all.height <= 0)
        return;
    if (!overlay->surface || !same_place(&overlay->view, view)) {
        tw_overlay_clear(overlay);
        overlay->view = *view;
        overlay->surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                                      all.width, all.height);
        if (cairo_surface_status(overlay->surface) != CAIRO_STATUS_SUCCESS) {
            tw_overlay_clear(overlay);
            return;
        }
        cairo_surface_set_device_scale(overlay->surface, view->device,
                                       view->device);
        render(overlay, mask, &all);
    }
    cairo_set_source_surface(cr, overlay->surface, 0, 0);
    cairo_paint(cr);
}

void
tw_overlay_update(TwOverlay *overlay, const TwPlane *mask,
                  const cairo_rectangle_int_t *part)
{
    if (!overlay->surface)
        return;
    const Mapping map = mapping_of(&overlay->view);
    const int more = overlay->view.device + 1; /* its line, and rounding */
    const TwPlane screen = { cairo_image_surface_get_width(overlay->surface),
                             cairo_image_surface_get_height(overlay->surface),
                             NULL };
    const int left = (int) floor(map.x + part->x / map.step) - more;
    const int top = (int) floor(map.y + part->y / map.step) - more;
    cairo_rectangle_int_t box = {
        left, top,
        (int) ceil(map.x + (part->x + part->width) / map.step) + more - left,
        (int) ceil(map.y + (part->y + part->height) / map.step) + more - top
    };

    if (tw_plane_clip(&screen, &box))
        render(overlay, mask, &box);
}
