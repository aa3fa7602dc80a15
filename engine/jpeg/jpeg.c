/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg/jpeg.h"

#include <stdlib.h>

static int64_t
most_across(const tw_jpeg *jpeg)
{
    int64_t most = 1;

    for (int c = 0; c < jpeg->planes; c++)
        if (jpeg->plane[c].across > most)
            most = jpeg->plane[c].across;
    return most;
}

static int64_t
most_down(const tw_jpeg *jpeg)
{
    int64_t most = 1;

    for (int c = 0; c < jpeg->planes; c++)
        if (jpeg->plane[c].down > most)
            most = jpeg->plane[c].down;
    return most;
}

int64_t
tw_jpeg_unit_width(const tw_jpeg *jpeg)
{
    return 8 * most_across(jpeg);
}

int64_t
tw_jpeg_unit_height(const tw_jpeg *jpeg)
{
    return 8 * most_down(jpeg);
}

static int64_t
plane_count(const tw_jpeg_plane *p)
{
    return p->rows * p->columns * TW_JPEG_BLOCK;
}

int64_t
tw_jpeg_count(const tw_jpeg *jpeg)
{
    int64_t count = 0;

    for (int c = 0; c < jpeg->planes; c++)
        count += plane_count(&jpeg->plane[c]);
    return count;
}

size_t
tw_jpeg_bytes(const tw_jpeg *jpeg)
{
    return (size_t) tw_jpeg_count(jpeg) * sizeof *jpeg->plane->level;
}

/* Blocks that hold @size pixels after @before. */
static int64_t
blocks(int64_t before, int64_t size, int pixels)
{
    return (before + size + 8 * pixels - 1) / (8 * pixels);
}

tw_jpeg *
tw_jpeg_new(int64_t height, int64_t width, int64_t top, int64_t left,
            const tw_jpeg_sampling *sampling, bool sketch)
{
    tw_jpeg *jpeg = calloc(1, sizeof *jpeg);
    bool ok = jpeg;

    if (!jpeg)
        return NULL;
    jpeg->height = height;
    jpeg->width = width;
    jpeg->top = top;
    jpeg->left = left;
    jpeg->planes = sampling->planes;
    for (int c = 0; c < jpeg->planes; c++) {
        tw_jpeg_plane *p = &jpeg->plane[c];

        p->across = sampling->across[c];
        p->down = sampling->down[c];
        p->rows = blocks(top, height, p->down);
        p->columns = blocks(left, width, p->across);
        for (int i = 0; i < TW_JPEG_BLOCK; i++)
            p->step[i] = 1;
        if (!sketch)
            p->level = calloc((size_t) plane_count(p), sizeof *p->level);
        ok = ok && (sketch || p->level);
    }
    if (ok)
        return jpeg;
    tw_jpeg_free(jpeg);
    return NULL;
}

void
tw_jpeg_free(tw_jpeg *jpeg)
{
    for (int c = 0; jpeg && c < jpeg->planes; c++)
        free(jpeg->plane[c].level);
    free(jpeg);
}
