/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be read in a widget. */

#ifndef TW_TEXTS_H
#define TW_TEXTS_H

#include <gtk/gtk.h>

/* Is @text in one of the labels that can be seen? */
gboolean says(gpointer widget, const char *text);

#endif
