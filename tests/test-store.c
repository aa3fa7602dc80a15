/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which models there are, and the words that they know. */
#include "check.h"

#include <glib/gstdio.h>
#include <string.h>

#include "priors/guided.h"
#include "priors/store.h"

static const char *const folders[] = { TW_TEST_MODELS, NULL };

/* A card with words of one and of two parts. */
static const char card_text[] =
    "{\"contract\":1,\"id\":\"words\",\"title\":\"t\",\"license\":\"MIT\","
    "\"source\":\"s\",\"network\":\"photo-unet\",\"weights\":\"w\","
    "\"sigma_min\":0.01,\"sigma_max\":10,\"sigma_data\":0.5,\"prompt\":{"
    "\"tags\":[\"sky\",\"leaf\",\"dog\",\"berry\",\"golden retriever\"],"
    "\"synonyms\":{\"puppy\":\"dog\",\"a\":\"\",\"old man\":\"dog\"}}}";

static void
prompt_words(void)
{
    static const struct {
        const char *prompt, *tags, *unknown;
    } cases[] = {
        { "", "00000", "" },
        { "sky", "10000", "" },
        { "A Sky, a DOG.", "10100", "" },
        { "dogs; leaves", "01100", "" },
        { "Puppies and berries", "00110", "and" },
        { "golden retriever", "00001", "" },
        { "a golden retrievers", "00001", "" },
        { "golden, retriever", "00000", "golden, retriever" },
        { "old men", "00100", "" },
        { "dog dog dog", "00100", "" },
        { ",, ;; \xc3\xa4 \xff", "00000", "\xc3\xa4, ?" },
        { "sky\nzebra\tleaf", "11000", "zebra" },
        { "sky, pupy, retreiver", "10000", "pupy (puppy?), retreiver" },
        { "puppy, golden retriver", "00100", "golden, retriver" },
        { "ski, dgo, xyzzy", "00000", "ski (sky?), dgo (dog?), xyzzy" },
    };
    tw_card *card;
    float tags[5];
    char unknown[64];

    check_ok(tw_card_parse(card_text, strlen(card_text), "/words", &card, NULL),
             NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char set[6] = "00000";
        int expected = 0;
        const int count = tw_prompt_tags(card, cases[i].prompt, tags, unknown,
                                         sizeof unknown);

        for (int k = 0; k < 5; k++) {
            set[k] = tags[k] > 0 ? '1' : '0';
            expected += cases[i].tags[k] == '1';
        }
        g_assert_cmpstr(set, ==, cases[i].tags);
        g_assert_cmpint(count, ==, expected);
        g_assert_cmpstr(unknown, ==, cases[i].unknown);
        g_assert_cmpint(tw_prompt_tags(card, cases[i].prompt, tags, NULL, 0),
                        ==, expected);
    }
    tw_card_free(card);
}

/* --- the store --- */

static void
store_says_why(void)
{
    static const char *const nowhere[] = { "/nonexistent", NULL };
    tw_store *store = tw_store_new(folders);
    tw_store *none = tw_store_new(nowhere);
    const tw_card *card = NULL;
    tw_error err = { 0 };

    g_assert_cmpint(tw_store_find(store, "phto", &card, &err), ==, TW_ERR_FILE);
    g_assert_nonnull(strstr(err.text, "phto"));
    g_assert_nonnull(strstr(err.text, "photo"));
    g_assert_cmpint(tw_store_find(none, "", &card, &err), ==, TW_ERR_FILE);
    g_assert_nonnull(strstr(err.text, "/nonexistent"));
    g_assert_null(tw_store_card(none, 0));
    tw_store_free(store);
    tw_store_free(none);
}

/* A folder of models with one in it. */
typedef struct models {
    char *dir, *model, *card;
} models;

static void
write_card(const models *m, const char *text)
{
    g_assert_true(g_file_set_contents(m->card, text, -1, NULL));
}

static models
make_models(const char *name)
{
    models m = { .dir = g_dir_make_tmp("tweedie-XXXXXX", NULL) };

    m.model = g_build_filename(m.dir, name, NULL);
    m.card = g_build_filename(m.model, "card.json", NULL);
    g_mkdir(m.model, 0700);
    return m;
}

static void
remove_models(models *m)
{
    g_remove(m->card);
    g_rmdir(m->model);
    g_rmdir(m->dir);
    g_free(m->card);
    g_free(m->model);
    g_free(m->dir);
}

static void
store_reports_bad_cards(void)
{
    models m = make_models("broken");
    const char *dirs[] = { m.dir, TW_TEST_MODELS, NULL };

    write_card(&m, "{\"contract\":2");
    tw_store *store = tw_store_new(dirs);

    g_assert_nonnull(strstr(tw_store_problem(store, 0), "broken"));
    g_assert_null(tw_store_problem(store, 1));
    g_assert_cmpstr(tw_store_card(store, 0)->id, ==, "photo");
    tw_store_free(store);
    remove_models(&m);
}

/* What is added counts, what is there stays, problems are told anew. */
static void
store_refreshes(void)
{
    static const char text[] =
        "{ \"contract\": 1, \"id\": \"new\", \"title\": \"t\","
        " \"license\": \"l\", \"source\": \"s\","
        " \"network\": \"photo-unet\", \"weights\": \"w\","
        " \"sigma_min\": 0.01, \"sigma_max\": 80, \"sigma_data\": 0.5 }";
    models m = make_models("new");
    const char *dirs[] = { m.dir, TW_TEST_MODELS, NULL };
    tw_store *store = tw_store_new(dirs);
    const tw_card *photo = tw_store_card(store, 0);
    tw_error err = { 0 };

    write_card(&m, "{");
    g_assert_cmpint(tw_store_refresh(store, &err), ==, TW_OK);
    g_assert_nonnull(tw_store_problem(store, 0));
    g_assert_null(tw_store_card(store, 1));
    write_card(&m, text);
    g_assert_cmpint(tw_store_refresh(store, &err), ==, TW_OK);
    g_assert_null(tw_store_problem(store, 0));
    g_assert_true(tw_store_card(store, 0) == photo);
    g_assert_cmpstr(tw_store_card(store, 1)->id, ==, "new");
    g_assert_null(tw_store_card(store, 2));
    tw_store_free(store);
    remove_models(&m);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/prompt/words", prompt_words);
    g_test_add_func("/store/errors", store_says_why);
    g_test_add_func("/store/bad-cards", store_reports_bad_cards);
    g_test_add_func("/store/refresh", store_refreshes);
    return g_test_run();
}
