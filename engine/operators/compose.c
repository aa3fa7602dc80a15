/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One degradation after another: y = outer(inner(x)). Prox and pseudo-inverse
 * are the default ones. */

#include <stdlib.h>

#include "operators/operator-private.h"
#include "operators/operators.h"

typedef struct compose {
    tw_operator base;
    tw_operator_class klass; /* flags are those that both have */
    tw_operator *outer, *inner;
} compose;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const compose *c = (const compose *) op;

    return tw_y_shape(c->outer, tw_y_shape(c->inner, x));
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const compose *c = (const compose *) op;
    tw_tensor *m = tw_scratch_shape(run, tw_y_shape(c->inner, x->shape));

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(c->inner, x, m, run));
    return tw_forward(c->outer, m, y, run);
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const compose *c = (const compose *) op;
    const bool linear = c->klass.flags & TW_OPERATOR_LINEAR;
    const tw_shape middle = tw_y_shape(c->inner, x->shape);
    tw_tensor *m = tw_scratch_shape(run, middle);
    tw_tensor *there = linear ? NULL : tw_scratch_shape(run, middle);

    TW_TRY(tw_run_check(run));
    if (there)
        TW_TRY(tw_forward(c->inner, at, there, run));
    TW_TRY(tw_adjoint(c->outer, there, y, m, run));
    return tw_adjoint(c->inner, at, m, x, run);
}

static void
destroy(tw_operator *op)
{
    compose *c = (compose *) op;

    tw_operator_free(c->outer);
    tw_operator_free(c->inner);
    free(c);
}

tw_operator *
tw_operator_compose(tw_operator *outer, tw_operator *inner)
{
    compose *c = outer && inner ? malloc(sizeof *c) : NULL;

    if (!c) {
        tw_operator_free(outer);
        tw_operator_free(inner);
        return NULL;
    }
    c->outer = outer;
    c->inner = inner;
    c->klass = (tw_operator_class) {
        .name = inner->klass->name,
        .flags = outer->klass->flags & inner->klass->flags &
                 (TW_OPERATOR_LINEAR | TW_OPERATOR_PLANES),
        .y_shape = y_shape,
        .forward = forward,
        .adjoint = adjoint,
        .free = destroy,
    };
    c->base = (tw_operator) { &c->klass, outer->held + inner->held,
                              outer->making > inner->making ? outer->making
                                                            : inner->making };
    return &c->base;
}
