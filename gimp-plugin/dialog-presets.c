/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings that go together, on top: one press for who does not want to know. */

#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "dialog-private.h"

typedef struct Preset {
    const char *title, *tip;
    double strength, detail; /* 0…1, 0…100 */
} Preset;

/* How much grain remains, and how much is made up. */
static const Preset for_noise[] = {
    { N_("Natural"), N_("Some of the grain remains"), 0.75, 30 },
    { N_("Detailed"), N_("No grain, with the texture of a likely picture"), 1,
      70 },
    { N_("Strong"), N_("No grain, smooth where nothing is known"), 1, 0 },
};

static const Preset for_others[] = {
    { N_("Smooth"), N_("Nothing is made up: smooth where nothing is known"), 1,
      0 },
    { N_("Natural"), N_("Between smooth and detailed"), 1, 50 },
    { N_("Detailed"), N_("With the texture of a likely picture"), 1, 100 },
};

G_STATIC_ASSERT(G_N_ELEMENTS(for_noise) == TW_PRESETS);
G_STATIC_ASSERT(G_N_ELEMENTS(for_others) == TW_PRESETS);

static const Preset *
presets_of(const TwDialog *dialog)
{
    return strcmp(dialog->filter->task->name, "denoise") == 0 ? for_noise
                                                              : for_others;
}

static void
on_clicked(GtkToggleButton *button, gpointer data)
{
    TwDialog *dialog = data;
    const Preset *presets = presets_of(dialog);

    for (int i = 0; i < TW_PRESETS; i++)
        if (dialog->presets[i] == button) {
            char *detail = g_strdup_printf("%.0f", presets[i].detail);

            g_object_set(dialog->filter->config, "strength",
                         presets[i].strength, "detail", detail, NULL);
            g_free(detail);
        }
    /* Pressed again, it stays. */
    tw_dialog_change(dialog, TW_CHANGE_SETTING);
}

void
tw_dialog_add_presets(TwDialog *dialog)
{
    const Preset *presets = presets_of(dialog);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

    gtk_style_context_add_class(gtk_widget_get_style_context(box),
                                GTK_STYLE_CLASS_LINKED);
    gtk_box_set_homogeneous(GTK_BOX(box), TRUE);
    for (int i = 0; i < TW_PRESETS; i++) {
        GtkWidget *button =
            gtk_toggle_button_new_with_label(_(presets[i].title));

        gtk_widget_set_tooltip_text(button, _(presets[i].tip));
        g_signal_connect(button, "clicked", G_CALLBACK(on_clicked), dialog);
        gtk_box_pack_start(GTK_BOX(box), button, TRUE, TRUE, 0);
        dialog->presets[i] = GTK_TOGGLE_BUTTON(button);
    }
    gtk_widget_show_all(box);
    tw_controls_add_widget(dialog->controls, NULL, box);
}

void
tw_dialog_presets_changed(TwDialog *dialog, const tw_request *request)
{
    const double strength = tw_request_real(request, "strength");
    const double detail = 100 * tw_request_detail(request);
    const Preset *presets = presets_of(dialog);

    for (int i = 0; i < TW_PRESETS; i++) {
        GtkToggleButton *button = dialog->presets[i];
        const gboolean same = fabs(strength - presets[i].strength) < 1e-6 &&
                              fabs(detail - presets[i].detail) < 1e-6;

        g_signal_handlers_block_by_func(button, on_clicked, dialog);
        gtk_toggle_button_set_active(button, same);
        g_signal_handlers_unblock_by_func(button, on_clicked, dialog);
    }
}
