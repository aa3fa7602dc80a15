/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fewer pixels: A = R x C^T, R over the columns and C over the rows of a plane,
 * both with few values per row.
 *
 * A A^T = (R R^T) and (C C^T) applied likewise, so prox and pseudo-inverse are
 * solved among the few pixels of y:
 *     x = z + A^T u,  (A A^T + rho) u = y - A z.
 */

#include <stdlib.h>

#include "core/sizing.h"
#include "operators/banded.h"
#include "operators/downsample.h"
#include "operators/filter.h"
#include "operators/operator-private.h"

/* The residual y - A x of a pseudo-inverse is this share of y: far below a
 * quarter of an 8-bit level. */
static const double TOLERANCE = 1e-5;
enum { ITERATIONS = 200 };

typedef struct downsample {
    tw_operator base;
    tw_banded rows, rows_t, rows_gram;          /* C */
    tw_banded columns, columns_t, columns_gram; /* R */
} downsample;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const downsample *d = (const downsample *) op;

    const bool mine =
        x.dim[2] == d->columns.columns && x.dim[3] == d->rows.columns;

    return mine ? tw_shape4(x.dim[0], x.dim[1], d->columns.rows, d->rows.rows)
                : (tw_shape) { 0 };
}

/* Between R and C: as high as y, as wide as x. */
static tw_tensor *
between(const downsample *d, tw_run *run)
{
    return tw_scratch_shape(run,
                            tw_shape4(1, 1, d->columns.rows, d->rows.columns));
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const downsample *d = (const downsample *) op;
    tw_tensor *t = between(d, run);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_banded_columns(&d->columns, x->data, d->rows.columns, NULL, t->data);
    tw_banded_rows(&d->rows, t->data, d->columns.rows, y->data);
    return TW_OK;
}

/* x = plus + A^T y; @plus may be NULL or x. */
static tw_status
add_adjoint(const downsample *d, const tw_tensor *plus, const tw_tensor *y,
            tw_tensor *x, tw_run *run)
{
    tw_tensor *t = between(d, run);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_run_poll(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_banded_rows(&d->rows_t, y->data, d->columns.rows, t->data);
    tw_banded_columns(&d->columns_t, t->data, d->rows.columns,
                      plus ? plus->data : NULL, x->data);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    (void) at;
    return add_adjoint((const downsample *) op, NULL, y, x, run);
}

typedef struct equation {
    const downsample *op;
    double rho;
    tw_tensor *t; /* shaped like y */
} equation;

/* out = (A A^T + rho) in */
static tw_status
apply(const void *user_data, const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    const equation *s = user_data;
    const downsample *d = s->op;

    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_banded_columns(&d->columns_gram, in->data, d->rows.rows, NULL,
                      s->t->data);
    tw_banded_rows(&d->rows_gram, s->t->data, d->columns.rows, out->data);
    tw_lin2(out, 1, out, s->rho, in);
    return TW_OK;
}

/* x = z + A^T (A A^T + rho)^-1 e; @z may be NULL or x. */
static tw_status
fit(const downsample *d, const tw_tensor *e, const tw_tensor *z, double rho,
    tw_tensor *x, tw_run *run)
{
    tw_tensor *u = tw_scratch(run, e);
    const equation s = { d, rho, tw_scratch(run, e) };

    TW_TRY(tw_run_check(run));
    tw_fill(u, 0);
    TW_TRY(tw_cg(apply, NULL, &s, e, ITERATIONS, TOLERANCE, u, run));
    return add_adjoint(d, z, u, x, run);
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    tw_tensor *e = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(op, z, e, run));
    tw_lin2(e, 1, y, -1, e);
    return fit((const downsample *) op, e, z, rho, x, run);
}

static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    return fit((const downsample *) op, y, NULL, 0, x, run);
}

static void
destroy(tw_operator *op)
{
    downsample *d = (downsample *) op;

    tw_banded_clear(&d->rows);
    tw_banded_clear(&d->rows_t);
    tw_banded_clear(&d->rows_gram);
    tw_banded_clear(&d->columns);
    tw_banded_clear(&d->columns_t);
    tw_banded_clear(&d->columns_gram);
    free(d);
}

static const tw_operator_class klass = {
    .name = "downsample",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .pinv = pinv,
    .free = destroy,
};

tw_operator *
tw_operator_downsample(tw_filter filter, double sigma, int64_t height,
                       int64_t width, int64_t out_height, int64_t out_width)
{
    if (filter == TW_FILTER_BOX && height % out_height == 0 &&
        width % out_width == 0)
        return tw_downsample_blocks(height / out_height, width / out_width);

    downsample *d = calloc(1, sizeof *d);

    if (!d)
        return NULL;
    d->base.klass = &klass;
    if (tw_filter_matrix(&d->rows, filter, sigma, width, out_width) &&
        tw_banded_transpose(&d->rows_t, &d->rows) &&
        tw_banded_gram(&d->rows_gram, &d->rows) &&
        tw_filter_matrix(&d->columns, filter, sigma, height, out_height) &&
        tw_banded_transpose(&d->columns_t, &d->columns) &&
        tw_banded_gram(&d->columns_gram, &d->columns))
        return &d->base;
    destroy(&d->base);
    return NULL;
}
