/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model chooser, with the default, others, none, broken ones. Needs a display. */
#include <glib/gstdio.h>

#include "check-gtk.h"
#include "settings/tw-model-chooser.h"
#include "texts.h"

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
    g_assert_false(says(m.chooser, "GPL-3.0-or-later")); /* only on demand */
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
    g_assert_true(says(m.chooser, "takes no prompts"));
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

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/models/default", test_default_model);
    g_test_add_func("/models/none", test_no_model);
    g_test_add_func("/models/choice", test_choice_of_models);
    g_test_add_func("/models/broken", test_broken_model);
    return g_test_run();
}
