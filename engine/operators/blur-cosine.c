/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blur with mirrored borders by a kernel that is its own mirror image: diagonal
 * in the cosine transform C (DCT-II), A = C^T L C (methods 7, "symmetric pad").
 *
 * Spectral form: V = C^T, S = |L|, U^T y = sign(L) C y.
 */

#include <math.h>
#include <stdlib.h>

#include "core/fft.h"
#include "core/parallel.h"
#include "operators/blur.h"

typedef struct cosine {
    tw_operator base;
    tw_fft *fft;
    int64_t height, width;
    float *l; /* eigenvalues */
    double weakest;
} cosine;

typedef enum gain {
    GAIN_FORWARD, /* L */
    GAIN_INVERSE, /* 1 / L, or 0 where L is weak */
    GAIN_SIGN     /* L / |L|, or 0 where L is weak */
} gain;

static tw_shape
y_shape(const tw_operator *op, tw_shape x)
{
    (void) op;
    return x;
}

static float
gain_at(const cosine *b, gain kind, float l)
{
    if (kind == GAIN_FORWARD)
        return l;
    if (fabs((double) l) < b->weakest)
        return 0;
    return kind == GAIN_INVERSE ? 1 / l : copysignf(1, l);
}

static void
multiply(const cosine *b, gain kind, tw_tensor *x)
{
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t i = 0; i < x->size; i++)
        x->data[i] *= gain_at(b, kind, b->l[i]);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const cosine *b = (const cosine *) op;

    (void) run;
    tw_copy(y, x);
    tw_dct_forward(b->fft, y->data);
    multiply(b, GAIN_FORWARD, y);
    tw_dct_inverse(b->fft, y->data);
    return TW_OK;
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        tw_tensor *x, tw_run *run)
{
    (void) at;
    return forward(op, y, x, run);
}

/* x = C^T (L C y + rho C z) / (L^2 + rho) */
static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    const cosine *b = (const cosine *) op;
    const float r = (float) rho;
    tw_tensor *cy = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    tw_copy(cy, y);
    tw_dct_forward(b->fft, cy->data);
    tw_copy(x, z);
    tw_dct_forward(b->fft, x->data);
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t i = 0; i < x->size; i++) {
        const float l = b->l[i];

        x->data[i] = (l * cy->data[i] + r * x->data[i]) / (l * l + r);
    }
    tw_dct_inverse(b->fft, x->data);
    return TW_OK;
}

static tw_status
pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    const cosine *b = (const cosine *) op;

    (void) run;
    tw_copy(x, y);
    tw_dct_forward(b->fft, x->data);
    multiply(b, GAIN_INVERSE, x);
    tw_dct_inverse(b->fft, x->data);
    return TW_OK;
}

static tw_status
values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    const cosine *b = (const cosine *) op;

    (void) run;
    for (int64_t i = 0; i < s->size; i++) {
        const float l = fabsf(b->l[i]);

        s->data[i] = (double) l < b->weakest ? 0 : l;
    }
    return TW_OK;
}

static tw_status
to_v(const tw_operator *op, const tw_tensor *x, tw_tensor *v, tw_run *run)
{
    (void) run;
    tw_copy(v, x);
    tw_dct_forward(((const cosine *) op)->fft, v->data);
    return TW_OK;
}

static tw_status
from_v(const tw_operator *op, const tw_tensor *v, tw_tensor *x, tw_run *run)
{
    (void) run;
    tw_copy(x, v);
    tw_dct_inverse(((const cosine *) op)->fft, x->data);
    return TW_OK;
}

static tw_status
to_u(const tw_operator *op, const tw_tensor *y, tw_tensor *u, tw_run *run)
{
    TW_TRY(to_v(op, y, u, run));
    multiply((const cosine *) op, GAIN_SIGN, u);
    return TW_OK;
}

static size_t
bytes_of(const tw_operator *op, tw_shape x)
{
    (void) op;
    return tw_scratch_size(tw_shape_size(x));
}

static void
destroy(tw_operator *op)
{
    cosine *b = (cosine *) op;

    tw_fft_free(b->fft);
    free(b->l);
    free(b);
}

/* L(i, j) = sum k(y, x) cos(pi y i / H) cos(pi x j / W), over rows first:
 * @line holds sum_x k(y, x) cos(pi x j / W) for one y and all j. */
static void
eigenvalues(cosine *b, const tw_psf *psf, double *line)
{
    const int64_t h = b->height, w = b->width;
    const int ry = psf->height / 2, rx = psf->width / 2;

    for (int y = 0; y <= ry; y++) {
        const float *row = psf->data + (y + ry) * psf->width + rx;
        const double twice = y ? 2 : 1;

#pragma omp parallel for if (w * rx > TW_SERIAL)
        for (int64_t j = 0; j < w; j++) {
            line[j] = (double) row[0];
            for (int x = 1; x <= rx; x++)
                line[j] += 2 * (double) row[x] *
                           cos(M_PI * (double) (x * j) / (double) w);
        }
#pragma omp parallel for if (h * w > TW_SERIAL)
        for (int64_t i = 0; i < h; i++) {
            const double c = twice * cos(M_PI * (double) (y * i) / (double) h);

            for (int64_t j = 0; j < w; j++)
                b->l[i * w + j] += (float) (c * line[j]);
        }
    }
}

static const tw_operator_class klass = {
    .name = "blur",
    .flags = TW_OPERATOR_LINEAR | TW_OPERATOR_SPECTRAL | TW_OPERATOR_PLANES,
    .y_shape = y_shape,
    .forward = forward,
    .adjoint = adjoint,
    .prox = prox,
    .pinv = pinv,
    .values = values,
    .to_v = to_v,
    .from_v = from_v,
    .to_u = to_u,
    .bytes = bytes_of,
    .free = destroy,
};

tw_operator *
tw_blur_cosine(const tw_psf *psf, int64_t height, int64_t width)
{
    cosine *b = calloc(1, sizeof *b);
    double *line = malloc((size_t) width * sizeof *line);

    if (!b || !line) {
        free(b);
        free(line);
        return NULL;
    }
    b->base.klass = &klass;
    b->height = height;
    b->width = width;
    b->weakest = TW_BLUR_WEAKEST; /* the largest is 1: the kernel's sum */
    b->fft = tw_fft_new(height, width);
    b->l = calloc((size_t) (height * width), sizeof *b->l);
    if (b->fft && b->l) {
        eigenvalues(b, psf, line);
    } else {
        destroy(&b->base);
        b = NULL;
    }
    free(line);
    return b ? &b->base : NULL;
}
