/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures with values outside of [-1, 1], as high dynamic range has them, for
 * priors that know only what lies inside: seen as through a gray filter,
 *
 *     D(x, sigma) = D(g x, g sigma) / g.
 *
 * g = 1 / reach, but not below sigma_min / sigma, where the noise would be less
 * than the network knows. What is then still outside has noise below sigma_min of
 * its own brightness, and stays as it is. At higher levels nothing does: what is
 * beyond the reach there is noise, and is cut at three deviations of it.
 */

#ifndef TW_WIDE_H
#define TW_WIDE_H

#include "priors/prior.h"

/* @inner, which must outlive the result, on states of pictures in -@reach…@reach,
 * @reach > 1. Without a tape. NULL: out of memory. */
tw_prior *tw_prior_wide(const tw_prior *inner, double reach);

#endif
