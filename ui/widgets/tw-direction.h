/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts in the direction of the language, whatever letter they begin with. */

#ifndef TW_DIRECTION_H
#define TW_DIRECTION_H

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @text for a label, to be freed: where one writes from right to left, a line
 * that begins with a foreign word, such as the name of a key, does so, too. NULL
 * is "". */
char *tw_directed(const char *text);

G_END_DECLS

#endif
