/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Data that were cut at the ends of their range: a censored regression (Tobin
 * 1958, "Estimation of relationships for limited dependent variables"), solved
 * by expectation maximization (Dempster, Laird and Rubin 1977).
 */

#include <math.h>

#include "core/parallel.h"
#include "core/sizing.h"
#include "data/data.h"
#include "operators/operators.h"

/* phi(z) / Phi(z), the inverse of Mills' ratio, of the standard normal density
 * and distribution. Far below 0 both vanish, and its series is taken. */
static double
hazard(double z)
{
    static const double density = 0.3989422804014327; /* 1 / sqrt(2 pi) */

    if (z < -20)
        return -z - 1 / z;
    return 2 * density * exp(-z * z / 2) / erfc(-z / sqrt(2));
}

/* log Phi(z) */
static double
log_normal(double z)
{
    static const double half_log_2_pi = 0.9189385332046727;

    if (z < -20)
        return -z * z / 2 - log(-z) - half_log_2_pi;
    return log(erfc(-z / sqrt(2)) / 2);
}

/* The deviation of one value of y before weights. */
static double
deviation(const tw_data_clipped *d, int64_t i)
{
    const double noise = sqrt(tw_data_variance(&d->base));

    return d->weights ? noise / (double) d->weights->data[i] : noise;
}

/* E[v | v < low] or E[v | v > high] for v = @a + n, or what was measured. */
static tw_status
complete(const tw_data *data, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    const tw_data_clipped *d = (const tw_data_clipped *) data;

    TW_TRY(tw_forward(d->op, x, y, run));
#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++) {
        const double s = deviation(d, i), a = (double) y->data[i];
        double v = (double) d->y->data[i];

        if (v <= d->low)
            v = a - s * hazard((d->low - a) / s);
        else if (v >= d->high)
            v = a + s * hazard((a - d->high) / s);
        y->data[i] =
            (float) (d->weights ? v * (double) d->weights->data[i] : v);
    }
    return tw_run_poll(run);
}

/* --- lights --- */

/* A light is far brighter than white; blurred, it leaves a white spot whose rim is
 * above all that a white one can explain, and a fit to it rings. What the estimate
 * misses by more than this, and by so many deviations, is then left out. Motion of
 * 15 pixels, noise 1 %, 25 lights of 6 times white on two photographs: 21.8 and
 * 18.8 dB with them, 28.8 and 24.7 dB with 0.2, 35.3 and 28.8 with 0.1, 36.0 and
 * 30.2 with 0.05; photographs with a tenth of their pixels white, without lights,
 * stay within 0.03 dB. */
static const double missed = 0.05, deviations = 2.5;

/* Is there white within d->lights pixels of value @i? */
static bool
near_white(const tw_data_clipped *d, int64_t i)
{
    const int64_t h = d->y->shape.dim[2], w = d->y->shape.dim[3];
    const int64_t row = i % (h * w) / w, column = i % w;
    const float *plane = d->y->data + (i - row * w - column);

    for (int64_t r = row - d->lights; r <= row + d->lights; r++)
        for (int64_t c = column - d->lights; c <= column + d->lights; c++)
            if (r >= 0 && r < h && c >= 0 && c < w &&
                (double) plane[r * w + c] >= d->high)
                return true;
    return false;
}

/* @weights: 0 for the values of lights, given a = A(z), else those of the data.
 * Returns how many there are. */
static int64_t
leave_out(const tw_data_clipped *d, const tw_tensor *a, tw_tensor *weights)
{
    int64_t count = 0;

#pragma omp parallel for reduction(+ : count) if (a->size > TW_SERIAL)
    for (int64_t i = 0; i < a->size; i++) {
        const double over = (double) d->y->data[i] - (double) a->data[i];
        const bool light = over > missed &&
                           over > deviations * deviation(d, i) &&
                           near_white(d, i);

        weights->data[i] = light ? 0 : d->weights ? d->weights->data[i] : 1;
        count += light;
    }
    return count;
}

/* The fit without lights. */
static tw_status
fit_rest(const tw_data_clipped *d, const tw_tensor *weights, tw_tensor *y,
         const tw_tensor *z, double rho, tw_tensor *x, tw_run *run)
{
#pragma omp parallel for if (y->size > TW_SERIAL)
    for (int64_t i = 0; i < y->size; i++)
        if (weights->data[i] == 0)
            y->data[i] = 0;
    return tw_weighted_prox(d->op, weights, y, z, rho, x, run);
}

static tw_status
prox(const tw_data *data, const tw_tensor *z, double rho, tw_tensor *x,
     tw_run *run)
{
    const tw_data_clipped *d = (const tw_data_clipped *) data;
    tw_tensor *y = tw_scratch(run, data->y);

    TW_TRY(tw_run_check(run));
    TW_TRY(complete(data, z, y, run));
    if (d->lights > 0 && (d->op->klass->flags & TW_OPERATOR_LINEAR)) {
        const size_t mark = tw_run_mark(run);
        tw_tensor *a = tw_scratch(run, data->y), *w = tw_scratch(run, data->y);

        TW_TRY(tw_run_check(run));
        TW_TRY(tw_forward(d->op, z, a, run));
        if (leave_out(d, a, w) > 0)
            return fit_rest(d, w, y, z, rho, x, run);
        if (tw_run_is_sizing(run)) /* either may come */
            TW_TRY(fit_rest(d, w, y, z, rho, x, run));
        tw_run_release(run, mark);
    }
    return tw_prox(data->op, y, z, rho, x, run);
}

static double
loss(const tw_data *data, const tw_tensor *a, const tw_tensor *r)
{
    const tw_data_clipped *d = (const tw_data_clipped *) data;
    const double variance = tw_data_variance(data), s = sqrt(variance);
    double sum = 0;

    for (int64_t i = 0; i < r->size; i++) {
        const double w = d->weights ? (double) d->weights->data[i] : 1;
        const double v = (double) d->y->data[i];

        if (v <= d->low)
            sum -= log_normal((w * d->low - (double) a->data[i]) / s);
        else if (v >= d->high)
            sum -= log_normal(((double) a->data[i] - w * d->high) / s);
        else
            sum += (double) r->data[i] * (double) r->data[i] / (2 * variance);
    }
    return sum;
}

static const tw_data_class clipped = { "clipped", complete, loss, prox };

tw_data_clipped
tw_data_clip(tw_data of, const tw_operator *op, const tw_tensor *y,
             const tw_tensor *weights, double low, double high, int lights)
{
    of.klass = &clipped;
    return (tw_data_clipped) { of, op, y, weights, low, high, lights };
}
