/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/eval.h"

#include "core/i18n.h"
#include "core/sizing.h"
#include "ops/op.h"

enum { ALIGN = 64 };

static size_t
aligned(size_t bytes)
{
    return (bytes + ALIGN - 1) / ALIGN * ALIGN;
}

void
tw_op_fail(tw_eval *e, tw_status status)
{
    if (e->status == TW_OK)
        e->status = status;
}

void *
tw_op_bytes(tw_eval *e, size_t bytes)
{
    void *data = e->tape ? tw_tape_bytes(e->tape, bytes)
                         : tw_scratch_bytes(e->run, bytes);

    if (!data)
        tw_op_fail(e, tw_run_check(e->run));
    return data;
}

/* --- nodes --- */

float *
tw_op_at(float *memory, const tw_place *place)
{
    return memory + place->offset / sizeof(float);
}

static tw_place *
new_place(tw_eval *e, size_t bytes)
{
    tw_place *place = tw_op_bytes(e, sizeof *place);

    if (place) {
        *place = (tw_place) {
            .bytes = bytes, .from = e->clock, .to = e->clock, .next = e->places
        };
        e->places = place;
    }
    return place;
}

static tw_node *
new_node(tw_eval *e, tw_shape shape, tw_node *over)
{
    tw_node *node = tw_op_bytes(e, sizeof *node);

    if (!node)
        return NULL;
    *node =
        (tw_node) { .shape = shape, .size = tw_shape_size(shape), .refs = 1 };
    node->place =
        over && over->refs == 1 && !over->kept && over->size == node->size
            ? over->place
            : new_place(e, aligned((size_t) node->size * sizeof(float)));
    *e->next_node = node;
    return node->place ? node : NULL;
}

tw_node *
tw_op_result(tw_eval *e, tw_shape shape, tw_node *over)
{
    tw_node *node;

    if (e->status != TW_OK)
        return NULL;
    tw_op_fail(e, tw_run_poll(e->run));
    e->clock++;
    if (e->planning) {
        node = new_node(e, shape, over);
    } else {
        node = *e->next_node;
        node->refs = 1;
        if (!e->dry)
            node->data =
                tw_op_at(node->place->kept ? e->kept : e->arena, node->place);
    }
    if (node)
        e->next_node = &node->next;
    return e->status == TW_OK ? node : NULL;
}

tw_node *
tw_ref(tw_node *x)
{
    if (x)
        x->refs++;
    return x;
}

void
tw_unref(const tw_eval *e, tw_node *x)
{
    if (x && --x->refs == 0)
        x->place->to = e->clock;
}

void
tw_op_keep(const tw_eval *e, tw_node *x)
{
    if (x && e->tape)
        x->kept = x->place->kept = true;
}

tw_node *
tw_op_done(const tw_eval *e, tw_node *out, tw_node *a, tw_node *b, tw_node *c)
{
    tw_unref(e, a);
    tw_unref(e, b);
    tw_unref(e, c);
    return out;
}

float *
tw_op_scratch(tw_eval *e, size_t bytes)
{
    if (bytes > e->scratch)
        e->scratch = bytes;
    return tw_op_is_empty(e) ? NULL : e->arena;
}

/* --- passes --- */

static void
pass(tw_eval *e, tw_network network, const void *user_data, bool planning)
{
    e->planning = planning;
    e->packed = 0;
    e->next_node = &e->nodes;
    e->clock = 0;
    e->depth = 0;
    network(e, user_data);
}

/* Gives the nodes their offsets; returns the bytes of the arena. */
static size_t
place_all(tw_eval *e, size_t *kept)
{
    tw_place *passing = NULL, *next;

    *kept = 0;
    for (tw_place *p = e->places; p; p = next) {
        next = p->next;
        if (p->kept) {
            p->offset = *kept;
            *kept += p->bytes;
        } else {
            p->next = passing;
            passing = p;
        }
    }
    /* Scratch comes first, the same for all operations. */
    const size_t first = aligned(e->scratch), bytes = first + tw_plan(passing);

    for (tw_place *p = passing; p; p = p->next)
        p->offset += first;
    return bytes;
}

static tw_eval *
new_eval(const tw_weights *weights, tw_tape *tape, tw_run *run)
{
    tw_eval *e = tape ? tw_tape_bytes(tape, sizeof *e)
                      : tw_scratch_bytes(run, sizeof *e);

    if (e)
        *e = (tw_eval) { .level = tw_level_best(),
                         .weights = weights,
                         .run = run,
                         .tape = tape,
                         .threads = tw_run_threads(run) };
    return e;
}

/* The weights that a pass packed count as memory of the run, although others share
 * them. (The arena's owner is the first byte of the weights.) */
static void
hold_weights(tw_eval *e)
{
    tw_run_hold(e->run, (const char *) e->weights + 1, e->packed);
    tw_op_fail(e, tw_run_check(e->run));
}

static tw_status
evaluate(const tw_weights *weights, tw_network network, const void *user_data,
         tw_tape *tape, tw_run *run)
{
    tw_eval *e = new_eval(weights, tape, run);
    size_t kept;

    TW_TRY(tw_run_check(run));
    e->dry = tw_run_is_sizing(run);
    pass(e, network, user_data, true);
    TW_TRY(e->status);
    hold_weights(e);
    e->arena = tw_run_arena(run, weights, place_all(e, &kept));
    if (kept > 0)
        e->kept = tw_op_bytes(e, kept);
    TW_TRY(tw_run_check(run));
    if (e->dry && !tape)
        return TW_OK;
    pass(e, network, user_data, false);
    if (e->status == TW_OK && tape) {
        hold_weights(e);
        tw_op_fail(e, tw_op_record_all(e));
    }
    return e->status;
}

tw_status
tw_evaluate(const tw_weights *weights, tw_network network,
            const void *user_data, tw_tape *tape, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_status status;

    tw_run_enter(run);
    status = evaluate(weights, network, user_data, tape, run);
    tw_run_leave(run);
    tw_run_release(run, mark);
    return status;
}

tw_status
tw_plan_evaluation(const tw_weights *weights, tw_network network,
                   const void *user_data, double *work, tw_error *err)
{
    tw_run *run = tw_run_new_sizing(1);
    tw_eval *e = run ? new_eval(weights, NULL, run) : NULL;
    tw_status status = TW_ERR_MEMORY;

    if (e) {
        pass(e, network, user_data, true);
        status = e->status;
        *work = e->work;
    }
    if (status != TW_OK)
        tw_fail(err, status, "%s",
                run ? tw_run_error(run)->text : _("Not enough memory"));
    tw_run_free(run);
    return status;
}
