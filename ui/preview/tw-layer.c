/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/tw-layer.h"

#include <gdk/gdk.h>
#include <math.h>

#include "preview/tw-source.h"

/* Device pixels. Small, so that one tile of a picture seen from far (each of its
 * pixels being the mean of many) is ready in a few milliseconds. */
#define TILE 128

/* Tiles that are kept: 64 MB; and all that are seen. */
#define KEPT 1024

/* After the deadline there is still so much time for coarse tiles, µs. */
#define GRACE 20000

/* Width of a square of the checkerboard, logical pixels. */
#define CHECK 8

typedef enum TileState {
    TILE_STALE,  /* of a picture that was replaced; better than nothing */
    TILE_COARSE, /* of single pixels */
    TILE_FINE
} TileState;

typedef struct Tile {
    gint64 key;
    cairo_surface_t *surface;
    TileState state;
    guint drawing; /* number of the last drawing that showed it */
} Tile;

struct TwLayer {
    TwShading shading;
    TwSource source[2]; /* the picture, and what is subtracted from it */
    cairo_rectangle_int_t where;
    TwPreviewTransform transform;
    gpointer transform_data;
    GHashTable *tiles; /* of Tile, by its key; all of the same: */
    double zoom;
    int device;
    guint drawing;
};

static void
tile_free(gpointer data)
{
    Tile *tile = data;

    cairo_surface_destroy(tile->surface);
    g_free(tile);
}

TwLayer *
tw_layer_new(TwShading shading)
{
    TwLayer *layer = g_new0(TwLayer, 1);

    layer->shading = shading;
    layer->tiles =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, tile_free);
    return layer;
}

void
tw_layer_free(TwLayer *layer)
{
    for (int i = 0; i < 2; i++)
        tw_source_set(&layer->source[i], NULL);
    g_hash_table_unref(layer->tiles);
    g_free(layer);
}

static void
make_stale(gpointer key G_GNUC_UNUSED, gpointer value,
           gpointer data G_GNUC_UNUSED)
{
    Tile *tile = value;

    tile->state = TILE_STALE;
}

void
tw_layer_set(TwLayer *layer, TwPicture *picture, TwPicture *minus,
             const cairo_rectangle_int_t *where)
{
    if (picture != NULL && gdk_rectangle_equal(where, &layer->where))
        g_hash_table_foreach(layer->tiles, make_stale, NULL);
    else
        g_hash_table_remove_all(layer->tiles);
    tw_source_set(&layer->source[0], picture);
    tw_source_set(&layer->source[1], minus);
    layer->where = *where;
}

gboolean
tw_layer_is_empty(const TwLayer *layer)
{
    return layer->source[0].picture == NULL;
}

const cairo_rectangle_int_t *
tw_layer_where(const TwLayer *layer)
{
    return &layer->where;
}

void
tw_layer_set_transform(TwLayer *layer, TwPreviewTransform transform,
                       gpointer data)
{
    layer->transform = transform;
    layer->transform_data = data;
    g_hash_table_remove_all(layer->tiles);
}

/* The picture's pixels on the raster. */
static TwGrid
grid_of(const TwLayer *layer)
{
    const tw_image *image = &layer->source[0].picture->image;
    const double per_x = (double) image->width / layer->where.width;
    const double per_y = (double) image->height / layer->where.height;

    return (TwGrid) {
        .x = -layer->where.x * per_x,
        .y = -layer->where.y * per_y,
        .step_x = per_x / layer->zoom,
        .step_y = per_y / layer->zoom,
    };
}

static TwFilterKind
filter_for(const TwLayer *layer, double step, gboolean fine)
{
    if (!fine || layer->zoom >= 2 || fabs(step - 1) < 1e-9)
        return TW_FILTER_NEAREST;
    return step > 1 ? TW_FILTER_AREA : TW_FILTER_LINEAR;
}

/* The samples of the tile whose corner is at (@x, @y). */
static gboolean
sample(const TwLayer *layer, int x, int y, gboolean fine, float *samples,
       float *minus)
{
    const TwGrid grid = grid_of(layer);
    const TwFilterKind filter = filter_for(layer, grid.step_x, fine);

    if (!tw_source_sample(&layer->source[0], &grid, filter, x, y, TILE, TILE,
                          samples))
        return FALSE;
    if (layer->source[1].picture == NULL)
        return TRUE;
    if (!tw_source_sample(&layer->source[1], &grid, filter, x, y, TILE, TILE,
                          minus))
        return FALSE;
    for (int i = 0; i < 4 * TILE * TILE; i++)
        samples[i] -= minus[i];
    return TRUE;
}

/* Without memory the tile keeps its old pixels, which at first are black. */
static void
render(const TwLayer *layer, Tile *tile, int x, int y, gboolean fine)
{
    float *samples = g_try_new(float, 2 * 4 * TILE * TILE);
    guchar *rgb = g_try_malloc(3 * TILE * TILE);

    tile->state = fine ? TILE_FINE : TILE_COARSE;
    if (cairo_surface_status(tile->surface) == CAIRO_STATUS_SUCCESS &&
        samples != NULL && rgb != NULL &&
        sample(layer, x, y, fine, samples, samples + 4 * TILE * TILE)) {
        for (int row = 0; row < TILE; row++)
            tw_shade_row(layer->shading, samples + 4 * TILE * row, TILE, x,
                         y + row, CHECK * layer->device, rgb + 3 * TILE * row);
        if (layer->transform != NULL)
            layer->transform(rgb, TILE * TILE, layer->transform_data);
        tw_shade_pack(rgb, TILE, TILE, tile->surface);
    }
    g_free(rgb);
    g_free(samples);
}

/* The tile, as good as the time allows; NULL: there is none yet. */
static Tile *
tile_at(TwLayer *layer, int x, int y, gboolean ready, gint64 deadline)
{
    const gint64 key = ((gint64) y << 32) | (gint64) x;
    const gint64 now = g_get_monotonic_time();
    const gboolean fine = ready && now < deadline;
    Tile *tile = g_hash_table_lookup(layer->tiles, &key);

    if (tile == NULL && now < deadline + GRACE) {
        tile = g_new0(Tile, 1);
        tile->key = key;
        tile->surface =
            cairo_image_surface_create(CAIRO_FORMAT_RGB24, TILE, TILE);
        g_hash_table_insert(layer->tiles, &tile->key, tile);
    }
    if (tile == NULL)
        return NULL;
    if ((fine && tile->state != TILE_FINE) ||
        (tile->state == TILE_STALE && now < deadline + GRACE))
        render(layer, tile, x, y, fine);
    tile->drawing = layer->drawing;
    return tile;
}

static gboolean
is_spare(gpointer key G_GNUC_UNUSED, gpointer value, gpointer data)
{
    const Tile *tile = value;
    const TwLayer *layer = data;

    return tile->drawing != layer->drawing;
}

/* One tile of the raster; FALSE if it is to become better. */
static gboolean
draw_tile(TwLayer *layer, cairo_t *cr, int x, int y, gboolean ready,
          gint64 deadline)
{
    const Tile *tile = tile_at(layer, x, y, ready, deadline);

    if (tile == NULL)
        return FALSE;
    /* A surface for which there was no memory would spoil @cr. */
    if (cairo_surface_status(tile->surface) == CAIRO_STATUS_SUCCESS) {
        cairo_set_source_surface(cr, tile->surface, x, y);
        cairo_rectangle(cr, x, y, TILE, TILE);
        cairo_fill(cr);
    }
    return tile->state == TILE_FINE;
}

/* @part: of the raster, whose corner is the origin of @cr. */
static gboolean
draw_tiles(TwLayer *layer, cairo_t *cr, const cairo_rectangle_int_t *part,
           gint64 deadline)
{
    const TwGrid grid = grid_of(layer);
    const double step = MIN(grid.step_x, grid.step_y);
    const gboolean ready =
        tw_source_prepare(&layer->source[0], step, deadline) &&
        tw_source_prepare(&layer->source[1], step, deadline);
    gboolean fine = TRUE;

    layer->drawing++;
    for (int y = part->y / TILE * TILE; y < part->y + part->height; y += TILE)
        for (int x = part->x / TILE * TILE; x < part->x + part->width;
             x += TILE)
            fine = draw_tile(layer, cr, x, y, ready, deadline) && fine;
    if (g_hash_table_size(layer->tiles) > KEPT)
        g_hash_table_foreach_remove(layer->tiles, is_spare, layer);
    return fine;
}

/* Where the layer lies on the raster, in whole device pixels. */
static cairo_rectangle_int_t
extent(const TwLayer *layer)
{
    const cairo_rectangle_int_t *where = &layer->where;
    const int left = (int) lround(where->x * layer->zoom);
    const int top = (int) lround(where->y * layer->zoom);
    const int right = (int) lround((where->x + where->width) * layer->zoom);
    const int bottom = (int) lround((where->y + where->height) * layer->zoom);

    return (cairo_rectangle_int_t) { left, top, right - left, bottom - top };
}

gboolean
tw_layer_draw(TwLayer *layer, cairo_t *cr, const TwView *view,
              const cairo_rectangle_int_t *part, gint64 deadline)
{
    cairo_rectangle_int_t seen = *part;
    gboolean fine;
    double x, y;

    if (tw_layer_is_empty(layer))
        return TRUE;
    if (layer->zoom != view->zoom || layer->device != view->device)
        g_hash_table_remove_all(layer->tiles);
    layer->zoom = view->zoom;
    layer->device = view->device;

    tw_view_origin(view, &x, &y);
    seen.x -= (int) x;
    seen.y -= (int) y;
    const cairo_rectangle_int_t all = extent(layer);
    if (!gdk_rectangle_intersect(&seen, &all, &seen))
        return TRUE;
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_rectangle(cr, seen.x, seen.y, seen.width, seen.height);
    cairo_clip(cr);
    fine = draw_tiles(layer, cr, &seen, deadline);
    cairo_restore(cr);
    return fine;
}
