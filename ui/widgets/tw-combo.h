/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A combo box of texts that does not widen its window: long ones end in dots,
 * while its menu shows them whole. */

#ifndef TW_COMBO_H
#define TW_COMBO_H

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *tw_combo_new(void);

G_END_DECLS

#endif
