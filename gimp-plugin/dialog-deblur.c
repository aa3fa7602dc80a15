/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deblur: the kernel as a picture; a motion blur as a line on the preview. */

#include <string.h>

#include "core/i18n.h"
#include "dialog-private.h"
#include "widgets/tw-expander.h"

enum { VIEW = 96 }; /* side of the kernel's picture on the screen */

static gboolean
is_motion(TwDialog *dialog)
{
    char *kind = NULL;
    gboolean motion;

    g_object_get(dialog->filter->config, "kernel", &kind, NULL);
    motion = g_strcmp0(kind, "motion") == 0;
    g_free(kind);
    return motion;
}

/* Folded, so that tries cost nothing until someone wants them. */
static void
add_tries(TwDialog *dialog)
{
    GtkWidget *expander = tw_expander_new(_("Try nearby values"));
    GtkWidget *strip;

    dialog->tries =
        tw_tries_new(dialog->session, G_OBJECT(dialog->filter->config));
    strip = tw_try_strip_new(dialog->tries, dialog->preview);
    gtk_widget_set_margin_top(strip, 6);
    gtk_container_add(GTK_CONTAINER(expander), strip);
    tw_controls_add_widget(dialog->controls, NULL, expander);
}

void
tw_dialog_add_deblur(TwDialog *dialog)
{
    const tw_image *image = &dialog->filter->picture->image;
    GimpProcedureConfig *config = dialog->filter->config;
    const GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;
    GtkWidget *chooser = gimp_procedure_dialog_get_widget(
        dialog->window, "kernel-drawable", G_TYPE_NONE);
    GtkWidget *view = tw_kernel_view_new();

    tw_controls_add_widget(dialog->controls, NULL, chooser);
    tw_dialog_show_when(dialog, chooser, "kernel", "drawable");
    gtk_widget_set_size_request(view, VIEW, VIEW);
    gtk_widget_set_halign(view, GTK_ALIGN_START);
    dialog->kernel = TW_KERNEL_VIEW(view);
    tw_controls_add_widget(dialog->controls, _("Shape"), view);
    add_tries(dialog);
    dialog->line = tw_line_new(dialog->preview, image->width, image->height);
    g_object_bind_property(config, "length", dialog->line, "length", both);
    g_object_bind_property(config, "angle", dialog->line, "angle", both);
    tw_dialog_add_tool(
        dialog, _("_Line"),
        _("Drag a line along a streak in the picture. Ctrl and the "
          "arrow keys change its length and angle, with Shift in "
          "large steps. Off: move the picture and the divider"),
        tw_line_tool(dialog->line));
}

/* NULL: there is none, or it cannot be drawn. */
static TwPicture *
draw(const tw_request *request)
{
    TwPicture *picture = NULL;
    int side;

    if (tw_kernel_side(request, &side, NULL) == TW_OK)
        picture = tw_picture_new(side, side);
    if (picture && tw_kernel_draw(request, &picture->image, NULL) != TW_OK)
        g_clear_pointer(&picture, tw_picture_unref);
    return picture;
}

void
tw_dialog_deblur_changed(TwDialog *dialog, const tw_request *request)
{
    const gboolean motion = is_motion(dialog);
    TwPicture *picture = draw(request);

    tw_kernel_view_set_kernel(dialog->kernel, picture);
    tw_picture_unref(picture);
    if (gtk_widget_get_visible(GTK_WIDGET(dialog->tool)) != motion)
        gtk_toggle_button_set_active(dialog->tool, motion);
    gtk_widget_set_visible(GTK_WIDGET(dialog->tool), motion);
}
