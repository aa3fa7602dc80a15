/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A control with its label and a note below: two lines of a grid. */

#ifndef TW_CONTROL_ROW_H
#define TW_CONTROL_ROW_H

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct TwControlRow {
    char *key;        /* NULL: of no table */
    GtkWidget *label; /* NULL: the control says it all */
    GtkWidget *control;
    GtkWidget *note; /* why the control is not sensitive */
} TwControlRow;

/* @title: with a mnemonic for @control, or NULL. */
TwControlRow *tw_control_row_new(const char *key, const char *title,
                                 GtkWidget *control);

/* Does not free the widgets, which belong to their grid. */
void tw_control_row_free(gpointer row);

/* Inserts the row at line @*line of a grid of two columns and moves @*line
 * behind it. */
void tw_control_row_attach(const TwControlRow *row, GtkGrid *grid, int *line);

/* @why NULL: no note. */
void tw_control_row_set_sensitive(const TwControlRow *row, gboolean sensitive,
                                  const char *why);
void tw_control_row_set_shown(const TwControlRow *row, gboolean shown);

G_END_DECLS

#endif
