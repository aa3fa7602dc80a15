/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model chooser, the progress bar and the certificate, on a display. */

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#include "tw-certificate.h"
#include "tw-model-chooser.h"
#include "tw-progress.h"

/* --- what is to be seen --- */

/* All texts that can be seen, one a line; for gtk_container_forall(). */
static void
read_texts(GtkWidget *part, gpointer data)
{
    if (!gtk_widget_get_visible(part))
        return;
    if (GTK_IS_LABEL(part))
        g_string_append_printf(data, "%s\n",
                               gtk_label_get_text(GTK_LABEL(part)));
    else if (GTK_IS_CONTAINER(part))
        gtk_container_forall(GTK_CONTAINER(part), read_texts, data);
}

static gboolean
says(gpointer widget, const char *text)
{
    GString *all = g_string_new(NULL);
    gboolean found;

    read_texts(widget, all);
    found = strstr(all->str, text) != NULL;
    g_string_free(all, TRUE);
    return found;
}

/* --- models --- */

typedef struct Models {
    char *folder;
    tw_store *store;
    TwModelChooser *chooser;
    int notified;
} Models;

static void
count(Models *m)
{
    m->notified++;
}

/* A card that takes no prompts, or a broken one. */
static void
put_card(const Models *m, const char *name, gboolean good)
{
    char *folder = g_build_filename(m->folder, name, NULL);
    char *card = g_build_filename(folder, "card.json", NULL);
    char *weights = g_build_filename(folder, "weights", NULL);
    char *text = g_strdup_printf(
        "{ \"contract\": 1, \"id\": \"%s\", \"title\": \"The title of %s\","
        " \"license\": \"CC0-1.0\", \"source\": \"a test\","
        " \"network\": \"photo-unet\", \"weights\": \"weights\","
        " \"sigma_min\": 0.01, \"sigma_max\": 80, \"sigma_data\": 0.5 }",
        name, name);

    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_assert_true(g_file_set_contents(card, good ? text : "{", -1, NULL));
    g_assert_true(g_file_set_contents(weights, "12345678", -1, NULL));
    g_free(text);
    g_free(weights);
    g_free(card);
    g_free(folder);
}

static void
set_up_models(Models *m, gboolean with_default)
{
    m->folder = g_dir_make_tmp("tweedie-XXXXXX", NULL);

    const char *dirs[] = { m->folder, with_default ? TW_TEST_MODELS : NULL,
                           NULL };

    g_assert_nonnull(m->folder);
    m->store = tw_store_new(dirs);
    m->chooser = tw_model_chooser_new(m->store);
    m->notified = 0;
    g_object_ref_sink(m->chooser);
    g_signal_connect_swapped(m->chooser, "notify::model", G_CALLBACK(count), m);
}

static void
remove_tree(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        char *inner = g_build_filename(path, name, NULL);

        remove_tree(inner);
        g_free(inner);
    }
    if (dir)
        g_dir_close(dir);
    g_assert_cmpint(g_remove(path), ==, 0);
}

static void
tear_down_models(Models *m)
{
    gtk_widget_destroy(GTK_WIDGET(m->chooser));
    g_object_unref(m->chooser);
    tw_store_free(m->store);
    remove_tree(m->folder);
    g_free(m->folder);
}

static gboolean
takes_prompt(Models *m)
{
    gboolean takes;

    g_object_get(m->chooser, "takes-prompt", &takes, NULL);
    return takes;
}

static void
test_default_model(void)
{
    Models m;

    set_up_models(&m, TRUE);
    g_assert_cmpstr(tw_model_chooser_get_model(m.chooser), ==, "");
    g_assert_cmpstr(tw_model_chooser_get_card(m.chooser)->id, ==, "photo");
    g_assert_true(takes_prompt(&m));
    g_assert_true(says(m.chooser, "GPL-3.0-or-later"));
    g_assert_true(says(m.chooser, "\u00a0MB"));
    g_assert_false(says(m.chooser, "cannot be used"));
    /* Where others go. */
    char *folder = tw_store_user_folder();

    g_assert_true(says(m.chooser, folder));
    free(folder);
    tear_down_models(&m);
}

static void
test_no_model(void)
{
    Models m;

    set_up_models(&m, FALSE);
    g_assert_null(tw_model_chooser_get_card(m.chooser));
    g_assert_false(takes_prompt(&m));
    g_assert_true(says(m.chooser, "No model is installed"));
    g_assert_false(
        gtk_widget_get_sensitive(tw_model_chooser_get_combo(m.chooser)));
    /* One is put there, and the user looks again. */
    put_card(&m, "forest", TRUE);
    tw_model_chooser_refresh(m.chooser);
    g_assert_cmpstr(tw_model_chooser_get_card(m.chooser)->id, ==, "forest");
    g_assert_true(
        gtk_widget_get_sensitive(tw_model_chooser_get_combo(m.chooser)));
    g_assert_true(says(m.chooser, "CC0-1.0"));
    g_assert_cmpint(m.notified, ==, 0);
    tear_down_models(&m);
}

static void
test_choice_of_models(void)
{
    GtkComboBox *combo;
    Models m;

    set_up_models(&m, TRUE);
    put_card(&m, "forest", TRUE);
    tw_model_chooser_refresh(m.chooser);
    combo = GTK_COMBO_BOX(tw_model_chooser_get_combo(m.chooser));
    /* The card was there first and is still the same. */
    g_assert_cmpstr(gtk_combo_box_get_active_id(combo), ==, "photo");
    g_assert_true(gtk_combo_box_set_active_id(combo, "forest"));
    g_assert_cmpstr(tw_model_chooser_get_model(m.chooser), ==, "forest");
    g_assert_cmpint(m.notified, ==, 1);
    g_assert_false(takes_prompt(&m));
    g_assert_true(says(m.chooser, "takes no prompts"));
    /* One that is not there stays the user's choice, and the reason is told. */
    tw_model_chooser_set_model(m.chooser, "desert");
    g_assert_cmpstr(gtk_combo_box_get_active_id(combo), ==, "desert");
    g_assert_null(tw_model_chooser_get_card(m.chooser));
    g_assert_true(says(m.chooser, "\"desert\" is not installed"));
    g_assert_cmpint(m.notified, ==, 2);
    tw_model_chooser_set_model(m.chooser, NULL);
    g_assert_cmpstr(gtk_combo_box_get_active_id(combo), ==, "photo");
    g_assert_true(takes_prompt(&m));
    tear_down_models(&m);
}

static void
test_broken_model(void)
{
    Models m;

    set_up_models(&m, TRUE);
    put_card(&m, "broken", FALSE);
    tw_model_chooser_refresh(m.chooser);
    g_assert_true(says(m.chooser, "1 model cannot be used"));
    g_assert_true(says(m.chooser, m.folder));
    g_assert_cmpstr(tw_model_chooser_get_card(m.chooser)->id, ==, "photo");
    /* Mended. */
    put_card(&m, "broken", TRUE);
    tw_model_chooser_refresh(m.chooser);
    g_assert_false(says(m.chooser, "cannot be used"));
    tw_model_chooser_set_model(m.chooser, "broken");
    g_assert_cmpstr(tw_model_chooser_get_card(m.chooser)->title, ==,
                    "The title of broken");
    tear_down_models(&m);
}

/* --- progress --- */

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

/* --- the certificate --- */

static tw_report
a_report(double consistency, double worst)
{
    return (tw_report) {
        .consistency = consistency,
        .worst = worst,
        .limit = 1.4,
        .noise = 0.0196,
        .seconds = 12.34,
        .evaluations = 57,
        .steps = 29,
        .peak_bytes = 3 << 20,
        .solver = "hqs",
        .model = "photo",
    };
}

static void
check_certificate(tw_report report, TwVerdict verdict, const char *words,
                  const char *number)
{
    TwCertificate *certificate = g_object_ref_sink(tw_certificate_new());
    char *sentence = tw_certificate_sentence(&report);

    g_assert_cmpint(tw_certificate_verdict(&report), ==, verdict);
    tw_certificate_set_report(certificate, &report);
    g_assert_true(says(certificate, words));
    g_assert_true(says(certificate, number));
    g_assert_true(says(certificate, "1.96 %"));
    g_assert_true(says(certificate, "57"));
    g_assert_true(says(certificate, "12.3 s"));
    g_assert_true(says(certificate, "photo"));
    g_assert_cmpint(sentence == NULL, ==, verdict == TW_VERDICT_NONE);
    /* And it goes away with the result. */
    tw_certificate_set_report(certificate, NULL);
    g_assert_false(says(certificate, "57"));
    g_assert_false(sentence && says(certificate, sentence));
    g_free(sentence);
    gtk_widget_destroy(GTK_WIDGET(certificate));
    g_object_unref(certificate);
}

static void
test_certificate(void)
{
    check_certificate(a_report(0.98, 1.2), TW_VERDICT_FITS,
                      "fits the picture:", "0.98 times the noise");
    /* A part may be off by more than the whole: twice the limit. */
    check_certificate(a_report(1.4, 2.8), TW_VERDICT_FITS,
                      "fits the picture:", "2.80 times the noise");
    check_certificate(a_report(1.2, 2.81), TW_VERDICT_PLACE,
                      "but not everywhere", "2.81 times the noise");
    check_certificate(a_report(3.5, 9), TW_VERDICT_MISFIT,
                      "does not fit the picture", "3.50 times the noise");
    check_certificate(a_report((double) NAN, (double) NAN), TW_VERDICT_NONE, "",
                      "");
    g_assert_cmpint(tw_certificate_verdict(NULL), ==, TW_VERDICT_NONE);
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

int
main(int argc, char **argv)
{
    if (!gtk_init_check(&argc, &argv)) {
        g_print("1..0 # SKIP no display\n");
        return 0;
    }
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/models/default", test_default_model);
    g_test_add_func("/models/none", test_no_model);
    g_test_add_func("/models/choice", test_choice_of_models);
    g_test_add_func("/models/broken", test_broken_model);
    g_test_add_func("/progress/states", test_progress);
    g_test_add_func("/progress/no-news", test_no_news);
    g_test_add_func("/progress/button", test_stop_and_restart);
    g_test_add_func("/certificate/verdicts", test_certificate);
    g_test_add_func("/certificate/none", test_no_certificate);
    return g_test_run();
}
