/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialog-private.h"

/* What the values of the preview mean: the image's own profile, with the sRGB
 * curve where the layer holds linear light (drawable.h). The display wants RGB,
 * to which gray has been expanded. */
static GimpColorProfile *
profile_of(TwFilter *filter)
{
    GimpColorProfile *profile =
        gimp_image_get_effective_color_profile(filter->image);
    GimpColorProfile *curved;

    if (!profile || !gimp_color_profile_is_rgb(profile)) {
        g_clear_object(&profile);
        return gimp_color_profile_new_rgb_srgb();
    }
    if (!gimp_color_profile_is_linear(profile))
        return profile;
    curved = gimp_color_profile_new_srgb_trc_from_color_profile(profile);
    g_object_unref(profile);
    return curved;
}

static void
transform(guchar *rgb, int pixels, gpointer data)
{
    const Babl *format = babl_format("R'G'B' u8");

    gimp_color_transform_process_pixels(data, format, rgb, format, rgb,
                                        (gsize) pixels);
}

static void
update(TwDialog *dialog)
{
    GimpColorConfig *config = gimp_get_color_configuration();
    GimpColorProfile *profile = profile_of(dialog->filter);
    const Babl *format = babl_format("R'G'B' u8");
    GimpColorTransform *colors =
        config && profile
            ? gimp_widget_get_color_transform(
                  GTK_WIDGET(dialog->preview), config, profile, format, format,
                  NULL, GIMP_COLOR_RENDERING_INTENT_RELATIVE_COLORIMETRIC,
                  FALSE)
            : NULL;

    tw_preview_set_transform(dialog->preview, colors ? transform : NULL, colors,
                             colors ? g_object_unref : NULL);
    g_clear_object(&profile);
    g_clear_object(&config);
}

static void
on_monitor(GtkWidget *preview, gpointer data)
{
    (void) preview;
    update(data);
}

void
tw_dialog_manage_color(TwDialog *dialog)
{
    GtkWidget *preview = GTK_WIDGET(dialog->preview);

    g_signal_connect(preview, "realize", G_CALLBACK(on_monitor), dialog);
    gimp_widget_track_monitor(preview, G_CALLBACK(on_monitor), dialog, NULL);
}
