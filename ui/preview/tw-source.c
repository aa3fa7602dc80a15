/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview/tw-source.h"

#define REDUCED 4

void
tw_source_set(TwSource *source, TwPicture *picture)
{
    if (source->picture == picture)
        return;
    tw_picture_set(&source->picture, picture);
    tw_picture_set(&source->reduced, NULL);
    source->rows = 0;
}

gboolean
tw_source_prepare(TwSource *source, double step, gint64 deadline)
{
    const tw_image *image;

    if (source->picture == NULL || step < REDUCED ||
        source->reduced == source->picture)
        return TRUE;
    image = &source->picture->image;
    if (source->reduced == NULL)
        source->reduced =
            tw_picture_new((image->width + REDUCED - 1) / REDUCED,
                           (image->height + REDUCED - 1) / REDUCED);
    if (source->reduced == NULL) {
        tw_picture_set(&source->reduced, source->picture);
        return TRUE;
    }
    while (source->rows < source->reduced->image.height) {
        if (g_get_monotonic_time() > deadline)
            return FALSE;
        tw_reduce_rows(image, REDUCED, source->rows, source->rows + 1,
                       &source->reduced->image);
        source->rows++;
    }
    return TRUE;
}

static gboolean
use_reduced(const TwSource *source, const TwGrid *grid)
{
    return MIN(grid->step_x, grid->step_y) >= REDUCED &&
           source->reduced != NULL && source->reduced != source->picture &&
           source->rows == source->reduced->image.height;
}

gboolean
tw_source_sample(const TwSource *source, const TwGrid *grid,
                 TwFilterKind filter, int x, int y, int width, int height,
                 float *out)
{
    const TwGrid far = {
        .x = grid->x / REDUCED,
        .y = grid->y / REDUCED,
        .step_x = grid->step_x / REDUCED,
        .step_y = grid->step_y / REDUCED,
    };

    if (use_reduced(source, grid))
        return tw_resample(&source->reduced->image, &far, filter, x, y, width,
                           height, out);
    return tw_resample(&source->picture->image, grid, filter, x, y, width,
                       height, out);
}
