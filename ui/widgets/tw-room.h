/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Room for some lines of text, whatever they say: what is around it never moves.
 * More than fits is scrolled. */

#ifndef TW_ROOM_H
#define TW_ROOM_H

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A scrolled window around @child that is @lines lines of its font high. */
GtkWidget *tw_room_new(GtkWidget *child, int lines);

G_END_DECLS

#endif
