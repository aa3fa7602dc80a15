/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All widgets in a window, without GIMP:
 *
 *     ui-demo [--expand] [--rtl] [--screenshot FILE] TASK [PHOTO] [KEY=VALUE...]
 *
 * A screenshot is taken when the first result is there; then the program ends.
 * --expand opens what is folded away, --rtl lays out from right to left. Models:
 * see engine/priors/store.h. Translations: $TWEEDIE_LOCALE_DIR.
 */

#include <gtk/gtk.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "demo/demo-picture.h"
#include "demo/demo-screenshot.h"
#include "demo/demo-settings.h"
#include "kernel/tw-kernel-view.h"
#include "kernel/tw-try-strip.h"
#include "mask/tw-mask-panel.h"
#include "preview/tw-preview.h"
#include "session/tw-certificate.h"
#include "session/tw-progress.h"
#include "settings/tw-controls.h"
#include "settings/tw-property.h"
#include "widgets/tw-expander.h"

typedef struct Demo {
    const tw_task *task;
    tw_store *store;
    GObject *settings;
    TwPicture *picture;
    TwSession *session;
    GtkWidget *window, *panel;
    TwControls *controls;
    TwPreview *preview;
    TwProgress *progress;
    TwCertificate *certificate;
    TwKernelView *kernel; /* NULL: another task */
    TwPaint *paint;       /* the same */
    TwBrush *brush;
    const char *screenshot; /* NULL: none */
    gboolean expand;
} Demo;

static void
show_kernel(Demo *demo, const tw_request *request)
{
    tw_error err = { 0 };
    TwPicture *kernel = NULL;
    int side;

    if (!demo->kernel)
        return;
    if (tw_kernel_side(request, &side, &err) == TW_OK)
        kernel = tw_picture_new(side, side);
    if (kernel && tw_kernel_draw(request, &kernel->image, &err) == TW_OK)
        tw_kernel_view_set_kernel(demo->kernel, kernel);
    tw_picture_unref(kernel);
}

/* A setting has changed. */
static void
on_notify(Demo *demo)
{
    tw_request *request = tw_request_new(demo->task);
    GError *error = NULL;

    if (request && tw_property_apply(demo->settings, request, &error)) {
        tw_session_set_problem(demo->session, NULL);
        tw_session_set_request(demo->session, request);
        show_kernel(demo, request);
        tw_preview_set_before(demo->preview, demo->picture,
                              tw_session_scale(demo->session));
    }
    tw_session_set_paused(demo->session, error != NULL);
    if (error)
        tw_session_set_problem(demo->session, error->message);
    g_clear_error(&error);
    tw_request_free(request);
}

static void
on_settled(Demo *demo)
{
    TwPicture *mask = tw_paint_picture(demo->paint);

    tw_session_set_mask(demo->session, mask);
    tw_session_set_paused(demo->session, tw_paint_is_empty(demo->paint));
    tw_picture_unref(mask);
}

static void
on_measure(Demo *demo)
{
    tw_session_measure_noise(demo->session);
}

static void
on_noise(TwSession *session, const tw_noise *noise, gpointer data)
{
    Demo *demo = data;

    (void) session;
    tw_controls_set_noise(demo->controls, noise);
}

static void
on_estimate(TwSession *session, TwPicture *picture,
            const cairo_rectangle_int_t *where, gpointer data)
{
    Demo *demo = data;

    (void) session;
    tw_preview_set_after(demo->preview, picture, where);
}

/* The run has measured it, unless it was told. */
static void
show_noise(Demo *demo, const tw_report *report)
{
    const tw_noise found = { .noise = report->noise, .shot = report->shot };
    char *noise;

    g_object_get(demo->settings, "noise", &noise, NULL);
    if (g_strcmp0(noise, "auto") == 0)
        tw_controls_set_noise(demo->controls, &found);
    g_free(noise);
}

static void
on_changed(Demo *demo)
{
    const TwSessionState state = tw_session_state(demo->session);
    const gboolean ready =
        state == TW_SESSION_DONE || state == TW_SESSION_STOPPED;

    tw_certificate_set_report(demo->certificate,
                              ready ? tw_session_report(demo->session) : NULL);
    if (ready)
        show_noise(demo, tw_session_report(demo->session));
    if (demo->screenshot && (ready || state == TW_SESSION_FAILED)) {
        g_signal_handlers_disconnect_by_func(demo->session, on_changed, demo);
        demo_screenshot_soon(demo->window, demo->screenshot);
    }
}

/* An ellipse in the middle is painted to begin with. */
static void
make_mask(Demo *demo)
{
    const tw_image *image = &demo->picture->image;
    const gsize width = (gsize) image->width, height = (gsize) image->height;
    guchar *bytes = g_malloc0(width * height);

    for (gsize y = 0; y < height; y++)
        for (gsize x = 0; x < width; x++)
            if (hypot((double) x / (double) width - 0.5,
                      (double) y / (double) height - 0.5) < 0.06)
                bytes[y * width + x] = 255;
    demo->paint = tw_paint_new(image->width, image->height);
    tw_paint_load(demo->paint, bytes, width);
    demo->brush = tw_brush_new(demo->paint, demo->preview);
    tw_preview_set_tool(demo->preview, tw_brush_tool(demo->brush));
    g_signal_connect_swapped(demo->paint, "settled", G_CALLBACK(on_settled),
                             demo);
    gtk_container_add(GTK_CONTAINER(demo->panel),
                      tw_mask_panel_new(demo->brush));
    g_free(bytes);
    on_settled(demo);
}

/* In a dialog of GIMP the mask is no row. */
static void
make_controls(Demo *demo)
{
    demo->controls = tw_controls_new(demo->settings);
    tw_controls_set_store(demo->controls, demo->store);
    tw_controls_add_table(demo->controls, demo->task->params, 0);
    tw_controls_add_table(demo->controls, tw_common_params,
                          TW_PARAM_RUN | TW_PARAM_SCRIPT);
    tw_controls_set_shown(demo->controls, "mask", FALSE);
    g_signal_connect_swapped(demo->controls, "measure", G_CALLBACK(on_measure),
                             demo);
    gtk_container_add(GTK_CONTAINER(demo->panel), GTK_WIDGET(demo->controls));
}

static void
make_session(Demo *demo)
{
    demo->session = tw_session_new(demo->store, demo->picture);
    g_signal_connect(demo->session, "estimate", G_CALLBACK(on_estimate), demo);
    g_signal_connect(demo->session, "noise", G_CALLBACK(on_noise), demo);
    g_signal_connect_swapped(demo->session, "changed", G_CALLBACK(on_changed),
                             demo);
    g_signal_connect_swapped(demo->settings, "notify", G_CALLBACK(on_notify),
                             demo);
}

static void
make_tries(Demo *demo)
{
    TwTries *tries = tw_tries_new(demo->session, demo->settings);
    GtkWidget *expander = tw_expander_new(_("Try nearby values"));

    gtk_container_add(GTK_CONTAINER(expander),
                      tw_try_strip_new(tries, demo->preview));
    gtk_container_add(GTK_CONTAINER(demo->panel), expander);
    g_object_unref(tries);
}

static void
make_panel(Demo *demo)
{
    demo->panel = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
    gtk_container_set_border_width(GTK_CONTAINER(demo->panel), 12);
    demo->certificate = tw_certificate_new();
    if (strcmp(demo->task->name, "inpaint") == 0)
        make_mask(demo);
    make_controls(demo);
    if (strcmp(demo->task->name, "deblur") == 0) {
        demo->kernel = TW_KERNEL_VIEW(tw_kernel_view_new());
        gtk_container_add(GTK_CONTAINER(demo->panel), GTK_WIDGET(demo->kernel));
        make_tries(demo);
    }
    gtk_container_add(GTK_CONTAINER(demo->panel),
                      GTK_WIDGET(demo->certificate));
}

static void
make_window(Demo *demo)
{
    GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
    GtkWidget *paned = gtk_paned_new(GTK_ORIENTATION_HORIZONTAL);
    GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);

    demo->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    demo->progress = tw_progress_new();
    gtk_window_set_default_size(GTK_WINDOW(demo->window), 1100,
                                demo->expand ? 1300 : 760);
    gtk_container_set_border_width(GTK_CONTAINER(demo->progress), 12);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled),
                                   GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_container_add(GTK_CONTAINER(scrolled), demo->panel);
    gtk_widget_set_size_request(scrolled, 380, -1);
    gtk_paned_pack1(GTK_PANED(paned), GTK_WIDGET(demo->preview), TRUE, FALSE);
    gtk_paned_pack2(GTK_PANED(paned), scrolled, FALSE, FALSE);
    gtk_box_pack_start(GTK_BOX(column), paned, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), GTK_WIDGET(demo->progress), FALSE,
                       FALSE, 0);
    gtk_container_add(GTK_CONTAINER(demo->window), column);
    tw_progress_set_session(demo->progress, demo->session);
    g_signal_connect(demo->window, "destroy", gtk_main_quit, NULL);
    gtk_widget_show_all(demo->window);
    if (demo->screenshot)
        demo_hide_pointer(demo->window);
    if (demo->expand)
        demo_expand(demo->window);
}

static void
run(Demo *demo)
{
    demo->preview = tw_preview_new();
    tw_preview_set_before(demo->preview, demo->picture, 1);
    make_session(demo);
    make_panel(demo);
    make_window(demo);
    on_notify(demo);
    gtk_main();
    tw_session_close(demo->session);
}

/* KEY=VALUE words; the first other one is the photo. */
static gboolean
read_words(Demo *demo, char **words)
{
    tw_request *request = tw_request_new(demo->task);
    tw_error err = { 0 };
    GError *error = NULL;

    for (; request && *words && err.status == TW_OK; words++) {
        char **pair = g_strsplit(*words, "=", 2);

        if (pair[1])
            tw_request_set(request, pair[0], pair[1], &err);
        else if (!demo->picture)
            demo->picture = demo_picture_read(*words);
        g_strfreev(pair);
    }
    if (!demo->picture)
        demo->picture = demo_picture_draw(512);
    const gboolean ok = request && err.status == TW_OK &&
                        tw_property_load(demo->settings, request, &error);

    if (!ok)
        g_printerr("%s\n", error ? error->message : err.text);
    g_clear_error(&error);
    tw_request_free(request);
    return ok && demo->picture;
}

int
main(int argc, char **argv)
{
    Demo demo = { 0 };
    char *screenshot = NULL;
    gboolean rtl = FALSE;
    const GOptionEntry options[] = {
        { "expand", 0, 0, G_OPTION_ARG_NONE, &demo.expand, "open all", NULL },
        { "rtl", 0, 0, G_OPTION_ARG_NONE, &rtl, "right to left", NULL },
        { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, &screenshot,
          "save the window and end", "FILE" },
        { NULL },
    };
    GError *error = NULL;

    setlocale(LC_ALL, "");
    bindtextdomain(TW_DOMAIN, g_getenv("TWEEDIE_LOCALE_DIR"));
    bind_textdomain_codeset(TW_DOMAIN, "UTF-8");
    if (!gtk_init_with_args(&argc, &argv, "TASK [PHOTO] [KEY=VALUE...]",
                            options, NULL, &error)) {
        g_printerr("%s\n", error->message);
        return EXIT_FAILURE;
    }
    if (rtl)
        gtk_widget_set_default_direction(GTK_TEXT_DIR_RTL);
    demo.task = argc > 1 ? tw_task_find(argv[1]) : NULL;
    demo.screenshot = screenshot;
    demo.store = tw_store_new(NULL);
    if (!demo.task || !demo.store) {
        g_printerr("ui-demo TASK [PHOTO] [KEY=VALUE...]\n");
        return EXIT_FAILURE;
    }
    demo.settings = demo_settings_new(demo.task);
    if (!read_words(&demo, argv + 2))
        return EXIT_FAILURE;
    run(&demo);
    return EXIT_SUCCESS;
}
