/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the operators share. */

#ifndef TW_OPERATOR_PRIVATE_H
#define TW_OPERATOR_PRIVATE_H

#include "operators/operator.h"

/* Channels of all pictures, and channel @i of them as a (1, 1, H, W) tensor that
 * shares the memory of @x. */
int64_t tw_planes(const tw_tensor *x);
tw_tensor tw_plane(const tw_tensor *x, int64_t i);
tw_shape tw_plane_shape(tw_shape x);

/* @shape if its planes have this size, else one of rank 0. */
tw_shape tw_shape_if(tw_shape shape, int64_t height, int64_t width);

/* TW_OK, or TW_ERR_UNSUPPORTED if @op is not linear. */
tw_status tw_needs_linear(const tw_operator *op, tw_run *run);

/* d = argmin |e - A d|^2 + rho |d|^2 of a linear operator by conjugate gradients
 * from d = 0 (with rho 0: of least norm), at most @iterations of them, until the
 * gradient is @tolerance of the first. @e becomes the residual e - A d.
 * Takes scratch like x twice and like y once.
 * Hestenes and Stiefel 1952; the form CGLS of Paige and Saunders 1982. */
tw_status tw_cgls(const tw_operator *op, tw_tensor *e, double rho,
                  int iterations, double tolerance, tw_tensor *d, tw_run *run);

#endif
