/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/demo-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

TwPicture *
demo_picture_draw(int side)
{
    TwPicture *picture = tw_picture_new(side, side);

    for (int i = 0; picture && i < side * side; i++) {
        const double x = i % side - side / 2., y = i / side - side / 2.;
        float *pixel = picture->image.data + (gsize) i * 4;

        for (int c = 0; c < 3; c++)
            pixel[c] = (float) (0.5 + 0.3 * cos(1500 / (20 + hypot(x, y)) + c));
        pixel[3] = 1;
    }
    return picture;
}

TwPicture *
demo_picture_read(const char *file)
{
    GError *error = NULL;
    GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file(file, &error);

    if (!pixbuf) {
        g_printerr("%s\n", error->message);
        g_error_free(error);
        return NULL;
    }
    const int width = gdk_pixbuf_get_width(pixbuf);
    const int height = gdk_pixbuf_get_height(pixbuf);
    const int channels = gdk_pixbuf_get_n_channels(pixbuf);
    const guchar *pixels = gdk_pixbuf_read_pixels(pixbuf);
    TwPicture *picture = tw_picture_new(width, height);

    for (int y = 0; picture && y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 4; c++)
                picture->image.data[y * picture->image.stride + 4 * x + c] =
                    c < channels
                        ? (float) pixels[y * gdk_pixbuf_get_rowstride(pixbuf) +
                                         x * channels + c] /
                              255
                        : 1;
    g_object_unref(pixbuf);
    return picture;
}
