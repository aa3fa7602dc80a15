/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 3x3 convolution with what stands around it in a residual block:
 *
 *     y = f (W silu(x)) + b + add
 *
 * [f, b] from the noise level: FiLM, Perez et al. 2018, arXiv:1709.07871.
 */

#include <stdlib.h>
#include <string.h>

#include "ops/op.h"

static void *
pack(const tw_tensor *w, bool transposed, size_t *bytes)
{
    const int out = (int) w->shape.dim[0], in = (int) w->shape.dim[1];
    float *packed;

    *bytes = tw_conv3x3_packed_bytes(out, in);
    packed = w->data ? aligned_alloc(64, *bytes) : NULL;
    if (packed)
        tw_conv3x3_pack(tw_level_best(), w->data, out, in, transposed, packed);
    return packed;
}

static void *
pack_forward(const tw_tensor *w, size_t *bytes)
{
    return pack(w, false, bytes);
}

static void *
pack_pull(const tw_tensor *w, size_t *bytes)
{
    return pack(w, true, bytes);
}

/* A bias with zeros for the channels that are padding. */
static void *
pack_bias(const tw_tensor *bias, size_t *bytes)
{
    float *packed;

    *bytes = sizeof(float) * (size_t) tw_padded_channels((int) bias->size);
    packed = bias->data ? aligned_alloc(64, (*bytes + 63) / 64 * 64) : NULL;
    if (packed) {
        memset(packed, 0, *bytes);
        memcpy(packed, bias->data, (size_t) bias->size * sizeof(float));
    }
    return packed;
}

/* g = silu'(x) W^T (f v) + add */
static void
pull(const tw_pull_of *p)
{
    tw_conv3x3 conv = *(const tw_conv3x3 *) p->saved;

    conv.x = p->v;
    conv.add = p->add;
    conv.y = p->g;
    tw_conv3x3_run(p->level, &conv, p->scratch, p->threads);
}

const tw_op tw_op_convolve = { "convolve", pull };

static void
record(tw_eval *e, const char *layer, tw_node *x, const tw_with *with,
       const tw_conv3x3 *forward, tw_node *out)
{
    tw_conv3x3 *conv = tw_op_bytes(e, sizeof *conv);

    if (!conv)
        return;
    *conv =
        (tw_conv3x3) { .images = forward->images,
                       .height = forward->height,
                       .width = forward->width,
                       .inputs = forward->outputs,
                       .outputs = forward->inputs,
                       .weights = tw_op_packed(e, layer, "weight", pack_pull),
                       .gain = forward->scale,
                       .slope = with->silu ? x->data : NULL };
    tw_op_record(e,
                 &(tw_record) {
                     .op = &tw_op_convolve,
                     .in = x,
                     .add = with->add,
                     .out = out,
                     .saved = conv,
                     .scratch = tw_conv3x3_scratch(e->level, conv, e->threads),
                 });
}

/* The convolution, without pointers to activations. */
static bool
describe(tw_eval *e, const char *layer, const tw_node *x, const tw_with *with,
         tw_conv3x3 *conv)
{
    const tw_tensor *w =
        tw_op_weight(e, layer, "weight", (tw_shape) { 4, { 0, 0, 3, 3 } });

    if (!w)
        return false;
    *conv = (tw_conv3x3) { .images = x->shape.dim[0],
                           .height = x->shape.dim[1],
                           .width = x->shape.dim[2],
                           .inputs = (int) x->shape.dim[3],
                           .outputs = tw_padded_channels((int) w->shape.dim[0]),
                           .silu = with->silu };
    /* Films and added nodes are as wide as the file's weights say. */
    if (tw_padded_channels((int) w->shape.dim[1]) != conv->inputs ||
        (with->film && with->film->size != 2 * conv->outputs) ||
        (with->add && with->add->shape.dim[3] != conv->outputs)) {
        tw_op_misfit(e, layer, "weight");
        return false;
    }
    e->work += e->planning ? 9.0 * (double) conv->images *
                                 (double) (conv->height * conv->width) *
                                 conv->inputs * conv->outputs
                           : 0;
    conv->weights = tw_op_packed(e, layer, "weight", pack_forward);
    if (with->bias &&
        tw_op_weight(e, layer, "bias",
                     (tw_shape) { 1, { w->shape.dim[0], 1, 1, 1 } }))
        conv->shift = tw_op_packed(e, layer, "bias", pack_bias);
    return true;
}

static void
compute(const tw_eval *e, tw_conv3x3 *conv, const tw_node *x,
        const tw_with *with, tw_node *y, float *scratch)
{
    conv->x = x->data;
    conv->add = with->add ? with->add->data : NULL;
    conv->y = y->data;
    if (with->film) {
        conv->scale = with->film->data;
        conv->shift = with->film->data + conv->outputs;
    }
    tw_conv3x3_run(e->level, conv, scratch, e->threads);
}

tw_node *
tw_convolve(tw_eval *e, const char *layer, tw_node *x, tw_with with)
{
    tw_conv3x3 conv;
    tw_node *y = NULL;

    if (!x || !describe(e, layer, x, &with, &conv))
        return NULL;
    if (with.silu)
        tw_op_keep(e, x);
    tw_op_keep(e, with.film);

    float *scratch =
        tw_op_scratch(e, tw_conv3x3_scratch(e->level, &conv, e->threads));

    y = tw_op_result(
        e, tw_shape4(conv.images, conv.height, conv.width, conv.outputs),
        with.add);
    if (y && !tw_op_is_empty(e))
        compute(e, &conv, x, &with, y, scratch);
    if (y && !e->planning && e->tape)
        record(e, layer, x, &with, &conv, y);
    return tw_op_done(e, y, x, with.film, with.add);
}
