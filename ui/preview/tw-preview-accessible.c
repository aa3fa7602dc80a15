/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The preview for screen readers: a split pane, whose value is the divider in
 * percent.
 */
#include <gtk/gtk-a11y.h>

#include "core/i18n.h"
#include "preview/tw-preview-private.h"

typedef GtkWidgetAccessible TwPreviewAccessible;
typedef GtkWidgetAccessibleClass TwPreviewAccessibleClass;

static void value_init(AtkValueIface *iface);

G_DEFINE_TYPE_WITH_CODE(TwPreviewAccessible, tw_preview_accessible,
                        GTK_TYPE_WIDGET_ACCESSIBLE,
                        G_IMPLEMENT_INTERFACE(ATK_TYPE_VALUE, value_init))

static TwPreview *
preview_of(gpointer accessible)
{
    GtkWidget *widget = gtk_accessible_get_widget(GTK_ACCESSIBLE(accessible));

    return widget != NULL ? TW_PREVIEW(widget) : NULL;
}

static char *
describe_pictures(TwPreview *preview)
{
    const int percent = (int) (100 * preview->view.divider + 0.5);

    switch (tw_preview_shown_mode(preview)) {
    case TW_PREVIEW_SPLIT:
        /* Translators: the line between the pictures before and after. */
        return g_strdup_printf(_("Divider at %d %%"), percent);
    case TW_PREVIEW_BEFORE:
        return g_strdup(_("The picture before"));
    case TW_PREVIEW_AFTER:
        return g_strdup(_("The picture after"));
    case TW_PREVIEW_MISFIT:
        return g_strdup(_("Where the result fits the picture, as colors"));
    case TW_PREVIEW_MEASURED:
        return g_strdup(
            _("The part of the result that the picture determines"));
    case TW_PREVIEW_INVENTED:
    default:
        return g_strdup(_("The part of the result that the model has added"));
    }
}

/* Freed by the caller. */
static char *
describe(TwPreview *preview)
{
    g_autofree char *pictures = describe_pictures(preview);
    g_autofree char *tool = NULL;

    if (preview->tool == NULL || preview->tool->describe == NULL)
        return g_steal_pointer(&pictures);
    tool = preview->tool->describe(preview->tool);
    return g_strdup_printf("%s\n%s", pictures, tool);
}

static const char *
get_description(AtkObject *object)
{
    TwPreview *preview = preview_of(object);

    if (preview == NULL)
        return NULL;
    /* Kept with the object, as the caller does not own it. */
    g_object_set_data_full(G_OBJECT(object), "tw-description",
                           describe(preview), g_free);
    return g_object_get_data(G_OBJECT(object), "tw-description");
}

static void
get_value_and_text(AtkValue *value, double *number, char **text)
{
    TwPreview *preview = preview_of(value);

    *number = preview != NULL ? 100 * preview->view.divider : 0;
    if (text != NULL)
        *text = preview != NULL ? describe(preview) : NULL;
}

static void
get_current_value(AtkValue *value, GValue *number)
{
    double percent;

    get_value_and_text(value, &percent, NULL);
    g_value_init(number, G_TYPE_DOUBLE);
    g_value_set_double(number, percent);
}

static AtkRange *
get_range(AtkValue *value G_GNUC_UNUSED)
{
    return atk_range_new(0, 100, NULL);
}

static void
get_minimum(AtkValue *value G_GNUC_UNUSED, GValue *number)
{
    g_value_init(number, G_TYPE_DOUBLE);
    g_value_set_double(number, 0);
}

static void
get_maximum(AtkValue *value G_GNUC_UNUSED, GValue *number)
{
    g_value_init(number, G_TYPE_DOUBLE);
    g_value_set_double(number, 100);
}

static double
get_increment(AtkValue *value G_GNUC_UNUSED)
{
    return 1;
}

static void
set_value(AtkValue *value, const double number)
{
    TwPreview *preview = preview_of(value);

    if (preview != NULL)
        tw_preview_set_divider(preview, number / 100);
}

static gboolean
set_current_value(AtkValue *value, const GValue *number)
{
    set_value(value, g_value_get_double(number));
    return TRUE;
}

static void
value_init(AtkValueIface *iface)
{
    iface->get_value_and_text = get_value_and_text;
    iface->get_range = get_range;
    iface->get_increment = get_increment;
    iface->set_value = set_value;
    /* The bridge to AT-SPI still asks the older way. */
    iface->get_current_value = get_current_value;
    iface->get_minimum_value = get_minimum;
    iface->get_maximum_value = get_maximum;
    iface->set_current_value = set_current_value;
}

/* GTK sets a role of its own while it initializes. */
static void
initialize(AtkObject *object, gpointer data)
{
    ATK_OBJECT_CLASS(tw_preview_accessible_parent_class)
        ->initialize(object, data);
    atk_object_set_role(object, ATK_ROLE_SPLIT_PANE);
}

static void
tw_preview_accessible_class_init(TwPreviewAccessibleClass *class)
{
    ATK_OBJECT_CLASS(class)->initialize = initialize;
    ATK_OBJECT_CLASS(class)->get_description = get_description;
}

static void
tw_preview_accessible_init(TwPreviewAccessible *accessible G_GNUC_UNUSED)
{
}

void
tw_preview_accessible_changed(TwPreview *preview)
{
    AtkObject *object = gtk_widget_get_accessible(GTK_WIDGET(preview));
    g_autofree char *text = describe(preview);

    g_signal_emit_by_name(object, "value-changed", 100 * preview->view.divider,
                          text);
    g_object_notify(G_OBJECT(object), "accessible-value");
    g_object_notify(G_OBJECT(object), "accessible-description");
}
