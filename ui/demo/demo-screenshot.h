/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture of the demo's window needs. */

#ifndef TW_DEMO_SCREENSHOT_H
#define TW_DEMO_SCREENSHOT_H

#include <gtk/gtk.h>

/* Opens every expander. */
void demo_expand(GtkWidget *window);

/* Moves the pointer away, so that no tooltip is in the way. */
void demo_hide_pointer(GtkWidget *window);

/* Saves @window as a PNG @file when everything that there is to draw is drawn;
 * then ends the main loop. */
void demo_screenshot_soon(GtkWidget *window, const char *file);

#endif
