/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tw-try-view.h"

/* How bright the input is where nothing better is there yet. */
#define DIM 0.45

/* For the tiles, µs: four at the most, and of single pixels. */
#define BUDGET 8000

struct _TwTryView {
    GtkDrawingArea parent;
    TwPreview *preview;
    TwLayer *layer;
    TwPicture *picture, *input; /* NULL: none */
    cairo_rectangle_int_t part;
    gboolean framed;
};

G_DEFINE_FINAL_TYPE(TwTryView, tw_try_view, GTK_TYPE_DRAWING_AREA)

/* The middle of the part in the middle of the widget, pixel for pixel. */
static TwView
look_at_part(TwTryView *view, double x, double y, int width, int height)
{
    TwView look = tw_view_init();

    look.width = gtk_widget_get_allocated_width(GTK_WIDGET(view));
    look.height = gtk_widget_get_allocated_height(GTK_WIDGET(view));
    look.device = gtk_widget_get_scale_factor(GTK_WIDGET(view));
    look.result_width = width;
    look.result_height = height;
    look.zoom = look.device;
    look.x = x;
    look.y = y;
    return look;
}

static TwView
look(TwTryView *view)
{
    const cairo_rectangle_int_t *part = &view->part;
    const tw_image *input = &view->input->image;

    if (view->picture)
        return look_at_part(view, part->width / 2.0, part->height / 2.0,
                            part->width, part->height);
    return look_at_part(view, part->x + part->width / 2.0,
                        part->y + part->height / 2.0, input->width,
                        input->height);
}

static void
draw_pictures(TwTryView *view, cairo_t *cr)
{
    const TwView at = look(view);
    const cairo_rectangle_int_t all = { 0, 0, at.width * at.device,
                                        at.height * at.device };

    cairo_save(cr);
    cairo_scale(cr, 1.0 / at.device, 1.0 / at.device);
    if (!tw_layer_draw(view->layer, cr, &at, &all,
                       g_get_monotonic_time() + BUDGET))
        gtk_widget_queue_draw(GTK_WIDGET(view));
    cairo_restore(cr);
    if (!view->picture) {
        cairo_set_source_rgba(cr, 0, 0, 0, 1 - DIM);
        cairo_paint(cr);
    }
}

/* White beside black, so that it is seen on any picture. */
static void
draw_frame(cairo_t *cr, int width, int height)
{
    for (int i = 0; i < 2; i++) {
        const double inset = 1 + 2 * i;

        cairo_rectangle(cr, inset, inset, width - 2 * inset,
                        height - 2 * inset);
        cairo_set_line_width(cr, 2);
        cairo_set_source_rgb(cr, !i, !i, !i);
        cairo_stroke(cr);
    }
}

static gboolean
draw(GtkWidget *widget, cairo_t *cr)
{
    TwTryView *view = TW_TRY_VIEW(widget);

    if (view->input)
        draw_pictures(view, cr);
    if (view->input && view->framed)
        draw_frame(cr, gtk_widget_get_allocated_width(widget),
                   gtk_widget_get_allocated_height(widget));
    return GDK_EVENT_PROPAGATE;
}

void
tw_try_view_set(TwTryView *view, TwPicture *picture, TwPicture *input,
                const cairo_rectangle_int_t *part)
{
    const cairo_rectangle_int_t where = { 0, 0,
                                          picture ? part->width
                                          : input ? input->image.width
                                                  : 0,
                                          picture ? part->height
                                          : input ? input->image.height
                                                  : 0 };

    if (picture == view->picture && input == view->input &&
        gdk_rectangle_equal(part, &view->part))
        return;
    tw_picture_set(&view->picture, picture);
    tw_picture_set(&view->input, input);
    view->part = *part;
    tw_preview_color_layer(view->preview, view->layer);
    tw_layer_set(view->layer, picture ? picture : input, NULL, &where);
    gtk_widget_queue_draw(GTK_WIDGET(view));
}

void
tw_try_view_set_framed(TwTryView *view, gboolean framed)
{
    if (framed == view->framed)
        return;
    view->framed = framed;
    gtk_widget_queue_draw(GTK_WIDGET(view));
}

GtkWidget *
tw_try_view_new(TwPreview *preview, int side)
{
    TwTryView *view = g_object_new(TW_TYPE_TRY_VIEW, NULL);

    view->preview = preview;
    gtk_widget_set_size_request(GTK_WIDGET(view), side, side);
    gtk_widget_set_halign(GTK_WIDGET(view), GTK_ALIGN_CENTER);
    return GTK_WIDGET(view);
}

static void
finalize(GObject *object)
{
    TwTryView *view = TW_TRY_VIEW(object);

    tw_layer_free(view->layer);
    tw_picture_unref(view->picture);
    tw_picture_unref(view->input);
    G_OBJECT_CLASS(tw_try_view_parent_class)->finalize(object);
}

static void
tw_try_view_class_init(TwTryViewClass *class)
{
    G_OBJECT_CLASS(class)->finalize = finalize;
    GTK_WIDGET_CLASS(class)->draw = draw;
}

static void
tw_try_view_init(TwTryView *view)
{
    view->layer = tw_layer_new(TW_SHADE_COLOR);
}
