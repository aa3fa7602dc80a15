/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A blur kernel as a picture: its brightest value is white, its pixels are
 * squares, a cross marks its centre, and its size is written below. The square
 * stays a square.
 */

#ifndef TW_KERNEL_VIEW_H
#define TW_KERNEL_VIEW_H

#include <gtk/gtk.h>

#include "session/tw-picture.h"

G_BEGIN_DECLS

#define TW_TYPE_KERNEL_VIEW (tw_kernel_view_get_type())
G_DECLARE_FINAL_TYPE(TwKernelView, tw_kernel_view, TW, KERNEL_VIEW,
                     GtkDrawingArea)

GtkWidget *tw_kernel_view_new(void);

/* Keeps a reference; NULL: nothing is shown. The mean of R, G and B counts. */
void tw_kernel_view_set_kernel(TwKernelView *view, TwPicture *kernel);

G_END_DECLS

#endif
