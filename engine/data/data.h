/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The data term: what was measured, and what is known of its noise.
 *
 *     y = A(x) + n,    or what a camera or a file made of that
 *
 * Solvers ask it for the gradient of -log p(y | x), for a fit (prox), or for the
 * measurement as it would have been without its limits; only those that work in
 * the singular vectors of A take op, y and noise themselves. It is a plain struct
 * that borrows what it points to; the constructors below give it by value.
 *
 * y has the units of x, pixels in [-1, 1], unless A changes them.
 */

#ifndef TW_DATA_H
#define TW_DATA_H

#include "operators/operator.h"

typedef struct tw_data tw_data;

typedef struct tw_data_class {
    const char *name;

    /* y = the measurement without its limits, as is expected if x is the truth;
     * NULL: data->y as it is. */
    tw_status (*complete)(const tw_data *data, const tw_tensor *x, tw_tensor *y,
                          tw_run *run);

    /* -log p(y | x), but for a constant, given a = A(x) and r = y - a of the
     * completed y. */
    double (*loss)(const tw_data *data, const tw_tensor *a, const tw_tensor *r);

    /* See tw_data_prox(), with rho = variance / r2; NULL: that of the completed
     * y. */
    tw_status (*prox)(const tw_data *data, const tw_tensor *z, double rho,
                      tw_tensor *x, tw_run *run);
} tw_data_class;

struct tw_data {
    const tw_data_class *klass;
    const tw_operator *op; /* A */
    const tw_tensor *y;    /* shaped as A gives it */
    double noise;          /* standard deviation of n, in units of y; 0: none */
};

/* White Gaussian noise: -log p = |y - A(x)|^2 / (2 noise^2). */
tw_data tw_data_gaussian(const tw_operator *op, const tw_tensor *y,
                         double noise);

/* Values at or beyond the limits are censored: all that is known of them is that
 * A(x) + n was not inside. Where y_i is at a limit c, -log p = -log Phi(z), with
 * z = (c - A(x)_i) / noise_i at the lower end and its negative at the upper.
 *
 * @weights: NULL, or what @of's operator and y have been multiplied by so that
 * their noise has one strength; @op and @y are then those before. The limits are
 * of @y, -INFINITY or INFINITY where there is none.
 *
 * @lights: 0, or what is white and up to so many pixels from it may come from lights
 * that no picture in [-1, 1] explains: a fit leaves out the values that the
 * estimate does not reach. For a linear A. */
typedef struct tw_data_clipped {
    tw_data base;
    const tw_operator *op;
    const tw_tensor *y, *weights;
    double low, high;
    int lights;
} tw_data_clipped;

tw_data_clipped tw_data_clip(tw_data of, const tw_operator *op,
                             const tw_tensor *y, const tw_tensor *weights,
                             double low, double high, int lights);

/* --- for solvers. All fail with TW_ERR_MEMORY, TW_CANCELLED and as A does. --- */

/* The variance of n for data steps, at least 0.001^2: with no noise at all their
 * systems would be singular (methods 1.8). */
double tw_data_variance(const tw_data *data);

/* @y, shaped like data->y: see complete() above. */
tw_status tw_data_complete(const tw_data *data, const tw_tensor *x,
                           tw_tensor *y, tw_run *run);

/* r = y - A(x), of the completed y. */
tw_status tw_data_residual(const tw_data *data, const tw_tensor *x,
                           tw_tensor *r, tw_run *run);

/* *@loss = -log p(y | x), but for a constant, and g its gradient: -J^T r over the
 * variance, J the Jacobian of A at x. It is exact for clipped data, too: the
 * gradient of -log Phi is the residual of the expected value (Fisher's
 * identity). */
tw_status tw_data_grad(const tw_data *data, const tw_tensor *x, double *loss,
                       tw_tensor *g, tw_run *run);

/* x = argmin -log p(y | x) + |x - z|^2 / (2 r2), r2 the variance of z; x may be
 * z. Clipped data are completed at z first, and lights left out: one round of
 * expectation maximization, of which the loop around it makes many. */
tw_status tw_data_prox(const tw_data *data, const tw_tensor *z, double r2,
                       tw_tensor *x, tw_run *run);

/* How much of the data's noise that fit passes: the standard deviation of its
 * result for y = noise alone and z = 0. Most at frequencies where A's gain is the
 * noise over r, so kernels with many such (motion, defocus) need a larger weight
 * of z. Measured with noise that is the same for every seed, on one plane where
 * planes are alike; @x gives the shape. */
tw_status tw_data_passed(const tw_data *data, const tw_tensor *x, double r2,
                         double *deviation, tw_run *run);

#endif
