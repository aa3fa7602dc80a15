/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be restored and written, and what is refused, with a sentence that
 * says what to do. */

#ifndef TW_CHECKS_H
#define TW_CHECKS_H

#include "filter.h"

G_BEGIN_DECLS

/* The layer that is meant by what GIMP calls the drawables: one layer, or the one
 * whose mask is being edited. While Quick Mask is on, GIMP names the channel of
 * it: then, if a mask is taken, the selected layer, and the channel in
 * *@quick_mask (else NULL there). NULL: refused. */
GimpDrawable *tw_check_layer(GimpImage *image, GimpDrawable **drawables,
                             gboolean takes_mask, GimpDrawable **quick_mask,
                             GError **error);

/* May its pixels be read as a photograph? */
gboolean tw_check_readable(GimpDrawable *layer, GError **error);

/* Before writing: is it still there and as it was read, and may it be written
 * where the arguments say? */
gboolean tw_check_writable(const TwFilter *filter, GError **error);

G_END_DECLS

#endif
