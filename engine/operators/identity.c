/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing happened to the picture but noise. */

#include <stdlib.h>

#include "operators/operators.h"

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    (void) op;
    return x;
}

static tw_status
same(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    (void) op, (void) run;
    tw_copy(y, x);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    (void) at;
    return same(op, y, x, run);
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    (void) op, (void) run;
    tw_lin2(x, 1 / (1 + rho), y, rho / (1 + rho), z);
    return TW_OK;
}

static tw_status
values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    (void) op, (void) run;
    tw_fill(s, 1);
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    free(op);
}

static const tw_operator_class klass = {
    .name = "identity",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_PROJECTS | TW_OPERATOR_SPECTRAL,
    .y_shape = y_shape,
    .forward = same,
    .adjoint = adjoint,
    .prox = prox,
    .pinv = same,
    .values = values,
    .to_v = same,
    .from_v = same,
    .to_u = same,
    .free = destroy,
};

bool
tw_operator_is_identity(const tw_operator *op)
{
    return op->klass == &klass;
}

tw_operator *
tw_operator_identity(void)
{
    tw_operator *op = malloc(sizeof *op);

    if (op)
        *op = (tw_operator) { .klass = &klass };
    return op;
}
