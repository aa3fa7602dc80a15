/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask/tw-mask-hint.h"

#include "core/i18n.h"
#include "widgets/tw-direction.h"

enum { NARROWEST_TEXT = 30 }; /* characters */

static void
add_hint(GtkWidget *stack, const char *name, const char *text)
{
    char *directed = tw_directed(text);
    GtkWidget *label = gtk_label_new(directed);

    g_free(directed);
    gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_width_chars(GTK_LABEL(label), NARROWEST_TEXT);
    gtk_label_set_max_width_chars(GTK_LABEL(label), NARROWEST_TEXT);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_yalign(GTK_LABEL(label), 0);
    gtk_stack_add_named(GTK_STACK(stack), label, name);
}

static gboolean
to_hint(GBinding *binding, const GValue *empty, GValue *hint, gpointer data)
{
    (void) binding;
    (void) data;
    g_value_set_static_string(hint,
                              g_value_get_boolean(empty) ? "empty" : "painted");
    return TRUE;
}

GtkWidget *
tw_mask_hint_new(TwPaint *paint)
{
    GtkWidget *stack = gtk_stack_new();

    add_hint(stack, "empty",
             _("What is selected or transparent when the filter opens need "
               "not be painted."));
    add_hint(stack, "painted",
             _("Shift or the right mouse button erases. Without a mouse: Ctrl "
               "and the arrow keys move the brush, space paints."));
    gtk_widget_show_all(stack); /* hidden children are never chosen */
    g_object_bind_property_full(paint, "empty", stack, "visible-child-name",
                                G_BINDING_SYNC_CREATE, to_hint, NULL, NULL,
                                NULL);
    return stack;
}
