/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prox of JPEG's operator around nothing: each unit is solved by itself, for the
 * multipliers of its coefficients (jpeg.c). */

#include "core/parallel.h"
#include "operators/jpeg-private.h"

/* More iterations for units that reach beyond the picture: repeated pixels mix the
 * coefficients, and weights then count. */
enum { EDGE_ITERATIONS = 300 };

/* What one unit is solved in. */
typedef struct work {
    float pixels[TW_UNIT_PIXELS];
    float b[TW_UNIT_VALUES], t[TW_UNIT_VALUES], p[TW_UNIT_VALUES];
    float q[TW_UNIT_VALUES], w[TW_UNIT_VALUES], d[TW_UNIT_VALUES];
    float weighted[TW_UNIT_VALUES];
} work;

/* k->pixels = A^T W v */
static void
unit_back(const tw_unit *u, const float *v, work *k)
{
    for (int i = 0; i < u->values; i++)
        k->weighted[i] = k->w[i] * v[i];
    tw_unit_adjoint(u, k->weighted, k->pixels);
}

/* Pixels beyond the picture are the nearest ones inside: adds what is there to
 * those and repeats them, P P^T of the unit's pixels. */
static void
wrap(const tw_unit *u, float *pixels)
{
    const int64_t h = u->jpeg->height, w = u->jpeg->width;
    float folded[TW_UNIT_PIXELS] = { 0 };

    if (u->inside)
        return;
    for (int pass = 0; pass < 2; pass++)
        for (int n = 0; n < 3 * u->height * u->width; n++) {
            const int i = n % u->width, r = n / u->width % u->height;
            const int64_t y = u->top + r, x = u->left + i;
            const int64_t inside_y = y < 0 ? 0 : y < h ? y : h - 1;
            const int64_t inside_x = x < 0 ? 0 : x < w ? x : w - 1;
            const int64_t to = n + (inside_y - y) * u->width + (inside_x - x);

            if (pass == 0)
                folded[to] += pixels[n];
            else
                pixels[n] = folded[to];
        }
}

static double
dot(int n, const float *a, const float *b)
{
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += (double) a[i] * (double) b[i];
    return sum;
}

/* t = (W A A^T W + rho)^-1 b by conjugate gradients; b becomes the residual. */
static void
unit_multipliers(const tw_unit *u, double rho, work *k)
{
    const int n = u->values;
    const int most = u->inside ? TW_JPEG_ITERATIONS : EDGE_ITERATIONS;
    const double least =
        tw_jpeg_tolerance * tw_jpeg_tolerance * dot(n, k->b, k->b);
    double rs = 0;

    for (int i = 0; i < n; i++) {
        k->t[i] = 0;
        k->p[i] = k->b[i] / k->d[i];
        rs += (double) k->p[i] * (double) k->b[i];
    }
    for (int step = 0; step < most && dot(n, k->b, k->b) > least; step++) {
        unit_back(u, k->p, k);
        wrap(u, k->pixels);
        tw_unit_forward(u, k->pixels, k->q);
        for (int i = 0; i < n; i++)
            k->q[i] = k->w[i] * k->q[i] + (float) rho * k->p[i];
        const double pq = dot(n, k->p, k->q), old = rs;

        if (!(rs > 0) || !(pq > 0)) /* solved as far as rounding lets it */
            return;
        rs = 0;
        for (int i = 0; i < n; i++) {
            k->t[i] += (float) (old / pq) * k->p[i];
            k->b[i] -= (float) (old / pq) * k->q[i];
            rs += (double) (k->b[i] / k->d[i]) * (double) k->b[i];
        }
        for (int i = 0; i < n; i++)
            k->p[i] = k->b[i] / k->d[i] + (float) (rs / old) * k->p[i];
    }
}

static void
unit_prox(const tw_jpeg_operator *j, const tw_unit *u, const float *y,
          const float *z, double rho, work *k, float *x)
{
    const int pixels = 3 * u->height * u->width;
    float before[TW_UNIT_PIXELS] = { 0 };

    tw_jpeg_unit_weights(j, u, rho, k->w, k->d);
    tw_unit_gather(u, y, k->b);
    if (z) {
        tw_unit_get(u, z, before);
        tw_unit_forward(u, before, k->q);
        for (int i = 0; i < u->values; i++)
            k->b[i] -= k->w[i] * k->q[i];
    }
    unit_multipliers(u, rho, k);
    unit_back(u, k->t, k);
    wrap(u, k->pixels);
    for (int i = 0; i < pixels; i++)
        k->pixels[i] += before[i];
    tw_unit_put(u, k->pixels, x);
}

void
tw_jpeg_prox_alone(const tw_jpeg_operator *j, const float *y, const float *z,
                   double rho, float *x)
{
    const int64_t count = tw_unit_count(j->jpeg);

#pragma omp parallel for if (j->jpeg->height * j->jpeg->width > TW_SERIAL)
    for (int64_t i = 0; i < count; i++) {
        const tw_unit u = tw_unit_at(j->jpeg, i);
        work k;

        unit_prox(j, &u, y, z, rho, &k, x);
    }
}
