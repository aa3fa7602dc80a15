/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"
#include "priors/gaussian.h"

typedef struct gaussian {
    tw_prior base;
    int n;
    double *mean, *covariance; /* covariance and mean share one block */
} gaussian;

/* What the pull needs again. */
typedef struct record {
    const gaussian *prior;
    double sigma;
} record;

/* l = the lower Cholesky factor of C + sigma^2 I. */
static void
factor(const gaussian *g, double sigma, double *l)
{
    const int n = g->n;

    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double sum = g->covariance[i * n + j] + (i == j) * sigma * sigma;

            for (int k = 0; k < j; k++)
                sum -= l[i * n + k] * l[j * n + k];
            l[i * n + j] = i == j ? sqrt(sum) : sum / l[j * n + j];
        }
}

/* out = shift + C (L L^T)^-1 (in - shift), @shift NULL: zeros. */
static void
shrink(const gaussian *g, const double *l, const double *shift, const float *in,
       float *out)
{
    const int n = g->n;
    double t[TW_GAUSSIAN_MAX];

    for (int i = 0; i < n; i++) {
        t[i] = (double) in[i] - (shift ? shift[i] : 0);
        for (int k = 0; k < i; k++)
            t[i] -= l[i * n + k] * t[k];
        t[i] /= l[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++)
            t[i] -= l[k * n + i] * t[k];
        t[i] /= l[i * n + i];
    }
    for (int i = 0; i < n; i++) {
        double sum = shift ? shift[i] : 0;

        for (int k = 0; k < n; k++)
            sum += g->covariance[i * n + k] * t[k];
        out[i] = (float) sum;
    }
}

static tw_status
shrink_all(const gaussian *g, double sigma, const double *shift,
           const tw_tensor *in, tw_tensor *out, tw_run *run)
{
    const int n = g->n;
    double *l = tw_scratch_bytes(run, sizeof(double) * (size_t) n * (size_t) n);

    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    factor(g, sigma, l);
#pragma omp parallel for if (in->size * n > TW_SERIAL)
    for (int64_t i = 0; i < in->size; i += n)
        shrink(g, l, shift, in->data + i, out->data + i);
    return TW_OK;
}

/* The Jacobian C (C + sigma^2 I)^-1 is symmetric. */
static tw_status
pull(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const record *r = saved;

    return shrink_all(r->prior, r->sigma, NULL, v, g, run);
}

static tw_status
denoise(const tw_prior *prior, const tw_tensor *x, double sigma, tw_tensor *x0,
        tw_tape *tape, tw_run *run)
{
    const gaussian *g = (const gaussian *) prior;

    if (tw_shape_size(x->shape) % g->n)
        return tw_fail(tw_run_error(run), TW_ERR_ARGUMENT,
                       _("The picture is not made of vectors of %d values: "
                         "choose another model"),
                       g->n);
    TW_TRY(shrink_all(g, sigma, g->mean, x, x0, run));
    if (!tape)
        return TW_OK;
    record *r = tw_tape_bytes(tape, sizeof *r);

    TW_TRY(tw_run_check(run));
    *r = (record) { g, sigma };
    return tw_tape_record(tape, pull, r, x->shape, x->shape);
}

static double
work(const tw_prior *prior, tw_shape x)
{
    return 2.0 * ((const gaussian *) prior)->n * (double) tw_shape_size(x);
}

static void
destroy(tw_prior *prior)
{
    gaussian *g = (gaussian *) prior;

    free(g->covariance);
    free(g);
}

static const tw_prior_class klass = {
    .name = "gaussian",
    .denoise = denoise,
    .work = work,
    .free = destroy,
};

tw_prior *
tw_prior_gaussian(int n, const double *mean, const double *covariance)
{
    const size_t row = (size_t) n * sizeof(double), all = row * (size_t) n;
    double trace = 0;

    if (n < 1 || n > TW_GAUSSIAN_MAX)
        return NULL;
    gaussian *g = calloc(1, sizeof *g);

    if (g)
        g->covariance = malloc(all + row);
    if (!g || !g->covariance) {
        free(g);
        return NULL;
    }
    g->n = n;
    g->mean = g->covariance + (size_t) n * (size_t) n;
    memcpy(g->covariance, covariance, all);
    memcpy(g->mean, mean, row);
    for (int i = 0; i < n; i++)
        trace += covariance[i * n + i];
    g->base = (tw_prior) { .klass = &klass,
                           .sigma_max = HUGE_VAL,
                           .sigma_data = sqrt(trace / n) };
    return &g->base;
}
