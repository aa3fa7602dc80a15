/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights of a 3x3 convolution, transformed for level-winograd.c. */

#include <math.h>
#include <string.h>

#include "core/parallel.h"
#include "kernels/kernels.h"

enum { PLANES = 36 };

size_t
tw_conv3x3_packed_bytes(int outputs, int inputs)
{
    return sizeof(float) * PLANES * (size_t) tw_padded_channels(outputs) *
           (size_t) tw_padded_channels(inputs);
}

/* One dimension of G g G^T: 3 weights, @step apart, to 6 products. The row of
 * point p is (1, p, p^2) / prod (p - q) over the other finite points q. */
static void
transform(const double *g, int step, double t[6])
{
    const double a = -1 / 1.5, b = 1 / 6.0;
    const double even_a = a * (g[0] + 0.5 * g[2 * step]);
    const double odd_a = a * M_SQRT1_2 * g[step];
    const double even_b = b * (g[0] + 2 * g[2 * step]);
    const double odd_b = b * M_SQRT2 * g[step];

    t[0] = g[0];
    t[1] = even_a + odd_a;
    t[2] = even_a - odd_a;
    t[3] = even_b + odd_b;
    t[4] = even_b - odd_b;
    t[5] = g[2 * step];
}

/* The 3x3 weights @g to 36 products, @stride apart. */
static void
transform_kernel(const double g[9], int64_t stride, float *packed)
{
    double half[3][6];

    for (int y = 0; y < 3; y++)
        transform(g + 3 * y, 1, half[y]);
    for (int x = 0; x < 6; x++) {
        double t[6];

        transform(&half[0][x], 6, t);
        for (int y = 0; y < 6; y++)
            packed[(6 * y + x) * stride] = (float) t[y];
    }
}

/* Kernel (@output, @input) of the convolution or of its adjoint; 0 where the
 * channels are padding. */
static void
kernel(const float *weights, int outputs, int inputs, bool transposed,
       int output, int input, double g[9])
{
    const int o = transposed ? input : output;
    const int i = transposed ? output : input;

    for (int k = 0; k < 9; k++)
        g[k] = o < outputs && i < inputs
                   ? (double) weights[((int64_t) o * inputs + i) * 9 +
                                      (transposed ? 8 - k : k)]
                   : 0;
}

/* (panel, plane, input, output in the panel) */
void
tw_conv3x3_pack(const tw_level *level, const float *weights, int outputs,
                int inputs, bool transposed, float *packed)
{
    const int out = tw_padded_channels(transposed ? inputs : outputs);
    const int in = tw_padded_channels(transposed ? outputs : inputs);

#pragma omp parallel for if ((int64_t) out * in > TW_SERIAL / PLANES)
    for (int input = 0; input < in; input++)
        for (int output = 0; output < out; output++) {
            const int first = output - output % level->panel;
            const int columns =
                out - first < level->panel ? out - first : level->panel;
            double g[9];

            kernel(weights, outputs, inputs, transposed, output, input, g);
            transform_kernel(g, (int64_t) in * columns,
                             packed + (int64_t) PLANES * in * first +
                                 (int64_t) input * columns + output - first);
        }
}
