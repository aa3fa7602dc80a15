/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures into and out of a network: pixel (un)shuffle by 2. Shi et al. 2016,
 * arXiv:1609.05158. The pull is in record.c, which begins and ends with it. */

#include "core/i18n.h"
#include "ops/op.h"

tw_node *
tw_picture_in(tw_eval *e, const tw_tensor *picture, double scale)
{
    const int64_t *dim = picture->shape.dim;
    const int channels = (int) dim[1];
    const int64_t h = dim[2] / 2, w = dim[3] / 2;
    tw_node *x = tw_op_result(
        e, tw_shape4(dim[0], h, w, tw_padded_channels(4 * channels)), NULL);

    if (x && !tw_op_is_empty(e))
        tw_unshuffle2x2(picture->data, dim[0], channels, h, w, (float) scale,
                        x->data);
    e->in = (tw_picture) { .b = scale, .node = x, .shape = picture->shape };
    return x;
}

void
tw_picture_out(tw_eval *e, tw_node *x, double a, const tw_tensor *picture,
               double b, tw_tensor *out)
{
    const int64_t *dim = picture->shape.dim;

    if (x && x->shape.dim[3] != tw_padded_channels(4 * (int) dim[1]))
        tw_op_fail(e, tw_fail(tw_run_error(e->run), TW_ERR_MODEL,
                              _("The model's network does not end in a "
                                "picture; install the model again")));
    else if (x && !tw_op_is_empty(e))
        tw_shuffle2x2(x->data, dim[0], (int) dim[1], dim[2] / 2, dim[3] / 2, a,
                      picture->data, b, out->data);
    e->out =
        (tw_picture) { .a = a, .b = b, .node = x, .shape = picture->shape };
    tw_op_done(e, NULL, x, NULL, NULL);
}
