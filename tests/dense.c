/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dense.h"

#include <glib.h>
#include <math.h>
#include <string.h>

const double dense_mean[] = { 0.2, -0.1, 0.3 };
const double dense_covariance[] = { 1, .3, .2, .3, .6, -.1, .2, -.1, .3 };
const double dense_matrix[] = { .8, .6, 0, -.3, .4, 0 };
const double dense_measured[] = { 0.9, -0.35 };

typedef struct dense {
    tw_operator base;
    int m, n;
    double a[DENSE_MAX * DENSE_MAX];    /* m x n */
    double s[DENSE_MAX];                /* singular values, then zeros */
    double v[DENSE_MAX * DENSE_MAX];    /* n x n, singular vectors in rows */
    double plus[DENSE_MAX * DENSE_MAX]; /* n x m, the pseudo-inverse */
    double ata[DENSE_MAX * DENSE_MAX];  /* A^T A */
} dense;

void
dense_solve(int n, const double *matrix, const double *b, double *out)
{
    double l[DENSE_MAX * DENSE_MAX];

    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double sum = matrix[i * n + j];

            for (int k = 0; k < j; k++)
                sum -= l[i * n + k] * l[j * n + k];
            l[i * n + j] = i == j ? sqrt(sum) : sum / l[j * n + j];
        }
    for (int i = 0; i < n; i++) {
        out[i] = b[i];
        for (int k = 0; k < i; k++)
            out[i] -= l[i * n + k] * out[k];
        out[i] /= l[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++)
            out[i] -= l[k * n + i] * out[k];
        out[i] /= l[i * n + i];
    }
}

/* Rows of @rows (r x c), or columns with @transposed, times each vector. */
static void
multiply(int r, int c, const double *matrix, gboolean transposed,
         const tw_tensor *in, tw_tensor *out)
{
    const int from = transposed ? r : c, to = transposed ? c : r;

    for (int64_t k = 0; k < in->size / from; k++)
        for (int i = 0; i < to; i++) {
            double sum = 0;

            for (int j = 0; j < from; j++)
                sum += matrix[transposed ? j * c + i : i * c + j] *
                       (double) in->data[k * from + j];
            out->data[k * to + i] = (float) sum;
        }
}

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    const dense *d = (const dense *) op;

    return tw_shape4(tw_shape_size(x) / d->n, 1, 1, d->m);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const dense *d = (const dense *) op;

    (void) run;
    multiply(d->m, d->n, d->a, FALSE, x, y);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    const dense *d = (const dense *) op;

    (void) at;
    (void) run;
    multiply(d->m, d->n, d->a, TRUE, y, x);
    return TW_OK;
}

static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    const dense *d = (const dense *) op;

    (void) run;
    multiply(d->n, d->m, d->plus, FALSE, y, x);
    return TW_OK;
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const dense *d = (const dense *) op;
    const int n = d->n;
    double matrix[DENSE_MAX * DENSE_MAX], inverse[DENSE_MAX * DENSE_MAX];
    double unit[DENSE_MAX] = { 0 };
    tw_tensor *b = tw_scratch(run, x);

    TW_TRY(tw_run_check(run));
    for (int i = 0; i < n * n; i++)
        matrix[i] = d->ata[i] + (i % (n + 1) == 0) * rho;
    for (int i = 0; i < n; i++) {
        unit[i] = 1;
        dense_solve(n, matrix, unit, inverse + i * n);
        unit[i] = 0;
    }
    multiply(d->m, n, d->a, TRUE, y, b);
    tw_lin2(b, 1, b, rho, z);
    multiply(n, n, inverse, FALSE, b, x);
    return TW_OK;
}

static tw_status
values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    const dense *d = (const dense *) op;

    (void) run;
    for (int64_t i = 0; i < s->size; i++)
        s->data[i] = (float) d->s[i % d->n];
    return TW_OK;
}

static tw_status
to_v(const tw_operator *op, const tw_tensor *x, tw_tensor *v, tw_run *run)
{
    const dense *d = (const dense *) op;

    (void) run;
    multiply(d->n, d->n, d->v, FALSE, x, v);
    return TW_OK;
}

static tw_status
from_v(const tw_operator *op, const tw_tensor *v, tw_tensor *x, tw_run *run)
{
    const dense *d = (const dense *) op;

    (void) run;
    multiply(d->n, d->n, d->v, TRUE, v, x);
    return TW_OK;
}

/* U^T y = S^-1 V^T A^T y where S is not 0. */
static tw_status
to_u(const tw_operator *op, const tw_tensor *y, tw_tensor *u, tw_run *run)
{
    const dense *d = (const dense *) op;
    tw_tensor *x = tw_scratch(run, u);

    TW_TRY(tw_run_check(run));
    multiply(d->m, d->n, d->a, TRUE, y, x);
    multiply(d->n, d->n, d->v, FALSE, x, u);
    for (int64_t i = 0; i < u->size; i++) {
        const double s = d->s[i % d->n];

        u->data[i] = s > 0 ? (float) ((double) u->data[i] / s) : 0;
    }
    return TW_OK;
}

static void
destroy(tw_operator *op)
{
    g_free(op);
}

static const tw_operator_class klass = {
    .name = "dense",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_SPECTRAL,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .pinv = pinv,
    .values = values,
    .to_v = to_v,
    .from_v = from_v,
    .to_u = to_u,
    .free = destroy,
};

/* One rotation of Jacobi's method: makes e[p][q] zero. */
static void
rotate(int n, double *e, double *v, int p, int q)
{
    const double apq = e[p * n + q];
    const double angle = 0.5 * atan2(2 * apq, e[q * n + q] - e[p * n + p]);
    const double c = cos(angle), s = sin(angle);

    for (int k = 0; k < n; k++) {
        const double kp = e[k * n + p], kq = e[k * n + q];

        e[k * n + p] = c * kp - s * kq;
        e[k * n + q] = s * kp + c * kq;
    }
    for (int k = 0; k < n; k++) {
        const double pk = e[p * n + k], qk = e[q * n + k];
        const double vp = v[p * n + k], vq = v[q * n + k];

        e[p * n + k] = c * pk - s * qk;
        e[q * n + k] = s * pk + c * qk;
        v[p * n + k] = c * vp - s * vq;
        v[q * n + k] = s * vp + c * vq;
    }
}

/* Singular values and vectors: A^T A = V S^2 V^T, by sweeps of rotations. */
static void
decompose(dense *d)
{
    const int n = d->n;
    double e[DENSE_MAX * DENSE_MAX];

    memcpy(e, d->ata, sizeof e);
    for (int i = 0; i < n; i++)
        d->v[i * n + i] = 1;
    for (int sweep = 0; sweep < 12; sweep++)
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++)
                rotate(n, e, d->v, p, q);
    for (int i = 0; i < n; i++)
        d->s[i] = e[i * n + i] > 1e-12 ? sqrt(e[i * n + i]) : 0;
}

tw_operator *
dense_operator(int m, int n, const double *a)
{
    dense *d = g_new0(dense, 1);
    double aat[DENSE_MAX * DENSE_MAX] = { 0 }, unit[DENSE_MAX] = { 0 };
    double column[DENSE_MAX];

    g_assert_true(m <= n && n <= DENSE_MAX);
    d->base.klass = &klass;
    d->m = m;
    d->n = n;
    memcpy(d->a, a, sizeof(double) * (size_t) (m * n));
    for (int i = 0; i < m; i++)
        for (int j = 0; j < m; j++)
            for (int k = 0; k < n; k++)
                aat[i * m + j] += a[i * n + k] * a[j * n + k];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < m; k++)
                d->ata[i * n + j] += a[k * n + i] * a[k * n + j];

    /* A^+ = A^T (A A^T)^-1 */
    for (int j = 0; j < m; j++) {
        unit[j] = 1;
        dense_solve(m, aat, unit, column);
        unit[j] = 0;
        for (int i = 0; i < n; i++)
            for (int k = 0; k < m; k++)
                d->plus[i * m + j] += a[k * n + i] * column[k];
    }
    decompose(d);
    return &d->base;
}

void
dense_posterior(int m, int n, const double *a, const double *y, double v,
                const double *mean, const double *covariance,
                double *posterior_mean, double *posterior_covariance)
{
    double ac[DENSE_MAX * DENSE_MAX] = { 0 }, s[DENSE_MAX * DENSE_MAX] = { 0 };
    double r[DENSE_MAX], column[DENSE_MAX], weights[DENSE_MAX];

    for (int i = 0; i < m; i++) { /* A C,  A C A^T + v I,  y - A mean */
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++)
                ac[i * n + j] += a[i * n + k] * covariance[k * n + j];
        r[i] = y[i];
        for (int k = 0; k < n; k++)
            r[i] -= a[i * n + k] * mean[k];
    }
    for (int i = 0; i < m; i++)
        for (int j = 0; j < m; j++) {
            s[i * m + j] = i == j ? v : 0;
            for (int k = 0; k < n; k++)
                s[i * m + j] += ac[i * n + k] * a[j * n + k];
        }
    for (int j = 0; j < n; j++) { /* weights = (A C A^T + v I)^-1 A C e_j */
        for (int i = 0; i < m; i++)
            column[i] = ac[i * n + j];
        dense_solve(m, s, column, weights);
        posterior_mean[j] = mean[j];
        for (int i = 0; i < m; i++)
            posterior_mean[j] += weights[i] * r[i];
        for (int k = 0; k < n; k++) {
            posterior_covariance[k * n + j] = covariance[k * n + j];
            for (int i = 0; i < m; i++)
                posterior_covariance[k * n + j] -= ac[i * n + k] * weights[i];
        }
    }
}
