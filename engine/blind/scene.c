/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blind/scene.h"

#include <complex.h>
#include <math.h>

#include "core/sizing.h"

enum {
    ROWS = TW_WINDOW,
    COLUMNS = TW_WINDOW / 2 + 1,
    WIDE = COLUMNS + 2, /* one more at each side, for the window's smear */
    TERMS = TW_SCENE_EDGES,
    ROUNDS = 14
};

/* Frequencies that count, in cycles per pixel: not the mean, whose power leaks,
 * and not the corners, which the slope does not hold for. */
static const double lowest = 2.4 / TW_WINDOW, highest = 0.5;

/* Where the slope and the curve of ln S are 0. */
static const double middle = 0.15;

/* The curve is kept small: a blur curves the power just so. */
static const double stiffness = 40;

enum { CURVE = 4 };

/* What is fitted. */
typedef struct fit {
    const tw_scene *scene;
    double transfer[ROWS * COLUMNS]; /* |H|^2 */
    double beta[TERMS];
} fit;

static double
frequency(int index)
{
    return (index < ROWS / 2 ? index : index - ROWS) / (double) TW_WINDOW;
}

/* H(s f) along row @row for all columns, from -1 on: the kernel's positions are
 * multiplied by @scale instead of f. */
static void
transform_row(const tw_psf *psf, double scale, int row, double *out)
{
    const int down = psf->height / 2, across = psf->width / 2;
    const double turn = -2 * M_PI * scale;
    double complex sums[TW_PSF_MAX];

    for (int u = 0; u < psf->width; u++)
        sums[u] = 0;
    for (int v = 0; v < psf->height; v++) {
        const double complex phase =
            cexp(CMPLX(0, turn * frequency(row) * (v - down)));

        for (int u = 0; u < psf->width; u++)
            sums[u] += (double) psf->data[v * psf->width + u] * phase;
    }
    for (int c = 0; c < WIDE; c++) {
        const double angle = turn * (c - 1) / TW_WINDOW;
        const double complex step = cexp(CMPLX(0, angle));
        double complex phase = cexp(CMPLX(0, -angle * across)), h = 0;

        for (int u = 0; u < psf->width; u++, phase *= step)
            h += sums[u] * phase;
        out[c] = creal(h * conj(h));
    }
}

/* |H|^2 as a window shows it: smeared by the window's own power, 1/6 2/3 1/6 in
 * each direction. */
static void
find_transfer(const tw_psf *psf, double scale, double *out)
{
    double wide[ROWS * WIDE];

    for (int r = 0; r < ROWS; r++)
        transform_row(psf, scale, r, wide + r * WIDE);
    for (int r = 0; r < ROWS; r++) {
        const double *at = wide + r * WIDE;
        const double *above = wide + (r + ROWS - 1) % ROWS * WIDE;
        const double *below = wide + (r + 1) % ROWS * WIDE;

        for (int c = 0; c < COLUMNS; c++) {
            double columns[3];

            for (int k = 0; k < 3; k++)
                columns[k] =
                    2 * at[c + k] / 3 + (above[c + k] + below[c + k]) / 6;
            out[r * COLUMNS + c] =
                2 * columns[1] / 3 + (columns[0] + columns[2]) / 6;
        }
    }
}

tw_status
tw_scene_init(tw_scene *scene, const tw_spectrum *spectrum, int count,
              tw_run *run)
{
    double *terms =
        tw_scratch_bytes(run, ROWS * COLUMNS * TERMS * sizeof *terms);

    *scene = (tw_scene) { spectrum, terms, count };
    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run))
        return TW_OK;
    for (int i = 0; i < ROWS * COLUMNS; i++, terms += TERMS) {
        const double y = frequency(i / COLUMNS);
        const double x = i % COLUMNS / (double) TW_WINDOW;
        const double radius = hypot(y, x), angle = 2 * atan2(y, x);
        const double slope = radius > 0 ? log(radius / middle) : 0;

        terms[0] = radius > lowest && radius < highest;
        terms[1] = slope;
        for (int k = 0; k < 3; k++) {
            double *pair = terms + (k == 0 ? 2 : 3 + 2 * k);

            pair[0] = cos((k + 1) * angle);
            pair[1] = sin((k + 1) * angle);
        }
        terms[CURVE] = slope * slope - 0.5;
    }
    return TW_OK;
}

/* The power of the scene. */
static double
power_of(const fit *f, const double *terms)
{
    double sum = 0;

    for (int i = 0; i < f->scene->count; i++)
        sum += f->beta[i] * terms[i];
    return exp(fmin(fmax(sum, -15), 25));
}

/* A column stands for its mirror, too. */
static double
weight_of(int column)
{
    return column == 0 || column == COLUMNS - 1 ? 1 : 2;
}

/* Solves a x = b by elimination, positive definite @a; x in @b. */
static void
solve(double a[TERMS][TERMS], double *b, int count)
{
    for (int k = 0; k < count; k++)
        for (int i = k + 1; i < count; i++) {
            const double q = a[i][k] / a[k][k];

            for (int j = k; j < count; j++)
                a[i][j] -= q * a[k][j];
            b[i] -= q * b[k];
        }
    for (int k = count - 1; k >= 0; k--) {
        for (int j = k + 1; j < count; j++)
            b[k] -= a[k][j] * b[j];
        b[k] /= a[k][k];
    }
}

/* One step of Fisher's scoring; the largest change of a term. */
static double
improve(fit *f)
{
    const tw_spectrum *s = f->scene->spectrum;
    const int count = f->scene->count;
    double a[TERMS][TERMS] = { 0 }, b[TERMS] = { 0 };

    for (int i = 0; i < ROWS * COLUMNS; i++) {
        const double *terms = f->scene->terms + TERMS * i;

        if (terms[0] == 0)
            continue;
        const double signal = f->transfer[i] * power_of(f, terms);
        const double mean = signal + 1, slope = signal / mean;
        const double weight = weight_of(i % COLUMNS) * s->windows;

        for (int k = 0; k < count; k++) {
            b[k] += weight * slope * terms[k] * (s->power[i] / mean - 1);
            for (int j = 0; j < count; j++)
                a[k][j] += weight * slope * slope * terms[k] * terms[j];
        }
    }
    a[CURVE][CURVE] += stiffness;
    b[CURVE] -= stiffness * f->beta[CURVE];
    for (int k = 0; k < count; k++)
        a[k][k] += 1e-6;
    solve(a, b, count);
    double most = 0;

    for (int k = 0; k < count; k++) {
        f->beta[k] += fmin(fmax(b[k], -1.5), 1.5);
        most = fmax(most, fabs(b[k]));
    }
    return most;
}

static double
likelihood(const fit *f)
{
    double sum = 0, weights = 0;

    for (int i = 0; i < ROWS * COLUMNS; i++) {
        const double *terms = f->scene->terms + TERMS * i;

        if (terms[0] == 0)
            continue;
        const double mean = f->transfer[i] * power_of(f, terms) + 1;
        const double weight = weight_of(i % COLUMNS);

        sum -= weight * (f->scene->spectrum->power[i] / mean + log(mean));
        weights += weight;
    }
    return sum / weights;
}

double
tw_scene_likelihood(const tw_scene *scene, const tw_psf *psf, double scale)
{
    fit f = { .scene = scene, .beta = { 0, -2 } };
    double sum = 0, weights = 0;

    find_transfer(psf, scale, f.transfer);
    for (int i = 0; i < ROWS * COLUMNS; i++)
        if (scene->terms[TERMS * i] > 0) {
            sum += weight_of(i % COLUMNS) * scene->spectrum->power[i];
            weights += weight_of(i % COLUMNS);
        }
    f.beta[0] = log(fmax(sum / weights - 1, 0.1));
    int round = 0;

    while (round < ROUNDS && improve(&f) > 1e-3)
        round++;
    return likelihood(&f);
}

double
tw_scene_signal(const tw_scene *scene)
{
    double sum = 0, weights = 0;

    for (int i = 0; i < ROWS * COLUMNS; i++)
        if (scene->terms[TERMS * i] > 0) {
            sum += scene->spectrum->power[i] > 2 ? weight_of(i % COLUMNS) : 0;
            weights += weight_of(i % COLUMNS);
        }
    return sum / weights;
}
