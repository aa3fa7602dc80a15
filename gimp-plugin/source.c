/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include "core/i18n.h"
#include "drawable.h"
#include "errors.h"

enum {
    GRID = 16, /* of the network: it sees the pixels in the same phase */
    /* Pixels around a selection that count for it: the network's context, and
     * the reach of a blur. */
    NEAR = 64,
    FAR = 256
};

/* --- what a selection leaves --- */

static int
floor_to_grid(int value)
{
    return MAX(value, 0) / GRID * GRID;
}

/* The bounds with their surroundings, within the layer. */
static cairo_rectangle_int_t
with_surroundings(const TwFilter *filter, const cairo_rectangle_int_t *bounds)
{
    const int margin = tw_filter_has(filter, "kernel") ? FAR : NEAR;
    const int right = bounds->x + bounds->width + margin + GRID - 1;
    const int bottom = bounds->y + bounds->height + margin + GRID - 1;
    cairo_rectangle_int_t area;

    area.x = floor_to_grid(bounds->x - margin);
    area.y = floor_to_grid(bounds->y - margin);
    area.width = MIN(floor_to_grid(right), filter->layer.width) - area.x;
    area.height = MIN(floor_to_grid(bottom), filter->layer.height) - area.y;
    return area;
}

/* The selection, or what a recipe has instead of it; NULL: none. */
static GimpDrawable *
find_limit(const TwFilter *filter)
{
    if (filter->limit)
        return filter->limit;
    if (gimp_selection_is_empty(filter->image))
        return NULL;
    return GIMP_DRAWABLE(gimp_image_get_selection(filter->image));
}

gboolean
tw_source_find_area(TwFilter *filter, GError **error)
{
    const gboolean limited =
        !tw_filter_has(filter, "mask") && !tw_filter_has(filter, "scale");
    GimpDrawable *limit = limited ? find_limit(filter) : NULL;
    cairo_rectangle_int_t bounds;
    TwPlane *plane;
    gboolean ok;

    filter->area = (cairo_rectangle_int_t) { 0, 0, filter->layer.width,
                                             filter->layer.height };
    if (!limit)
        return TRUE;
    plane = tw_drawable_read_mask(limit, &filter->layer, error);
    if (!plane)
        return FALSE;
    ok = tw_plane_bounds(plane, &bounds);
    if (ok) {
        filter->area = with_surroundings(filter, &bounds);
        filter->coverage = tw_plane_crop(plane, &filter->area, error);
    } else {
        (void) tw_refuse(error, _("The selection does not touch this layer; "
                                  "select a part of it, or nothing"));
    }
    tw_plane_free(plane);
    return ok && filter->coverage;
}

/* --- masks of inpaint --- */

typedef enum { FROM_DRAWABLE, FROM_ALPHA, FROM_NOTHING } MaskSource;

/* What the arguments mean now; *@drawable: where the mask is. */
static MaskSource
mask_source(TwFilter *filter, GimpDrawable **drawable)
{
    MaskSource source = FROM_DRAWABLE;
    char *name = NULL;

    g_object_get(filter->config, "mask", &name, "mask-drawable", drawable,
                 NULL);
    /* Items live as long as the plug-in: no reference is needed. */
    if (*drawable)
        g_object_unref(*drawable);
    if (g_strcmp0(name, "drawable") == 0) {
        if (!*drawable)
            source = FROM_NOTHING;
    } else if (g_strcmp0(name, "alpha") == 0) {
        source = FROM_ALPHA;
    } else if (filter->quick_mask) {
        *drawable = filter->quick_mask;
    } else if (g_strcmp0(name, "selection") == 0 ||
               !gimp_selection_is_empty(filter->image)) {
        *drawable = GIMP_DRAWABLE(gimp_image_get_selection(filter->image));
    } else {
        source = FROM_ALPHA;
    }
    g_free(name);
    return source;
}

/* The largest value of alpha that is not opaque, in 16 bits. */
static const float nearly_opaque = 65534.5F / 65535;

/* Moves the transparency of @picture into a mask. *@some: there is any. */
static TwPlane *
take_alpha(TwPicture *picture, gboolean *some, GError **error)
{
    TwPlane *plane =
        tw_plane_new(picture->image.width, picture->image.height, error);
    const gsize count =
        (gsize) picture->image.width * (gsize) picture->image.height;
    float *alpha = picture->image.data + 3;

    *some = FALSE;
    for (gsize i = 0; plane && i < count; i++) {
        plane->data[i] = alpha[4 * i] <= nearly_opaque ? 255 : 0;
        alpha[4 * i] = 1;
        *some = *some || plane->data[i];
    }
    return plane;
}

/* The picture as this kind of mask needs it. */
static gboolean
read_picture(TwFilter *filter, gboolean uncover, GError **error)
{
    TwPicture *picture;

    if (!uncover && !filter->uncover)
        return TRUE;
    picture = tw_drawable_read(filter->drawable, &filter->area, error);
    if (!picture)
        return FALSE;
    tw_picture_unref(filter->picture);
    filter->picture = picture;
    filter->uncover = uncover;
    return TRUE;
}

static TwPlane *
read_mask(TwFilter *filter, GError **error)
{
    GimpDrawable *drawable = NULL;
    const MaskSource source = mask_source(filter, &drawable);

    if (source == FROM_NOTHING && filter->run_mode == GIMP_RUN_INTERACTIVE &&
        !filter->paint) /* the dialog has just been opened */
        return tw_plane_new(filter->layer.width, filter->layer.height, error);
    if (source == FROM_NOTHING) {
        (void) tw_refuse(error, _("Choose the channel or layer that is the "
                                  "mask, or another kind of mask"));
        return NULL;
    }
    if (!read_picture(filter, source == FROM_ALPHA, error))
        return NULL;
    if (source == FROM_ALPHA) {
        TwPlane *plane = take_alpha(filter->picture, &filter->uncover, error);

        if (!plane || !filter->limit)
            return plane;
        tw_plane_free(plane);
        drawable = filter->limit;
    }
    return tw_drawable_read_mask(drawable, &filter->layer, error);
}

gboolean
tw_filter_load_mask(TwFilter *filter, GError **error)
{
    TwPlane *plane = read_mask(filter, error);
    double feather = 0;
    int grow = 0;

    if (!plane)
        return FALSE;
    if (!filter->paint)
        filter->paint = tw_paint_new(plane->width, plane->height);
    if (!filter->paint) {
        (void) tw_refuse_memory(error, plane->width, plane->height);
        tw_plane_free(plane);
        return FALSE;
    }
    tw_paint_load(filter->paint, plane->data, (gsize) plane->width);
    tw_plane_free(plane);
    g_object_get(filter->config, "grow", &grow, "feather", &feather, NULL);
    tw_paint_set_grow(filter->paint, grow);
    tw_paint_set_feather(filter->paint, feather);
    return TRUE;
}

gboolean
tw_source_check_mask(TwFilter *filter, GError **error)
{
    const TwPlane *size = tw_paint_mask(filter->paint);
    char *name = NULL;

    if (!tw_paint_settle(filter->paint))
        return tw_refuse_memory(error, size->width, size->height);
    if (!tw_paint_is_empty(filter->paint))
        return TRUE;
    g_object_get(filter->config, "mask", &name, NULL);
    if (g_strcmp0(name, "alpha") == 0)
        (void) tw_refuse(error, _("This layer has no transparent pixels that "
                                  "could be filled"));
    else if (g_strcmp0(name, "drawable") == 0)
        (void) tw_refuse(error,
                         _("The mask is black where this layer is; paint "
                           "white what is to be restored"));
    else if (gimp_selection_is_empty(filter->image))
        (void) tw_refuse(error, _("There is nothing to restore; select it, or "
                                  "make it transparent"));
    else
        (void) tw_refuse(error, _("The selection does not touch this layer; "
                                  "select what is to be restored"));
    g_free(name);
    return FALSE;
}
