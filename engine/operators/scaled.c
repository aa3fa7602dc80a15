/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operators/scaled.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "operators/light.h"
#include "operators/operator-private.h"

void
tw_map(float (*curve)(float value), const tw_tensor *in, tw_tensor *out)
{
#pragma omp parallel for if (in->size > TW_SERIAL)
    for (int64_t i = 0; i < in->size; i++)
        out->data[i] = curve(in->data[i]);
}

void
tw_multiply(const tw_tensor *a, const tw_tensor *b, tw_tensor *out)
{
    if (!b->data) {
        tw_copy(out, a);
        return;
    }
#pragma omp parallel for if (a->size > TW_SERIAL)
    for (int64_t i = 0; i < a->size; i++)
        out->data[i] = a->data[i] * b->data[i];
}

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    return tw_y_shape(((const tw_scaled *) op)->inner, x);
}

tw_status
tw_scaled_inner(const tw_scaled *s, const tw_tensor *x, tw_tensor *y,
                tw_run *run)
{
    if (!s->light)
        return tw_forward(s->inner, x, y, run);
    const size_t mark = tw_run_mark(run);
    tw_tensor *t = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    tw_map(tw_light, x, t);
    TW_TRY(tw_forward(s->inner, t, y, run));
    tw_run_release(run, mark);
    return TW_OK;
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const tw_scaled *s = (const tw_scaled *) op;

    TW_TRY(tw_scaled_inner(s, x, y, run));
    if (s->light)
        tw_map(tw_coded, y, y);
    tw_multiply(y, &s->weights, y);
    return TW_OK;
}

/* x = E B^T D y */
static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const tw_scaled *s = (const tw_scaled *) op;
    tw_tensor *t = tw_scratch(run, y), *slope = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    tw_multiply(y, &s->weights, t);
    if (!s->light)
        return tw_adjoint(s->inner, at, t, x, run);
    tw_tensor *e = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_scaled_inner(s, at, slope, run));
    tw_map(tw_coded_slope, slope, slope);
    tw_multiply(t, slope, t);
    TW_TRY(tw_adjoint(s->inner, NULL, t, x, run));
    tw_map(tw_light_slope, at, e);
    tw_multiply(x, e, x);
    return TW_OK;
}

static bool
in_planes(const tw_scaled *s)
{
    return s->inner->klass->flags & TW_OPERATOR_PLANES;
}

/* Plane by plane where B allows it: the weights are then those of the plane. */
static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const tw_scaled *s = (const tw_scaled *) op;

    TW_TRY(tw_needs_linear(s->inner, run));
    if (!in_planes(s))
        return tw_scaled_solve(s, y, z, rho, x, run);
    for (int64_t i = 0; i < tw_planes(x); i++) {
        const size_t mark = tw_run_mark(run);
        const tw_tensor py = tw_plane(y, i), pz = tw_plane(z, i);
        tw_tensor px = tw_plane(x, i);
        tw_scaled part = *s;

        if (s->weighted)
            part.weights = tw_plane(&s->weights, i);
        TW_TRY(tw_scaled_solve(&part, &py, &pz, rho, &px, run));
        tw_run_release(run, mark);
    }
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    tw_scaled *s = (tw_scaled *) op;

    tw_operator_free(s->owned);
    free(s->weights.data);
    free(s);
}

static const tw_operator_class template = {
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .free = destroy,
};

static tw_scaled *
make(const char *name, unsigned flags, tw_operator *inner)
{
    tw_scaled *s = inner ? calloc(1, sizeof *s) : NULL;

    if (!s) {
        tw_operator_free(inner);
        return NULL;
    }
    s->klass = template;
    s->klass.name = name;
    s->klass.flags = inner->klass->flags & flags;
    s->base = *inner; /* what it holds */
    s->base.klass = &s->klass;
    s->owned = inner;
    s->inner = inner;
    s->level = 1;
    return s;
}

tw_operator *
tw_operator_linear_light(tw_operator *inner)
{
    tw_scaled *s = make("linear light", TW_OPERATOR_PLANES, inner);

    if (s)
        s->light = true;
    return s ? &s->base : NULL;
}

tw_operator *
tw_operator_weighted(tw_operator *inner, const tw_tensor *weights)
{
    const size_t size = (size_t) weights->size * sizeof(float);
    tw_scaled *s = make("weighted", TW_OPERATOR_LINEAR, inner);

    if (!s)
        return NULL;
    if (inner->klass->free == destroy &&
        !((const tw_scaled *) inner)->weighted) { /* linear light */
        s->light = true;
        s->inner = ((const tw_scaled *) inner)->inner;
    }
    s->weighted = true;
    s->weights = (tw_tensor) { .shape = weights->shape };
    s->base.held +=
        (size_t) tw_shape_size(weights->shape) * sizeof *weights->data;
    if (!weights->data)
        return &s->base;
    s->weights.data = malloc(size);
    if (!s->weights.data) {
        destroy(&s->base);
        return NULL;
    }
    s->weights.size = weights->size;
    memcpy(s->weights.data, weights->data, size);
    s->level = tw_dot(weights, weights) / (double) weights->size;
    return &s->base;
}

tw_status
tw_weighted_prox(const tw_operator *op, const tw_tensor *weights,
                 const tw_tensor *y, const tw_tensor *z, double rho,
                 tw_tensor *x, tw_run *run)
{
    tw_scaled s = { .klass = template,
                    .inner = op,
                    .level = 1,
                    .weighted = true,
                    .weights = *weights };

    s.klass.name = "weighted";
    s.klass.flags = op->klass->flags & TW_OPERATOR_LINEAR;
    s.base.klass = &s.klass;
    return tw_prox(&s.base, y, z, rho, x, run);
}
