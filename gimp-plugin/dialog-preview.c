/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "dialog-private.h"
#include "preview/tw-region.h"

enum {
    PART = 384,        /* side of the region at the start: soon there */
    LARGER_PART = 192, /* the same if the result is larger than the input */
    WIDTH = 720,
    HEIGHT = 540,
    LEAST_WIDTH = 480,
    LEAST_HEIGHT = 280
};

static const double longest_wait = 0.3; /* seconds, for threads at the end */

cairo_rectangle_int_t
tw_dialog_whole(const TwDialog *dialog)
{
    const tw_image *image = &dialog->filter->picture->image;

    return (cairo_rectangle_int_t) { 0, 0, image->width, image->height };
}

/* The middle of the picture, which holds what may be written. */
static cairo_rectangle_int_t
first_part(const TwFilter *filter)
{
    const tw_image *image = &filter->picture->image;
    const int side = strcmp(filter->task->name, "upscale") ? PART : LARGER_PART;
    const int width = MIN(side, image->width);
    const int height = MIN(side, image->height);

    return (cairo_rectangle_int_t) { (image->width - width) / 2,
                                     (image->height - height) / 2, width,
                                     height };
}

static gboolean
is_whole(const TwDialog *dialog, const cairo_rectangle_int_t *region)
{
    const tw_image *image = &dialog->filter->picture->image;

    return tw_region_is_whole(region, image->width, image->height);
}

static void
on_region(TwPreview *preview, gpointer data)
{
    TwDialog *dialog = data;
    cairo_rectangle_int_t region;

    tw_preview_get_region(preview, &region);
    tw_dialog_set_region(dialog, is_whole(dialog, &region) ? NULL : &region);
}

void
tw_dialog_set_region(TwDialog *dialog, const cairo_rectangle_int_t *region)
{
    const gboolean whole = !region || is_whole(dialog, region);

    if (!whole)
        dialog->part = *region;
    g_signal_handlers_block_matched(dialog->whole, G_SIGNAL_MATCH_DATA, 0, 0,
                                    NULL, NULL, dialog);
    gtk_toggle_button_set_active(dialog->whole, whole);
    g_signal_handlers_unblock_matched(dialog->whole, G_SIGNAL_MATCH_DATA, 0, 0,
                                      NULL, NULL, dialog);
    gtk_widget_set_visible(GTK_WIDGET(dialog->whole),
                           !is_whole(dialog, &dialog->part));
    tw_preview_set_region(dialog->preview, whole ? NULL : region);
    g_object_set(dialog->preview, "region-visible", !whole, NULL);
    tw_session_set_region(dialog->session, whole ? NULL : region);
}

void
tw_dialog_set_scale(TwDialog *dialog, double scale)
{
    const gboolean whole = gtk_toggle_button_get_active(dialog->whole);

    tw_preview_set_before(dialog->preview, dialog->filter->picture, scale);
    tw_preview_set_region(dialog->preview, whole ? NULL : &dialog->part);
}

/* The mask out of the way, so that what is new can be seen; not during a stroke,
 * which shows it again. */
static void
clear_view(TwDialog *dialog)
{
    if (dialog->brush && !tw_paint_is_painting(dialog->filter->paint))
        g_object_set(dialog->brush, "fill", FALSE, NULL);
}

static void
on_estimate(TwSession *session, TwPicture *picture,
            const cairo_rectangle_int_t *where, gpointer data)
{
    TwDialog *dialog = data;

    (void) session;
    clear_view(dialog);
    tw_preview_set_after(dialog->preview, picture, where);
}

void
tw_dialog_show_result(TwDialog *dialog)
{
    const guint index =
        (guint) gtk_spin_button_get_value_as_int(dialog->candidate) - 1;
    const gboolean view =
        tw_preview_get_mode(dialog->preview) >= TW_PREVIEW_MISFIT;
    cairo_rectangle_int_t where;

    if (!dialog->results || index >= dialog->results->len)
        return;
    tw_session_where(dialog->session, &where);
    tw_preview_set_after(dialog->preview,
                         g_ptr_array_index(dialog->results, index), &where);
    if (view)
        tw_session_explain(dialog->session, index);
}

static void
on_explained(TwSession *session, gpointer data)
{
    TwDialog *dialog = data;

    tw_preview_set_views(dialog->preview, tw_session_misfit(session),
                         tw_session_measured(session));
}

static void
on_noise(TwSession *session, const tw_noise *noise, gpointer data)
{
    TwDialog *dialog = data;

    (void) session;
    tw_controls_set_noise(dialog->controls, noise);
}

/* What noise=auto came to. */
static void
show_noise(TwDialog *dialog, const tw_report *report)
{
    const tw_noise found = { .noise = report->noise, .shot = report->shot };
    char *noise;

    g_object_get(dialog->filter->config, "noise", &noise, NULL);
    if (g_strcmp0(noise, "auto") == 0)
        tw_controls_set_noise(dialog->controls, &found);
    g_free(noise);
}

/* The certificate of the results that are there; not while Apply makes those
 * that count. */
static void
certify(TwDialog *dialog, gboolean certified)
{
    if (certified == dialog->certified)
        return;
    dialog->certified = certified;
    tw_certificate_set_report(dialog->certificate,
                              certified ? tw_session_report(dialog->session)
                                        : NULL);
}

/* Results have come, or are no more those of the settings. */
static void
update_results(TwDialog *dialog)
{
    GPtrArray *results = tw_session_results(dialog->session);

    if (results == dialog->results)
        return;
    g_clear_pointer(&dialog->results, g_ptr_array_unref);
    certify(dialog, FALSE);
    if (!results)
        return;
    dialog->results = g_ptr_array_ref(results);
    show_noise(dialog, tw_session_report(dialog->session));
    tw_dialog_update_candidates(dialog);
    tw_dialog_show_result(dialog);
}

static void
on_changed(TwSession *session, gpointer data)
{
    TwDialog *dialog = data;
    const TwSessionState state = tw_session_state(session);

    update_results(dialog);
    tw_dialog_update_apply(dialog);
    tw_dialog_update_forecast(dialog);
    certify(dialog, dialog->results && state != TW_SESSION_APPLYING);
    if (state == TW_SESSION_FAILED)
        tw_dialog_show(dialog, GTK_MESSAGE_ERROR, tw_session_error(session));
    else if (state == TW_SESSION_WORKING && !dialog->problem)
        tw_dialog_show(dialog, GTK_MESSAGE_INFO, NULL);
}

/* A large picture starts with the region, pixel for pixel; a small one as a
 * whole. */
static gboolean
on_first_draw(GtkWidget *widget, cairo_t *cr, gpointer data)
{
    TwDialog *dialog = data;
    const TwView *view = tw_preview_get_view(dialog->preview);

    (void) cr;
    g_signal_handlers_disconnect_by_func(widget, on_first_draw, data);
    if (view->zoom < 1 && !gtk_toggle_button_get_active(dialog->whole)) {
        tw_preview_fit_region(dialog->preview);
        tw_preview_set_zoom(dialog->preview, 1);
    }
    return FALSE;
}

static void
make_session(TwDialog *dialog)
{
    TwFilter *filter = dialog->filter;

    dialog->session = tw_session_new(filter->store, filter->picture);
    g_signal_connect(dialog->session, "estimate", G_CALLBACK(on_estimate),
                     dialog);
    g_signal_connect(dialog->session, "explained", G_CALLBACK(on_explained),
                     dialog);
    g_signal_connect(dialog->session, "noise", G_CALLBACK(on_noise), dialog);
    g_signal_connect(dialog->session, "changed", G_CALLBACK(on_changed),
                     dialog);
    g_signal_connect(dialog->session, "applied", G_CALLBACK(tw_dialog_applied),
                     dialog);
    tw_progress_set_session(dialog->progress, dialog->session);
}

/* The store outlives the process if a thread still looks at it. */
void
tw_dialog_end_session(TwDialog *dialog)
{
    tw_session_close(dialog->session);
    g_signal_handlers_disconnect_by_data(dialog->session, dialog);
    g_clear_pointer(&dialog->results, g_ptr_array_unref);
    if (!tw_session_wait(dialog->session, longest_wait))
        dialog->keep_store = TRUE;
    g_clear_object(&dialog->session);
}

void
tw_dialog_renew_picture(TwDialog *dialog)
{
    tw_dialog_end_session(dialog);
    make_session(dialog);
    tw_preview_set_before(dialog->preview, dialog->filter->picture, 1);
    tw_dialog_set_region(dialog, NULL);
}

GtkWidget *
tw_dialog_preview_new(TwDialog *dialog)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
    GtkWidget *preview = GTK_WIDGET(tw_preview_new());
    GtkWidget *frame = gtk_frame_new(NULL);
    GtkWidget *overlay = gtk_overlay_new();
    GtkWidget *progress = GTK_WIDGET(tw_progress_new());
    GtkWidget *certificate = GTK_WIDGET(tw_certificate_new());
    GtkWidget *note = gtk_label_new(NULL);
    GtkWidget *toolbar;

    dialog->progress = TW_PROGRESS(progress);
    make_session(dialog);
    dialog->preview = TW_PREVIEW(preview);
    dialog->certificate = TW_CERTIFICATE(certificate);
    dialog->forecast = GTK_LABEL(note);
    dialog->part = dialog->filter->paint ? tw_dialog_whole(dialog)
                                         : first_part(dialog->filter);
    toolbar = tw_dialog_toolbar_new(dialog);
    atk_object_set_name(gtk_widget_get_accessible(preview), _("Preview"));
    tw_preview_set_before(dialog->preview, dialog->filter->picture, 1);
    tw_dialog_manage_color(dialog);
    gtk_widget_set_size_request(preview, LEAST_WIDTH, LEAST_HEIGHT);
    gtk_label_set_xalign(dialog->forecast, 0);
    gtk_label_set_ellipsize(dialog->forecast, PANGO_ELLIPSIZE_END);
    gtk_container_add(GTK_CONTAINER(overlay), preview);
    gtk_overlay_add_overlay(GTK_OVERLAY(overlay), tw_dialog_bar_new(dialog));
    gtk_container_add(GTK_CONTAINER(frame), overlay);
    gtk_box_pack_start(GTK_BOX(box), toolbar, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(box), frame, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(box), progress, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(box), certificate, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(box), note, FALSE, FALSE, 0);
    g_signal_connect(preview, "region-changed", G_CALLBACK(on_region), dialog);
    g_signal_connect(preview, "draw", G_CALLBACK(on_first_draw), dialog);
    tw_dialog_set_region(dialog, &dialog->part);
    return box;
}
