/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-history.h"

#include <stdlib.h>
#include <string.h>

#include "mask/tw-tile.h"

enum { SIDE = TW_TILE_SIDE, LIMIT = 64 << 20 };

typedef struct Step {
    TwTile *tiles;
    gsize bytes;
    int tag;
} Step;

struct TwHistory {
    TwPlane *plane;
    GQueue undo, redo; /* of Step, the newest at the head */
    Step *open;        /* between begin and commit */
    guchar *saved;     /* per tile: is it in the open step? */
    int columns, rows;
    gsize limit, bytes;
};

TwHistory *
tw_history_new(TwPlane *plane)
{
    TwHistory *history = g_new0(TwHistory, 1);

    history->plane = plane;
    history->columns = (plane->width + SIDE - 1) / SIDE;
    history->rows = (plane->height + SIDE - 1) / SIDE;
    history->limit = LIMIT;
    history->saved = calloc((gsize) history->columns, (gsize) history->rows);
    if (!history->saved)
        g_clear_pointer(&history, g_free);
    return history;
}

static void
free_step(TwHistory *history, Step *step)
{
    history->bytes -= step->bytes;
    while (step->tiles) {
        TwTile *tile = step->tiles;

        step->tiles = tile->next;
        free(tile);
    }
    g_free(step);
}

static void
clear(TwHistory *history, GQueue *steps)
{
    while (!g_queue_is_empty(steps))
        free_step(history, g_queue_pop_head(steps));
}

void
tw_history_forget(TwHistory *history)
{
    if (history->open)
        free_step(history, g_steal_pointer(&history->open));
    clear(history, &history->undo);
    clear(history, &history->redo);
}

void
tw_history_free(TwHistory *history)
{
    if (!history)
        return;
    tw_history_forget(history);
    free(history->saved);
    g_free(history);
}

gsize
tw_history_bytes(const TwHistory *history)
{
    return history->bytes;
}

/* Forgets the oldest steps until all fit, but keeps @least of them. */
static void
trim(TwHistory *history, guint least)
{
    while (history->bytes > history->limit &&
           g_queue_get_length(&history->undo) > least)
        free_step(history, g_queue_pop_tail(&history->undo));
}

void
tw_history_set_limit(TwHistory *history, gsize bytes)
{
    history->limit = bytes;
    trim(history, 1);
}

static void
add_tile(TwHistory *history, Step *step, TwTile *tile)
{
    tile->next = step->tiles;
    step->tiles = tile;
    step->bytes += tw_tile_bytes(history->plane, tile);
    history->bytes += tw_tile_bytes(history->plane, tile);
}

void
tw_history_begin(TwHistory *history, int tag)
{
    history->open = g_new0(Step, 1);
    history->open->tag = tag;
    memset(history->saved, 0, (gsize) history->columns * (gsize) history->rows);
}

/* A copy, if need be at the cost of the oldest steps. */
static TwTile *
insist(TwHistory *history, int column, int row)
{
    TwTile *tile = tw_tile_copy(history->plane, column, row);

    while (!tile && !g_queue_is_empty(&history->undo)) {
        free_step(history, g_queue_pop_tail(&history->undo));
        tile = tw_tile_copy(history->plane, column, row);
    }
    return tile;
}

gboolean
tw_history_save(TwHistory *history, const cairo_rectangle_int_t *part)
{
    cairo_rectangle_int_t box = *part;

    if (!tw_plane_clip(history->plane, &box))
        return TRUE;
    const int right = (box.x + box.width - 1) / SIDE;
    const int bottom = (box.y + box.height - 1) / SIDE;

    for (int row = box.y / SIDE; row <= bottom; row++)
        for (int column = box.x / SIDE; column <= right; column++) {
            guchar *saved = history->saved + row * history->columns + column;
            TwTile *tile = *saved ? NULL : insist(history, column, row);

            if (!tile && !*saved)
                return FALSE;
            if (tile)
                add_tile(history, history->open, tile);
            *saved = TRUE;
        }
    return TRUE;
}

/* Frees the tiles that are as before. */
static void
drop_unchanged(TwHistory *history, Step *step)
{
    for (TwTile **link = &step->tiles; *link;) {
        TwTile *tile = *link;

        if (tw_tile_differs(history->plane, tile)) {
            link = &tile->next;
            continue;
        }
        *link = tile->next;
        step->bytes -= tw_tile_bytes(history->plane, tile);
        history->bytes -= tw_tile_bytes(history->plane, tile);
        free(tile);
    }
}

gboolean
tw_history_commit(TwHistory *history)
{
    Step *step = g_steal_pointer(&history->open);

    drop_unchanged(history, step);
    if (!step->tiles) {
        free_step(history, step);
        return FALSE;
    }
    clear(history, &history->redo);
    g_queue_push_head(&history->undo, step);
    trim(history, 1);
    return TRUE;
}

gboolean
tw_history_can_undo(const TwHistory *history)
{
    return history->undo.length > 0;
}

gboolean
tw_history_can_redo(const TwHistory *history)
{
    return history->redo.length > 0;
}

/* What the plane has where @step has tiles; NULL: out of memory. */
static Step *
reverse(TwHistory *history, const Step *step)
{
    Step *other = g_new0(Step, 1);

    other->tag = step->tag;
    for (const TwTile *tile = step->tiles; tile; tile = tile->next) {
        TwTile *copy = tw_tile_copy(history->plane, tile->column, tile->row);

        if (!copy) {
            free_step(history, other);
            return NULL;
        }
        add_tile(history, other, copy);
    }
    return other;
}

static gboolean
go(TwHistory *history, GQueue *from, GQueue *to, cairo_rectangle_int_t *changed,
   int *tag)
{
    Step *step = g_queue_peek_head(from);
    int left = G_MAXINT, top = G_MAXINT, right = 0, bottom = 0;

    *changed = (cairo_rectangle_int_t) { 0, 0, 0, 0 };
    if (!step)
        return FALSE;
    for (const TwTile *tile = step->tiles; tile; tile = tile->next) {
        const cairo_rectangle_int_t box =
            tw_tile_box(history->plane, tile->column, tile->row);

        left = MIN(left, box.x);
        top = MIN(top, box.y);
        right = MAX(right, box.x + box.width);
        bottom = MAX(bottom, box.y + box.height);
    }
    *changed =
        (cairo_rectangle_int_t) { left, top, right - left, bottom - top };

    Step *other = reverse(history, step);

    if (!other)
        return FALSE;
    for (const TwTile *tile = step->tiles; tile; tile = tile->next)
        tw_tile_restore(history->plane, tile);
    *tag = step->tag;
    free_step(history, g_queue_pop_head(from));
    g_queue_push_head(to, other);
    return TRUE;
}

gboolean
tw_history_undo(TwHistory *history, cairo_rectangle_int_t *changed, int *tag)
{
    return go(history, &history->undo, &history->redo, changed, tag);
}

gboolean
tw_history_redo(TwHistory *history, cairo_rectangle_int_t *changed, int *tag)
{
    return go(history, &history->redo, &history->undo, changed, tag);
}
