/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widget class and its properties. */
#include "preview/tw-preview-private.h"

#include "core/i18n.h"

G_DEFINE_TYPE(TwPreview, tw_preview, GTK_TYPE_DRAWING_AREA)

enum {
    PROP_DIVIDER = 1,
    PROP_ZOOM,
    PROP_MODE,
    PROP_REGION,
    PROP_REGION_VISIBLE,
    N_PROPS
};

TwPreview *
tw_preview_new(void)
{
    return g_object_new(TW_TYPE_PREVIEW, NULL);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    TwPreview *preview = TW_PREVIEW(object);

    if (id == PROP_DIVIDER)
        g_value_set_double(value, preview->view.divider);
    else if (id == PROP_ZOOM)
        g_value_set_double(value, preview->view.zoom);
    else if (id == PROP_MODE)
        g_value_set_enum(value, (int) preview->mode);
    else if (id == PROP_REGION)
        g_value_set_boxed(value, &preview->region);
    else if (id == PROP_REGION_VISIBLE)
        g_value_set_boolean(value, preview->region_visible);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    TwPreview *preview = TW_PREVIEW(object);

    if (id == PROP_DIVIDER)
        tw_preview_set_divider(preview, g_value_get_double(value));
    else if (id == PROP_ZOOM)
        tw_preview_set_zoom(preview, g_value_get_double(value));
    else if (id == PROP_MODE)
        tw_preview_set_mode(preview, (TwPreviewMode) g_value_get_enum(value));
    else if (id == PROP_REGION)
        tw_preview_set_region(preview, g_value_get_boxed(value));
    else if (id == PROP_REGION_VISIBLE)
        tw_preview_set_region_visible(preview, g_value_get_boolean(value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
resized(TwPreview *preview)
{
    GtkWidget *widget = GTK_WIDGET(preview);
    const TwView view =
        tw_view_resized(&preview->view, gtk_widget_get_allocated_width(widget),
                        gtk_widget_get_allocated_height(widget),
                        gtk_widget_get_scale_factor(widget));

    tw_preview_set_view(preview, &view);
}

static void
size_allocate(GtkWidget *widget, GtkAllocation *allocation)
{
    GTK_WIDGET_CLASS(tw_preview_parent_class)
        ->size_allocate(widget, allocation);
    resized(TW_PREVIEW(widget));
}

static void
finalize(GObject *object)
{
    TwPreview *preview = TW_PREVIEW(object);

    for (int i = 0; i < TW_PREVIEW_MODES; i++)
        tw_layer_free(preview->layers[i]);
    tw_layer_free(preview->loupe);
    tw_picture_unref(preview->after);
    if (preview->transform_destroy != NULL)
        preview->transform_destroy(preview->transform_data);
    G_OBJECT_CLASS(tw_preview_parent_class)->finalize(object);
}

GType
tw_preview_mode_get_type(void)
{
    static const GEnumValue values[] = {
        { TW_PREVIEW_SPLIT, "TW_PREVIEW_SPLIT", "split" },
        { TW_PREVIEW_AFTER, "TW_PREVIEW_AFTER", "after" },
        { TW_PREVIEW_BEFORE, "TW_PREVIEW_BEFORE", "before" },
        { TW_PREVIEW_MISFIT, "TW_PREVIEW_MISFIT", "misfit" },
        { TW_PREVIEW_MEASURED, "TW_PREVIEW_MEASURED", "measured" },
        { TW_PREVIEW_INVENTED, "TW_PREVIEW_INVENTED", "invented" },
        { 0, NULL, NULL },
    };
    static gsize type;

    if (g_once_init_enter(&type))
        g_once_init_leave(&type,
                          g_enum_register_static("TwPreviewMode", values));
    return type;
}

static void
install_properties(GObjectClass *class)
{
    const GParamFlags flags =
        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
    GParamSpec *props[N_PROPS] = { NULL };

    props[PROP_DIVIDER] =
        g_param_spec_double("divider", NULL, NULL, 0, 1, 0.5, flags);
    props[PROP_ZOOM] =
        g_param_spec_double("zoom", NULL, NULL, 0, TW_VIEW_MAX_ZOOM, 1, flags);
    props[PROP_MODE] = g_param_spec_enum(
        "mode", NULL, NULL, TW_TYPE_PREVIEW_MODE, TW_PREVIEW_SPLIT, flags);
    props[PROP_REGION] =
        g_param_spec_boxed("region", NULL, NULL, GDK_TYPE_RECTANGLE, flags);
    props[PROP_REGION_VISIBLE] =
        g_param_spec_boolean("region-visible", NULL, NULL, FALSE, flags);
    g_object_class_install_properties(class, N_PROPS, props);
    g_signal_new("region-changed", TW_TYPE_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_preview_class_init(TwPreviewClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    install_properties(object_class);
    widget_class->size_allocate = size_allocate;
    widget_class->draw = tw_preview_draw;
    tw_preview_connect_input(widget_class);
    tw_preview_connect_keys(widget_class);
    gtk_widget_class_set_accessible_type(widget_class,
                                         tw_preview_accessible_get_type());
}

static void
tw_preview_init(TwPreview *preview)
{
    GtkWidget *widget = GTK_WIDGET(preview);

    preview->view = tw_view_init();
    for (int i = 0; i < TW_PREVIEW_MODES; i++)
        preview->layers[i] =
            tw_layer_new(i == TW_PREVIEW_MISFIT     ? TW_SHADE_HEAT
                         : i == TW_PREVIEW_INVENTED ? TW_SHADE_DIFFERENCE
                                                    : TW_SHADE_COLOR);
    preview->loupe = tw_layer_new(TW_SHADE_COLOR);
    gtk_widget_set_can_focus(widget, TRUE);
    gtk_widget_add_events(widget,
                          GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK |
                              GDK_POINTER_MOTION_MASK | GDK_LEAVE_NOTIFY_MASK |
                              GDK_SCROLL_MASK | GDK_SMOOTH_SCROLL_MASK |
                              GDK_KEY_PRESS_MASK | GDK_KEY_RELEASE_MASK |
                              GDK_FOCUS_CHANGE_MASK);
    g_signal_connect(widget, "notify::scale-factor", G_CALLBACK(resized), NULL);
    atk_object_set_name(gtk_widget_get_accessible(widget), _("Preview"));
}
