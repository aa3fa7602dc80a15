/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words over the picture: what is shown, and what it means. */
#include <math.h>

#include "core/i18n.h"
#include "preview/tw-preview-private.h"

/* Logical pixels. */
#define MARGIN  8
#define PADDING 5
#define BAR     220 /* length of the misfit's scale */

static gboolean
is_right_to_left(TwPreview *preview)
{
    return gtk_widget_get_direction(GTK_WIDGET(preview)) == GTK_TEXT_DIR_RTL;
}

/* A dark box with light text on it, above any picture. */
static void
draw_box(cairo_t *cr, double x, double y, double width, double height)
{
    cairo_set_source_rgba(cr, 0, 0, 0, 0.75);
    cairo_rectangle(cr, x, y, width, height);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
}

/* In the upper corner of the part of the widget from @left to @right: in lines if
 * it has the width of the widget, else cut off by the divider. */
static void
draw_label(TwPreview *preview, cairo_t *cr, const char *text, double left,
           double right, gboolean at_right)
{
    const gboolean wrap = right - left >= preview->view.width;
    g_autoptr(PangoLayout) layout =
        gtk_widget_create_pango_layout(GTK_WIDGET(preview), text);
    const int room = (int) (right - left) - 2 * (MARGIN + PADDING);
    int width, height;
    double x;

    pango_layout_get_pixel_size(layout, &width, &height);
    if (wrap && width > room) {
        pango_layout_set_width(layout, MAX(room, 1) * PANGO_SCALE);
        pango_layout_get_pixel_size(layout, &width, &height);
        width = MAX(room, 1);
    }
    x = at_right ? right - MARGIN - 2 * PADDING - width : left + MARGIN;
    cairo_save(cr);
    cairo_rectangle(cr, left, 0, MAX(right - left, 0), preview->view.height);
    cairo_clip(cr);
    draw_box(cr, x, MARGIN, width + 2 * PADDING, height + 2 * PADDING);
    cairo_move_to(cr, x + PADDING, MARGIN + PADDING);
    pango_cairo_show_layout(cr, layout);
    cairo_restore(cr);
}

void
tw_preview_draw_labels(TwPreview *preview, cairo_t *cr)
{
    static const char *const names[TW_PREVIEW_MODES] = {
        [TW_PREVIEW_SPLIT] = N_("Before"),
        [TW_PREVIEW_AFTER] = N_("After"),
        [TW_PREVIEW_BEFORE] = N_("Before"),
        [TW_PREVIEW_MISFIT] = N_("Fit to the data"),
        [TW_PREVIEW_MEASURED] = N_("Measured part"),
        [TW_PREVIEW_INVENTED] = N_("Invented part"),
    };
    const gboolean has_after =
        !tw_layer_is_empty(preview->layers[TW_PREVIEW_AFTER]);
    const TwPreviewMode mode =
        has_after ? tw_preview_shown_mode(preview) : TW_PREVIEW_BEFORE;
    const double divider = tw_view_divider_x(&preview->view);
    const double width = preview->view.width;

    if (mode != TW_PREVIEW_SPLIT) {
        draw_label(preview, cr, _(names[mode]), 0, width,
                   is_right_to_left(preview));
        return;
    }
    draw_label(preview, cr, _("Before"), 0, divider, FALSE);
    draw_label(preview, cr, _("After"), divider, width, TRUE);
}

/* The colors from 1 / TW_HEAT_RANGE to TW_HEAT_RANGE, as they are displayed. */
static void
draw_bar(TwPreview *preview, cairo_t *cr, double x, double y, double height)
{
    for (int i = 0; i < BAR; i++) {
        const double exponent = 2 * (i + 0.5) / BAR - 1;
        guchar rgb[3];

        tw_heat_color(pow(TW_HEAT_RANGE, exponent), rgb);
        if (preview->transform != NULL)
            preview->transform(rgb, 1, preview->transform_data);
        cairo_set_source_rgb(cr, rgb[0] / 255.0, rgb[1] / 255.0,
                             rgb[2] / 255.0);
        cairo_rectangle(cr, x + i, y, 1, height);
        cairo_fill(cr);
    }
    cairo_set_source_rgb(cr, 1, 1, 1);
}

/* @text, centered at @x. */
static void
draw_tick(TwPreview *preview, cairo_t *cr, const char *text, double x, double y)
{
    g_autoptr(PangoLayout) layout =
        gtk_widget_create_pango_layout(GTK_WIDGET(preview), text);
    int width;

    pango_layout_get_pixel_size(layout, &width, NULL);
    cairo_move_to(cr, x - width / 2.0, y);
    pango_cairo_show_layout(cr, layout);
}

/* The scale of the misfit, two lines of text high; the numbers are those of a
 * TW_HEAT_RANGE of 4. */
static void
draw_scale(TwPreview *preview, cairo_t *cr, double x, double y, double line)
{
    static const char *const ticks[] = { "¼", "½", "1", "2", "4" };

    draw_bar(preview, cr, x, y, line);
    for (gsize i = 0; i < G_N_ELEMENTS(ticks); i++)
        draw_tick(preview, cr, ticks[i],
                  x + BAR * (double) i / (G_N_ELEMENTS(ticks) - 1), y + line);
}

/* What the numbers and colors of a view mean. NULL: it needs no words. */
static const char *
legend_text(TwPreviewMode mode)
{
    switch (mode) {
    case TW_PREVIEW_MISFIT:
        return _("How far the result, degraded again, is from the picture, "
                 "divided by the noise. 1: noise alone. More: it does not fit "
                 "here. Checkered: not measured.");
    case TW_PREVIEW_MEASURED:
        return _("What the picture itself determines. Medium gray: nothing.");
    case TW_PREVIEW_INVENTED:
        return _("What the model has added, shown on medium gray.");
    case TW_PREVIEW_SPLIT:
    case TW_PREVIEW_AFTER:
    case TW_PREVIEW_BEFORE:
    default:
        return NULL;
    }
}

/* In the lower corner where lines of text begin. */
void
tw_preview_draw_legend(TwPreview *preview, cairo_t *cr)
{
    const TwPreviewMode mode = tw_preview_shown_mode(preview);
    const double width = BAR + 2 * 2 * PADDING;
    g_autoptr(PangoLayout) layout = NULL;
    int text_height, line;
    double x, y, scale;

    if (legend_text(mode) == NULL)
        return;
    layout =
        gtk_widget_create_pango_layout(GTK_WIDGET(preview), legend_text(mode));
    pango_layout_set_width(layout, BAR * PANGO_SCALE);
    pango_layout_get_pixel_size(layout, NULL, &text_height);
    line = text_height / MAX(1, pango_layout_get_line_count(layout));
    scale = mode == TW_PREVIEW_MISFIT ? 2 * line + PADDING : 0;

    x = is_right_to_left(preview) ? preview->view.width - MARGIN - width
                                  : MARGIN;
    y = preview->view.height - MARGIN - text_height - scale - 2 * PADDING;
    draw_box(cr, x, y, width, text_height + scale + 2 * PADDING);
    x += 2 * PADDING;
    y += PADDING;
    if (mode == TW_PREVIEW_MISFIT)
        draw_scale(preview, cr, x, y, line);
    cairo_move_to(cr, x, y + scale);
    pango_cairo_show_layout(cr, layout);
}
