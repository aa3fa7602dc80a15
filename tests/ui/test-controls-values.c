/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values on their way from the user to the settings and back, on a display. */

#include <gtk/gtk.h>
#include <locale.h>

#include "check-gtk.h"
#include "controls-fixture.h"
#include "settings/tw-noise-entry.h"
#include "settings/tw-prompt-entry.h"
#include "settings/tw-seed-entry.h"

static void
type(TwNumberEntry *entry, const char *text)
{
    gtk_entry_set_text(GTK_ENTRY(tw_number_entry_get_spin(entry)), text);
}

static void
test_typing(void)
{
    Fixture f;

    set_up(&f, tw_task_find("deblur"), TW_TEST_MODELS);
    TwNumberEntry *sigma = number_of(tw_controls_get(f.controls, "sigma"));

    /* Digits on the way to a number say nothing. */
    type(sigma, "2");
    type(sigma, "2.");
    type(sigma, "2.5");
    g_assert_cmpint(f.notified, ==, 0);
    tw_controls_flush(f.controls);
    g_assert_cmpint(f.notified, ==, 1);
    g_assert_cmpfloat(get_number(f.settings, "sigma"), ==, 2.5);
    /* Nonsense leaves what was there. */
    type(sigma, "wide");
    tw_controls_flush(f.controls);
    g_assert_cmpfloat(get_number(f.settings, "sigma"), ==, 2.5);
    /* More digits than are shown stay until the user writes something else. */
    g_object_set(f.settings, "sigma", 1.23456, NULL);
    tw_controls_flush(f.controls);
    g_assert_cmpfloat(get_number(f.settings, "sigma"), ==, 1.23456);
    tear_down(&f);
}

/* Where a comma divides a number, both notations are understood. */
static void
test_decimal_comma(void)
{
    static const char *const texts[] = { "0,5", "0.75", "1,25" };
    Fixture f;

    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) {
        g_test_skip("no locale with a decimal comma");
        return;
    }
    set_up(&f, tw_task_find("deblur"), TW_TEST_MODELS);
    TwNumberEntry *sigma = number_of(tw_controls_get(f.controls, "sigma"));

    for (int i = 0; i < 3; i++) {
        type(sigma, texts[i]);
        tw_controls_flush(f.controls);
        g_assert_cmpfloat(get_number(f.settings, "sigma"), ==,
                          i == 0   ? 0.5
                          : i == 1 ? 0.75
                                   : 1.25);
    }
    tear_down(&f);
    setlocale(LC_NUMERIC, "C");
}

static void
test_noise(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkWidget *noise = tw_controls_get(f.controls, "noise");
    TwNumberEntry *number = number_of(noise);

    /* Automatic: what was measured is shown, and the setting stays. */
    tw_controls_set_noise(f.controls, &(tw_noise) { .noise = 0.031 });
    assert_text(f.settings, "noise", "auto");
    g_assert_cmpfloat(tw_number_entry_get_value(number), ==, 0.031);
    /* Given: a fraction of 255 levels is kept exactly, as text and as typed. */
    g_object_set(f.settings, "noise", "25/255", NULL);
    assert_text(f.settings, "noise", "25/255");
    g_assert_cmpfloat_with_epsilon(tw_number_entry_get_value(number), 25. / 255,
                                   1e-12);
    type(number, "5/255");
    tw_controls_flush(f.controls);
    g_assert_cmpfloat_with_epsilon(tw_number_entry_get_value(number), 5. / 255,
                                   1e-9);
    /* Measured by itself it does not replace what the user gave. */
    f.notified = 0;
    tw_controls_set_noise(f.controls, &(tw_noise) { .noise = 0.01 });
    g_assert_cmpfloat_with_epsilon(tw_number_entry_get_value(number), 5. / 255,
                                   1e-9);
    g_assert_cmpint(f.notified, ==, 0);
    /* But automatic again, that is what is shown. */
    g_object_set(f.settings, "noise", "auto", NULL);
    g_assert_cmpfloat(tw_number_entry_get_value(number), ==, 0.01);
    tear_down(&f);
}

/* Less and more are parts of what was measured, known from then on; the slider
 * follows what is typed, and in its middle the level is automatic. */
static void
test_noise_amount(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkWidget *noise = tw_controls_get(f.controls, "noise");
    TwNumberEntry *number = number_of(noise);
    GtkRange *amount = tw_noise_entry_get_amount(TW_NOISE_ENTRY(noise));

    g_assert_false(gtk_widget_get_sensitive(GTK_WIDGET(amount)));
    tw_controls_set_noise(f.controls, &(tw_noise) { .noise = 0.02 });
    g_assert_true(gtk_widget_get_sensitive(GTK_WIDGET(amount)));
    g_assert_cmpfloat(gtk_range_get_value(amount), ==, 0);
    assert_text(f.settings, "noise", "auto");
    gtk_range_set_value(amount, 1);
    g_assert_cmpfloat_with_epsilon(tw_number_entry_get_value(number), 0.04,
                                   1e-9);
    type(number, "1"); /* % */
    tw_controls_flush(f.controls);
    g_assert_cmpfloat_with_epsilon(gtk_range_get_value(amount), -1, 1e-9);
    gtk_range_set_value(amount, 0);
    assert_text(f.settings, "noise", "auto");
    tw_controls_set_noise(f.controls, NULL);
    g_assert_false(gtk_widget_get_sensitive(GTK_WIDGET(amount)));
    tear_down(&f);
}

static void
click(GtkWidget *part, gpointer label)
{
    if (GTK_IS_BUTTON(part) &&
        g_strcmp0(gtk_button_get_label(GTK_BUTTON(part)), label) == 0)
        gtk_button_clicked(GTK_BUTTON(part));
    else if (GTK_IS_CONTAINER(part))
        gtk_container_forall(GTK_CONTAINER(part), click, label);
}

static void
on_measure(TwControls *controls)
{
    tw_controls_set_noise(controls, &(tw_noise) { .noise = 0.04 });
}

/* Where "auto" comes to nothing known, no number is shown. */
static void
test_blank(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkEntry *steps = GTK_ENTRY(tw_number_entry_get_spin(
        number_of(tw_controls_get(f.controls, "steps"))));

    g_assert_cmpstr(gtk_entry_get_text(steps), ==, "");
    tw_controls_flush(f.controls);
    assert_text(f.settings, "steps", "auto");
    g_object_set(f.settings, "steps", "8", NULL);
    g_assert_cmpstr(gtk_entry_get_text(steps), ==, "8");
    g_object_set(f.settings, "steps", "auto", NULL);
    g_assert_cmpstr(gtk_entry_get_text(steps), ==, "");
    g_assert_cmpint(f.notified, ==, 2);
    tear_down(&f);
}

/* The button measures, and a level that is not automatic takes it over. */
static void
test_measure(void)
{
    char label[] = "Measure";
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    g_object_set(f.settings, "noise", "0.01", NULL);
    g_signal_connect(f.controls, "measure", G_CALLBACK(on_measure), NULL);
    click(tw_controls_get(f.controls, "noise"), label);
    assert_text(f.settings, "noise", "0.04");
    tear_down(&f);
}

static void
test_seed(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkWidget *seed = tw_controls_get(f.controls, "seed");

    for (int i = 0; i < 100; i++) {
        const double old = get_number(f.settings, "seed");

        f.notified = 0;
        gtk_button_clicked(
            GTK_BUTTON(tw_seed_entry_get_button(TW_SEED_ENTRY(seed))));
        g_assert_cmpfloat(get_number(f.settings, "seed"), !=, old);
        g_assert_cmpint(f.notified, ==, 1);
    }
    /* Seeds of 53 bits go through unchanged. */
    g_object_set(f.settings, "seed", 9007199254740991.0, NULL);
    tw_controls_flush(f.controls);
    g_assert_cmpfloat(get_number(f.settings, "seed"), ==, 9007199254740991.0);
    type(number_of(seed), "9007199254740987");
    tw_controls_flush(f.controls);
    g_assert_cmpfloat(get_number(f.settings, "seed"), ==, 9007199254740987.0);
    tear_down(&f);
}

static GtkEntry *
prompt_of(Fixture *f)
{
    GtkWidget *control = tw_controls_get(f->controls, "prompt");

    return GTK_ENTRY(tw_prompt_entry_get_entry(TW_PROMPT_ENTRY(control)));
}

/* What the line below the prompt says, which is also told to screen readers. */
static const char *
note_of(GtkEntry *prompt)
{
    while (gtk_events_pending())
        gtk_main_iteration();
    return atk_object_get_description(
        gtk_widget_get_accessible(GTK_WIDGET(prompt)));
}

/* Words of the model are offered, those that it does not know are named; nothing
 * moves. */
static void
test_prompt_words(void)
{
    Fixture f;
    GtkTreeModel *offered;
    GtkTreeIter first;
    int height;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkEntry *prompt = prompt_of(&f);
    GtkWidget *control = tw_controls_get(f.controls, "prompt");

    offered = gtk_entry_completion_get_model(gtk_entry_get_completion(prompt));
    gtk_window_present(GTK_WINDOW(f.window));
    gtk_widget_grab_focus(GTK_WIDGET(prompt));
    g_assert_cmpstr(note_of(prompt), ==, "English words, separated by commas");
    height = gtk_widget_get_allocated_height(control);
    gtk_entry_set_text(prompt, "sky, xyzzy, feath");
    gtk_editable_set_position(GTK_EDITABLE(prompt), -1);
    g_assert_cmpstr(note_of(prompt), ==, "Not known: xyzzy");
    g_assert_true(gtk_tree_model_get_iter_first(offered, &first));
    g_assert_cmpint(gtk_widget_get_allocated_height(control), ==, height);

    gboolean taken = FALSE;

    g_signal_emit_by_name(gtk_entry_get_completion(prompt), "match-selected",
                          offered, &first, &taken);
    g_assert_true(taken);
    g_assert_cmpstr(gtk_entry_get_text(prompt), ==, "sky, xyzzy, feather, ");
    g_assert_cmpstr(note_of(prompt), ==, "Not known: xyzzy");
    gtk_entry_set_text(prompt, "sky");
    g_assert_cmpstr(note_of(prompt), ==, "English words, separated by commas");
    tear_down(&f);
}

/* A prompt is told after a pause in typing, once. */
static void
test_prompt(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkEntry *prompt = prompt_of(&f);

    g_assert_true(gtk_widget_is_sensitive(GTK_WIDGET(prompt)));
    gtk_entry_set_text(prompt, "s");
    gtk_entry_set_text(prompt, "sk");
    gtk_entry_set_text(prompt, "sky");
    g_assert_cmpint(f.notified, ==, 0);
    while (f.notified == 0)
        gtk_main_iteration();
    assert_text(f.settings, "prompt", "sky");
    g_assert_cmpint(f.notified, ==, 1);
    tear_down(&f);
}

/* A model that takes none says so where one would write it. */
static void
test_no_prompt(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkWidget *prompt = tw_controls_get(f.controls, "prompt");

    for (int none = 1; none >= 0; none--) {
        g_object_set(f.settings, "model", none ? "not-there" : "", NULL);
        g_assert_cmpint(gtk_widget_is_sensitive(prompt), ==, !none);
        g_assert_cmpint(
            gtk_widget_is_sensitive(tw_controls_get(f.controls, "guidance")),
            ==, !none);
    }
    tear_down(&f);
}

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/controls/typing", test_typing);
    g_test_add_func("/controls/comma", test_decimal_comma);
    g_test_add_func("/controls/noise", test_noise);
    g_test_add_func("/controls/noise-amount", test_noise_amount);
    g_test_add_func("/controls/blank", test_blank);
    g_test_add_func("/controls/measure", test_measure);
    g_test_add_func("/controls/seed", test_seed);
    g_test_add_func("/controls/prompt", test_prompt);
    g_test_add_func("/controls/no-prompt", test_no_prompt);
    g_test_add_func("/controls/prompt-words", test_prompt_words);
    return g_test_run();
}
