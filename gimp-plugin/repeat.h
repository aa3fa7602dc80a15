/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recipe becomes the arguments of its task's procedure. */

#ifndef TW_REPEAT_H
#define TW_REPEAT_H

#include "filter.h"

G_BEGIN_DECLS

/* Sets task, procedure and config (to be unreferenced by the caller), the layer
 * that the recipe of @layer is about, and its limits. FALSE: no recipe, or not
 * one that can be run. */
gboolean tw_repeat_prepare(TwFilter *filter, GimpPlugIn *plug_in,
                           GimpDrawable *layer, GError **error);

G_END_DECLS

#endif
