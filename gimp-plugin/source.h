/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the pictures of a filter come from: selection, masks, kernels. */

#ifndef TW_SOURCE_H
#define TW_SOURCE_H

#include "filter.h"

G_BEGIN_DECLS

/* Sets area and coverage. FALSE: the selection does not touch the layer, or no
 * memory. */
gboolean tw_source_find_area(TwFilter *filter, GError **error);

/* Refuses an empty mask, by where it was looked for. */
gboolean tw_source_check_mask(TwFilter *filter, GError **error);

G_END_DECLS

#endif
