/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a prompt while they are typed. '|' marks the cursor. */

#include <glib.h>
#include <string.h>

#include "settings/tw-words.h"

static const char card_text[] =
    "{\"contract\":1,\"id\":\"w\",\"title\":\"W\",\"license\":\"CC0-1.0\","
    "\"source\":\"here\",\"network\":\"n\",\"weights\":\"w.safetensors\","
    "\"sigma_min\":0.01,\"sigma_max\":80,\"sigma_data\":0.5,\"prompt\":{"
    "\"tags\":[\"sky\",\"bird\",\"feathers\",\"forest\",\"light tower\","
    "\"light trail\"],\"synonyms\":{\"a\":\"\",\"feather\":\"feathers\","
    "\"woods\":\"forest\"}}}";

static tw_card *card;

/* @text without the mark. */
static char *
without_mark(const char *text, gsize *cursor)
{
    const char *mark = strchr(text, '|');

    *cursor = mark ? (gsize) (mark - text) : G_MAXSIZE;
    return mark ? g_strdup_printf("%.*s%s", (int) *cursor, text, mark + 1)
                : g_strdup(text);
}

static void
completed(void)
{
    static const struct {
        const char *typed, *words, *then;
    } cases[] = {
        { "fe|", "feather feathers", "feather, |" },
        { "Sky, FO|", "forest", "Sky, forest, |" },
        { "sky, a bird with fe|, wood", "feather feathers",
          "sky, a bird with feather|, wood" },
        { "light tr|", "light trail", "light trail, |" },
        { "a light t|", "light tower;light trail", "a light tower, |" },
        { "sky|", "", NULL },
        { "sky, |", "", NULL },
        { "xyz|", "", NULL },
        { "\xc3\xa4, wo|", "woods", "\xc3\xa4, woods, |" },
        { "|", "", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize cursor, from = 0, after, expected;
        g_autofree char *text = without_mark(cases[i].typed, &cursor);
        GPtrArray *found = tw_words_completions(card, text, cursor, 3, &from);

        g_ptr_array_add(found, NULL);
        g_autofree char *words = g_strjoinv(
            strchr(cases[i].words, ';') ? ";" : " ", (char **) found->pdata);

        g_assert_cmpstr(words, ==, cases[i].words);
        if (cases[i].then) {
            g_autofree char *then =
                tw_words_complete(text, from, cursor, found->pdata[0], &after);
            g_autofree char *wanted = without_mark(cases[i].then, &expected);

            g_assert_cmpstr(then, ==, wanted);
            g_assert_cmpuint(after, ==, expected);
        }
        g_ptr_array_unref(found);
    }
}

static void
most_in_order(void)
{
    gsize from;
    GPtrArray *found = tw_words_completions(card, "f", 1, 2, &from);

    g_assert_cmpuint(found->len, ==, 2);
    g_assert_cmpstr(found->pdata[0], ==, "feather");
    g_assert_cmpstr(found->pdata[1], ==, "feathers");
    g_ptr_array_unref(found);
}

/* What may still become a word is not unknown yet. */
static void
named(void)
{
    static const struct {
        const char *typed, *unknown;
    } cases[] = {
        { "sky, a bird|", "" },
        { "sky, fethers, bi|", "fethers (feathers?)" },
        { "sky, fea|", "" },
        { "sky, fea", "fea" },
        { "sky, fea, |", "fea" },
        { "sky, xq|", "xq" },
        { "light trial", "light, trial" },
        { "", "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize cursor;
        g_autofree char *text = without_mark(cases[i].typed, &cursor);
        g_autofree char *unknown = tw_words_unknown(card, text, cursor);

        g_assert_cmpstr(unknown, ==, cases[i].unknown);
    }
}

int
main(int argc, char **argv)
{
    tw_error err = { 0 };
    int failures;

    g_test_init(&argc, &argv, NULL);
    tw_card_parse(card_text, strlen(card_text), "w", &card, &err);
    g_assert_cmpstr(err.text, ==, "");
    g_test_add_func("/ui/words/completed", completed);
    g_test_add_func("/ui/words/most", most_in_order);
    g_test_add_func("/ui/words/named", named);
    failures = g_test_run();
    tw_card_free(card);
    return failures;
}
