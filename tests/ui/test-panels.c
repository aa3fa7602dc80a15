/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The progress bar and the certificate. Needs a display. */
#include <math.h>
#include <string.h>

#include "check-gtk.h"
#include "session/tw-certificate.h"
#include "session/tw-progress.h"
#include "texts.h"

static void
find(GtkWidget *part, gpointer data)
{
    GtkWidget **found = data;

    if (GTK_IS_BUTTON(part) || GTK_IS_PROGRESS_BAR(part))
        found[GTK_IS_PROGRESS_BAR(part)] = part;
    else if (GTK_IS_CONTAINER(part))
        gtk_container_forall(GTK_CONTAINER(part), find, data);
}

static void
test_progress(void)
{
    static const struct {
        TwSessionState state;
        double fraction, shown;
        gboolean sensitive;
        const char *label;
    } cases[] = {
        { TW_SESSION_IDLE, 0, 0, FALSE, "Stop" },
        { TW_SESSION_WAITING, 0, 0, FALSE, "Stop" },
        { TW_SESSION_WORKING, 0.25, 0.25, TRUE, "Stop" },
        { TW_SESSION_WORKING, (double) NAN, 0, TRUE, "Stop" },
        { TW_SESSION_WORKING, -1, 0, TRUE, "Stop" },
        { TW_SESSION_DONE, 0.99, 1, TRUE, "Restart" },
        { TW_SESSION_STOPPED, 0.5, 0.5, TRUE, "Restart" },
        { TW_SESSION_FAILED, 0.1, 0.1, TRUE, "Restart" },
        { TW_SESSION_APPLYING, 0.5, 0.5, TRUE, "Stop" },
        { TW_SESSION_APPLIED, 0.5, 1, FALSE, "Stop" },
    };
    static const char *const texts[] = { "", NULL,
                                         "A long line that says what goes on "
                                         "and how long it may still take" };
    GtkWidget *progress = GTK_WIDGET(tw_progress_new());
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL), *found[2];
    int height, width, first_height, first_width;

    gtk_container_add(GTK_CONTAINER(window), progress);
    gtk_widget_show_all(window);
    find(progress, found);
    gtk_widget_get_preferred_height(progress, NULL, &first_height);
    gtk_widget_get_preferred_width(found[0], NULL, &first_width);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *text = texts[i % G_N_ELEMENTS(texts)];

        tw_progress_show(TW_PROGRESS(progress), cases[i].state,
                         cases[i].fraction, text);
        g_assert_cmpfloat(
            gtk_progress_bar_get_fraction(GTK_PROGRESS_BAR(found[1])), ==,
            cases[i].shown);
        g_assert_cmpint(gtk_widget_get_sensitive(found[0]), ==,
                        cases[i].sensitive);
        g_assert_cmpstr(gtk_button_get_label(GTK_BUTTON(found[0])), ==,
                        cases[i].label);
        g_assert_true(says(progress, text ? text : ""));
        /* Nothing jumps. */
        gtk_widget_get_preferred_height(progress, NULL, &height);
        gtk_widget_get_preferred_width(found[0], NULL, &width);
        g_assert_cmpint(height, ==, first_height);
        g_assert_cmpint(width, ==, first_width);
    }
    gtk_widget_destroy(window);
}

static void
increment(int *number)
{
    (*number)++;
}

/* What is told again is no change: screen readers would say it again. */
static void
test_no_news(void)
{
    GtkWidget *progress = GTK_WIDGET(tw_progress_new()), *found[2];
    int changes = 0;

    g_object_ref_sink(progress);
    find(progress, found);
    g_signal_connect_swapped(found[0], "notify::label", G_CALLBACK(increment),
                             &changes);
    for (int i = 0; i < 3; i++)
        tw_progress_show(TW_PROGRESS(progress), TW_SESSION_WORKING, 0.1 * i,
                         "Step");
    g_assert_cmpint(changes, ==, 0);
    tw_progress_show(TW_PROGRESS(progress), TW_SESSION_DONE, 1, "Done");
    g_assert_cmpint(changes, ==, 1);
    g_object_unref(progress);
}

static void
test_stop_and_restart(void)
{
    TwProgress *progress = g_object_ref_sink(tw_progress_new());
    GtkWidget *found[2];
    int stops = 0, restarts = 0;

    find(GTK_WIDGET(progress), found);
    g_signal_connect_swapped(progress, "stop", G_CALLBACK(increment), &stops);
    g_signal_connect_swapped(progress, "restart", G_CALLBACK(increment),
                             &restarts);
    tw_progress_show(progress, TW_SESSION_WORKING, 0.5, NULL);
    gtk_button_clicked(GTK_BUTTON(found[0]));
    tw_progress_show(progress, TW_SESSION_STOPPED, 0.5, NULL);
    gtk_button_clicked(GTK_BUTTON(found[0]));
    g_assert_cmpint(stops, ==, 1);
    g_assert_cmpint(restarts, ==, 1);
    gtk_widget_destroy(GTK_WIDGET(progress));
    g_object_unref(progress);
}

/* A single step: Stop cannot do anything, Restart can. */
static void
test_nothing_to_keep(void)
{
    TwProgress *progress = g_object_ref_sink(tw_progress_new());
    GtkWidget *found[2];
    char *tooltip;

    find(GTK_WIDGET(progress), found);
    tw_progress_set_keeps(progress, FALSE);
    tw_progress_show(progress, TW_SESSION_APPLYING, 0.5, NULL);
    tooltip = gtk_widget_get_tooltip_text(found[0]);
    g_assert_false(gtk_widget_get_sensitive(found[0]));
    g_assert_nonnull(strstr(tooltip, "Cancel"));
    tw_progress_show(progress, TW_SESSION_DONE, 1, NULL);
    g_assert_true(gtk_widget_get_sensitive(found[0]));
    tw_progress_set_keeps(progress, TRUE);
    tw_progress_show(progress, TW_SESSION_WORKING, 0.5, NULL);
    g_assert_true(gtk_widget_get_sensitive(found[0]));
    g_free(tooltip);
    gtk_widget_destroy(GTK_WIDGET(progress));
    g_object_unref(progress);
}

static tw_report
a_report(double consistency, double worst)
{
    return (tw_report) {
        .consistency = consistency,
        .worst = worst,
        .limit = 1.4,
        .fit = isnan(consistency) ? TW_FIT_NONE : TW_FIT_GOOD,
        .look = isnan(consistency) ? TW_LOOK_NONE : TW_LOOK_GOOD,
        .misfit = consistency / 2,
        .detail = (double) NAN,
        .found = (double) NAN,
        .noise = 0.0196,
        .seconds = 12.34,
        .evaluations = 57,
        .steps = 29,
        .peak_bytes = 3 << 20,
        .solver = "hqs",
        .model = "photo",
    };
}

/* Every pair of answers is there as it is worded, and goes with the result. */
static void
check_answers(tw_fit fit, tw_look look)
{
    TwCertificate *certificate = g_object_ref_sink(tw_certificate_new());
    tw_report report = a_report(0.98, 1.2);
    GtkWidget *found[2]; /* Details is the first */

    find(GTK_WIDGET(certificate), found);
    report.fit = fit;
    report.look = look;
    tw_certificate_set_report(certificate, &report);
    if (fit != TW_FIT_NONE)
        g_assert_true(says(certificate, tw_fit_words(fit)));
    if (look != TW_LOOK_NONE)
        g_assert_true(says(certificate, tw_look_words(look)));
    g_assert_true(says(certificate, "0.98 times the noise"));
    g_assert_true(says(certificate, "1.20 times the noise"));
    g_assert_true(says(certificate, "0.49"));
    g_assert_true(says(certificate, "1.96 %"));
    g_assert_true(says(certificate, "57"));
    g_assert_true(says(certificate, "12.3 s"));
    g_assert_false(says(certificate, "nan"));
    g_assert_true(gtk_widget_is_sensitive(found[0]));
    tw_certificate_set_report(certificate, NULL);
    g_assert_false(says(certificate, "57"));
    g_assert_false(gtk_widget_is_sensitive(found[0]));
    if (fit != TW_FIT_NONE)
        g_assert_false(says(certificate, tw_fit_words(fit)));
    gtk_widget_destroy(GTK_WIDGET(certificate));
    g_object_unref(certificate);
}

static void
test_certificate(void)
{
    for (int fit = 0; fit < TW_FITS; fit++)
        for (int look = 0; look < TW_LOOKS; look++)
            check_answers((tw_fit) fit, (tw_look) look);
}

/* The green tick is for what is known and good, and for nothing else. */
static void
test_ticks(void)
{
    static const char tick[] = "object-select-symbolic";

    for (int i = 0; i < TW_FITS; i++)
        g_assert_cmpint(i == TW_FIT_GOOD, ==,
                        !strcmp(tw_certificate_fit_icon((tw_fit) i), tick));
    for (int i = 0; i < TW_LOOKS; i++)
        g_assert_cmpint(i == TW_LOOK_GOOD, ==,
                        !strcmp(tw_certificate_look_icon((tw_look) i), tick));
}

static void
test_no_certificate(void)
{
    TwCertificate *certificate = g_object_ref_sink(tw_certificate_new());
    tw_report report = a_report((double) NAN, (double) NAN);

    g_strlcpy(report.warning, "There was nothing to restore.",
              sizeof report.warning);
    g_strlcpy(report.unknown_words, "zorglub", sizeof report.unknown_words);
    tw_certificate_set_report(certificate, &report);
    g_assert_false(says(certificate, "fit"));
    g_assert_false(says(certificate, "nan"));
    g_assert_false(says(certificate, "Worst"));
    g_assert_true(says(certificate, "There was nothing to restore."));
    g_assert_true(says(certificate, "zorglub"));
    gtk_widget_destroy(GTK_WIDGET(certificate));
    g_object_unref(certificate);
}

/* Whatever it says, and however long, it has the same room, in which the rest is
 * scrolled. */
static void
test_room(void)
{
    GtkWidget *certificate = GTK_WIDGET(tw_certificate_new());
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    tw_report report = a_report(3.5, 9);
    int empty, full;

    gtk_container_add(GTK_CONTAINER(window), certificate);
    gtk_widget_show_all(window);
    gtk_widget_get_preferred_height_for_width(certificate, 300, &empty, NULL);
    memset(report.unknown_words, 'w', sizeof report.unknown_words - 1);
    for (gsize i = 9; i < sizeof report.unknown_words; i += 10)
        report.unknown_words[i - 1] = ' ';
    tw_certificate_set_report(TW_CERTIFICATE(certificate), &report);
    gtk_widget_get_preferred_height_for_width(certificate, 300, NULL, &full);
    g_assert_cmpint(full, ==, empty);
    g_assert_cmpint(full, >, 40); /* of at least three lines */
    gtk_widget_destroy(window);
}

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/progress/states", test_progress);
    g_test_add_func("/progress/no-news", test_no_news);
    g_test_add_func("/progress/button", test_stop_and_restart);
    g_test_add_func("/progress/nothing-to-keep", test_nothing_to_keep);
    g_test_add_func("/certificate/room", test_room);
    g_test_add_func("/certificate/answers", test_certificate);
    g_test_add_func("/certificate/ticks", test_ticks);
    g_test_add_func("/certificate/none", test_no_certificate);
    return g_test_run();
}
