/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One problem of three Gaussian unknowns and two measurements, whose numbers are
 * known. The programs are linked with --wrap=tw_randn: random draws are what the
 * test says, and then zeros.
 */

#ifndef TW_SOLVER_FIXTURE_H
#define TW_SOLVER_FIXTURE_H

#include "check.h"
#include "dense.h"
#include "priors/gaussian.h"
#include "solvers/solver.h"

enum { N = DENSE_UNKNOWNS, M = DENSE_MEASURED };

typedef struct fixture {
    tw_prior *prior;
    tw_operator *op;
    tw_tensor *y, *x, *start;
    tw_data data;
    tw_problem problem;
    tw_run *run;
} fixture;

typedef struct fixture_test {
    const char *path;
    void (*test)(fixture *f, const void *data);
} fixture_test;

void fixture_add(const fixture_test *tests, size_t count);

/* The next draw; the first one again; none but zeros. */
void draw_next(double z0, double z1, double z2);
void draw_again(void);
void draw_nothing(void);

/* The first guess. */
void start_at(fixture *f, double x0, double x1, double x2);

/* Is x within @limit? Six digits are known: 5e-7. Floats add 1e-6, or ten times
 * that in runs that start at 80 (one unit in the last place of 80 is 8e-6). */
void check_x(const fixture *f, const char *what, double limit, double x0,
             double x1, double x2);

#endif
