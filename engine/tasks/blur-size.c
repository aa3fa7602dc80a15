/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/blur-size.h"

#include <complex.h>
#include <math.h>

#include "core/sizing.h"

enum {
    ROWS = TW_WINDOW,
    COLUMNS = TW_WINDOW / 2 + 1,
    WIDE = COLUMNS + 2, /* one more at each side, for the window's smear */
    TERMS = 5,          /* of ln S: constant, slope, two of direction, curve */
    ROUNDS = 14
};

/* Frequencies that count, in cycles per pixel: not the mean, whose power leaks,
 * and not the corners, which the slope does not hold for. */
static const double lowest = 2.4 / TW_WINDOW, highest = 0.5;

/* Where the slope and the curve of ln S are 0. */
static const double middle = 0.15;

/* The curve is kept small: a blur curves the power just so. */
static const double stiffness = 40;

static const double sizes[] = { 1, 0.5, 0.67, 0.8, 0.9, 1.1, 1.25, 1.5, 2 };

enum { SMALLER = 2, LARGER = 7 }; /* that the right size must be told from */

/* What is fitted. */
typedef struct fit {
    const double *power, *transfer; /* ROWS x COLUMNS; |H|^2 */
    const double
        *terms;    /* TERMS of each frequency; the first is 0 where it does
                            not count, else 1 */
    double weight; /* of the data against the stiffness */
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
        double complex h = 0;

        for (int u = 0; u < psf->width; u++)
            h += sums[u] * cexp(CMPLX(0, angle * (u - across)));
        out[c] = creal(h * conj(h));
    }
}

/* |H|^2 as a window shows it: smeared by the window's own power, 1/6 2/3 1/6 in
 * each direction. */
static void
find_transfer(const tw_psf *psf, double scale, double *wide, double *out)
{
#pragma omp parallel for
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

/* The terms of ln S at all frequencies. */
static void
fill_terms(double *terms)
{
    for (int i = 0; i < ROWS * COLUMNS; i++, terms += TERMS) {
        const double y = frequency(i / COLUMNS);
        const double x = i % COLUMNS / (double) TW_WINDOW;
        const double radius = hypot(y, x), angle = 2 * atan2(y, x);
        const double slope = radius > 0 ? log(radius / middle) : 0;

        terms[0] = radius > lowest && radius < highest;
        terms[1] = slope;
        terms[2] = cos(angle);
        terms[3] = sin(angle);
        terms[4] = slope * slope - 0.5;
    }
}

static double
scene(const fit *f, const double *terms)
{
    double sum = 0;

    for (int i = 0; i < TERMS; i++)
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
solve(double a[TERMS][TERMS], double *b)
{
    for (int k = 0; k < TERMS; k++)
        for (int i = k + 1; i < TERMS; i++) {
            const double q = a[i][k] / a[k][k];

            for (int j = k; j < TERMS; j++)
                a[i][j] -= q * a[k][j];
            b[i] -= q * b[k];
        }
    for (int k = TERMS - 1; k >= 0; k--) {
        for (int j = k + 1; j < TERMS; j++)
            b[k] -= a[k][j] * b[j];
        b[k] /= a[k][k];
    }
}

/* One step of Fisher's scoring; the largest change of a term. */
static double
improve(fit *f)
{
    double a[TERMS][TERMS] = { 0 }, b[TERMS] = { 0 };

    for (int i = 0; i < ROWS * COLUMNS; i++) {
        const double *terms = f->terms + TERMS * i;

        if (terms[0] == 0)
            continue;
        const double signal = f->transfer[i] * scene(f, terms);
        const double mean = signal + 1, slope = signal / mean;
        const double weight = weight_of(i % COLUMNS) * f->weight;

        for (int k = 0; k < TERMS; k++) {
            b[k] += weight * slope * terms[k] * (f->power[i] / mean - 1);
            for (int j = 0; j < TERMS; j++)
                a[k][j] += weight * slope * slope * terms[k] * terms[j];
        }
    }
    a[TERMS - 1][TERMS - 1] += stiffness;
    b[TERMS - 1] -= stiffness * f->beta[TERMS - 1];
    for (int k = 0; k < TERMS; k++)
        a[k][k] += 1e-6;
    solve(a, b);
    double most = 0;

    for (int k = 0; k < TERMS; k++) {
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
        const double *terms = f->terms + TERMS * i;

        if (terms[0] == 0)
            continue;
        const double mean = f->transfer[i] * scene(f, terms) + 1;
        const double weight = weight_of(i % COLUMNS);

        sum -= weight * (f->power[i] / mean + log(mean));
        weights += weight;
    }
    return sum / weights;
}

/* The best that a scene explains the power with this transfer. */
static double
best_likelihood(const tw_spectrum *spectrum, const double *terms,
                const double *transfer)
{
    fit f = {
        .power = spectrum->power,
        .transfer = transfer,
        .terms = terms,
        .weight = spectrum->windows,
        .beta = { 0, -2 },
    };
    double sum = 0, weights = 0;

    for (int i = 0; i < ROWS * COLUMNS; i++)
        if (terms[TERMS * i] > 0) {
            sum += weight_of(i % COLUMNS) * f.power[i];
            weights += weight_of(i % COLUMNS);
        }
    f.beta[0] = log(fmax(sum / weights - 1, 0.1));
    int round = 0;

    while (round < ROUNDS && improve(&f) > 1e-3)
        round++;
    return likelihood(&f);
}

static double
signal_of(const double *power, const double *terms)
{
    double sum = 0, weights = 0;

    for (int i = 0; i < ROWS * COLUMNS; i++)
        if (terms[TERMS * i] > 0) {
            sum += power[i] > 2 ? weight_of(i % COLUMNS) : 0;
            weights += weight_of(i % COLUMNS);
        }
    return sum / weights;
}

tw_status
tw_blur_size_of(const tw_psf *psf, const tw_spectrum *spectrum,
                tw_blur_size *found, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    double *wide = tw_scratch_bytes(run, ROWS * WIDE * sizeof *wide);
    double *transfer = tw_scratch_bytes(run, ROWS * COLUMNS * sizeof *transfer);
    double *terms =
        tw_scratch_bytes(run, ROWS * COLUMNS * TERMS * sizeof *terms);
    double first = 0;

    *found = (tw_blur_size) { .size = 1 };
    TW_TRY(tw_run_check(run));
    if (tw_run_is_sizing(run)) {
        tw_run_release(run, mark);
        return TW_OK;
    }
    fill_terms(terms);
    found->signal = signal_of(spectrum->power, terms);
    found->loss = INFINITY;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        TW_TRY(tw_run_poll(run));
        find_transfer(psf, sizes[i], wide, transfer);
        const double l = best_likelihood(spectrum, terms, transfer);

        if (i == 0)
            first = l;
        if (i == SMALLER || i == LARGER)
            found->loss = fmin(found->loss, first - l);
        if (l - first > found->gain) {
            found->gain = l - first;
            found->size = sizes[i];
        }
    }
    tw_run_release(run, mark);
    return TW_OK;
}
