/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One try: its picture pixel for pixel, framed if it has the present values. */

#ifndef TW_TRY_VIEW_H
#define TW_TRY_VIEW_H

#include <gtk/gtk.h>

#include "preview/tw-preview.h"

G_BEGIN_DECLS

#define TW_TYPE_TRY_VIEW (tw_try_view_get_type())
G_DECLARE_FINAL_TYPE(TwTryView, tw_try_view, TW, TRY_VIEW, GtkDrawingArea)

/* A square of @side logical pixels. @preview: whose colors it has; must live as
 * long. */
GtkWidget *tw_try_view_new(TwPreview *preview, int side);

/* @picture: of @part of @input, or NULL: the input is seen, darker. @input NULL:
 * nothing. */
void tw_try_view_set(TwTryView *view, TwPicture *picture, TwPicture *input,
                     const cairo_rectangle_int_t *part);
void tw_try_view_set_framed(TwTryView *view, gboolean framed);

G_END_DECLS

#endif
