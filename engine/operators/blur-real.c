/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur of a photograph: the scene goes on outside the frame.
 *
 *     A = M K     K circular on the canvas, M cuts the frame out
 *
 * Were the blurred values w in the margin known too, the fit would be circular:
 *     x = (K^T K + rho)^-1 (K^T (M^T y + E^T w) + rho z),
 * E cutting the margin out. They are known to be w = E K x, which leaves one
 * system in the margin alone,
 *     (I - E G E^T) w = E (G M^T y + rho K (K^T K + rho)^-1 z),
 *     G = K (K^T K + rho)^-1 K^T,
 * solved here by conjugate gradients for the change from w = E K z. Its matrix has
 * the same spectrum (but for ones) as the whole problem preconditioned by the
 * circular fit (methods 7.1), so it takes as many iterations, each with one pair
 * of transforms, and its vectors are as small as the margin.
 */

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "operators/blur.h"
#include "operators/operator-private.h"
#include "operators/transfer.h"

/* The residual in the margin sinks to this share of what is fitted: at 0.01 the
 * border costs 0.1 dB of a whole picture (512 x 512, motion of 15 pixels, plug
 * and play), below 0.001 nothing is gained, nor by more iterations. */
static const double TOLERANCE = 2e-3;
enum { ITERATIONS = 15 };

typedef struct real {
    tw_operator base;
    tw_transfer k; /* on the canvas */
    int64_t height, width, top, left;
} real;

/* What a solve needs in each iteration. */
typedef struct margin {
    const real *op;
    double rho;
    tw_tensor *plane;
    float complex *z;
} margin;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const real *b = (const real *) op;
    const bool canvas = x.dim[2] == b->k.height && x.dim[3] == b->k.width;

    return canvas ? tw_shape4(x.dim[0], x.dim[1], b->height, b->width)
                  : (tw_shape) { 0 };
}

static float complex *
transformed(const real *b, tw_run *run)
{
    return tw_scratch_bytes(run,
                            (size_t) tw_transfer_floats(&b->k) * sizeof(float));
}

/* out = F^-1 gain F in */
static tw_status
filter(const real *b, tw_gain gain, double rho, const float *in,
       float complex *z, float *out, tw_run *run)
{
    if (tw_run_is_sizing(run))
        return TW_OK;
    tw_fft_forward(b->k.fft, in, z);
    TW_TRY(tw_run_poll(run));
    tw_transfer_apply(&b->k, gain, rho, z);
    tw_fft_inverse(b->k.fft, z, out);
    return tw_run_poll(run);
}

static float *
frame_row(const real *b, const tw_tensor *canvas, int64_t row)
{
    return canvas->data + (row + b->top) * b->k.width + b->left;
}

/* canvas = M^T y, or M^T (y - canvas) if @subtract. */
static void
put_frame(const real *b, const tw_tensor *y, bool subtract, tw_tensor *canvas)
{
    const int64_t w = b->width, right = b->k.width - b->left - w;

    if (!canvas->data) /* core/sizing.h */
        return;
#pragma omp parallel for if (canvas->size > TW_SERIAL)
    for (int64_t row = -b->top; row < b->k.height - b->top; row++) {
        float *out = frame_row(b, canvas, row);

        if (row < 0 || row >= b->height) {
            memset(out - b->left, 0, (size_t) b->k.width * sizeof *out);
            continue;
        }
        memset(out - b->left, 0, (size_t) b->left * sizeof *out);
        for (int64_t i = 0; i < w; i++)
            out[i] = y->data[row * w + i] - (subtract ? out[i] : 0);
        memset(out + w, 0, (size_t) right * sizeof *out);
    }
}

typedef enum move { GATHER, SCATTER } move;

/* Between the margin of @canvas and the vector @v: rows from top to bottom. */
static void
move_margin(const real *b, move way, float *v, tw_tensor *canvas)
{
    const int64_t w = b->k.width, sides = w - b->width;

    if (!canvas->data)
        return;
    for (int64_t row = 0; row < b->k.height; row++) {
        float *at = canvas->data + row * w;
        const bool middle = row >= b->top && row < b->top + b->height;
        const int64_t first = middle ? b->left : w;
        const int64_t second = middle ? sides - b->left : 0;
        float *end = at + w - second;

        if (way == GATHER) {
            memcpy(v, at, (size_t) first * sizeof *v);
            memcpy(v + first, end, (size_t) second * sizeof *v);
        } else {
            memcpy(at, v, (size_t) first * sizeof *v);
            memcpy(end, v + first, (size_t) second * sizeof *v);
        }
        v += first + second;
    }
}

static int64_t
margin_size(const real *b)
{
    return b->k.height * b->k.width - b->height * b->width;
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const real *b = (const real *) op;
    tw_tensor *kx = tw_scratch(run, x);
    float complex *z = transformed(b, run);

    TW_TRY(tw_run_check(run));
    TW_TRY(filter(b, TW_GAIN_FORWARD, 0, x->data, z, kx->data, run));
    for (int64_t row = 0; y->data && row < b->height; row++)
        memcpy(y->data + row * b->width, frame_row(b, kx, row),
               (size_t) b->width * sizeof *y->data);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const real *b = (const real *) op;
    float complex *z = transformed(b, run);

    (void) at;
    TW_TRY(tw_run_check(run));
    put_frame(b, y, false, x);
    TW_TRY(filter(b, TW_GAIN_ADJOINT, 0, x->data, z, x->data, run));
    return TW_OK;
}

/* out = (I - E G E^T) in */
static tw_status
apply_margin(const void *user_data, const tw_tensor *in, tw_tensor *out,
             tw_run *run)
{
    const margin *m = user_data;

    tw_fill(m->plane, 0);
    move_margin(m->op, SCATTER, in->data, m->plane);
    TW_TRY(filter(m->op, TW_GAIN_SHRINK, m->rho, m->plane->data, m->z,
                  m->plane->data, run));
    move_margin(m->op, GATHER, out->data, m->plane);
    tw_lin2(out, 1, in, -1, out);
    return TW_OK;
}

/* t = M^T e; adds what the margin's values change: E^T (w - E K z). */
static tw_status
solve_margin(const margin *m, tw_tensor *t, tw_run *run)
{
    const tw_shape shape = { .rank = 1,
                             .dim = { margin_size(m->op), 1, 1, 1 } };
    tw_tensor *rhs = tw_scratch_shape(run, shape);
    tw_tensor *w = tw_scratch_shape(run, shape);

    TW_TRY(tw_run_check(run));
    TW_TRY(filter(m->op, TW_GAIN_SHRINK, m->rho, t->data, m->z, m->plane->data,
                  run));
    move_margin(m->op, GATHER, rhs->data, m->plane);
    tw_fill(w, 0);
    const double share = tw_norm(m->plane) / tw_norm(rhs);

    TW_TRY(tw_cg(apply_margin, NULL, m, rhs, ITERATIONS, TOLERANCE * share, w,
                 run));
    move_margin(m->op, SCATTER, w->data, t);
    return TW_OK;
}

/* x = z + (K^T K + rho)^-1 K^T (M^T (y - A z) + E^T (w - E K z)) */
static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const real *b = (const real *) op;
    tw_tensor *t = tw_scratch(run, x);
    const margin m = { b, rho, tw_scratch(run, x), transformed(b, run) };

    TW_TRY(tw_run_check(run));
    TW_TRY(filter(b, TW_GAIN_FORWARD, 0, z->data, m.z, t->data, run));
    put_frame(b, y, true, t);
    if (margin_size(b) > 0)
        TW_TRY(solve_margin(&m, t, run));
    TW_TRY(filter(b, TW_GAIN_FIT, rho, t->data, m.z, t->data, run));
    tw_lin2(x, 1, z, 1, t);
    return TW_OK;
}

/* As if the borders were periodic. */
static tw_status
precondition(const tw_operator *op, const tw_tensor *r, double rho,
             tw_tensor *x, tw_run *run)
{
    const real *b = (const real *) op;
    float complex *z = transformed(b, run);

    TW_TRY(tw_run_check(run));
    TW_TRY(filter(b, TW_GAIN_SOLVE, rho, r->data, z, x->data, run));
    return TW_OK;
}

/* Iterated Tikhonov regularization (Engl, Hanke, Neubauer 1996, section 5.1),
 * with the weight at which singular values below the threshold stay small. */
static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    const double rho = TW_BLUR_THRESHOLD * TW_BLUR_THRESHOLD;

    tw_fill(x, 0);
    for (int i = 0; i < 3; i++)
        TW_TRY(tw_prox(op, y, x, rho, x, run));
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    tw_transfer_clear(&((real *) op)->k);
    free(op);
}

static const tw_operator_class klass = {
    .name = "blur",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .precondition = precondition,
    .pinv = pinv,
    .free = destroy,
};

tw_operator *
tw_blur_real(const tw_psf *psf, int64_t height, int64_t width, bool sketch)
{
    real *b = malloc(sizeof *b);
    tw_shape canvas;

    if (!b)
        return NULL;
    *b = (real) { { &klass, 0, 0 }, .height = height, .width = width };
    tw_blur_canvas(psf, height, width, &canvas, &b->top, &b->left);
    if (tw_transfer_init(&b->k, psf, canvas.dim[2], canvas.dim[3], sketch)) {
        tw_transfer_bytes(&b->k, psf, &b->base);
        return &b->base;
    }
    free(b);
    return NULL;
}
