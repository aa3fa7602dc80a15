/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-estimate.h"

/* As the engine reads masks: the mean of R, G, B times alpha above one half. */
static gboolean
is_white(const float *pixel)
{
    return (pixel[0] + pixel[1] + pixel[2]) * pixel[3] > 1.5F;
}

static const float *
pixel_at(const TwPicture *picture, int x, int y)
{
    return picture->image.data + y * picture->image.stride + 4 * (ptrdiff_t) x;
}

/* One row of the picture. @x: red of its first pixel; @plane: floats from one
 * channel to the next; @left, @top: where the row starts in the crop's result,
 * which is @width x @height. */
static void
draw_row(const TwCompute *c, const float *x, int64_t plane, int left, int top,
         int width, int height, float *out, int count)
{
    const tw_image *in = &c->part->image;
    const gboolean same = in->width == width && in->height == height;
    const int row = (int) ((2 * (int64_t) top + 1) * in->height / (2 * height));

    for (int i = 0; i < count; i++, out += 4) {
        const int column = (int) ((2 * (int64_t) (left + i) + 1) * in->width /
                                  (2 * (int64_t) width));
        const float *before = pixel_at(c->part, column, row);
        const gboolean stays =
            same &&
            (before[3] <= 0 ||
             (c->part_mask && !is_white(pixel_at(c->part_mask, column, row))));

        for (int k = 0; k < 3; k++)
            out[k] = stays ? before[k] : (x[i + k * plane] + 1) / 2;
        out[3] = before[3];
    }
}

TwPicture *
tw_estimate_picture(const TwCompute *compute, const tw_tensor *x,
                    cairo_rectangle_int_t *where)
{
    const tw_plan *plan = &compute->plan;
    const cairo_rectangle_int_t *inner = &compute->crop.inner;
    const cairo_rectangle_int_t shown = { plan->left, plan->top,
                                          plan->shown_width,
                                          plan->shown_height };
    const int64_t w = x->shape.dim[3], plane = x->shape.dim[2] * w;
    cairo_rectangle_int_t part;
    TwPicture *out;

    if (x->shape.dim[2] != shown.height || w != shown.width ||
        !tw_crop_intersect(&shown, inner, &part))
        return NULL;
    out = tw_picture_new(part.width, part.height);
    if (!out)
        return NULL;
    for (int y = 0; y < part.height; y++)
        draw_row(compute,
                 x->data + (part.y - shown.y + y) * w + part.x - shown.x, plane,
                 part.x, part.y + y, plan->width, plan->height,
                 out->image.data + y * out->image.stride, part.width);
    *where = part;
    where->x += compute->crop.where.x - inner->x;
    where->y += compute->crop.where.y - inner->y;
    return out;
}
