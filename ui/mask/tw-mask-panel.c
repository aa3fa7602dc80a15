/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-mask-panel.h"

#include "core/i18n.h"
#include "mask/tw-mask-hint.h"
#include "settings/tw-control.h"
#include "settings/tw-number-entry.h"
#include "settings/tw-titles.h"

struct _TwMaskPanel {
    GtkGrid parent;
    TwBrush *brush;
    GtkSizeGroup *spins; /* are equally wide */
    int rows;
};

G_DEFINE_FINAL_TYPE(TwMaskPanel, tw_mask_panel, GTK_TYPE_GRID)

enum { SAVE_AS_CHANNEL, SIGNALS };

static guint signals[SIGNALS];

static const GBindingFlags both =
    G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

static const tw_param size_row = {
    "size",
    N_("Si_ze"),
    N_("Diameter of the brush; also with the keys [ and ]"),
    TW_PARAM_INT,
    1,
    TW_BRUSH_MOST,
    40,
    0,
    NULL,
    N_("px")
};
static const tw_param hardness_row = {
    "hardness",
    N_("Hard_ness"),
    N_("How sharp the edge of the brush is; also with the keys { and }"),
    TW_PARAM_INT,
    0,
    100,
    100,
    0,
    NULL,
    N_("%")
};
static const tw_param grow_row = {
    "grow",
    N_("_Grow"),
    N_("Makes the mask larger on every side by so many pixels, or smaller if "
       "negative"),
    TW_PARAM_INT,
    -TW_PAINT_GROW_MOST,
    TW_PAINT_GROW_MOST,
    0,
    0,
    NULL,
    N_("px")
};
static const tw_param feather_row = {
    "feather",
    N_("_Feather"),
    N_("Softens the edge of the mask, so that what is new blends in"),
    TW_PARAM_INT,
    0,
    TW_PAINT_FEATHER_MOST,
    0,
    0,
    NULL,
    N_("px")
};

static TwNumberEntry *
add_number(TwMaskPanel *panel, const tw_param *row)
{
    TwNumberEntry *entry = tw_number_entry_new(row, TRUE);
    GtkWidget *label = gtk_label_new_with_mnemonic(_(row->title));
    g_autofree char *title = tw_plain_title(row);

    tw_control_name(GTK_WIDGET(entry), title);
    gtk_label_set_mnemonic_widget(GTK_LABEL(label),
                                  tw_number_entry_get_spin(entry));
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_widget_set_tooltip_text(label, _(row->blurb));
    gtk_widget_set_tooltip_text(GTK_WIDGET(entry), _(row->blurb));
    gtk_widget_set_hexpand(GTK_WIDGET(entry), TRUE);
    gtk_size_group_add_widget(panel->spins, tw_number_entry_get_spin(entry));
    gtk_grid_attach(GTK_GRID(panel), label, 0, panel->rows, 1, 1);
    gtk_grid_attach(GTK_GRID(panel), GTK_WIDGET(entry), 1, panel->rows++, 1, 1);
    return entry;
}

static gboolean
to_percent(GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    (void) binding;
    (void) data;
    g_value_set_double(to, 100 * g_value_get_double(from));
    return TRUE;
}

static gboolean
from_percent(GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    (void) binding;
    (void) data;
    g_value_set_double(to, g_value_get_double(from) / 100);
    return TRUE;
}

static void
add_numbers(TwMaskPanel *panel)
{
    TwPaint *paint = tw_brush_paint(panel->brush);

    g_object_bind_property(panel->brush, "size", add_number(panel, &size_row),
                           "value", both);
    g_object_bind_property_full(panel->brush, "hardness",
                                add_number(panel, &hardness_row), "value", both,
                                to_percent, from_percent, NULL, NULL);
    g_object_bind_property(paint, "grow", add_number(panel, &grow_row), "value",
                           both);
    g_object_bind_property(paint, "feather", add_number(panel, &feather_row),
                           "value", both);
}

static void
add_row(TwMaskPanel *panel, GtkWidget *widget)
{
    gtk_grid_attach(GTK_GRID(panel), widget, 0, panel->rows++, 2, 1);
}

/* Two buttons of which one is pressed. */
static void
add_modes(TwMaskPanel *panel)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
    GtkWidget *add = gtk_radio_button_new_with_mnemonic(NULL, _("_Paint"));
    GtkWidget *erase = gtk_radio_button_new_with_mnemonic_from_widget(
        GTK_RADIO_BUTTON(add), _("Er_ase"));

    gtk_toggle_button_set_mode(GTK_TOGGLE_BUTTON(add), FALSE);
    gtk_toggle_button_set_mode(GTK_TOGGLE_BUTTON(erase), FALSE);
    gtk_widget_set_tooltip_text(
        add, _("The brush marks what is to be replaced; key X changes"));
    gtk_widget_set_tooltip_text(
        erase, _("The brush takes away from the mask; key X changes. While "
                 "painting: Shift or the right mouse button"));
    gtk_style_context_add_class(gtk_widget_get_style_context(box),
                                GTK_STYLE_CLASS_LINKED);
    gtk_box_pack_start(GTK_BOX(box), add, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(box), erase, TRUE, TRUE, 0);
    g_object_bind_property(panel->brush, "erase", erase, "active", both);
    g_object_bind_property(panel->brush, "erase", add, "active",
                           both | G_BINDING_INVERT_BOOLEAN);
    add_row(panel, box);
}

/* With a picture instead of its title, if there is one: four titles are too wide
 * in many languages. */
static GtkWidget *
add_button(GtkWidget *box, const char *icon, const char *title,
           const char *tooltip)
{
    GtkWidget *button =
        icon ? gtk_button_new_from_icon_name(icon, GTK_ICON_SIZE_BUTTON)
             : gtk_button_new_with_mnemonic(title);

    if (icon)
        atk_object_set_name(gtk_widget_get_accessible(button), title);
    gtk_widget_set_tooltip_text(button, tooltip);
    gtk_widget_set_hexpand(button, TRUE);
    gtk_container_add(GTK_CONTAINER(box), button);
    return button;
}

static void
add_steps(TwMaskPanel *panel)
{
    TwPaint *paint = tw_brush_paint(panel->brush);
    GtkWidget *box = gtk_grid_new(), *button;

    gtk_grid_set_column_spacing(GTK_GRID(box), 6);
    button = add_button(box, "edit-undo-symbolic", _("Undo"),
                        _("Takes the last stroke back; Ctrl+Z"));
    g_signal_connect_swapped(button, "clicked", G_CALLBACK(tw_paint_undo),
                             paint);
    g_object_bind_property(paint, "can-undo", button, "sensitive",
                           G_BINDING_SYNC_CREATE);
    button = add_button(box, "edit-redo-symbolic", _("Redo"),
                        _("Draws again what was taken back; Shift+Ctrl+Z"));
    g_signal_connect_swapped(button, "clicked", G_CALLBACK(tw_paint_redo),
                             paint);
    g_object_bind_property(paint, "can-redo", button, "sensitive",
                           G_BINDING_SYNC_CREATE);
    button = add_button(box, NULL, _("_Invert"),
                        _("Replaces what was kept, and keeps the rest"));
    g_signal_connect_swapped(button, "clicked", G_CALLBACK(tw_paint_invert),
                             paint);
    button = add_button(box, NULL, _("Cl_ear"), _("Empties the mask"));
    g_signal_connect_swapped(button, "clicked", G_CALLBACK(tw_paint_clear),
                             paint);
    g_object_bind_property(paint, "empty", button, "sensitive",
                           G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
    gtk_widget_set_hexpand(box, TRUE);
    add_row(panel, box);
}

static void
save(TwMaskPanel *panel)
{
    g_signal_emit(panel, signals[SAVE_AS_CHANNEL], 0);
}

static void
add_last(TwMaskPanel *panel)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *show = gtk_check_button_new_with_mnemonic(_("Sho_w mask"));
    GtkWidget *button = gtk_button_new_with_mnemonic(_("Sa_ve as Channel"));

    gtk_widget_set_tooltip_text(show, _("Shows the mask over the picture"));
    gtk_widget_set_tooltip_text(
        button, _("Keeps the mask as a channel of the image, to use it again"));
    g_object_bind_property(panel->brush, "overlay", show, "active", both);
    g_object_bind_property(tw_brush_paint(panel->brush), "empty", button,
                           "sensitive",
                           G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
    g_signal_connect_swapped(button, "clicked", G_CALLBACK(save), panel);
    gtk_box_pack_start(GTK_BOX(box), show, FALSE, FALSE, 0);
    gtk_box_pack_end(GTK_BOX(box), button, FALSE, FALSE, 0);
    add_row(panel, box);
}

GtkWidget *
tw_mask_panel_new(TwBrush *brush)
{
    TwMaskPanel *panel = g_object_new(TW_TYPE_MASK_PANEL, NULL);

    panel->brush = g_object_ref(brush);
    panel->spins = gtk_size_group_new(GTK_SIZE_GROUP_HORIZONTAL);
    gtk_grid_set_row_spacing(GTK_GRID(panel), 6);
    gtk_grid_set_column_spacing(GTK_GRID(panel), 6);
    add_row(panel, tw_mask_hint_new(tw_brush_paint(brush)));
    add_modes(panel);
    add_numbers(panel);
    add_steps(panel);
    add_last(panel);
    gtk_widget_show_all(GTK_WIDGET(panel));
    return GTK_WIDGET(panel);
}

static void
finalize(GObject *object)
{
    TwMaskPanel *panel = TW_MASK_PANEL(object);

    g_object_unref(panel->spins);
    g_object_unref(panel->brush);
    G_OBJECT_CLASS(tw_mask_panel_parent_class)->finalize(object);
}

static void
tw_mask_panel_class_init(TwMaskPanelClass *class)
{
    G_OBJECT_CLASS(class)->finalize = finalize;
    signals[SAVE_AS_CHANNEL] =
        g_signal_new("save-as-channel", TW_TYPE_MASK_PANEL, G_SIGNAL_RUN_LAST,
                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_mask_panel_init(TwMaskPanel *panel)
{
    (void) panel;
}
