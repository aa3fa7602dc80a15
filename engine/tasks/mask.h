/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pixels are known, and which are to be restored. */

#ifndef TW_MASK_H
#define TW_MASK_H

#include "core/image.h"
#include "tasks/task-private.h"

/* Is the pixel of a mask white? Mean of R, G, B times alpha above one half. */
bool tw_mask_white(const tw_image *mask, int64_t y, int64_t x);

/* Is there a hole in @box (that of all white pixels) whose middle is more than
 * @depth king's moves from every pixel that is not white? Fails with
 * TW_ERR_MEMORY. */
tw_status tw_mask_is_deep(const tw_image *mask, tw_box box, int depth,
                          bool *deep, tw_error *err);

/* Squares of @side pixels in @box that have no white pixel; they may overlap.
 * Counted up to @most. */
int tw_mask_count_black(const tw_image *mask, tw_box box, int side, int most);

/* The smallest box around all white pixels; width 0: there are none. */
tw_box tw_mask_box(const tw_image *mask);

#endif
