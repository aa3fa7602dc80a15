/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests as text, written and read back. */
#include "check-picture.h"

#include <stdlib.h>
#include <string.h>

static void
assert_recipe(const tw_request *request, const char *without, const char *want)
{
    char *recipe = tw_request_recipe(request, without);

    g_assert_cmpstr(recipe, ==, want);
    free(recipe);
}

static void
recipes(void)
{
    tw_request *request = check_request("deblur"), *copy;

    check_set(request, "prompt", "a \"red\" cat");
    check_set(request, "sigma", "2.5");
    check_set(request, "memory", "1G");
    check_set(request, "seed", "7");
    check_set(request, "solver", "hqs");
    check_set(request, "lambda", "0.2");
    copy = tw_request_copy(request);
    tw_request_free(request);
    assert_recipe(copy, NULL,
                  "deblur solver=hqs seed=7 prompt='a \"red\" cat' sigma=2.5 "
                  "lambda=0.2");
    assert_recipe(copy, "prompt",
                  "deblur solver=hqs seed=7 sigma=2.5 lambda=0.2");
    tw_request_free(copy);
}

/* As recipes of version 0.1 were written, and as users write. */
static void
reading(void)
{
    static const char *const cases[][2] = {
        { "deblur prompt=\"it's a cat\" sigma=2", "it's a cat" },
        { " deblur\tprompt='a \"red\" cat'\n", "a \"red\" cat" },
        { "deblur \"prompt=a  cat\"", "a  cat" },
        { "deblur prompt=a\\b", "a\\b" },
        { "deblur prompt=it's", "it's" },
        { "deblur prompt='it'\"'\"'s'", "it's" },
        { "deblur prompt=\"\"", "" },
        { "deblur prompt='a=b'c", "a=bc" },
        { "deblur lambda=0.2 solver=hqs prompt=last", "last" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_request *request;
        tw_error err = { 0 };

        g_test_message("%s", cases[i][0]);
        g_assert_cmpint(tw_request_read(cases[i][0], &request, &err), ==,
                        TW_OK);
        g_assert_cmpstr(tw_request_text(request, "prompt"), ==, cases[i][1]);
        tw_request_free(request);
    }
}

static void
bad_reading(void)
{
    static const char *const cases[][2] = {
        { "", "''" },
        { "undo everything=1", "'undo'" },
        { "deblur prompt='a cat", "quote" },
        { "deblur quickly", "KEY=VALUE" },
        { "deblur sigam=2", "'sigma'" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_request *request;
        tw_error err = { 0 };

        g_assert_cmpint(tw_request_read(cases[i][0], &request, &err), ==,
                        TW_ERR_ARGUMENT);
        g_assert_null(request);
        g_assert_nonnull(strstr(err.text, cases[i][1]));
    }
}

/* Texts of what readers stumble over. */
static char *
random_text(GRand *rand)
{
    static const char *const parts[] = { "'", "\"",   "\\", " ", "\t", "\n",
                                         "=", "$x",   "`",  "!", "a",  "%w",
                                         "é", "\377", "#",  "~", "*",  ";",
                                         "&", "(",    "" };
    GString *text = g_string_new(NULL);

    for (int i = g_rand_int_range(rand, 0, 9); i > 0; i--)
        g_string_append(text,
                        parts[g_rand_int_range(rand, 0, G_N_ELEMENTS(parts))]);
    return g_string_free(text, FALSE);
}

/* Whatever a text is, a recipe with it is read back the same: by the engine, and
 * by a host that splits it as a shell does. */
static void
any_text(void)
{
    GRand *rand = g_rand_new_with_seed(1);

    for (int i = 0; i < 20000; i++) {
        char *kernel = random_text(rand), *prompt = random_text(rand), *recipe;
        char **words;
        tw_request *request = check_request("deblur"), *again;
        tw_error err = { 0 };

        check_set(request, "kernel", kernel);
        check_set(request, "prompt", prompt);
        recipe = tw_request_recipe(request, NULL);
        g_assert_cmpint(tw_request_read(recipe, &again, &err), ==, TW_OK);
        g_assert_cmpstr(tw_request_text(again, "kernel"), ==, kernel);
        g_assert_cmpstr(tw_request_text(again, "prompt"), ==, prompt);
        g_assert_true(g_shell_parse_argv(recipe, NULL, &words, NULL));
        g_assert_cmpuint(g_strv_length(words), ==, 3);
        g_assert_true(g_str_has_prefix(words[1], "prompt="));
        g_assert_cmpstr(words[1] + strlen("prompt="), ==, prompt);
        g_assert_cmpstr(words[2] + strlen("kernel="), ==, kernel);
        g_strfreev(words);
        tw_request_free(request);
        tw_request_free(again);
        free(recipe);
        g_free(kernel);
        g_free(prompt);
    }
    g_rand_free(rand);
}

/* The same in a real shell: it prints what it took for the prompt. */
static void
any_shell(void)
{
    GRand *rand = g_rand_new_with_seed(2);
    GString *script = g_string_new("show() { printf '%s|' \"$2\"; }\n");
    GString *want = g_string_new(NULL);
    char sh[] = "sh", option[] = "-c";
    char *out, *argv[] = { sh, option, NULL, NULL };

    for (int i = 0; i < 500; i++) {
        char *prompt = random_text(rand), *recipe;
        tw_request *request = check_request("deblur");

        check_set(request, "prompt", prompt);
        recipe = tw_request_recipe(request, NULL);
        g_string_append_printf(script, "show %s\n", recipe);
        g_string_append_printf(want, "prompt=%s|", prompt);
        tw_request_free(request);
        free(recipe);
        g_free(prompt);
    }
    argv[2] = script->str;
    g_assert_true(g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, &out, NULL, NULL, NULL));
    g_assert_cmpstr(out, ==, want->str);
    g_free(out);
    g_string_free(script, TRUE);
    g_string_free(want, TRUE);
    g_rand_free(rand);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/recipe/recipes", recipes);
    g_test_add_func("/recipe/reading", reading);
    g_test_add_func("/recipe/bad-reading", bad_reading);
    g_test_add_func("/recipe/any-text", any_text);
    g_test_add_func("/recipe/any-shell", any_shell);
    return g_test_run();
}
