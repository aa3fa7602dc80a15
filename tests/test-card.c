/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Model cards: what must be read, and what refused. */
#include "check.h"

#include <string.h>

#include "core/spelling.h"
#include "weights/card.h"

#define HEAD    "{\"contract\":1,\"id\":\"tiny\",\"title\":\"T\","
#define TEXTS   "\"license\":\"CC0-1.0\",\"source\":\"here\",\"network\":\"n\","
#define WEIGHTS "\"weights\":\"w.safetensors\","
#define LEVELS  "\"sigma_min\":0.01,\"sigma_max\":80,\"sigma_data\":0.5"
#define PROMPT                                                                 \
    ",\"prompt\":{\"tags\":[\"sky\",\"a cat\"],"                               \
    "\"synonyms\":{\"photo\":\"\",\"kitten\":\"a cat\"}}"

#define USUAL(detail, share)                                                   \
    ",\"usual\":{\"detail\":" detail ",\"share\":" share "}"

static tw_status
parse_card(const char *text, const char *folder, tw_card **card, tw_error *err)
{
    return tw_card_parse(text, strlen(text), folder, card, err);
}

static void
test_card(void)
{
    tw_error error = { 0 };
    tw_card *card = NULL;

    parse_card(HEAD TEXTS WEIGHTS LEVELS PROMPT ",\"new\":[1]}",
               "some/where/tiny/", &card, &error);
    g_assert_cmpstr(error.text, ==, "");
    g_assert_cmpstr(card->id, ==, "tiny");
    g_assert_cmpstr(card->weights, ==, "some/where/tiny//w.safetensors");
    g_assert_cmpstr(card->folder, ==, "some/where/tiny/");
    g_assert_cmpfloat(card->sigma_max, ==, 80);
    g_assert_true(card->takes_prompt);
    g_assert_cmpint(card->tag_count, ==, 2);
    g_assert_cmpstr(card->tags[1], ==, "a cat");
    g_assert_cmpint(card->synonym_count, ==, 2);
    g_assert_cmpstr(card->synonyms[0].word, ==, "kitten");
    g_assert_cmpstr(card->synonyms[0].tag, ==, "a cat");
    g_assert_cmpstr(card->synonyms[1].tag, ==, "");
    g_assert_cmpfloat(card->usual.share_deviation, ==, 0);
    tw_card_free(card);

    parse_card(HEAD TEXTS WEIGHTS LEVELS USUAL("[-3,1]", "[-5,-0.5,2]") "}",
               "tiny", &card, &error);
    g_assert_cmpstr(error.text, ==, "");
    g_assert_cmpfloat(card->usual.detail, ==, -3);
    g_assert_cmpfloat(card->usual.detail_deviation, ==, 1);
    g_assert_cmpfloat(card->usual.share[1], ==, -0.5);
    g_assert_cmpfloat(card->usual.share_deviation, ==, 2);
    tw_card_free(card);

    parse_card(HEAD TEXTS WEIGHTS LEVELS "}", "tiny", &card, &error);
    g_assert_cmpstr(error.text, ==, "");
    g_assert_false(card->takes_prompt);
    g_assert_cmpint(card->tag_count, ==, 0);
    tw_card_free(card);
}

static void
test_bad_cards(void)
{
#define REST        TEXTS WEIGHTS LEVELS "}"
#define WORDS(text) HEAD TEXTS WEIGHTS LEVELS ",\"prompt\":" text "}"
    static const struct {
        const char *text, *word;
    } cases[] = {
        { "[]", "contract" },
        { "{}", "contract" },
        { "{\"contract\":2}", "contract 2" },
        { "{\"contract\":\"1\"}", "contract" },
        { "{\"contract\":1,\"contract\":1}", "contract" },
        { "{\"contract\":1,\"id\":\"Tiny\"}", "id" },
        { "{\"contract\":1,\"id\":\"iny\"}", "name of the folder" },
        { "{\"contract\":1,\"id\":\"../tiny\"}", "id" },
        { HEAD "\"license\":\"\"}", "license" },
        { HEAD "\"license\":\"a\\nb\"}", "license" },
        { HEAD "\"license\":\"a\\u202eb\"}", "license" },
        { HEAD "\"license\":\"a\\u009b2Jb\"}", "license" },
        { HEAD TEXTS "\"weights\":\"../x\"}", "weights" },
        { HEAD TEXTS "\"weights\":\"..\"}", "weights" },
        { HEAD TEXTS "\"weights\":\"a\\u0000b\"}", "weights" },
        { HEAD TEXTS WEIGHTS "\"sigma_min\":0}", "sigma_min" },
        { HEAD TEXTS WEIGHTS "\"sigma_min\":\"1\"}", "sigma_min" },
        { HEAD TEXTS WEIGHTS "\"sigma_min\":2,\"sigma_max\":1,"
                             "\"sigma_data\":1}",
          "sigma_max" },
        { HEAD TEXTS WEIGHTS LEVELS ",\"usual\":[]}", "usual" },
        { HEAD TEXTS WEIGHTS LEVELS USUAL("[1]", "[1,1,1]") "}", "usual" },
        { HEAD TEXTS WEIGHTS LEVELS USUAL("[1,0]", "[1,1,1]") "}", "usual" },
        { HEAD TEXTS WEIGHTS LEVELS USUAL("[1,1]", "[1,\"a\",1]") "}",
          "usual" },
        { WORDS("[]"), "prompt" },
        { WORDS("{}"), "tags" },
        { WORDS("{\"tags\":[]}"), "tags" },
        { WORDS("{\"tags\":[\"a\",\"b\",\"a\"]}"), "tags" },
        { WORDS("{\"tags\":[\"A\"]}"), "tags" },
        { WORDS("{\"tags\":[\"a,b\"]}"), "tags" },
        { WORDS("{\"tags\":[\"a\"],\"synonyms\":[]}"), "synonyms" },
        { WORDS("{\"tags\":[\"a\"],\"synonyms\":{\"b\":\"c\"}}"), "synonyms" },
        { WORDS("{\"tags\":[\"a\"],\"synonyms\":{\"a\":\"a\"}}"), "synonyms" },
        { WORDS("{\"tags\":[\"a\"],\"synonyms\":{\"b\":\"\",\"b\":\"a\"}}"),
          "synonyms" },
        { HEAD REST "x", "JSON" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_error error = { 0 };
        tw_card *card = NULL;
        const tw_status status =
            parse_card(cases[i].text, "models/tiny", &card, &error);

        g_test_message("%s", error.text);
        g_assert_cmpint(status, ==, TW_ERR_FORMAT);
        g_assert_nonnull(strstr(error.text, cases[i].word));
        g_assert_null(card);
    }
}

/* The cards that come with the program. */
static void
test_own_cards(void)
{
    GDir *dir = g_dir_open(TW_TEST_MODELS, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(dir))) {
        char *folder = g_build_filename(TW_TEST_MODELS, name, NULL);
        char *file = g_build_filename(folder, "card.json", NULL);

        if (g_file_test(file, G_FILE_TEST_EXISTS)) {
            tw_error error = { 0 };
            tw_card *card = NULL;

            tw_card_read(folder, &card, &error);
            g_assert_cmpstr(error.text, ==, "");
            g_assert_true(g_file_test(card->weights, G_FILE_TEST_EXISTS));
            tw_card_free(card);
        }
        g_free(folder);
        g_free(file);
    }
    g_dir_close(dir);
}

static tw_status
read_card(void *data)
{
    tw_card *card = NULL;
    const tw_status status = parse_card(data, "tiny", &card, NULL);

    tw_card_free(card);
    return status;
}

static tw_status
read_folder(void *data)
{
    tw_card *card = NULL;
    const tw_status status = tw_card_read(data, &card, NULL);

    tw_card_free(card);
    return status;
}

static void
test_no_memory(void)
{
    static char text[] = HEAD TEXTS WEIGHTS LEVELS PROMPT "}";
    static char folder[] = TW_TEST_MODELS "/photo";

    check_every_allocation("card", read_card, text);
    check_every_allocation("folder", read_folder, folder);
}

static void
test_no_card(void)
{
    tw_card *card = NULL;
    tw_error error = { 0 };

    g_assert_cmpint(tw_card_read(TW_TEST_DIR, &card, &error), ==, TW_ERR_FILE);
    g_assert_nonnull(strstr(error.text, "card.json"));
    g_assert_null(card);
}

/* Words are told apart by their letters only where they are far from each other. */
static void
test_letters(void)
{
    GRand *rand = g_rand_new_with_seed(3);
    int apart = 0;

    for (int i = 0; i < 200000; i++) {
        char words[2][8] = { "", "" };
        uint32_t letters[2];

        for (int w = 0; w < 2; w++) {
            for (int k = g_rand_int_range(rand, 0, 7); k > 0; k--)
                words[w][k - 1] = (char) g_rand_int_range(rand, 'a', 'f');
            letters[w] = tw_spelling_letters(words[w]);
        }
        for (int limit = 1; limit <= 4; limit++)
            if (!tw_spelling_near(letters[0], letters[1], limit)) {
                apart++;
                g_assert_cmpint(tw_spelling_distance(words[0], words[1], limit),
                                ==, limit);
            }
    }
    g_assert_cmpint(apart, >, 100000);
    g_assert_true(tw_spelling_near(tw_spelling_letters("fethers"),
                                   tw_spelling_letters("feathers"), 2));
    g_rand_free(rand);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/card/good", test_card);
    g_test_add_func("/card/bad", test_bad_cards);
    g_test_add_func("/card/own", test_own_cards);
    g_test_add_func("/card/none", test_no_card);
    g_test_add_func("/card/no-memory", test_no_memory);
    g_test_add_func("/card/letters", test_letters);
    return g_test_run();
}
