/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-control-row.h"

#include "settings/tw-control.h"

enum { TITLE_WIDTH = 15, NOTE_WIDTH = 30 }; /* characters */

static GtkWidget *
make_label(const char *title, GtkWidget *control)
{
    GtkWidget *label = gtk_label_new_with_mnemonic(title);
    const gboolean tall =
        GTK_IS_ORIENTABLE(control) &&
        gtk_orientable_get_orientation(GTK_ORIENTABLE(control)) ==
            GTK_ORIENTATION_VERTICAL;

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    /* Long titles take two lines, so that all fits into the column. */
    gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_max_width_chars(GTK_LABEL(label), TITLE_WIDTH);
    gtk_label_set_mnemonic_widget(GTK_LABEL(label), tw_control_focus(control));
    if (tall) {
        gtk_widget_set_valign(label, GTK_ALIGN_START);
        gtk_widget_set_margin_top(label, 6);
    }
    gtk_widget_show(label);
    return label;
}

static GtkWidget *
make_note(void)
{
    GtkWidget *note = gtk_label_new(NULL);

    gtk_label_set_xalign(GTK_LABEL(note), 0);
    gtk_label_set_line_wrap(GTK_LABEL(note), TRUE);
    gtk_label_set_width_chars(GTK_LABEL(note), NOTE_WIDTH);
    gtk_label_set_max_width_chars(GTK_LABEL(note), NOTE_WIDTH);
    gtk_widget_set_no_show_all(note, TRUE);
    return note;
}

TwControlRow *
tw_control_row_new(const char *key, const char *title, GtkWidget *control)
{
    TwControlRow *row = g_new0(TwControlRow, 1);

    row->key = g_strdup(key);
    row->control = control;
    row->label = title ? make_label(title, control) : NULL;
    row->note = make_note();
    gtk_widget_set_hexpand(control, TRUE);
    gtk_widget_show(control);
    return row;
}

void
tw_control_row_free(gpointer data)
{
    TwControlRow *row = data;

    g_free(row->key);
    g_free(row);
}

void
tw_control_row_attach(const TwControlRow *row, GtkGrid *grid, int *line)
{
    const int column = row->label ? 1 : 0, width = 2 - column;

    gtk_grid_insert_row(grid, *line);
    gtk_grid_insert_row(grid, *line);
    if (row->label)
        gtk_grid_attach(grid, row->label, 0, *line, 1, 1);
    gtk_grid_attach(grid, row->control, column, *line, width, 1);
    gtk_grid_attach(grid, row->note, column, *line + 1, width, 1);
    *line += 2;
}

void
tw_control_row_set_sensitive(const TwControlRow *row, gboolean sensitive,
                             const char *why)
{
    const gboolean note = !sensitive && why;

    gtk_widget_set_sensitive(row->control, sensitive);
    gtk_label_set_text(GTK_LABEL(row->note), note ? why : "");
    gtk_widget_set_visible(row->note,
                           note && gtk_widget_get_visible(row->control));
}

/* Also against a later gtk_widget_show_all(). */
static void
show_part(GtkWidget *part, gboolean shown)
{
    gtk_widget_set_no_show_all(part, !shown);
    gtk_widget_set_visible(part, shown);
}

void
tw_control_row_set_shown(const TwControlRow *row, gboolean shown)
{
    show_part(row->control, shown);
    if (row->label)
        show_part(row->label, shown);
    gtk_widget_set_visible(row->note,
                           shown && *gtk_label_get_text(GTK_LABEL(row->note)));
}
