/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of a blur kernel: from a file that GIMP can open, or a layer. */

#include "core/i18n.h"
#include "drawable.h"
#include "errors.h"
#include "filter.h"

static TwPicture *
read_kernel_drawable(GimpDrawable *drawable, GError **error)
{
    const cairo_rectangle_int_t all = { 0, 0, gimp_drawable_get_width(drawable),
                                        gimp_drawable_get_height(drawable) };

    return tw_drawable_read(drawable, &all, error);
}

static TwPicture *
read_kernel_file(const char *path, GError **error)
{
    GFile *file = g_file_new_for_path(path);
    GimpImage *image = gimp_file_load(GIMP_RUN_NONINTERACTIVE, file);
    GimpLayer *layer = image ? gimp_image_flatten(image) : NULL;
    TwPicture *picture = NULL;

    if (layer)
        picture = read_kernel_drawable(GIMP_DRAWABLE(layer), error);
    else
        (void) tw_refuse(error,
                         _("The picture of the kernel, '%s', cannot be read; "
                           "check its name and type"),
                         path);
    if (image)
        (void) gimp_image_delete(image);
    g_object_unref(file);
    return picture;
}

static gboolean
read_kernel(const char *kind, const char *path, GimpDrawable *drawable,
            TwPicture **kernel, GError **error)
{
    *kernel = NULL;
    if (g_strcmp0(kind, "file") == 0) {
        if (!path || !*path)
            return tw_refuse(error,
                             _("Choose the file of the kernel, or another "
                               "kind of kernel"));
        *kernel = read_kernel_file(path, error);
        return *kernel != NULL;
    }
    if (g_strcmp0(kind, "drawable") == 0) {
        if (!drawable)
            return tw_refuse(error, _("Choose the layer of the kernel, or "
                                      "another kind of kernel"));
        *kernel = read_kernel_drawable(drawable, error);
        return *kernel != NULL;
    }
    return TRUE;
}

gboolean
tw_filter_load_kernel(TwFilter *filter, GError **error)
{
    GimpDrawable *drawable = NULL;
    TwPicture *kernel = NULL;
    char *kind = NULL;
    char *path = NULL;
    gboolean ok;

    if (!g_object_class_find_property(G_OBJECT_GET_CLASS(filter->config),
                                      "kernel-file"))
        return TRUE;
    g_object_get(filter->config, "kernel", &kind, "kernel-file", &path,
                 "kernel-drawable", &drawable, NULL);
    ok = read_kernel(kind, path, drawable, &kernel, error);
    tw_picture_unref(filter->kernel);
    filter->kernel = kernel;
    g_clear_object(&drawable);
    g_free(kind);
    g_free(path);
    return ok;
}
