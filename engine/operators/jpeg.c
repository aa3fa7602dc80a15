/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a JPEG's encoder does to x = B(z), but for the rounding, in units of what the
 * rounding hides: y = W A B z, with A the transform of jpeg/unit.h and W = 1 /
 * standard deviation of each coefficient. The error of a value that was rounded to a
 * cell of the width q is uniform, of variance q^2 / 12; where the cell is the one
 * around 0, half of that is taken, because small coefficients are likelier than
 * large ones.
 *
 * The prox is solved for the multipliers t of the coefficients:
 *     (W A B B^T A^T W + rho) t = y - W A B z,        x = z + B^T A^T W t
 * A A^T is the matrix of the colors times 1 / pixels per sample, whatever W is, so
 * that its diagonal is a good preconditioner: the condition is that of the colors,
 * below 4. Without B each unit of the JPEG is solved by itself.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "jpeg/unit.h"
#include "operators/jpeg-private.h"
#include "operators/operators.h"

/* What one unit is computed in. */
typedef struct work {
    float pixels[TW_UNIT_PIXELS], values[TW_UNIT_VALUES], w[TW_UNIT_VALUES];
} work;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const tw_jpeg_operator *j = (const tw_jpeg_operator *) op;
    const tw_shape seen = j->inner ? tw_y_shape(j->inner, x) : x;

    if (seen.rank != 4 || seen.dim[0] != 1 || seen.dim[1] != 3 ||
        seen.dim[2] != j->jpeg->height || seen.dim[3] != j->jpeg->width)
        return (tw_shape) { 0 };
    return tw_shape4(1, 1, 1, tw_jpeg_count(j->jpeg));
}

void
tw_jpeg_unit_weights(const tw_jpeg_operator *j, const tw_unit *u, double rho,
                     float *w, float *d)
{
    int n = 0;

    for (int c = 0; c < j->jpeg->planes; c++) {
        const tw_jpeg_plane *p = &j->jpeg->plane[c];
        const tw_unit_part *part = &u->part[c];

        for (int b = 0; b < part->rows * part->columns; b++) {
            const int64_t block = (part->top + b / part->columns) * p->columns +
                                  part->left + b % part->columns;
            const int16_t *level = p->level + block * TW_JPEG_BLOCK;

            for (int i = 0; i < TW_JPEG_BLOCK; i++, n++) {
                w[n] = level[i] ? j->w[c].other[i] : j->w[c].zero[i];
                if (d)
                    d[n] = (float) (j->gain[c] * (double) (w[n] * w[n]) + rho);
            }
        }
    }
}

static void
multiply(int n, const float *a, float *b)
{
    for (int i = 0; i < n; i++)
        b[i] *= a[i];
}

static void
unit_forward(const tw_jpeg_operator *j, const tw_unit *u, const float *x,
             work *k, float *y)
{
    tw_jpeg_unit_weights(j, u, 0, k->w, NULL);
    tw_unit_get(u, x, k->pixels);
    tw_unit_forward(u, k->pixels, k->values);
    multiply(u->values, k->w, k->values);
    tw_unit_scatter(u, k->values, y);
}

static void
unit_adjoint(const tw_jpeg_operator *j, const tw_unit *u, const float *y,
             work *k, float *x)
{
    tw_jpeg_unit_weights(j, u, 0, k->w, NULL);
    tw_unit_gather(u, y, k->values);
    multiply(u->values, k->w, k->values);
    tw_unit_adjoint(u, k->values, k->pixels);
    tw_unit_fold(u, k->pixels, x);
}

/* y = W A x */
static void
all_forward(const tw_jpeg_operator *j, const float *x, float *y)
{
    const int64_t count = tw_unit_count(j->jpeg);

#pragma omp parallel for if (j->jpeg->height * j->jpeg->width > TW_SERIAL)
    for (int64_t i = 0; i < count; i++) {
        const tw_unit u = tw_unit_at(j->jpeg, i);
        work k;

        unit_forward(j, &u, x, &k, y);
    }
}

/* x = A^T W y */
static void
all_adjoint(const tw_jpeg_operator *j, const float *y, float *x)
{
    const int64_t count = tw_unit_count(j->jpeg);

#pragma omp parallel for if (j->jpeg->height * j->jpeg->width > TW_SERIAL)
    for (int64_t i = 0; i < count; i++) {
        const tw_unit u = tw_unit_at(j->jpeg, i);
        work k;

        unit_adjoint(j, &u, y, &k, x);
    }
}

/* y = W A B x; takes scratch like B x. */
static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const tw_jpeg_operator *j = (const tw_jpeg_operator *) op;
    const size_t mark = tw_run_mark(run);

    if (j->inner) {
        tw_tensor *seen = tw_scratch_shape(run, tw_y_shape(j->inner, x->shape));

        TW_TRY(tw_run_check(run));
        TW_TRY(tw_forward(j->inner, x, seen, run));
        x = seen;
    }
    if (!tw_run_is_sizing(run))
        all_forward(j, x->data, y->data);
    tw_run_release(run, mark);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const tw_jpeg_operator *j = (const tw_jpeg_operator *) op;
    const size_t mark = tw_run_mark(run);
    tw_tensor *seen = x;

    if (j->inner)
        seen = tw_scratch_shape(run, tw_y_shape(j->inner, x->shape));
    TW_TRY(tw_run_check(run));
    if (!tw_run_is_sizing(run))
        all_adjoint(j, y->data, seen->data);
    if (j->inner)
        TW_TRY(tw_adjoint(j->inner, at, seen, x, run));
    tw_run_release(run, mark);
    return TW_OK;
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const tw_jpeg_operator *j = (const tw_jpeg_operator *) op;

    if (j->inner) {
        TW_TRY(tw_needs_linear(j->inner, run));
        return tw_jpeg_prox_around(j, y, z, rho, x, run);
    }
    if (!tw_run_is_sizing(run))
        tw_jpeg_prox_alone(j, y->data, z->data, rho, x->data);
    return TW_OK;
}

/* Of least norm, or as good as conjugate gradients find it. */
static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    const tw_jpeg_operator *j = (const tw_jpeg_operator *) op;

    if (!tw_run_is_sizing(run))
        tw_jpeg_prox_alone(j, y->data, NULL, 0, x->data);
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    tw_jpeg_operator *j = (tw_jpeg_operator *) op;

    tw_jpeg_free(j->jpeg);
    tw_operator_free(j->owned);
    free(j);
}

/* 1 over the standard deviation of each coefficient; @noise: of a pixel. */
static void
set_weights(tw_jpeg_operator *j, double noise)
{
    for (int c = 0; c < j->jpeg->planes; c++) {
        const tw_jpeg_plane *p = &j->jpeg->plane[c];
        const float *row = tw_jpeg_color(c);
        double squares = 0;

        for (int i = 0; i < 3; i++)
            squares += (double) (row[i] * row[i]);
        j->gain[c] = squares / (p->across * p->down);
        for (int i = 0; i < TW_JPEG_BLOCK; i++) {
            const double q = (double) p->step[i] / 127.5;
            const double more = noise * noise * j->gain[c];

            j->w[c].other[i] = (float) (1 / sqrt(q * q / 12 + more));
            j->w[c].zero[i] = (float) (1 / sqrt(q * q / 24 + more));
        }
        /* Nothing is special about a mean of 128. */
        if (c == 0)
            j->w[c].zero[0] = j->w[c].other[0];
    }
}

tw_operator *
tw_operator_jpeg(tw_jpeg *jpeg, double noise, tw_operator *inner)
{
    tw_jpeg_operator *j = jpeg ? calloc(1, sizeof *j) : NULL;

    if (!j) {
        tw_jpeg_free(jpeg);
        tw_operator_free(inner);
        return NULL;
    }
    tw_operator *around =
        inner && !tw_operator_is_identity(inner) ? inner : NULL;

    j->klass = (tw_operator_class) {
        .name = "jpeg",
        .flags = inner ? inner->klass->flags & TW_OPERATOR_LINEAR
                       : TW_OPERATOR_LINEAR,
        .y_shape = y_shape,
        .forward = forward,
        .adjoint = adjoint,
        .prox = prox,
        .pinv = around ? NULL : pinv,
        .free = destroy,
    };
    j->jpeg = jpeg;
    j->owned = inner;
    j->inner = around;
    if (inner)
        j->base = *inner; /* what it holds */
    j->base.klass = &j->klass;
    j->base.held += tw_jpeg_bytes(jpeg);
    set_weights(j, noise);
    return &j->base;
}

const tw_jpeg *
tw_operator_get_jpeg(const tw_operator *op)
{
    return ((const tw_jpeg_operator *) op)->jpeg;
}

void
tw_jpeg_measured(const tw_operator *op, float *y)
{
    const tw_jpeg_operator *j = (const tw_jpeg_operator *) op;
    const tw_jpeg *jpeg = j->jpeg;

    for (int c = 0; c < jpeg->planes; c++) {
        const tw_jpeg_plane *p = &jpeg->plane[c];
        const int64_t count = p->rows * p->columns * TW_JPEG_BLOCK;

#pragma omp parallel for if (count > TW_SERIAL)
        for (int64_t i = 0; i < count; i++) {
            const int at = (int) (i % TW_JPEG_BLOCK), l = p->level[i];

            y[i] = (l ? j->w[c].other[at] : j->w[c].zero[at]) *
                   (float) tw_jpeg_middle(jpeg, c, at, l);
        }
        y += count;
    }
}
