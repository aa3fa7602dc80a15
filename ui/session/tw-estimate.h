/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the engine's estimate to a picture that can be shown. */

#ifndef TW_ESTIMATE_H
#define TW_ESTIMATE_H

#include "session/tw-compute.h"

G_BEGIN_DECLS

/* For the run's report function, in the worker: the part of @x, as
 * tw_progress.estimate, that lies in the region; NULL: none of it, or out of
 * memory. Alpha is that of the input; pixels that the result will not change
 * (outside of the mask, transparent) are those of the input where the size stays.
 * @where: in the result of the whole. */
TwPicture *tw_estimate_picture(const TwCompute *compute, const tw_tensor *x,
                               cairo_rectangle_int_t *where);

G_END_DECLS

#endif
