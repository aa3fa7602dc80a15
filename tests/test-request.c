/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings by key: parsing, messages, recipes. */
#include "check.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tweedie.h"

static tw_request *
new_request(const char *task)
{
    tw_request *request = tw_request_new(tw_task_find(task));

    g_assert_nonnull(request);
    return request;
}

static void
accept(tw_request *request, const char *key, const char *text)
{
    tw_error err = { 0 };

    if (tw_request_set(request, key, text, &err) != TW_OK)
        g_error("%s=%s: %s", key, text, err.text);
}

/* The message must hold all of @words, separated by '|'. */
static void
refuse(tw_request *request, const char *key, const char *text,
       const char *words)
{
    char **list = g_strsplit(words, "|", -1);
    tw_error err = { 0 };

    g_assert_cmpint(tw_request_set(request, key, text, &err), ==,
                    TW_ERR_ARGUMENT);
    g_assert_cmpint(err.status, ==, TW_ERR_ARGUMENT);
    for (char **word = list; *word; word++)
        if (!strstr(err.text, *word)) {
            g_test_message("%s=%s: no '%s' in: %s", key, text, *word, err.text);
            g_test_fail();
        }
    g_assert_null(strchr(err.text, '\n'));
    g_strfreev(list);
}

static void
numbers(void)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {
        { "0.01", 0.01 }, { ".5", 0.5 },       { "25/255", 25 / 255.0 },
        { "1%", 0.01 },   { "1e-2", 0.01 },    { "0", 0 },
        { "1", 1 },       { "+0.25", 0.25 },   { "2.55/255", 0.01 },
        { "100%", 1 },    { "1e-1/10", 0.01 },
    };
    tw_request *request = new_request("denoise");

    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        accept(request, "noise", good[i].text);
        check_near(good[i].text, tw_request_real(request, "noise"),
                   good[i].value, 1e-15);
        g_assert_cmpstr(tw_request_text(request, "noise"), ==, good[i].text);
    }
    accept(request, "noise", "auto");
    g_assert_true(isnan(tw_request_real(request, "noise")));
    tw_request_free(request);
}

static void
bad_numbers(void)
{
    static const char *const bad[] = {
        "",      "x",     "nan",  "inf",    "-inf", "0.1x", "1/0",
        "1/",    "1%%",   "0,1",  "0x1p-3", "1 2",  "--1",  "/2",
        "1/2/3", "1e999", "Auto", " 0.1",   "1%/2",
    };
    tw_request *request = new_request("denoise");

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        refuse(request, "noise", bad[i], "noise=|0 to 1");
    refuse(request, "noise", "1.5", "noise=1.5|0 to 1");
    refuse(request, "noise", "-0.1", "noise=-0.1|0 to 1");
    refuse(request, "samples", "2.5", "samples=2.5|whole number|1 to 16");
    refuse(request, "samples", "0", "samples=0|1 to 16");
    refuse(request, "samples", "50%", "samples=50%|whole number");
    refuse(request, "seed", "-1", "seed=-1|9007199254740991");
    g_assert_false(tw_request_has(request, "noise"));
    g_assert_false(tw_request_has(request, "samples"));
    tw_request_free(request);
}

/* A number is written with a point, whatever the user's language. */
static void
locales(void)
{
    tw_request *request = new_request("denoise");
    tw_request *blur = new_request("deblur");

    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) {
        g_test_skip("no locale with a decimal comma");
    } else {
        accept(request, "noise", "0.25");
        g_assert_cmpfloat(tw_request_real(request, "noise"), ==, 0.25);
        refuse(request, "noise", "0,25", "noise=0,25");
        refuse(blur, "sigma", "0,5", "sigma=0,5|from 0.1 to 100, such as 0.01");
        refuse(blur, "sigma", "101", "0.1 to 100");
        setlocale(LC_NUMERIC, "C");
    }
    tw_request_free(blur);
    tw_request_free(request);
}

static void
sizes(void)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {
        { "512MiB", 536870912 }, { "2G", 2147483648.0 },
        { "2GB", 2e9 },          { "1.5 GiB", 1610612736 },
        { "4096K", 4194304 },    { "8000000", 8e6 },
        { "8000000B", 8e6 },     { "1t", 1099511627776.0 },
    };
    tw_request *request = new_request("upscale");

    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        accept(request, "memory", good[i].text);
        g_assert_cmpfloat(tw_request_real(request, "memory"), ==,
                          good[i].value);
    }
    refuse(request, "memory", "lots", "memory=lots|512MiB");
    refuse(request, "memory", "2 Gigs", "memory=2 Gigs|512MiB");
    refuse(request, "memory", "2X", "memory=2X|512MiB");
    refuse(request, "memory", "1", "memory=1|1048576");
    tw_request_free(request);
}

static void
choices(void)
{
    tw_request *request = new_request("deblur");

    accept(request, "style", "textured");
    g_assert_cmpfloat(tw_request_real(request, "style"), ==, 2);
    refuse(request, "style", "fast", "style=fast|auto|faithful|textured");
    refuse(request, "solver", "magic", "solver=magic|hqs|ddrm|edm-heun");
    accept(request, "kernel", "disc");
    g_assert_cmpfloat(tw_request_real(request, "kernel"), ==, 1);
    accept(request, "kernel", "shake.png");
    g_assert_true(isnan(tw_request_real(request, "kernel")));
    g_assert_cmpstr(tw_request_text(request, "kernel"), ==, "shake.png");
    tw_request_free(request);
}

/* Between two pictures: by a number, by a word, or by task and prompt. */
static void
detail(void)
{
    tw_request *request = new_request("upscale");

    g_assert_cmpfloat(tw_request_detail(request), <, 1);
    accept(request, "prompt", "a bird");
    g_assert_cmpfloat(tw_request_detail(request), ==, 1);
    accept(request, "detail", "0");
    g_assert_cmpfloat(tw_request_detail(request), ==, 0);
    g_assert_cmpstr(tw_request_solver(request)->name, ==, "hqs");
    accept(request, "detail", "35%");
    g_assert_cmpfloat(tw_request_real(request, "detail"), ==, 35);
    g_assert_cmpfloat(tw_request_detail(request), ==, 0.35);
    accept(request, "detail", "12.5");
    g_assert_cmpfloat(tw_request_detail(request), ==, 0.125);
    accept(request, "detail", "auto");
    g_assert_cmpfloat(tw_request_detail(request), ==, 1);
    accept(request, "style", "faithful");
    g_assert_cmpfloat(tw_request_detail(request), ==, 0);
    accept(request, "style", "textured");
    g_assert_cmpfloat(tw_request_detail(request), ==, 1);
    refuse(request, "detail", "101", "detail=101|0|100");
    refuse(request, "detail", "-1", "detail=-1");
    tw_request_free(request);
}

static void
unknown_keys(void)
{
    tw_request *request = new_request("deblur");

    refuse(request, "sigam", "2", "'sigam'|'sigma'");
    refuse(request, "lenght", "2", "'lenght'|'length'");
    refuse(request, "stpes", "2", "'stpes'|'steps'");
    refuse(request, "scale", "2", "scale=|'upscale'|'deblur'|leave it out");
    refuse(request, "lambda", "2", "lambda=|solver=hqs");
    refuse(request, "xyzzyxyzzy", "2", "'xyzzyxyzzy'|leave it out");
    refuse(request, "", "2", "''");
    g_assert_null(tw_request_param(request, "sigam"));
    g_assert_false(tw_request_has(request, "sigam"));
    tw_request_free(request);
}

static void
solvers(void)
{
    tw_request *request = new_request("denoise");

    g_assert_cmpstr(tw_request_solver(request)->name, ==, "hqs");
    accept(request, "style", "textured");
    g_assert_cmpstr(tw_request_solver(request)->name, ==, "ddim");
    accept(request, "solver", "ddrm");
    g_assert_cmpstr(tw_request_solver(request)->name, ==, "ddrm");
    accept(request, "eta", "0.5");
    accept(request, "eta-b", "0.25");
    g_assert_cmpfloat(tw_request_real(request, "eta-b"), ==, 0.25);
    accept(request, "solver", "dds");
    g_assert_null(tw_request_param(request, "eta-b"));
    g_assert_false(tw_request_has(request, "eta-b"));
    g_assert_cmpfloat(tw_request_real(request, "style"), ==, 2);
    accept(request, "solver", "auto");
    g_assert_cmpstr(tw_request_solver(request)->name, ==, "ddim");
    tw_request_free(request);
}

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
    tw_request *request = new_request("deblur"), *copy;

    accept(request, "prompt", "a \"red\" cat");
    accept(request, "sigma", "2.5");
    accept(request, "memory", "1G");
    accept(request, "seed", "7");
    accept(request, "solver", "hqs");
    accept(request, "lambda", "0.2");
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
        tw_request *request = new_request("deblur"), *again;
        tw_error err = { 0 };

        accept(request, "kernel", kernel);
        accept(request, "prompt", prompt);
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
        tw_request *request = new_request("deblur");

        accept(request, "prompt", prompt);
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

static tw_status
set_and_copy(void *data)
{
    tw_request *request = tw_request_new(tw_task_find("upscale")), *copy;
    tw_error err = { 0 };
    tw_status status = request ? TW_OK : TW_ERR_MEMORY;

    (void) data;
    if (status == TW_OK)
        status = tw_request_set(request, "scale", "3", &err);
    if (status == TW_OK)
        status = tw_request_set(request, "scale", "4", &err);
    copy = status == TW_OK ? tw_request_copy(request) : NULL;
    if (status == TW_OK && !copy)
        status = TW_ERR_MEMORY;
    tw_request_free(copy);
    char *recipe = status == TW_OK ? tw_request_recipe(request, NULL) : NULL;

    if (status == TW_OK && !recipe)
        status = TW_ERR_MEMORY;
    copy = NULL;
    if (status == TW_OK)
        status = tw_request_read(recipe, &copy, &err);
    tw_request_free(copy);
    tw_request_free(request);
    free(recipe);
    return status;
}

static void
allocations(void)
{
    check_every_allocation("request", set_and_copy, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/request/numbers", numbers);
    g_test_add_func("/request/bad-numbers", bad_numbers);
    g_test_add_func("/request/locales", locales);
    g_test_add_func("/request/sizes", sizes);
    g_test_add_func("/request/choices", choices);
    g_test_add_func("/request/detail", detail);
    g_test_add_func("/request/unknown-keys", unknown_keys);
    g_test_add_func("/request/solvers", solvers);
    g_test_add_func("/request/recipes", recipes);
    g_test_add_func("/request/reading", reading);
    g_test_add_func("/request/bad-reading", bad_reading);
    g_test_add_func("/request/any-text", any_text);
    g_test_add_func("/request/any-shell", any_shell);
    g_test_add_func("/request/allocations", allocations);
    return g_test_run();
}
