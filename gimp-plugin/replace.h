/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels into a layer that is in an image, so that they can be undone. */

#ifndef TW_REPLACE_H
#define TW_REPLACE_H

#include <libgimp/gimp.h>

G_BEGIN_DECLS

/* Writes the pixels that @buffer has at its extent to the same place of the
 * layer, exactly, whatever is selected. Inside of an undo group. FALSE: GIMP
 * refused. */
gboolean tw_replace_pixels(GimpImage *image, GimpDrawable *layer,
                           GeglBuffer *buffer, GError **error);

G_END_DECLS

#endif
