/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a picture that has edges: a blur shows there. */

#ifndef TW_EDGES_WINDOW_H
#define TW_EDGES_WINDOW_H

#include "core/run.h"

/* The square of @side pixels of @y, (1, C, H, W), that has most of them, as a new
 * scratch tensor; as large as @y where that is smaller. Edges count by the root of
 * their strength, so that many are better than a strong one. NULL: see
 * tw_run_check(). */
tw_tensor *tw_edges_window(const tw_tensor *y, int64_t side, tw_run *run);

#endif
