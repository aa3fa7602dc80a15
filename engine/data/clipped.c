/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Data that were cut at the ends of their range: a censored regression (Tobin
 * 1958, "Estimation of relationships for limited dependent variables"), solved
 * by expectation maximization (Dempster, Laird and Rubin 1977).
 */

#include <math.h>

#include "core/parallel.h"
#include "data/data.h"

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

static const tw_data_class clipped = { "clipped", complete, loss };

tw_data_clipped
tw_data_clip(tw_data of, const tw_operator *op, const tw_tensor *y,
             const tw_tensor *weights, double low, double high)
{
    of.klass = &clipped;
    return (tw_data_clipped) { of, op, y, weights, low, high };
}
