/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between two scales: 2x2 convolution of stride 2, and its transpose. */

#include <stdlib.h>

#include "ops/op.h"

static void *
pack_gather(const tw_tensor *w, size_t *bytes)
{
    const int coarse = (int) w->shape.dim[0], fine = (int) w->shape.dim[1];
    float *packed;

    *bytes = tw_conv2x2_packed_bytes(coarse, fine);
    packed = w->data ? aligned_alloc(64, *bytes) : NULL;
    if (packed)
        tw_gather2x2_pack(tw_level_best(), w->data, coarse, fine, packed);
    return packed;
}

static void *
pack_scatter(const tw_tensor *w, size_t *bytes)
{
    const int coarse = (int) w->shape.dim[0], fine = (int) w->shape.dim[1];
    float *packed;

    *bytes = tw_conv2x2_packed_bytes(coarse, fine);
    packed = w->data ? aligned_alloc(64, *bytes) : NULL;
    if (packed)
        tw_scatter2x2_pack(tw_level_best(), w->data, coarse, fine, packed);
    return packed;
}

static void
pull_down(const tw_pull_of *p)
{
    tw_conv2x2 conv = *(const tw_conv2x2 *) p->saved;

    conv.x = p->v;
    conv.add = p->add;
    conv.y = p->g;
    tw_scatter2x2(p->level, &conv, p->threads);
}

static void
pull_up(const tw_pull_of *p)
{
    tw_conv2x2 conv = *(const tw_conv2x2 *) p->saved;

    conv.x = p->v;
    conv.add = p->add;
    conv.y = p->g;
    tw_gather2x2(p->level, &conv, p->threads);
}

const tw_op tw_op_down2 = { "down2", pull_down };
const tw_op tw_op_up2 = { "up2", pull_up };

/* The convolution between a coarse grid of @height x @width and a fine one, by
 * the weight's shape; @channels of its input. */
static bool
describe(tw_eval *e, const char *layer, const tw_node *x, bool up,
         tw_conv2x2 *conv)
{
    const int64_t *dim = x->shape.dim;
    const tw_tensor *w =
        tw_op_weight(e, layer, "weight", (tw_shape) { 4, { 0, 0, 2, 2 } });

    if (!w)
        return false;
    *conv = (tw_conv2x2) { .images = dim[0],
                           .height = up ? dim[1] : dim[1] / 2,
                           .width = up ? dim[2] : dim[2] / 2,
                           .coarse_channels = (int) w->shape.dim[0],
                           .fine_channels = (int) w->shape.dim[1] };
    if ((up ? conv->coarse_channels : conv->fine_channels) != dim[3] ||
        conv->coarse_channels % TW_CHANNELS != 0 ||
        conv->fine_channels % TW_CHANNELS != 0) {
        tw_op_misfit(e, layer, "weight");
        return false;
    }
    if (e->planning)
        e->work += (double) (conv->images * conv->height * conv->width) *
                   (double) w->size;
    conv->weights =
        tw_op_packed(e, layer, "weight", up ? pack_scatter : pack_gather);
    return true;
}

static void
record(tw_eval *e, const char *layer, tw_node *x, tw_node *add,
       const tw_conv2x2 *forward, tw_node *out)
{
    const bool up = out->shape.dim[1] > x->shape.dim[1];
    tw_conv2x2 *conv = tw_op_bytes(e, sizeof *conv);

    if (!conv)
        return;
    *conv = *forward;
    conv->weights =
        tw_op_packed(e, layer, "weight", up ? pack_gather : pack_scatter);
    tw_op_record(e, &(tw_record) { .op = up ? &tw_op_up2 : &tw_op_down2,
                                   .in = x,
                                   .add = add,
                                   .out = out,
                                   .saved = conv });
}

tw_node *
tw_down2(tw_eval *e, const char *layer, tw_node *x)
{
    tw_conv2x2 conv;
    tw_node *y;

    if (!x || !describe(e, layer, x, false, &conv))
        return NULL;
    y = tw_op_result(
        e,
        tw_shape4(conv.images, conv.height, conv.width, conv.coarse_channels),
        NULL);
    if (y && !tw_op_is_empty(e)) {
        conv.x = x->data;
        conv.y = y->data;
        tw_gather2x2(e->level, &conv, e->threads);
    }
    if (y && !e->planning && e->tape)
        record(e, layer, x, NULL, &conv, y);
    return tw_op_done(e, y, x, NULL, NULL);
}

tw_node *
tw_up2(tw_eval *e, const char *layer, tw_node *x, tw_node *add)
{
    tw_conv2x2 conv;
    tw_shape shape;
    tw_node *y;

    if (!x || !add || !describe(e, layer, x, true, &conv))
        return NULL;
    shape = tw_shape4(conv.images, 2 * conv.height, 2 * conv.width,
                      conv.fine_channels);
    if (!tw_shape_equal(shape, add->shape)) {
        tw_op_misfit(e, layer, "weight");
        return NULL;
    }
    y = tw_op_result(e, shape, add);
    if (y && !tw_op_is_empty(e)) {
        conv.x = x->data;
        conv.add = add->data;
        conv.y = y->data;
        tw_scatter2x2(e->level, &conv, e->threads);
    }
    if (y && !e->planning && e->tape)
        record(e, layer, x, add, &conv, y);
    return tw_op_done(e, y, x, add, NULL);
}
