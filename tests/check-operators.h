/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests that walk the table of operators. */

#ifndef TW_CHECK_OPERATORS_H
#define TW_CHECK_OPERATORS_H

#include "check.h"
#include "operators/operators.h"

/* An instance and tensors for it. */
typedef struct fixture {
    tw_operator *op;
    tw_run *run;
    tw_shape xs, ys;
    tw_tensor *x, *z, *g, *y, *e; /* x, z, y: noise; g like x, e like y */
    bool linear;
} fixture;

/* Example @index with its tensors; false: there are no more. The data of a curved
 * one are a picture with a little noise, which Gauss-Newton can fit. */
bool check_set_up(fixture *f, int index, int threads);
void check_tear_down(fixture *f);

#define EXAMPLES(f, threads)                                                   \
    for (int index = 0; check_set_up(&(f), index, threads);                    \
         check_tear_down(&(f)), index++)

/* Disks and waves over the whole range. */
void check_scene(tw_tensor *out);

/* |a - b| */
double check_distance(const tw_tensor *a, const tw_tensor *b);

/* Number and name of the example, and @what; overwritten by the next call. */
const char *check_title(const fixture *f, int index, const char *what);

#endif
