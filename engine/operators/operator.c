/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way to an operator: planes, scratch memory, and what it need not
 * write itself. */

#include "core/i18n.h"
#include "core/sizing.h"
#include "operators/operator-private.h"

/* How exact the default prox and pseudo-inverse are. The gradient sinks to this
 * share of its start; operators with more than 100 distinct weak directions stop
 * earlier, which regularizes. */
static const double TOLERANCE = 1e-4;
enum { ITERATIONS = 100 };

/* One function of the class, given tensors or planes of them. */
typedef tw_status (*part_func)(const tw_operator *op, const tw_tensor *a,
                               const tw_tensor *b, double rho, tw_tensor *out,
                               tw_run *run);

int64_t
tw_planes(const tw_tensor *x)
{
    return x->shape.dim[0] * x->shape.dim[1];
}

tw_shape
tw_plane_shape(tw_shape x)
{
    return tw_shape4(1, 1, x.dim[2], x.dim[3]);
}

tw_tensor
tw_plane(const tw_tensor *x, int64_t i)
{
    const tw_shape shape = tw_plane_shape(x->shape);
    const int64_t size = tw_shape_size(shape);

    if (!x->data) /* core/sizing.h */
        return (tw_tensor) { shape, 0, NULL };
    return (tw_tensor) { shape, size, x->data + i * size };
}

tw_shape
tw_shape_if(tw_shape shape, int64_t height, int64_t width)
{
    return shape.dim[2] == height && shape.dim[3] == width ? shape
                                                           : (tw_shape) { 0 };
}

static tw_status
call(const tw_operator *op, part_func part, const tw_tensor *a,
     const tw_tensor *b, double rho, tw_tensor *out, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const tw_status status = part(op, a, b, rho, out, run);

    tw_run_release(run, mark);
    return status;
}

static tw_status
call_planes(const tw_operator *op, part_func part, const tw_tensor *a,
            const tw_tensor *b, double rho, tw_tensor *out, tw_run *run)
{
    const int64_t count = tw_run_is_sizing(run) ? 1 : tw_planes(out);

    for (int64_t i = 0; i < count; i++) {
        const tw_tensor pa = a ? tw_plane(a, i) : (tw_tensor) { 0 };
        const tw_tensor pb = b ? tw_plane(b, i) : (tw_tensor) { 0 };
        tw_tensor pout = tw_plane(out, i);

        TW_TRY(tw_run_poll(run));
        TW_TRY(call(op, part, a ? &pa : NULL, b ? &pb : NULL, rho, &pout, run));
    }
    return TW_OK;
}

static bool
fits(const tw_tensor *t, tw_shape shape)
{
    return !t || tw_shape_equal(t->shape, shape);
}

/* Do @in_x and @out_x have one shape, on which the operator gives that of @y? */
static tw_status
check_shapes(const tw_operator *op, const tw_tensor *out_x,
             const tw_tensor *in_x, const tw_tensor *y, tw_run *run)
{
    const tw_shape x = out_x->shape, result = tw_y_shape(op, x);

    if (x.rank == 4 && result.rank == 4 && fits(in_x, x) && fits(y, result))
        return TW_OK;
    return tw_fail(tw_run_error(run), TW_ERR_ARGUMENT,
                   _("The tensors given to '%s' do not fit together, which is "
                     "an error in the program"),
                   op->klass->name);
}

static tw_status
dispatch(const tw_operator *op, part_func part, const tw_tensor *a,
         const tw_tensor *b, double rho, tw_tensor *out, tw_run *run)
{
    const bool planes = op->klass->flags & TW_OPERATOR_PLANES;

    if (tw_run_only_counts(run))
        return TW_OK;
    TW_TRY(tw_run_poll(run));
    tw_run_enter(run);
    const tw_status status =
        (planes ? call_planes : call)(op, part, a, b, rho, out, run);

    tw_run_leave(run);
    return status;
}

tw_status
tw_needs_linear(const tw_operator *op, tw_run *run)
{
    if (op->klass->flags & TW_OPERATOR_LINEAR)
        return TW_OK;
    return tw_fail(tw_run_error(run), TW_ERR_UNSUPPORTED,
                   _("The degradation '%s' is not linear, which this solver "
                     "needs: choose another solver, such as 'hqs'"),
                   op->klass->name);
}

static tw_status
needs_spectral(const tw_operator *op, tw_run *run)
{
    if (op->klass->flags & TW_OPERATOR_SPECTRAL)
        return TW_OK;
    return tw_fail(tw_run_error(run), TW_ERR_UNSUPPORTED,
                   _("The singular values of the degradation '%s' are not "
                     "known, which this solver needs: choose another solver, "
                     "such as 'ddnm'"),
                   op->klass->name);
}

static tw_status
forward(const tw_operator *op, const tw_tensor *x, const tw_tensor *unused,
        double rho, tw_tensor *y, tw_run *run)
{
    (void) unused, (void) rho;
    return op->klass->forward(op, x, y, run);
}

static tw_status
adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
        double rho, tw_tensor *x, tw_run *run)
{
    (void) rho;
    return op->klass->adjoint(op, at, y, x, run);
}

static tw_status
prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z, double rho,
     tw_tensor *x, tw_run *run)
{
    if (op->klass->prox)
        return op->klass->prox(op, y, z, rho, x, run);
    TW_TRY(tw_needs_linear(op, run));
    tw_tensor *e = tw_scratch(run, y), *d = tw_scratch(run, x);

    /* x = z + d, d = argmin |(y - A z) - A d|^2 + rho |d|^2 */
    TW_TRY(tw_run_check(run));
    TW_TRY(tw_forward(op, z, e, run));
    tw_lin2(e, 1, y, -1, e);
    TW_TRY(tw_cgls(op, e, rho, ITERATIONS, TOLERANCE, d, run));
    tw_lin2(x, 1, z, 1, d);
    return TW_OK;
}

static tw_status
precondition(const tw_operator *op, const tw_tensor *r, const tw_tensor *unused,
             double rho, tw_tensor *x, tw_run *run)
{
    (void) unused;
    if (op->klass->precondition)
        return op->klass->precondition(op, r, rho, x, run);
    tw_copy(x, r);
    return TW_OK;
}

static tw_status
pinv(const tw_operator *op, const tw_tensor *y, const tw_tensor *unused,
     double rho, tw_tensor *x, tw_run *run)
{
    (void) unused, (void) rho;
    if (op->klass->pinv)
        return op->klass->pinv(op, y, x, run);
    TW_TRY(tw_needs_linear(op, run));
    tw_tensor *e = tw_scratch(run, y);

    TW_TRY(tw_run_check(run));
    tw_copy(e, y);
    return tw_cgls(op, e, 0, ITERATIONS, TOLERANCE, x, run);
}

static tw_status
values(const tw_operator *op, const tw_tensor *a, const tw_tensor *b,
       double rho, tw_tensor *s, tw_run *run)
{
    (void) a, (void) b, (void) rho;
    return op->klass->values(op, s, run);
}

static tw_status
to_v(const tw_operator *op, const tw_tensor *x, const tw_tensor *unused,
     double rho, tw_tensor *v, tw_run *run)
{
    (void) unused, (void) rho;
    return op->klass->to_v(op, x, v, run);
}

static tw_status
from_v(const tw_operator *op, const tw_tensor *v, const tw_tensor *unused,
       double rho, tw_tensor *x, tw_run *run)
{
    (void) unused, (void) rho;
    return op->klass->from_v(op, v, x, run);
}

static tw_status
to_u(const tw_operator *op, const tw_tensor *y, const tw_tensor *unused,
     double rho, tw_tensor *u, tw_run *run)
{
    (void) unused, (void) rho;
    return op->klass->to_u(op, y, u, run);
}

tw_shape
tw_y_shape(const tw_operator *op, tw_shape x)
{
    return op->klass->y_shape(op, x);
}

tw_status
tw_forward(const tw_operator *op, const tw_tensor *x, tw_tensor *y, tw_run *run)
{
    TW_TRY(check_shapes(op, x, NULL, y, run));
    return dispatch(op, forward, x, NULL, 0, y, run);
}

tw_status
tw_adjoint(const tw_operator *op, const tw_tensor *at, const tw_tensor *y,
           tw_tensor *x, tw_run *run)
{
    TW_TRY(check_shapes(op, x, at, y, run));
    return dispatch(op, adjoint, at, y, 0, x, run);
}

tw_status
tw_prox(const tw_operator *op, const tw_tensor *y, const tw_tensor *z,
        double rho, tw_tensor *x, tw_run *run)
{
    TW_TRY(check_shapes(op, x, z, y, run));
    return dispatch(op, prox, y, z, rho, x, run);
}

tw_status
tw_precondition(const tw_operator *op, const tw_tensor *r, double rho,
                tw_tensor *x, tw_run *run)
{
    TW_TRY(check_shapes(op, x, r, NULL, run));
    return dispatch(op, precondition, r, NULL, rho, x, run);
}

tw_status
tw_pinv(const tw_operator *op, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    TW_TRY(check_shapes(op, x, NULL, y, run));
    return dispatch(op, pinv, y, NULL, 0, x, run);
}

tw_status
tw_values(const tw_operator *op, tw_tensor *s, tw_run *run)
{
    TW_TRY(needs_spectral(op, run));
    TW_TRY(check_shapes(op, s, NULL, NULL, run));
    return dispatch(op, values, NULL, NULL, 0, s, run);
}

tw_status
tw_to_v(const tw_operator *op, const tw_tensor *x, tw_tensor *v, tw_run *run)
{
    TW_TRY(needs_spectral(op, run));
    TW_TRY(check_shapes(op, v, x, NULL, run));
    return dispatch(op, to_v, x, NULL, 0, v, run);
}

tw_status
tw_from_v(const tw_operator *op, const tw_tensor *v, tw_tensor *x, tw_run *run)
{
    TW_TRY(needs_spectral(op, run));
    TW_TRY(check_shapes(op, x, v, NULL, run));
    return dispatch(op, from_v, v, NULL, 0, x, run);
}

tw_status
tw_to_u(const tw_operator *op, const tw_tensor *y, tw_tensor *u, tw_run *run)
{
    TW_TRY(needs_spectral(op, run));
    TW_TRY(check_shapes(op, u, NULL, y, run));
    return dispatch(op, to_u, y, NULL, 0, u, run);
}

void
tw_operator_free(tw_operator *op)
{
    if (op)
        op->klass->free(op);
}
