/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pull of a network: its operations in reverse.
 *
 * Everything that a pull needs is laid out when the forward pass ends, so that
 * pulling changes nothing but its own memory and may be repeated.
 */

#include "core/parallel.h"
#include "core/sizing.h"
#include "ops/op.h"

void
tw_op_record(tw_eval *e, const tw_record *record)
{
    tw_record *kept = tw_op_bytes(e, sizeof *kept);

    if (!kept)
        return;
    *kept = *record;
    kept->before = e->last;
    e->last = kept;
    if (kept->scratch > e->pull_scratch)
        e->pull_scratch = kept->scratch;
}

/* A place for the cotangent of @node, on @list. */
static tw_place *
cotangent(tw_eval *e, tw_node *node, int clock, tw_place **list)
{
    tw_place *place = tw_op_bytes(e, sizeof *place);

    if (place) {
        *place = (tw_place) { .bytes = node->place->bytes,
                              .from = clock,
                              .next = *list };
        *list = place;
        node->cotangent = place;
    }
    return place;
}

/* The out's cotangent is complete when its operation is reached, because all
 * that use it come later in the forward pass. */
static void
plan_record(tw_eval *e, tw_record *r, int clock, tw_place **list)
{
    r->v = r->out->cotangent;
    if (!r->v)
        return; /* nothing depends on it */
    r->accumulates = r->in->cotangent != NULL;
    r->g = r->accumulates ? r->in->cotangent : cotangent(e, r->in, clock, list);
    if (!r->g)
        return;
    r->v->to = r->g->to = clock;
    if (r->add && !r->add->cotangent)
        r->add->cotangent = r->v;
    else if (r->add)
        r->sum = r->add->cotangent;
    if (r->sum)
        r->sum->to = clock;
}

static void
add(float *sum, const float *v, int64_t size)
{
#pragma omp parallel for simd if (size > TW_SERIAL)
    for (int64_t i = 0; i < size; i++)
        sum[i] += v[i];
}

static void
pull_record(const tw_eval *e, const tw_record *r, float *arena)
{
    float *g = tw_op_at(arena, r->g);

    r->op->pull(&(tw_pull_of) { .level = e->level,
                                .saved = r->saved,
                                .v = tw_op_at(arena, r->v),
                                .add = r->accumulates ? g : NULL,
                                .g = g,
                                .scratch = arena,
                                .threads = e->threads });
    if (r->sum)
        add(tw_op_at(arena, r->sum), tw_op_at(arena, r->v), r->out->size);
}

static tw_status
pull_all(const tw_eval *e, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const tw_node *in = e->in.node, *out = e->out.node;
    float *arena = tw_run_arena(run, e->weights, e->pull_bytes);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_unshuffle2x2(v->data, out->shape.dim[0], (int) e->out.shape.dim[1],
                    out->shape.dim[1], out->shape.dim[2], (float) e->out.b,
                    tw_op_at(arena, out->cotangent));
    for (const tw_record *r = e->last; r; r = r->before) {
        TW_TRY(tw_run_poll(run));
        if (r->v)
            pull_record(e, r, arena);
    }
    tw_shuffle2x2(tw_op_at(arena, in->cotangent), in->shape.dim[0],
                  (int) e->in.shape.dim[1], in->shape.dim[1], in->shape.dim[2],
                  e->out.a, v->data, e->in.b, g->data);
    return TW_OK;
}

static tw_status
pull(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    tw_status status;

    tw_run_enter(run);
    status = pull_all(saved, v, g, run);
    tw_run_leave(run);
    return status;
}

tw_status
tw_op_record_all(tw_eval *e)
{
    const size_t scratch = (e->pull_scratch + 63) / 64 * 64;
    tw_place *list = NULL;
    int clock = 0;

    cotangent(e, e->out.node, clock, &list);
    for (tw_record *r = e->last; r && e->status == TW_OK; r = r->before)
        plan_record(e, r, ++clock, &list);
    TW_TRY(e->status);
    e->in.node->cotangent->to = clock + 1;
    e->pull_bytes = scratch + tw_plan(list);
    for (tw_place *p = list; p; p = p->next)
        p->offset += scratch;
    return tw_tape_record(e->tape, pull, e, e->in.shape, e->out.shape);
}
