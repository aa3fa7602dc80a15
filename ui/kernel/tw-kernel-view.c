/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tw-kernel-view.h"

#include <math.h>

#include "core/i18n.h"

enum { SIDE = 128, GAP = 4 }; /* logical pixels */

struct _TwKernelView {
    GtkDrawingArea parent;
    TwPicture *kernel;
    cairo_surface_t *surface; /* the kernel, one pixel each */
};

G_DEFINE_FINAL_TYPE(TwKernelView, tw_kernel_view, GTK_TYPE_DRAWING_AREA)

static char *
size_text(const TwKernelView *view)
{
    const tw_image *image = &view->kernel->image;

    /* Width and height of a blur kernel in pixels. */
    return g_strdup_printf(_("%d × %d px"), image->width, image->height);
}

static double
value_at(const tw_image *image, int x, int y)
{
    const float *p = image->data + y * image->stride + 4 * x;
    const double mean = ((double) p[0] + (double) p[1] + (double) p[2]) / 3;

    return isfinite(mean) && mean > 0 ? mean : 0;
}

/* The brightest value becomes white; NULL: out of memory. */
static cairo_surface_t *
make_surface(const tw_image *image)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, image->width, image->height);
    double most = 0;

    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return NULL;
    }
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++)
            most = MAX(most, value_at(image, x, y));
    for (int y = 0; y < image->height; y++) {
        guint32 *row = (gpointer) (cairo_image_surface_get_data(surface) +
                                   y * cairo_image_surface_get_stride(surface));

        for (int x = 0; most > 0 && x < image->width; x++) {
            const double level = 255 * value_at(image, x, y) / most;

            row[x] = 0x010101U * (guint32) (level + 0.5);
        }
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

/* Short strokes at the sides point to the centre without covering it. */
static void
draw_cross(cairo_t *cr, double x, double y, double side)
{
    const double half = side / 2, arm = side / 8;

    for (int turn = 0; turn < 4; turn++) {
        const double dx = turn == 0 ? 1 : turn == 2 ? -1 : 0;
        const double dy = turn == 1 ? 1 : turn == 3 ? -1 : 0;

        cairo_move_to(cr, x + dx * half, y + dy * half);
        cairo_line_to(cr, x + dx * (half - arm), y + dy * (half - arm));
    }
    cairo_set_line_width(cr, 3);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_stroke_preserve(cr);
    cairo_set_line_width(cr, 1);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_stroke(cr);
}

/* A black square of @side with the kernel in its middle. */
static void
draw_kernel(const TwKernelView *view, cairo_t *cr, double left, double top,
            double side)
{
    const tw_image *image = &view->kernel->image;
    const double scale = side / MAX(image->width, image->height);
    const double zoom = scale >= 1 ? floor(scale) : scale;

    cairo_rectangle(cr, left, top, side, side);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_fill(cr);
    cairo_save(cr);
    cairo_translate(cr, left + floor((side - zoom * image->width) / 2),
                    top + floor((side - zoom * image->height) / 2));
    cairo_scale(cr, zoom, zoom);
    cairo_set_source_surface(cr, view->surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), zoom >= 1
                                                       ? CAIRO_FILTER_NEAREST
                                                       : CAIRO_FILTER_GOOD);
    cairo_paint(cr);
    cairo_restore(cr);
    draw_cross(cr, left + side / 2, top + side / 2, side);
}

static gboolean
draw(GtkWidget *widget, cairo_t *cr)
{
    const TwKernelView *view = TW_KERNEL_VIEW(widget);
    const int width = gtk_widget_get_allocated_width(widget);
    const int height = gtk_widget_get_allocated_height(widget);
    GtkStyleContext *style = gtk_widget_get_style_context(widget);

    gtk_render_background(style, cr, 0, 0, width, height);
    if (!view->kernel || !view->surface)
        return FALSE;
    g_autofree char *text = size_text(view);
    g_autoptr(PangoLayout) layout =
        gtk_widget_create_pango_layout(widget, text);
    int text_width, text_height;

    pango_layout_get_pixel_size(layout, &text_width, &text_height);
    const int side = MAX(1, MIN(width, height - text_height - GAP));
    const int left = (width - side) / 2;

    draw_kernel(view, cr, left, 0, side);
    gtk_render_layout(style, cr, (width - text_width) / 2.0, side + GAP,
                      layout);
    return FALSE;
}

static GtkSizeRequestMode
request_mode(GtkWidget *widget)
{
    (void) widget;
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
text_height(GtkWidget *widget)
{
    g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(widget, "0");
    int height;

    pango_layout_get_pixel_size(layout, NULL, &height);
    return height + GAP;
}

static void
preferred_width(GtkWidget *widget, int *least, int *natural)
{
    (void) widget;
    *least = *natural = SIDE;
}

static void
preferred_height(GtkWidget *widget, int *least, int *natural)
{
    *least = *natural = SIDE + text_height(widget);
}

static void
height_for_width(GtkWidget *widget, int width, int *least, int *natural)
{
    (void) width;
    preferred_height(widget, least, natural);
}

static void
describe(TwKernelView *view)
{
    AtkObject *object = gtk_widget_get_accessible(GTK_WIDGET(view));
    g_autofree char *size = view->kernel ? size_text(view) : NULL;

    atk_object_set_name(object, _("Blur kernel"));
    atk_object_set_description(object, size ? size : "");
    gtk_widget_set_tooltip_text(GTK_WIDGET(view), size);
}

GtkWidget *
tw_kernel_view_new(void)
{
    return g_object_new(TW_TYPE_KERNEL_VIEW, NULL);
}

void
tw_kernel_view_set_kernel(TwKernelView *view, TwPicture *kernel)
{
    if (kernel == view->kernel)
        return;
    tw_picture_set(&view->kernel, kernel);
    g_clear_pointer(&view->surface, cairo_surface_destroy);
    if (kernel)
        view->surface = make_surface(&kernel->image);
    describe(view);
    gtk_widget_queue_draw(GTK_WIDGET(view));
}

static void
finalize(GObject *object)
{
    TwKernelView *view = TW_KERNEL_VIEW(object);

    tw_picture_set(&view->kernel, NULL);
    g_clear_pointer(&view->surface, cairo_surface_destroy);
    G_OBJECT_CLASS(tw_kernel_view_parent_class)->finalize(object);
}

static void
tw_kernel_view_class_init(TwKernelViewClass *class)
{
    GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

    G_OBJECT_CLASS(class)->finalize = finalize;
    widget->draw = draw;
    widget->get_request_mode = request_mode;
    widget->get_preferred_width = preferred_width;
    widget->get_preferred_height = preferred_height;
    widget->get_preferred_height_for_width = height_for_width;
    gtk_widget_class_set_accessible_role(widget, ATK_ROLE_IMAGE);
}

static void
tw_kernel_view_init(TwKernelView *view)
{
    describe(view);
}
