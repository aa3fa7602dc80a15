/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of the layer that a network has entered. */

#include <stdarg.h>
#include <stdio.h>

#include "core/i18n.h"
#include "ops/op.h"

enum { MOST_CHANNELS = 65535 };

void
tw_enter(tw_eval *e, const char *format, ...)
{
    const size_t start = e->length[e->depth];
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(e->path + start, sizeof e->path - start, format, args);
    va_end(args);
    if (length < 0 || (size_t) length + 1 >= sizeof e->path - start ||
        e->depth + 1 == TW_DEPTH) {
        tw_op_fail(e, tw_fail(tw_run_error(e->run), TW_ERR_ARGUMENT,
                              _("The network's names are nested too deeply")));
    } else {
        e->path[start + (size_t) length] = '.';
        e->depth++;
        e->length[e->depth] = start + (size_t) length + 1;
    }
}

void
tw_leave(tw_eval *e)
{
    if (e->depth > 0)
        e->depth--;
}

static void
full_name(const tw_eval *e, const char *layer, const char *suffix,
          char name[2 * TW_PATH])
{
    snprintf(name, 2 * TW_PATH, "%.*s%s%s%s", (int) e->length[e->depth],
             e->path, layer ? layer : "", layer ? "." : "", suffix);
}

static bool
fits(tw_shape shape, tw_shape wanted)
{
    bool same = shape.rank == wanted.rank;

    for (int i = 0; i < 4; i++)
        same = same && shape.dim[i] > 0 && shape.dim[i] <= MOST_CHANNELS &&
               (wanted.dim[i] == 0 || shape.dim[i] == wanted.dim[i]);
    return same;
}

static void
fail_weight(tw_eval *e, const char *message, const char *layer,
            const char *suffix)
{
    char name[2 * TW_PATH];

    full_name(e, layer, suffix, name);
    tw_op_fail(e,
               tw_fail(tw_run_error(e->run), TW_ERR_MODEL,
                       _("%s: '%s'; install the model again"), message, name));
}

void
tw_op_misfit(tw_eval *e, const char *layer, const char *suffix)
{
    fail_weight(e, _("A weight of the model has a shape that does not fit"),
                layer, suffix);
}

const tw_tensor *
tw_op_weight(tw_eval *e, const char *layer, const char *suffix, tw_shape shape)
{
    char name[2 * TW_PATH];
    const tw_tensor *weight;

    if (e->status != TW_OK)
        return NULL;
    full_name(e, layer, suffix, name);
    weight = tw_weights_find(e->weights, name);
    if (!weight)
        fail_weight(e, _("A weight of the model is missing"), layer, suffix);
    else if (!fits(weight->shape, shape))
        tw_op_misfit(e, layer, suffix);
    return e->status == TW_OK ? weight : NULL;
}

const float *
tw_op_packed(tw_eval *e, const char *layer, const char *suffix,
             tw_pack_func pack)
{
    char name[2 * TW_PATH];
    const void *packed;

    if (e->status != TW_OK)
        return NULL;
    full_name(e, layer, suffix, name);
    e->packed += tw_weights_packed_size(e->weights, name, pack);
    if (tw_op_is_empty(e))
        return NULL;
    packed = tw_weights_packed(e->weights, name, pack);
    if (!packed)
        tw_op_fail(e, tw_weights_no_memory(tw_weights_bytes(e->weights),
                                           tw_run_error(e->run)));
    return packed;
}
