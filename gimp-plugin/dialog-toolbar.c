/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/i18n.h"
#include "dialog-private.h"

/* A small button with a picture; @title is its name and tooltip. */
static GtkWidget *
icon_button(const char *icon, const char *title)
{
    GtkWidget *button =
        gtk_button_new_from_icon_name(icon, GTK_ICON_SIZE_BUTTON);

    gtk_widget_set_tooltip_text(button, title);
    atk_object_set_name(gtk_widget_get_accessible(button), title);
    return button;
}

static void
on_zoom_out(TwDialog *dialog)
{
    tw_preview_zoom_by(dialog->preview, 1 / G_SQRT2);
}

static void
on_zoom_in(TwDialog *dialog)
{
    tw_preview_zoom_by(dialog->preview, G_SQRT2);
}

static void
on_original(TwDialog *dialog)
{
    tw_preview_set_zoom(dialog->preview, 1);
}

static void
on_fit(TwDialog *dialog)
{
    tw_preview_fit(dialog->preview);
}

static gboolean
zoom_text(GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    const double zoom = 100 * g_value_get_double(from);

    (void) binding;
    (void) data;
    g_value_take_string(to, g_strdup_printf(_("%.0f %%"), round(zoom)));
    return TRUE;
}

static GtkWidget *
zoom_new(TwDialog *dialog)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
    GtkWidget *label = gtk_label_new(NULL);
    const struct {
        const char *icon, *title;
        void (*clicked)(TwDialog *);
    } buttons[] = {
        { "zoom-out-symbolic", _("Zoom out"), on_zoom_out },
        { "zoom-in-symbolic", _("Zoom in"), on_zoom_in },
        { "zoom-original-symbolic", _("Pixel for pixel"), on_original },
        { "zoom-fit-best-symbolic", _("Show the whole picture"), on_fit },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(buttons); i++) {
        GtkWidget *button = icon_button(buttons[i].icon, buttons[i].title);

        g_signal_connect_swapped(button, "clicked",
                                 G_CALLBACK(buttons[i].clicked), dialog);
        gtk_box_pack_start(GTK_BOX(box), button, FALSE, FALSE, 0);
        if (i == 0)
            gtk_box_pack_start(GTK_BOX(box), label, FALSE, FALSE, 0);
    }
    gtk_label_set_width_chars(GTK_LABEL(label), 7);
    g_object_bind_property_full(dialog->preview, "zoom", label, "label",
                                G_BINDING_SYNC_CREATE, zoom_text, NULL, NULL,
                                NULL);
    return box;
}

/* In the order of TwPreviewMode. */
static const char *const views[] = {
    N_("Before and after"), N_("After"),         N_("Before"),
    N_("Fit to the data"),  N_("Measured part"), N_("Invented part"),
};

static void
on_view(GtkComboBox *combo, gpointer data)
{
    TwDialog *dialog = data;
    const int active = gtk_combo_box_get_active(combo);

    if (active < 0)
        return;
    tw_preview_set_mode(dialog->preview, (TwPreviewMode) active);
    tw_dialog_show_result(dialog);
}

static GtkWidget *
views_new(TwDialog *dialog)
{
    GtkWidget *combo = gtk_combo_box_text_new();

    for (gsize i = 0; i < G_N_ELEMENTS(views); i++)
        gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(combo), _(views[i]));
    atk_object_set_name(gtk_widget_get_accessible(combo), _("View"));
    gtk_widget_set_tooltip_text(
        combo, _("What the preview shows. Fit to the data: where the result "
                 "explains the picture, and where it does not. Measured and "
                 "invented: the parts of the result that the picture and the "
                 "model determine"));
    gtk_combo_box_set_active(GTK_COMBO_BOX(combo), TW_PREVIEW_SPLIT);
    g_signal_connect(combo, "changed", G_CALLBACK(on_view), dialog);
    dialog->views = GTK_COMBO_BOX(combo);
    return combo;
}

static GtkWidget *
candidates_new(TwDialog *dialog)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *label = gtk_label_new_with_mnemonic(_("_Variant"));
    GtkWidget *spin = gtk_spin_button_new_with_range(1, 1, 1);

    gtk_label_set_mnemonic_widget(GTK_LABEL(label), spin);
    gtk_box_pack_start(GTK_BOX(box), label, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(box), spin, FALSE, FALSE, 0);
    gtk_widget_show_all(box);
    gtk_widget_set_no_show_all(box, TRUE);
    gtk_widget_hide(box);
    g_signal_connect_swapped(spin, "value-changed",
                             G_CALLBACK(tw_dialog_show_result), dialog);
    dialog->candidates = box;
    dialog->candidate = GTK_SPIN_BUTTON(spin);
    return box;
}

void
tw_dialog_update_candidates(TwDialog *dialog)
{
    const guint count = dialog->results ? dialog->results->len : 1;

    gtk_spin_button_set_range(dialog->candidate, 1, count);
    gtk_widget_set_visible(dialog->candidates, count > 1);
}

static void
on_whole(GtkToggleButton *whole, gpointer data)
{
    TwDialog *dialog = data;

    tw_dialog_set_region(
        dialog, gtk_toggle_button_get_active(whole) ? NULL : &dialog->part);
}

static GtkWidget *
whole_new(TwDialog *dialog)
{
    GtkWidget *whole = gtk_toggle_button_new_with_mnemonic(_("_Whole picture"));

    gtk_widget_set_tooltip_text(
        whole, _("Computes all of the picture before Apply, not only the part "
                 "in the frame"));
    gtk_widget_set_no_show_all(whole, TRUE);
    g_signal_connect(whole, "toggled", G_CALLBACK(on_whole), dialog);
    dialog->whole = GTK_TOGGLE_BUTTON(whole);
    return whole;
}

void
tw_dialog_hold_preview(TwDialog *dialog)
{
    const gboolean on = dialog->tool && !dialog->applying &&
                        gtk_toggle_button_get_active(dialog->tool);
    const gboolean whole = gtk_toggle_button_get_active(dialog->whole);

    gtk_widget_set_sensitive(GTK_WIDGET(dialog->whole), !dialog->applying);
    g_object_set(dialog->preview, "region-visible", !whole && !dialog->applying,
                 NULL);
    tw_preview_set_pending(dialog->preview, dialog->applying);
    tw_preview_set_tool(dialog->preview,
                        on ? g_object_get_data(G_OBJECT(dialog->tool), "tool")
                           : NULL);
}

void
tw_dialog_add_tool(TwDialog *dialog, const char *title, const char *hint,
                   TwTool *tool)
{
    GtkWidget *button = gtk_toggle_button_new_with_mnemonic(title);
    GtkWidget *bar = gtk_widget_get_parent(GTK_WIDGET(dialog->whole));

    gtk_widget_set_tooltip_text(button, hint);
    g_object_set_data(G_OBJECT(button), "tool", tool);
    g_signal_connect_swapped(button, "toggled",
                             G_CALLBACK(tw_dialog_hold_preview), dialog);
    gtk_box_pack_start(GTK_BOX(bar), button, FALSE, FALSE, 0);
    dialog->tool = GTK_TOGGLE_BUTTON(button);
    gtk_toggle_button_set_active(dialog->tool, TRUE);
    gtk_widget_show(button);
    gtk_widget_set_no_show_all(button, TRUE);
}

GtkWidget *
tw_dialog_toolbar_new(TwDialog *dialog)
{
    GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);

    gtk_box_pack_start(GTK_BOX(bar), views_new(dialog), FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(bar), candidates_new(dialog), FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(bar), whole_new(dialog), FALSE, FALSE, 0);
    gtk_box_pack_end(GTK_BOX(bar), zoom_new(dialog), FALSE, FALSE, 0);
    return bar;
}
