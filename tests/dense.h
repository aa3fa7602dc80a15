/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A linear operator of a few values, given as a matrix, with everything that an
 * operator can have: what solvers are tested with in closed form. */

#ifndef TW_DENSE_H
#define TW_DENSE_H

#include "operators/operator.h"

enum { DENSE_MAX = 64 };

/* The problem of the tests with known numbers: x ~ N(mean, covariance), what is
 * measured is matrix x + N(0, 0.1^2). */
enum { DENSE_UNKNOWNS = 3, DENSE_MEASURED = 2 };
extern const double dense_mean[DENSE_UNKNOWNS];
extern const double dense_covariance[DENSE_UNKNOWNS * DENSE_UNKNOWNS];
extern const double dense_matrix[DENSE_MEASURED * DENSE_UNKNOWNS];
extern const double dense_measured[DENSE_MEASURED];

/* y = A x, @a: m x n, row-major, of rank m <= n <= DENSE_MAX; copied. A state of
 * k n values is k independent vectors; their y is (k, 1, 1, m). Aborts when
 * memory is out. */
tw_operator *dense_operator(int m, int n, const double *a);

/* out = M^-1 b for a symmetric positive definite n x n matrix, b and out n
 * values; they may be the same. */
void dense_solve(int n, const double *matrix, const double *b, double *out);

/* What is known of x ~ N(mean, covariance) after y = A x + N(0, v) is seen. */
void dense_posterior(int m, int n, const double *a, const double *y, double v,
                     const double *mean, const double *covariance,
                     double *posterior_mean, double *posterior_covariance);

#endif
