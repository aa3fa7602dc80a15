/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix that makes fewer samples of a row. */

#ifndef TW_FILTER_H
#define TW_FILTER_H

#include "operators/banded.h"
#include "operators/operators.h"

/* @out_size rows that each sum to 1, over @size columns; @sigma as for
 * tw_operator_downsample(). False: out of memory. */
bool tw_filter_matrix(tw_banded *m, tw_filter filter, double sigma,
                      int64_t size, int64_t out_size);

#endif
