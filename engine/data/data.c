/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all data terms share. */

#include "data/data.h"

#include <math.h>

#include "core/random.h"

double
tw_data_variance(const tw_data *data)
{
    const double noise = fmax(data->noise, 1e-3);

    return noise * noise;
}

tw_status
tw_data_complete(const tw_data *data, const tw_tensor *x, tw_tensor *y,
                 tw_run *run)
{
    if (data->klass->complete)
        return data->klass->complete(data, x, y, run);
    tw_copy(y, data->y);
    return TW_OK;
}

tw_status
tw_data_residual(const tw_data *data, const tw_tensor *x, tw_tensor *r,
                 tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const tw_tensor *y = data->y;

    if (data->klass->complete) {
        tw_tensor *whole = tw_scratch(run, y);

        TW_TRY(tw_run_check(run));
        TW_TRY(data->klass->complete(data, x, whole, run));
        y = whole;
    }
    TW_TRY(tw_forward(data->op, x, r, run));
    tw_lin2(r, 1, y, -1, r);
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

tw_status
tw_data_grad(const tw_data *data, const tw_tensor *x, double *loss,
             tw_tensor *g, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_tensor *a = tw_scratch(run, data->y), *r = tw_scratch(run, data->y);

    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(data->op, x, a, run));
    TW_TRY(tw_data_complete(data, x, r, run));
    tw_lin2(r, 1, r, -1, a);
    *loss = data->klass->loss(data, a, r);
    TW_TRY(tw_adjoint(data->op, x, r, g, run));
    tw_lin2(g, -1 / tw_data_variance(data), g, 0, g);
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

tw_status
tw_data_prox(const tw_data *data, const tw_tensor *z, double r2, tw_tensor *x,
             tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const double rho = tw_data_variance(data) / r2;
    const tw_tensor *y = data->y;

    if (data->klass->prox) {
        TW_TRY(data->klass->prox(data, z, rho, x, run));
        tw_run_release(run, mark);
        return TW_OK;
    }
    if (data->klass->complete) {
        tw_tensor *whole = tw_scratch(run, y);

        TW_TRY(tw_run_check(run));
        TW_TRY(data->klass->complete(data, z, whole, run));
        y = whole;
    }
    TW_TRY(tw_prox(data->op, y, z, rho, x, run));
    tw_run_release(run, mark);
    return TW_OK;
}

/* What is enough to see how an operator treats noise. */
static tw_shape
probe_shape(const tw_operator *op, tw_shape shape)
{
    return op->klass->flags & TW_OPERATOR_PLANES
               ? tw_shape4(1, 1, shape.dim[2], shape.dim[3])
               : shape;
}

tw_status
tw_data_passed(const tw_data *data, const tw_tensor *x, double r2,
               double *deviation, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const tw_operator *op = data->op;
    const double v = tw_data_variance(data);
    tw_tensor *noise = tw_scratch_shape(run, probe_shape(op, data->y->shape));
    tw_tensor *passed = tw_scratch_shape(run, probe_shape(op, x->shape));

    TW_TRY(tw_run_check(run));
    tw_random_normal(0, 0, 0, noise->data, noise->size);
    TW_TRY(tw_run_poll(run));
    tw_lin2(noise, sqrt(v), noise, 0, noise);
    tw_fill(passed, 0);
    TW_TRY(tw_prox(op, noise, passed, v / r2, passed, run));
    *deviation = tw_norm(passed) / sqrt((double) passed->size);
    tw_run_release(run, mark);
    return TW_OK;
}
