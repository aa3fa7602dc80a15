/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sample i of the output lies at (i + 1/2) ratio in the input, whose sample j
 * fills j to j + 1. Weights that would fall outside are left out and the others
 * divided by their sum, which is what PIL and ImageMagick do.
 */

#include "operators/filter.h"

#include <math.h>

/* One filter: how far it reaches, and the weight of the sample whose middle is
 * @x away; both in input samples. */
typedef struct kernel {
    double ratio, sigma, reach;
    double (*weight)(const struct kernel *k, double x);
} kernel;

/* What the interval of one ratio has of a sample: the area average. */
static double
box(const kernel *k, double x)
{
    const double low = fmax(x - 0.5, -k->ratio / 2);
    const double high = fmin(x + 0.5, k->ratio / 2);

    return fmax(high - low, 0);
}

/* The mean with its neighbors, less the farther they are. */
static double
triangle(const kernel *k, double x)
{
    return fmax(1 - fabs(x) / k->ratio, 0);
}

/* The family of piecewise cubics with two parameters of Mitchell and Netravali
 * 1988, "Reconstruction filters in computer graphics", eq. 8; times 6. */
static double
cubic(double b, double c, double t)
{
    if (t < 1)
        return ((12 - 9 * b - 6 * c) * t - 18 + 12 * b + 6 * c) * t * t + 6 -
               2 * b;
    if (t < 2)
        return ((-(b + 6 * c) * t + 6 * b + 30 * c) * t - 12 * b - 48 * c) * t +
               8 * b + 24 * c;
    return 0;
}

/* Keys 1981, "Cubic convolution interpolation for digital image processing",
 * a = -1/2, as wide as the output's samples. */
static double
bicubic(const kernel *k, double x)
{
    return cubic(0, 0.5, fabs(x) / k->ratio);
}

/* The same with a = -3/4, as wide as the input's samples: what OpenCV and
 * PyTorch do, and browsers did. */
static double
bicubic_plain(const kernel *k, double x)
{
    (void) k;
    return cubic(0, 0.75, fabs(x));
}

/* What the paper recommends. */
static double
mitchell(const kernel *k, double x)
{
    return cubic(1 / 3.0, 1 / 3.0, fabs(x) / k->ratio);
}

/* Three lobes: sinc(t) sinc(t / 3), Duchon 1979, "Lanczos filtering in one and
 * two dimensions". */
static double
lanczos(const kernel *k, double x)
{
    const double t = M_PI * fabs(x) / k->ratio;

    if (t < 1e-9)
        return 1;
    return t < 3 * M_PI ? 3 * sin(t) * sin(t / 3) / (t * t) : 0;
}

static double
gaussian(const kernel *k, double x)
{
    const double t = x / k->sigma;

    return exp(-t * t / 2);
}

static kernel
kernel_of(tw_filter filter, double sigma, double ratio)
{
    /* So narrow that only the nearest samples have any weight, and yet wide
     * enough that the sum of weights is not 0. */
    const double s = fmax(sigma * ratio, 0.05);

    switch (filter) {
    case TW_FILTER_TRIANGLE:
        return (kernel) { ratio, 0, ratio, triangle };
    case TW_FILTER_BICUBIC:
        return (kernel) { ratio, 0, 2 * ratio, bicubic };
    case TW_FILTER_BICUBIC_PLAIN:
        return (kernel) { ratio, 0, 2, bicubic_plain };
    case TW_FILTER_MITCHELL:
        return (kernel) { ratio, 0, 2 * ratio, mitchell };
    case TW_FILTER_LANCZOS:
        return (kernel) { ratio, 0, 3 * ratio, lanczos };
    case TW_FILTER_GAUSSIAN:
        return (kernel) { ratio, s, 4 * s, gaussian };
    case TW_FILTER_BOX:
        break;
    }
    return (kernel) { ratio, 0, ratio / 2 + 0.5, box };
}

static void
fill_row(tw_banded *m, const kernel *k, int64_t row)
{
    const double middle = ((double) row + 0.5) * k->ratio;
    float *value = m->value + row * m->band;
    int64_t start = (int64_t) floor(middle - k->reach + 0.5);
    double sum = 0;

    start = start < 0 ? 0 : start;
    start = start < m->columns - m->band ? start : m->columns - m->band;
    m->start[row] = start;
    for (int64_t i = 0; i < m->band; i++)
        sum += k->weight(k, (double) (start + i) + 0.5 - middle);
    for (int64_t i = 0; i < m->band; i++)
        value[i] =
            (float) (k->weight(k, (double) (start + i) + 0.5 - middle) / sum);
}

bool
tw_filter_matrix(tw_banded *m, tw_filter filter, double sigma, int64_t size,
                 int64_t out_size)
{
    const kernel k =
        kernel_of(filter, sigma, (double) size / (double) out_size);
    const int64_t most = (int64_t) ceil(2 * k.reach) + 1;

    if (!tw_banded_init(m, out_size, size, most < size ? most : size))
        return false;
    for (int64_t row = 0; row < out_size; row++)
        fill_row(m, &k, row);
    return true;
}
