/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The painted mask as a channel of the image. */

#include "checks.h"
#include "core/i18n.h"
#include "drawable.h"
#include "errors.h"
#include "filter.h"

static const double opacity = 50; /* as GIMP makes new channels, percent */

static GimpChannel *
make_channel(GimpImage *image)
{
    GeglColor *black = gegl_color_new("black");
    GimpChannel *channel =
        gimp_channel_new(image, _("Tweedie mask"), gimp_image_get_width(image),
                         gimp_image_get_height(image), opacity, black);

    g_object_unref(black);
    return channel;
}

gboolean
tw_filter_save_mask(TwFilter *filter, GError **error)
{
    GimpImage *image = filter->image;
    GimpLayer **layers;
    GimpChannel *channel;

    if (!tw_check_writable(filter, error))
        return FALSE;
    if (!tw_paint_settle(filter->paint))
        return tw_refuse_memory(error, filter->area.width, filter->area.height);
    /* A new channel takes the selection of layers away. */
    layers = gimp_image_get_selected_layers(image);
    channel = make_channel(image);
    if (!channel || !gimp_image_insert_channel(image, channel, NULL, 0)) {
        g_free(layers);
        return tw_refuse_host(error);
    }
    tw_drawable_write_mask(GIMP_DRAWABLE(channel), tw_paint_mask(filter->paint),
                           filter->layer.x + filter->area.x,
                           filter->layer.y + filter->area.y);
    gimp_image_set_selected_layers(image, (gpointer) layers);
    g_free(layers);
    return TRUE;
}
