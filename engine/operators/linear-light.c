/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happens in linear light, as optics do: A(x) = g^-1(K g(x)), g from sRGB
 * (IEC 61966-2-1) in [-1, 1] to light in 0…1; K maps a constant to itself. Below
 * black and above white g goes on as a straight line, so that slopes stay
 * positive (methods 7.4).
 *
 * The prox takes Gauss-Newton steps: A(x + d) is about A(x) + J d with
 * J = d_out K d_in, and each step is solved by conjugate gradients.
 */

#include <math.h>
#include <stdlib.h>

#include "core/parallel.h"
#include "operators/operator-private.h"
#include "operators/operators.h"

static const double TOLERANCE = 1e-3;
enum { STEPS = 2, ITERATIONS = 20 };

typedef struct linear_light {
    tw_operator base;
    tw_operator *inner;
} linear_light;

/* J at one place, and rho. */
typedef struct slopes {
    const linear_light *op;
    tw_tensor *in, *out; /* g' like x, (g^-1)' like y */
    double rho;
} slopes;

static const float KNEE = 0.04045f, WHITE_SLOPE = 2.4f / 1.055f;

static float
to_light(float x)
{
    const float u = (x + 1) / 2;

    if (u <= KNEE)
        return u / 12.92f;
    if (u >= 1)
        return 1 + (u - 1) * WHITE_SLOPE;
    return powf((u + 0.055f) / 1.055f, 2.4f);
}

static float
from_light(float l)
{
    float u;

    if (l <= KNEE / 12.92f)
        u = 12.92f * l;
    else if (l >= 1)
        u = 1 + (l - 1) / WHITE_SLOPE;
    else
        u = 1.055f * powf(l, 1 / 2.4f) - 0.055f;
    return 2 * u - 1;
}

/* dg / dx */
static float
slope(float x)
{
    const float u = (x + 1) / 2;

    if (u <= KNEE)
        return 0.5f / 12.92f;
    if (u >= 1)
        return 0.5f * WHITE_SLOPE;
    return 0.5f * WHITE_SLOPE * powf((u + 0.055f) / 1.055f, 1.4f);
}

static void
map(float (*f)(float), const tw_tensor *from, tw_tensor *to)
{
#pragma omp parallel for if (to->size > TW_SERIAL)
    for (int64_t i = 0; i < to->size; i++)
        to->data[i] = f(from->data[i]);
}

/* to = a from, or from / a */
static void
scale(const tw_tensor *a, bool divide, const tw_tensor *from, tw_tensor *to)
{
#pragma omp parallel for if (to->size > TW_SERIAL)
    for (int64_t i = 0; i < to->size; i++)
        to->data[i] =
            divide ? from->data[i] / a->data[i] : from->data[i] * a->data[i];
}

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    return tw_y_shape(((const linear_light *) op)->inner, x);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const linear_light *p = (const linear_light *) op;
    tw_tensor *light = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    map(to_light, x, light);
    TW_TRY(tw_forward(p->inner, light, y, run));
    map(from_light, y, y);
    return TW_OK;
}

/* The slopes at x; @y = A(x) on return. */
static tw_status
linearise(const slopes *s, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    TW_TRY(tw_forward(&s->op->base, x, y, run));
    map(slope, x, s->in);
    map(slope, y, s->out); /* of g at y: the reciprocal of what is wanted */
    return TW_OK;
}

/* y = J x; @t like x. */
static tw_status
jacobian(const slopes *s, const tw_tensor *x, tw_tensor *t, tw_tensor *y,
         tw_run *run)
{
    scale(s->in, false, x, t);
    TW_TRY(tw_forward(s->op->inner, t, y, run));
    scale(s->out, true, y, y);
    return TW_OK;
}

/* x = J^T y; @y is changed. */
static tw_status
transposed(const slopes *s, tw_tensor *y, tw_tensor *x, tw_run *run)
{
    scale(s->out, true, y, y);
    TW_TRY(tw_adjoint(s->op->inner, NULL, y, x, run));
    scale(s->in, false, x, x);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const slopes s = { (const linear_light *) op, tw_scratch(run, x),
                       tw_scratch(run, y), 0 };
    tw_tensor *t = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    TW_TRY(linearise(&s, at, t, run));
    tw_copy(t, y);
    return transposed(&s, t, x, run);
}

/* out = (J^T J + rho) in */
static tw_status
apply_inside(const slopes *s, const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    tw_tensor *y = tw_scratch(run, s->out);

    TW_TRY(tw_run_check(run));
    TW_TRY(jacobian(s, in, out, y, run));
    TW_TRY(transposed(s, y, out, run));
    tw_lin2(out, 1, out, s->rho, in);
    return TW_OK;
}

static tw_status
apply(const void *user_data, const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const tw_status status = apply_inside(user_data, in, out, run);

    tw_run_release(run, mark);
    return status;
}

/* One step from @x towards argmin |A x - y|^2 + rho |x - z|^2. */
static tw_status
step(const slopes *s, const tw_tensor *y, const tw_tensor *z, tw_tensor *x,
     tw_run *run)
{
    tw_tensor *e = tw_scratch(run, y), *b = tw_scratch(run, x);
    tw_tensor *d = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    TW_TRY(linearise(s, x, e, run));
    tw_lin2(e, 1, y, -1, e);
    TW_TRY(transposed(s, e, b, run));
    tw_lin3(b, 1, b, s->rho, z, -s->rho, x);
    tw_fill(d, 0);
    TW_TRY(tw_cg(apply, NULL, s, b, ITERATIONS, TOLERANCE, d, run));
    tw_lin2(x, 1, x, 1, d);
    return TW_OK;
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    tw_tensor *centre = x == z ? tw_scratch(run, z) : NULL;
    const slopes s = { (const linear_light *) op, tw_scratch(run, x),
                       tw_scratch(run, y), rho };

    TW_TRY(tw_run_check(run));
    if (centre)
        tw_copy(centre, z);
    else
        tw_copy(x, z);
    for (int i = 0; i < STEPS; i++) {
        const size_t mark = tw_run_mark(run);
        const tw_status status = step(&s, y, centre ? centre : z, x, run);

        tw_run_release(run, mark);
        TW_TRY(status);
    }
    return TW_OK;
}

/* centre, in, b, d and, in tw_cg(), three like x; out, e, y like y. */
static size_t
bytes_of(const tw_operator *op, tw_shape x)
{
    const linear_light *p = (const linear_light *) op;

    return 7 * tw_scratch_size(tw_shape_size(x)) +
           3 * tw_scratch_size(tw_shape_size(y_shape(op, x))) +
           tw_operator_bytes(p->inner, x);
}

static void
destroy(tw_operator *op)
{
    linear_light *p = (linear_light *) op;

    tw_operator_free(p->inner);
    free(p);
}

static const tw_operator_class klass = {
    .name = "linear light",
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .bytes = bytes_of,
    .free = destroy,
};

tw_operator *
tw_operator_linear_light(tw_operator *inner)
{
    linear_light *p = inner ? malloc(sizeof *p) : NULL;

    if (!p) {
        tw_operator_free(inner);
        return NULL;
    }
    p->base.klass = &klass;
    p->inner = inner;
    return &p->base;
}
