/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise/network.h"

#include <math.h>

#include "noise/weights.h"

/* Features further from the usual than that, in standard deviations, say no more
 * than that they are far. */
static const double most_unusual = 4;

/* The last layer gives log(strength + offset), so that small differences between
 * next to nothing and nothing do not count. */
static const double offset = 0.5;

/* out = w in + b */
static void
layer(const float *w, const float *b, const double *in, int inputs, int outputs,
      double *out)
{
    for (int k = 0; k < outputs; k++) {
        double sum = (double) b[k];

        for (int i = 0; i < inputs; i++)
            sum += (double) w[i * outputs + k] * in[i];
        out[k] = sum;
    }
}

static void
squash(double *x, int count)
{
    for (int i = 0; i < count; i++)
        x[i] = tanh(x[i]);
}

static double
strength(double out)
{
    return fmax(exp(out) - offset, 0);
}

tw_noise_kinds
tw_noise_network(const float features[TW_BAND_FEATURES])
{
    double in[TW_BAND_FEATURES], a[TW_NOISE_FIRST], b[TW_NOISE_SECOND], out[3];

    for (int i = 0; i < TW_BAND_FEATURES; i++) {
        const double z = ((double) features[i] - (double) tw_noise_usual[i]) /
                         (double) tw_noise_spread[i];

        in[i] = fmin(fmax(z, -most_unusual), most_unusual);
    }
    layer(tw_noise_w1, tw_noise_b1, in, TW_BAND_FEATURES, TW_NOISE_FIRST, a);
    squash(a, TW_NOISE_FIRST);
    layer(tw_noise_w2, tw_noise_b2, a, TW_NOISE_FIRST, TW_NOISE_SECOND, b);
    squash(b, TW_NOISE_SECOND);
    layer(tw_noise_w3, tw_noise_b3, b, TW_NOISE_SECOND, 3, out);
    return (tw_noise_kinds) {
        .fine = strength(out[0]),
        .coarse = strength(out[1]),
        .color = strength(out[2]),
    };
}
