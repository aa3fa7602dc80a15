/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some pixels are missing; y has zeros there. */

#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "operators/operator-private.h"
#include "operators/operators.h"

typedef struct mask {
    tw_operator base;
    int64_t height, width;
    float keep[]; /* 0 or 1; none in a sketch */
} mask;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const mask *m = (const mask *) op;

    return tw_shape_if(x, m->height, m->width);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const mask *m = (const mask *) op;

    (void) run;
#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++)
        y->data[i] = m->keep[i] > 0 ? x->data[i] : 0;
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    (void) at;
    return forward(op, y, x, run);
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const mask *m = (const mask *) op;
    const float a = (float) (1 / (1 + rho)), b = (float) (rho / (1 + rho));

    (void) run;
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t i = 0; i < x->size; i++)
        x->data[i] =
            m->keep[i] > 0 ? a * y->data[i] + b * z->data[i] : z->data[i];
    return TW_OK;
}

static tw_status
values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    const mask *m = (const mask *) op;

    (void) run;
    for (int64_t i = 0; i < s->size; i++)
        s->data[i] = m->keep[i];
    return TW_OK;
}

static tw_status
same(const tw_operator *op, const tw_tensor *x, tw_tensor *v, tw_run *run)
{
    (void) op, (void) run;
    tw_copy(v, x);
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    free(op);
}

static const tw_operator_class klass = {
    .name = "mask",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_PROJECTS | TW_OPERATOR_SPECTRAL |
             TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .pinv = forward,
    .values = values,
    .to_v = same,
    .from_v = same,
    .to_u = forward,
    .free = destroy,
};

tw_operator *
tw_operator_mask(const float *keep, int64_t height, int64_t width)
{
    const int64_t size = keep ? height * width : 0;
    mask *m = malloc(sizeof *m + (size_t) size * sizeof *keep);

    if (!m)
        return NULL;
    m->base = (tw_operator) { .klass = &klass };
    m->height = height;
    m->width = width;
    m->base.held = (size_t) (height * width) * sizeof *keep;
    if (keep)
        memcpy(m->keep, keep, (size_t) size * sizeof *keep);
    return &m->base;
}
