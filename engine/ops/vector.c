/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on vectors: the embedding of the noise level and of words. They
 * take no part in the pull. */

#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "ops/op.h"

static tw_node *
result(tw_eval *e, int64_t size, tw_node *over)
{
    return tw_op_result(e, tw_shape4(1, 1, 1, size), over);
}

tw_node *
tw_vector_in(tw_eval *e, const float *values, int size)
{
    tw_node *v = result(e, size, NULL);

    if (v && !tw_op_is_empty(e))
        memcpy(v->data, values, (size_t) size * sizeof(float));
    return v;
}

/* Frequencies are rounded to float, as the networks were trained with them. */
tw_node *
tw_waves(tw_eval *e, double t, double highest, int size)
{
    tw_node *v = result(e, size, NULL);

    for (int k = 0; v && !tw_op_is_empty(e) && k < size / 2; k++) {
        const float f = (float) exp(k * log(highest) / (size / 2 - 1));

        v->data[k] = (float) sin((double) f * t);
        v->data[k + size / 2] = (float) cos((double) f * t);
    }
    return v;
}

tw_node *
tw_linear(tw_eval *e, const char *layer, tw_node *v, bool bias)
{
    const tw_tensor *w, *b = NULL;
    tw_node *y = NULL;

    if (!v)
        return NULL;
    w = tw_op_weight(e, layer, "weight",
                     (tw_shape) { 2, { 0, v->size, 1, 1 } });
    if (w && bias)
        b = tw_op_weight(e, layer, "bias",
                         (tw_shape) { 1, { w->shape.dim[0], 1, 1, 1 } });
    if (w)
        y = result(e, w->shape.dim[0], NULL);
    if (y && e->planning)
        e->work += (double) w->size;
    if (y && !tw_op_is_empty(e))
        e->level->matvec(y->size, v->size, w->data, v->data, b ? b->data : NULL,
                         y->data);
    return tw_op_done(e, y, v, NULL, NULL);
}

tw_node *
tw_film(tw_eval *e, const char *layer, tw_node *v)
{
    tw_node *y = tw_linear(e, layer, v, true);

    for (int64_t i = 0; y && !tw_op_is_empty(e) && i < y->size / 2; i++)
        y->data[i] += 1;
    return y;
}

tw_node *
tw_vector_add(tw_eval *e, tw_node *a, tw_node *b)
{
    tw_node *y = NULL;

    if (a && b && a->size != b->size)
        tw_op_fail(e, tw_fail(tw_run_error(e->run), TW_ERR_MODEL,
                              _("The model's weights do not fit together; "
                                "install the model again")));
    else if (a && b)
        y = result(e, a->size, a);
    for (int64_t i = 0; y && !tw_op_is_empty(e) && i < y->size; i++)
        y->data[i] = a->data[i] + b->data[i];
    return tw_op_done(e, y, a, b, NULL);
}

tw_node *
tw_vector_silu(tw_eval *e, tw_node *v)
{
    tw_node *y = v ? result(e, v->size, v) : NULL;

    for (int64_t i = 0; y && !tw_op_is_empty(e) && i < y->size; i++)
        y->data[i] =
            (float) ((double) v->data[i] / (1 + exp(-(double) v->data[i])));
    return tw_op_done(e, y, v, NULL, NULL);
}
