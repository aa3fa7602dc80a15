/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur of a scene that goes on outside the frame: y = M K x, K the circular
 * convolution of a canvas, M the frame cut out of it (methods 7.1).
 *
 * The prox is a linear system, (K^T M K + rho) d = K^T (y - M K z), x = z + d,
 * solved by conjugate gradients with the preconditioner (K^T K + rho)^-1, which
 * is exact but for the border. All vectors are kept as spectra: then the
 * preconditioner costs nothing and an iteration takes two transforms.
 */

#include <stdlib.h>
#include <string.h>

#include "core/parallel.h"
#include "operators/blur.h"

/* A relative residual of 1e-3 takes 1 to 6 iterations (methods 7.1, measured
 * for motion and disc at all levels). */
static const double TOLERANCE = 1e-3;
enum { ITERATIONS = 12 };

typedef struct real {
    tw_operator base;
    tw_transfer k;
    int64_t height, width; /* of the frame */
    int64_t top, left;
} real;

/* What one solution works with; spectra but for the plane. */
typedef struct equation {
    const real *op;
    double rho;
    float complex *r, *p, *d, *q;
    float *plane;
    double *rows; /* sums of each row, added up in order */
} equation;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const real *b = (const real *) op;

    return tw_shape4(x.dim[0], x.dim[1], b->height, b->width);
}

static void
cut(const real *b, const float *canvas, float *frame)
{
    const int64_t w = b->width, W = b->k.width;

#pragma omp parallel for if (b->height * w > TW_SERIAL)
    for (int64_t r = 0; r < b->height; r++)
        memcpy(frame + r * w, canvas + (b->top + r) * W + b->left,
               (size_t) w * sizeof *frame);
}

static void
embed(const real *b, const float *frame, float *canvas)
{
    const int64_t w = b->width, W = b->k.width;

#pragma omp parallel for if (b->height * w > TW_SERIAL)
    for (int64_t r = 0; r < b->k.height; r++) {
        const int64_t from = r - b->top;
        float *to = canvas + r * W;

        memset(to, 0, (size_t) W * sizeof *to);
        if (from >= 0 && from < b->height)
            memcpy(to + b->left, frame + from * w, (size_t) w * sizeof *to);
    }
}

/* Zeros outside the frame. */
static void
mask(const real *b, float *canvas)
{
    const int64_t W = b->k.width, right = b->left + b->width;

#pragma omp parallel for if (b->k.height * W > TW_SERIAL)
    for (int64_t r = 0; r < b->k.height; r++) {
        float *row = canvas + r * W;

        if (r < b->top || r >= b->top + b->height) {
            memset(row, 0, (size_t) W * sizeof *row);
        } else {
            memset(row, 0, (size_t) b->left * sizeof *row);
            memset(row + right, 0, (size_t) (W - right) * sizeof *row);
        }
    }
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const real *b = (const real *) op;
    float complex *z =
        tw_scratch_bytes(run, (size_t) tw_fft_size(b->k.fft) * sizeof *z);
    tw_tensor *plane = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    tw_fft_forward(b->k.fft, x->data, z);
    tw_transfer_apply(&b->k, TW_GAIN_FORWARD, 0, z);
    tw_fft_inverse(b->k.fft, z, plane->data);
    cut(b, plane->data, y->data);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const real *b = (const real *) op;
    float complex *z =
        tw_scratch_bytes(run, (size_t) tw_fft_size(b->k.fft) * sizeof *z);

    (void) at;
    TW_TRY(tw_run_check(run));
    embed(b, y->data, x->data);
    tw_fft_forward(b->k.fft, x->data, z);
    tw_transfer_apply(&b->k, TW_GAIN_ADJOINT, 0, z);
    tw_fft_inverse(b->k.fft, z, x->data);
    return TW_OK;
}

/* How often a column of the half spectrum counts: its mirror image is not
 * stored, except where the column is its own. */
static double
column_weight(const tw_transfer *k, int64_t i)
{
    return i == 0 || 2 * i == k->width ? 1 : 2;
}

static double
add_up(const equation *s)
{
    double sum = 0;

    for (int64_t row = 0; row < s->op->k.height; row++)
        sum += s->rows[row];
    return sum;
}

/* <a, b> over the whole spectrum; with @shrunk <a, (|H|^2 + rho)^-1 b>. */
static double
product(const equation *s, const float complex *a, const float complex *b,
        bool shrunk)
{
    const tw_transfer *k = &s->op->k;
    const int64_t half = k->half;

#pragma omp parallel for if (k->height * half > TW_SERIAL)
    for (int64_t row = 0; row < k->height; row++) {
        const float *u = (const float *) (a + row * half);
        const float *v = (const float *) (b + row * half);
        const float *re = k->re + row * half;
        const float *im = k->im ? k->im + row * half : NULL;
        double sum = 0;

        for (int64_t i = 0; i < half; i++) {
            double term = (double) u[2 * i] * (double) v[2 * i] +
                          (double) u[2 * i + 1] * (double) v[2 * i + 1];

            if (shrunk) {
                const double x = (double) re[i];
                const double y = im ? (double) im[i] : 0;

                term /= x * x + y * y + s->rho;
            }
            sum += term * column_weight(k, i);
        }
        s->rows[row] = sum;
    }
    return add_up(s);
}

/* p = (|H|^2 + rho)^-1 r + beta p */
static void
turn(const equation *s, double beta)
{
    const tw_transfer *k = &s->op->k;
    const int64_t half = k->half;
    const float rho = (float) s->rho, keep = (float) beta;

#pragma omp parallel for if (k->height * half > TW_SERIAL)
    for (int64_t row = 0; row < k->height; row++) {
        const float *re = k->re + row * half;
        const float *im = k->im ? k->im + row * half : NULL;
        const float *r = (const float *) (s->r + row * half);
        float *p = (float *) (s->p + row * half);

        for (int64_t i = 0; i < half; i++) {
            const float y = im ? im[i] : 0;
            const float gain = 1 / (re[i] * re[i] + y * y + rho);

            p[2 * i] = gain * r[2 * i] + keep * p[2 * i];
            p[2 * i + 1] = gain * r[2 * i + 1] + keep * p[2 * i + 1];
        }
    }
}

/* a += factor b, spectra */
static void
add(const equation *s, float complex *a, double factor, const float complex *b)
{
    const int64_t size = 2 * tw_fft_size(s->op->k.fft);
    const float f = (float) factor;
    const float *from = (const float *) b;
    float *to = (float *) a;

#pragma omp parallel for simd if (size > TW_SERIAL)
    for (int64_t i = 0; i < size; i++)
        to[i] += f * from[i];
}

/* q = (K^T M K + rho) p */
static void
apply(const equation *s)
{
    const tw_transfer *k = &s->op->k;

    memcpy(s->q, s->p, (size_t) tw_fft_size(k->fft) * sizeof *s->q);
    tw_transfer_apply(k, TW_GAIN_FORWARD, 0, s->q);
    tw_fft_inverse(k->fft, s->q, s->plane);
    mask(s->op, s->plane);
    tw_fft_forward(k->fft, s->plane, s->q);
    tw_transfer_apply(k, TW_GAIN_ADJOINT, 0, s->q);
    add(s, s->q, s->rho, s->p);
}

/* r = K^T M (y - K z) */
static void
residual(const equation *s, const tw_tensor *y, const tw_tensor *z)
{
    const real *b = s->op;

    tw_fft_forward(b->k.fft, z->data, s->r);
    tw_transfer_apply(&b->k, TW_GAIN_FORWARD, 0, s->r);
    tw_fft_inverse(b->k.fft, s->r, s->plane);
    mask(b, s->plane);
#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t r = 0; r < b->height; r++) {
        float *row = s->plane + (b->top + r) * b->k.width + b->left;
        const float *from = y->data + r * b->width;

        for (int64_t c = 0; c < b->width; c++)
            row[c] = from[c] - row[c];
    }
    tw_fft_forward(b->k.fft, s->plane, s->r);
    tw_transfer_apply(&b->k, TW_GAIN_ADJOINT, 0, s->r);
}

static tw_status
solve(const equation *s, tw_run *run)
{
    const size_t bytes = (size_t) tw_fft_size(s->op->k.fft) * sizeof *s->d;
    double rs = product(s, s->r, s->r, true);
    const double least = TOLERANCE * TOLERANCE * rs;

    memset(s->d, 0, bytes);
    memset(s->p, 0, bytes);
    turn(s, 0);
    for (int i = 0; i < ITERATIONS && rs > least; i++) {
        TW_TRY(tw_run_poll(run));
        apply(s);
        const double pq = product(s, s->p, s->q, false);

        if (!(pq > 0)) /* solved as far as rounding lets it */
            break;
        add(s, s->d, rs / pq, s->p);
        add(s, s->r, -rs / pq, s->q);
        const double old = rs;

        rs = product(s, s->r, s->r, true);
        turn(s, rs / old);
    }
    return TW_OK;
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const real *b = (const real *) op;
    const size_t bytes = (size_t) tw_fft_size(b->k.fft) * sizeof(float complex);
    const size_t sums = (size_t) b->k.height * sizeof(double);
    equation s = { .op = b, .rho = rho };

    s.r = tw_scratch_bytes(run, bytes);
    s.p = tw_scratch_bytes(run, bytes);
    s.d = tw_scratch_bytes(run, bytes);
    s.q = tw_scratch_bytes(run, bytes);
    s.plane = tw_scratch_bytes(run, (size_t) x->size * sizeof(float));
    s.rows = tw_scratch_bytes(run, sums);
    TW_TRY(tw_run_check(run));
    residual(&s, y, z);
    TW_TRY(solve(&s, run));
    tw_fft_inverse(b->k.fft, s.d, s.plane);
    const tw_tensor d = { x->shape, x->size, s.plane };

    tw_lin2(x, 1, z, 1, &d);
    return TW_OK;
}

static size_t
bytes_of(const tw_operator *op, tw_shape x)
{
    const real *b = (const real *) op;

    return 4 * tw_scratch_size(tw_transfer_floats(&b->k)) +
           tw_scratch_size(tw_shape_size(x)) + tw_scratch_size(2 * b->k.height);
}

static void
destroy(tw_operator *op)
{
    real *b = (real *) op;

    tw_transfer_clear(&b->k);
    free(b);
}

static const tw_operator_class klass = {
    .name = "blur",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .bytes = bytes_of,
    .free = destroy,
};

tw_operator *
tw_blur_real(const tw_psf *psf, int64_t height, int64_t width)
{
    real *b = calloc(1, sizeof *b);
    tw_shape canvas;

    if (!b)
        return NULL;
    b->base.klass = &klass;
    b->height = height;
    b->width = width;
    tw_blur_canvas(psf, height, width, &canvas, &b->top, &b->left);
    if (!tw_transfer_init(&b->k, psf, canvas.dim[2], canvas.dim[3])) {
        free(b);
        return NULL;
    }
    return &b->base;
}
