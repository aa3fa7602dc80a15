/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has been unfolded below other things comes into view. */

#ifndef TW_SCROLL_H
#define TW_SCROLL_H

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls the nearest scrolled window around @widget, which has just been mapped,
 * so that all of it is seen if it fits; once it has its size. */
void tw_scroll_to(GtkWidget *widget);

G_END_DECLS

#endif
