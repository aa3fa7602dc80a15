/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DDRM: denoising diffusion restoration models.
 * Kawar et al. 2022, arXiv:2201.11793, section 3. With eta_b 1 it is DDNM+
 * (Wang et al. 2023, arXiv:2212.00490), step for step.
 *
 * All is done per coordinate of A = U S V^T: x_i of V^T x, yb_i = (U^T y)_i /
 * s_i. A method for about 20 steps: with many it trusts the data too much.
 */

#include <math.h>

#include "core/parallel.h"
#include "solvers/solver.h"

enum { ETA, ETA_B };

static const tw_param params[] = {
    TW_REAL("eta", N_("Fresh noise"),
            N_("Share of new noise where the measurement says little"), 0, 1,
            0.85),
    TW_REAL("eta-b", N_("Data"),
            N_("Weight of the measurement where it says much"), 0, 1, 1),
    TW_PARAM_END,
};

/* Singular values below this share of the largest count as 0: their data are
 * noise (the authors' program, for blur). */
static const double THRESHOLD = 0.03;

/* yb = u / s where s counts, and s = 0 elsewhere. */
static void
divide(tw_tensor *s, tw_tensor *yb)
{
    double largest = 0;

    for (int64_t i = 0; i < s->size; i++)
        largest = fmax(largest, (double) s->data[i]);
#pragma omp parallel for if (s->size > TW_SERIAL)
    for (int64_t i = 0; i < s->size; i++) {
        if ((double) s->data[i] < THRESHOLD * largest)
            s->data[i] = 0;
        yb->data[i] = s->data[i] > 0 ? yb->data[i] / s->data[i] : 0;
    }
}

/* What is left of the noise @all beside @part. Rounding may make the part larger
 * by a bit where they are the same: s * next is not below the noise, and the
 * noise / s is above next. */
static double
leg(double all, double part)
{
    return sqrt(fmax(all * all - part * part, 0));
}

/* x_i ~ N(yb_i, sigma^2 - sigma_y^2 / s_i^2) where that is a variance; the
 * other coordinates keep their start. */
static void
start(tw_tensor *x, const tw_tensor *s, const tw_tensor *yb, const tw_tensor *z,
      double sigma, double sigma_y)
{
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int64_t i = 0; i < x->size; i++) {
        const double si = (double) s->data[i];

        if (si <= 0 || si * sigma < sigma_y)
            continue;
        const double known = sigma_y / si;

        x->data[i] = (float) ((double) yb->data[i] +
                              leg(sigma, known) * (double) z->data[i]);
    }
}

/* One coordinate's step from @sigma to @next; @s > 0: @y has the noise
 * @sigma_y / @s. */
static double
coordinate(double x, double xh, double y, double z, double s, double sigma_y,
           double sigma, double next, const double *par)
{
    const double eta = par[ETA], kept = sqrt(1 - eta * eta);

    if (s <= 0)
        return xh + next * (kept * (x - xh) / sigma + eta * z);
    if (s * next < sigma_y)
        return xh + next * (kept * (y - xh) * s / sigma_y + eta * z);
    const double b = par[ETA_B], known = b * sigma_y / s;

    return (1 - b) * xh + b * y + leg(next, known) * z;
}

static tw_status
solve(const tw_problem *p, const double *par, tw_tensor *x, tw_run *run)
{
    tw_tensor *s = tw_scratch(run, x), *yb = tw_scratch(run, x);
    tw_tensor *xv = tw_scratch(run, x), *xh = tw_scratch(run, x);
    tw_tensor *z = tw_scratch(run, x);
    const tw_operator *op = p->data->op;
    const double noise = p->data->noise;

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_values(op, s, run));
    TW_TRY(tw_to_u(op, p->data->y, yb, run));
    divide(s, yb);
    TW_TRY(tw_to_v(op, x, xv, run));
    tw_randn(run, z);
    start(xv, s, yb, z, p->sigma[0], noise);
    TW_TRY(tw_from_v(op, xv, x, run));

    for (int t = 0; t < p->steps; t++) {
        const double sigma = p->sigma[t], next = p->sigma[t + 1];

        TW_TRY(tw_denoise(p->prior, x, sigma, x, NULL, run));
        TW_TRY(tw_run_step(run, t + 1, p->steps, x));
        TW_TRY(tw_to_v(op, x, xh, run));
        tw_randn(run, z);
#pragma omp parallel for if (x->size > TW_SERIAL)
        for (int64_t i = 0; i < x->size; i++)
            xv->data[i] = (float) coordinate(
                (double) xv->data[i], (double) xh->data[i],
                (double) yb->data[i], (double) z->data[i], (double) s->data[i],
                noise, sigma, next, par);
        TW_TRY(tw_from_v(op, xv, x, run));
    }
    return TW_OK;
}

const tw_solver tw_solver_ddrm = {
    .name = "ddrm",
    .title = N_("Restoration in singular coordinates (DDRM, DDNM+)"),
    .paper = "Kawar et al. 2022, arXiv:2201.11793",
    .needs = TW_NEEDS_LINEAR | TW_NEEDS_SPECTRAL,
    .params = params,
    .schedule = "ddpm",
    .steps = 20,
    .high = 80,
    .low = 0.01,
    .solve = solve,
};
