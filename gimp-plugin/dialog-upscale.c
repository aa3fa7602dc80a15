/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Upscale: the usual factors as buttons, and the size of the result. */

#include <math.h>

#include "core/i18n.h"
#include "dialog-private.h"

static void
on_factor(GtkButton *button, gpointer data)
{
    TwDialog *dialog = data;

    g_object_set(
        dialog->filter->config, "scale",
        (double) GPOINTER_TO_INT(g_object_get_data(G_OBJECT(button), "factor")),
        NULL);
}

void
tw_dialog_add_upscale(TwDialog *dialog)
{
    static const int factors[] = { 2, 3, 4 };
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
    GtkWidget *size = gtk_label_new(NULL);

    gtk_style_context_add_class(gtk_widget_get_style_context(box),
                                GTK_STYLE_CLASS_LINKED);
    for (gsize i = 0; i < G_N_ELEMENTS(factors); i++) {
        /* TRANSLATORS: two, three, four times as large */
        char *text = g_strdup_printf(_("%d×"), factors[i]);
        GtkWidget *button = gtk_button_new_with_label(text);

        g_object_set_data(G_OBJECT(button), "factor",
                          GINT_TO_POINTER(factors[i]));
        g_signal_connect(button, "clicked", G_CALLBACK(on_factor), dialog);
        gtk_box_pack_start(GTK_BOX(box), button, TRUE, TRUE, 0);
        g_free(text);
    }
    gtk_widget_show_all(box);
    tw_controls_add(dialog->controls,
                    tw_dialog_param(dialog->filter->task->params, "scale"));
    tw_controls_add_widget(dialog->controls, NULL, box);
    dialog->size = GTK_LABEL(size);
    gtk_label_set_xalign(dialog->size, 0);
    tw_controls_add_widget(dialog->controls, _("Size of the result"), size);
}

void
tw_dialog_upscale_changed(TwDialog *dialog)
{
    const tw_image *image = &dialog->filter->picture->image;
    double scale = 1;
    char *text;

    g_object_get(dialog->filter->config, "scale", &scale, NULL);
    text = g_strdup_printf(_("%.0f × %.0f pixels"),
                           fmax(round(scale * image->width), 1),
                           fmax(round(scale * image->height), 1));
    gtk_label_set_text(dialog->size, text);
    g_free(text);
    tw_dialog_set_scale(dialog, scale);
}
