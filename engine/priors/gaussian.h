/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The closed-form prior: vectors of @n values, normally distributed. For tests,
 * and the shortest example of a prior.
 *
 *     D(x, sigma) = m + C (C + sigma^2 I)^-1 (x - m)     methods: Tweedie
 *
 * A state may have any shape of k n values: it is then k independent vectors,
 * one after the other (many samples in one run).
 */

#ifndef TW_GAUSSIAN_H
#define TW_GAUSSIAN_H

#include "priors/prior.h"

enum { TW_GAUSSIAN_MAX = 256 }; /* values; the covariance is a dense matrix */

/* @covariance: n x n, row-major, symmetric positive definite; copied, as is
 * @mean. sigma_data is the root of the mean variance. NULL: out of memory or
 * too large. */
tw_prior *tw_prior_gaussian(int n, const double *mean,
                            const double *covariance);

#endif
