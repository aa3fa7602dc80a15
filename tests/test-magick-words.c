/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of -process as different versions of ImageMagick hand them over. */
#include <string.h>

#include "check.h"
#include "tasks/words.h"
#include "words.h"

typedef struct word_case {
    const char *name;
    const char *in[6];  /* argv, ends with NULL */
    const char *out[6]; /* what the user meant; the first NULL: an error */
} word_case;

static const word_case cases[] = {
    { "plain",
      { "deblur", "sigma=2", "noise=1%" },
      { "deblur", "sigma=2", "noise=1%" } },
    { "quoted-whole", /* 'tweedie inpaint "prompt=a brick wall"' */
      { "inpaint", "prompt=a brick wall" },
      { "inpaint", "prompt=a brick wall" } },
    { "quoted-value-debian", /* prompt="a brick wall", quotes removed */
      { "inpaint", "prompt=a brick wall", "seed=1" },
      { "inpaint", "prompt=a brick wall", "seed=1" } },
    { "quoted-value-upstream", /* the same, torn and with the quotes */
      { "inpaint", "prompt=\"a", "brick", "wall\"", "seed=1" },
      { "inpaint", "prompt=a brick wall", "seed=1" } },
    { "single-quotes",
      { "inpaint", "prompt='a", "wall'" },
      { "inpaint", "prompt=a wall" } },
    { "one-quoted-word",
      { "inpaint", "prompt=\"wall\"" },
      { "inpaint", "prompt=wall" } },
    { "quoted-nothing",
      { "inpaint", "prompt=\"\"" },
      { "inpaint", "prompt=" } },
    { "quote-then-blank", /* prompt=" wall" */
      { "inpaint", "prompt=\"", "wall\"" },
      { "inpaint", "prompt= wall" } },
    { "torn-word", /* "prompt=a wall", torn */
      { "inpaint", "\"prompt=a", "wall\"" },
      { "inpaint", "prompt=a wall" } },
    { "apostrophe",
      { "inpaint", "prompt=it's" },
      { "inpaint", "prompt=it's" } },
    { "apostrophe-in-quotes",
      { "inpaint", "prompt=\"it's", "a", "cat\"" },
      { "inpaint", "prompt=it's a cat" } },
    { "equal-sign-in-value",
      { "inpaint", "prompt=a=b" },
      { "inpaint", "prompt=a=b" } },
    { "utf-8",
      { "inpaint", "prompt=\"grüne", "Wiese\"" },
      { "inpaint", "prompt=grüne Wiese" } },
    { "empty-words", { "", "deblur", "" }, { "deblur" } },
    { "old-form", { "deblur sigma=2" }, { "deblur", "sigma=2" } },
    { "old-form-quotes",
      { " inpaint  prompt=\"a  wall\"\tseed=1\n" },
      { "inpaint", "prompt=a  wall", "seed=1" } },
    { "old-form-recipe", /* as tw_request_recipe() writes it */
      { "inpaint prompt='it'\"'\"'s \"a\\b\"' seed=1" },
      { "inpaint", "prompt=it's \"a\\b\"", "seed=1" } },
    { "old-form-one-word", { "help" }, { "help" } },
    { "no-task-but-blanks", { "prompt=a wall" }, { "prompt=a wall" } },
    { "unclosed", { "inpaint", "prompt=\"a", "wall" }, { NULL } },
    { "unclosed-alone", { "inpaint", "prompt=\"" }, { NULL } },
    { "other-quote", { "inpaint", "prompt=\"a", "wall'" }, { NULL } },
};

static int
length(const char *const *list)
{
    int n = 0;

    while (list[n])
        n++;
    return n;
}

static void
test_words(gconstpointer data)
{
    const word_case *c = data;
    tw_error err = { 0 };
    char **words = NULL;
    tw_status status = tm_words_new(length(c->in), c->in, &words, &err);

    if (!c->out[0]) {
        g_assert_cmpint(status, ==, TW_ERR_ARGUMENT);
        g_assert_null(words);
        g_assert_nonnull(strstr(err.text, "quote"));
        return;
    }
    g_assert_cmpint(status, ==, TW_OK);
    g_assert_cmpint(length((const char *const *) words), ==, length(c->out));
    for (int i = 0; c->out[i]; i++)
        g_assert_cmpstr(words[i], ==, c->out[i]);
    tw_words_free(words);
}

static void
test_none(void)
{
    tw_error err = { 0 };
    char **words = NULL;

    /* PythonMagick passes no vector at all. */
    g_assert_cmpint(tm_words_new(0, NULL, &words, &err), ==, TW_OK);
    g_assert_null(words[0]);
    tw_words_free(words);
    g_assert_cmpint(tm_words_new(3, NULL, &words, &err), ==, TW_OK);
    g_assert_null(words[0]);
    tw_words_free(words);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/words/", cases[i].name, NULL);

        g_test_add_data_func(path, &cases[i], test_words);
    }
    g_test_add_func("/words/none", test_none);
    return g_test_run();
}
