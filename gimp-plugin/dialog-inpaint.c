/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inpaint: the mask is painted on the preview. */

#include "core/i18n.h"
#include "dialog-private.h"
#include "mask/tw-mask-panel.h"

enum {
    CONTEXT = 64, /* pixels around the mask that are shown with it */
    MOST = 512    /* side of the region: more takes long */
};

static void
on_save(TwMaskPanel *panel, gpointer data)
{
    TwDialog *dialog = data;
    GError *error = NULL;

    (void) panel;
    if (tw_filter_save_mask(dialog->filter, &error)) {
        gimp_displays_flush();
        tw_dialog_show(dialog, GTK_MESSAGE_INFO,
                       _("The mask is now a channel of the image."));
        return;
    }
    tw_dialog_show(dialog, GTK_MESSAGE_ERROR, error->message);
    g_error_free(error);
}

/* The mask may be made from another drawable; GIMP's own button chooses it. */
static void
add_chooser(TwDialog *dialog)
{
    GtkWidget *chooser = gimp_procedure_dialog_get_widget(
        dialog->window, "mask-drawable", G_TYPE_NONE);

    tw_controls_add_widget(dialog->controls, NULL, chooser);
    tw_dialog_show_when(dialog, chooser, "mask", "drawable");
}

void
tw_dialog_add_inpaint(TwDialog *dialog)
{
    TwFilter *filter = dialog->filter;
    GtkWidget *panel;

    dialog->brush = tw_brush_new(filter->paint, dialog->preview);
    panel = tw_mask_panel_new(dialog->brush);
    g_signal_connect(panel, "save-as-channel", G_CALLBACK(on_save), dialog);
    add_chooser(dialog);
    tw_controls_add_widget(dialog->controls, NULL, panel);
    g_object_bind_property(filter->config, "grow", filter->paint, "grow",
                           G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
    g_object_bind_property(filter->config, "feather", filter->paint, "feather",
                           G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
    tw_dialog_add_tool(dialog, _("_Brush"),
                       _("Paint the mask; off: move the picture and the "
                         "divider"),
                       tw_brush_tool(dialog->brush));
    /* A hole may be anywhere: left of the divider nothing new would be seen. */
    gtk_combo_box_set_active(dialog->views, TW_PREVIEW_AFTER);
}

/* One side of the region: the mask with its context, or the middle of it. */
static void
extend(int *start, int *length, int most)
{
    const int middle = *start + *length / 2;
    const int side = MIN(MIN(*length + 2 * CONTEXT, MOST), most);

    *start = CLAMP(middle - side / 2, 0, most - side);
    *length = side;
}

void
tw_dialog_inpaint_changed(TwDialog *dialog)
{
    const TwFilter *filter = dialog->filter;
    cairo_rectangle_int_t bounds;
    TwPicture *mask;

    if (!tw_paint_bounds(filter->paint, &bounds)) {
        tw_session_set_mask(dialog->session, NULL);
        tw_preview_set_after(dialog->preview, NULL, NULL);
        return;
    }
    mask = tw_paint_picture(filter->paint);
    if (!mask)
        return;
    tw_session_set_mask(dialog->session, mask);
    tw_picture_unref(mask);
    /* Only holes are computed: small ones all at once, so that Apply takes no
     * time, and there is nothing to choose. */
    if (bounds.width + 2 * CONTEXT <= MOST &&
        bounds.height + 2 * CONTEXT <= MOST) {
        bounds = tw_dialog_whole(dialog);
    } else {
        extend(&bounds.x, &bounds.width, filter->picture->image.width);
        extend(&bounds.y, &bounds.height, filter->picture->image.height);
    }
    dialog->part = bounds;
    tw_dialog_set_region(dialog, &bounds);
}
