/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blind/foretell.h"

#include <math.h>

#include "core/frame.h"
#include "core/i18n.h"
#include "core/sizing.h"
#include "data/data.h"
#include "operators/operators.h"
#include "solvers/solver.h"

/* The noise added, in units of that which is there. Blurs below a pixel show at
 * the first, larger ones at both. */
static const double added[] = { 1, 3 };

enum {
    LEVELS = 2,
    STEPS = TW_FORETELL_EVALUATIONS / LEVELS,
    RIM = 16 /* pixels */
};

/* Levels of the solver: the last is at least the noise. */
static const double highest = 0.4, lowest = 0.02;

/* @x = a restoration of @y. */
static tw_status
restore(const tw_foretell *f, const tw_operator *op, const tw_tensor *y,
        double noise, tw_tensor *x, tw_run *run)
{
    const tw_data data = tw_data_gaussian(op, y, noise);
    double sigma[STEPS + 1];
    const tw_problem problem = {
        .prior = f->prior,
        .data = &data,
        .sigma = sigma,
        .steps = STEPS,
        .start = x,
    };

    tw_schedule_log(sigma, STEPS, fmax(lowest, noise), highest);
    return tw_solve(tw_solver_find("hqs"), &problem, NULL, x, run);
}

/* The sum of squares but for the rim, where more is unknown with a wider kernel. */
static double
squares_inside(const tw_tensor *x)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];
    double sum = 0;

    for (int64_t i = 0; i < x->size; i++) {
        const int64_t r = i / w % h, c = i % w;

        if (r >= RIM && r < h - RIM && c >= RIM && c < w - RIM)
            sum += (double) x->data[i] * (double) x->data[i];
    }
    return sum;
}

/* The scene, with what is beyond the picture. */
typedef struct canvas {
    tw_shape shape;
    int64_t top, left; /* of the picture */
    tw_tensor *x;
} canvas;

static tw_status
add_error(const tw_foretell *f, const tw_operator *op, double share,
          const canvas *c, double *error, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const double t = share * f->noise, noise = hypot(f->noise, t);
    tw_tensor *n = tw_scratch(run, f->y), *noisy = tw_scratch(run, f->y);

    TW_TRY(tw_run_check(run));
    tw_run_reseed(run, 0);
    tw_randn(run, n);
    tw_lin2(noisy, 1, f->y, t, n);
    tw_extend(noisy, c->top, c->left, c->x);
    TW_TRY(restore(f, op, noisy, noise, c->x, run));
    TW_TRY(tw_forward(op, c->x, noisy, run));
    tw_lin3(noisy, 1, noisy, -1, f->y, f->noise / share, n);
    *error += squares_inside(noisy) / (2 * noise * noise);
    tw_run_release(run, mark);
    return TW_OK;
}

tw_status
tw_foretell_error(const tw_foretell *f, const tw_psf *psf, double *error,
                  tw_run *run)
{
    const int64_t h = f->y->shape.dim[2], w = f->y->shape.dim[3];
    const size_t mark = tw_run_mark(run);
    tw_operator *op =
        (tw_run_is_sizing(run) ? tw_operator_blur_sketch
                               : tw_operator_blur)(psf, TW_BORDER_REAL, h, w);
    tw_status status = TW_ERR_MEMORY;
    canvas c;

    *error = 0;
    if (op) {
        tw_scratch_hold(run, op->held + op->making);
        tw_blur_canvas(psf, h, w, &c.shape, &c.top, &c.left);
        c.x = tw_scratch_shape(run, c.shape);
        status = tw_run_check(run);
    } else
        tw_fail(tw_run_error(run), TW_ERR_MEMORY,
                _("The system has no memory left; close other programs or use "
                  "a smaller picture"));
    for (int i = 0; i < LEVELS && status == TW_OK; i++)
        status = add_error(f, op, added[i], &c, error, run);
    tw_operator_free(op);
    tw_run_release(run, mark);
    return status;
}
