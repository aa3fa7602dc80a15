/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tw-combo.h"

GtkWidget *
tw_combo_new(void)
{
    GtkWidget *combo = gtk_combo_box_text_new();
    GList *cells = gtk_cell_layout_get_cells(GTK_CELL_LAYOUT(combo));

    for (GList *cell = cells; cell; cell = cell->next)
        g_object_set(cell->data, "ellipsize", PANGO_ELLIPSIZE_END,
                     "width-chars", 16, NULL);
    g_list_free(cells);
    gtk_combo_box_set_popup_fixed_width(GTK_COMBO_BOX(combo), FALSE);
    return combo;
}
