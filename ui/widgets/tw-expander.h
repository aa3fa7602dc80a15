/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GtkExpander whose title begins where lines begin, also from right to left, and
 * whose child is mapped only while it is open. */

#ifndef TW_EXPANDER_H
#define TW_EXPANDER_H

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *tw_expander_new(const char *title);

G_END_DECLS

#endif
