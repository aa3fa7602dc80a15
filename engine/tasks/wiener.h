/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a linear filter can tell from white noise. */

#ifndef TW_WIENER_H
#define TW_WIENER_H

#include "core/run.h"

/*
 * @kept = @x (1, C, H, W) times S / (S + @variance) in the cosine transform of
 * each plane (half-sample mirror), where S is the power of x at frequencies as
 * high, the mean over a ring one coefficient of the longer side wide (Wiener
 * 1949, "Extrapolation, interpolation, and smoothing of stationary time
 * series"). The mean of the plane stays as it is.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED.
 */
tw_status tw_wiener(const tw_tensor *x, double variance, tw_tensor *kept,
                    tw_run *run);

#endif
