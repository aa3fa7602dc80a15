/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences that tell how to paint a mask. */

#ifndef TW_MASK_HINT_H
#define TW_MASK_HINT_H

#include <gtk/gtk.h>

#include "mask/tw-paint.h"

G_BEGIN_DECLS

/* What to do first while @paint is empty, then what else can be done; as high as
 * the longer one, so that nothing moves. */
GtkWidget *tw_mask_hint_new(TwPaint *paint);

G_END_DECLS

#endif
