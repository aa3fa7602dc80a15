/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings by key: parsing, messages. */
#include "check-picture.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    tw_request *request = check_request("denoise");

    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        check_set(request, "noise", good[i].text);
        check_near(good[i].text, tw_request_real(request, "noise"),
                   good[i].value, 1e-15);
        g_assert_cmpstr(tw_request_text(request, "noise"), ==, good[i].text);
    }
    check_set(request, "noise", "auto");
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
    tw_request *request = check_request("denoise");

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
    tw_request *request = check_request("denoise");
    tw_request *blur = check_request("deblur");

    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) {
        g_test_skip("no locale with a decimal comma");
    } else {
        check_set(request, "noise", "0.25");
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
    tw_request *request = check_request("upscale");

    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        check_set(request, "memory", good[i].text);
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
    tw_request *request = check_request("deblur");

    check_set(request, "style", "textured");
    g_assert_cmpfloat(tw_request_real(request, "style"), ==, 2);
    refuse(request, "style", "fast", "style=fast|auto|faithful|textured");
    refuse(request, "solver", "magic", "solver=magic|hqs|ddrm|edm-heun");
    check_set(request, "kernel", "disc");
    g_assert_cmpfloat(tw_request_real(request, "kernel"), ==, 1);
    check_set(request, "kernel", "shake.png");
    g_assert_true(isnan(tw_request_real(request, "kernel")));
    g_assert_cmpstr(tw_request_text(request, "kernel"), ==, "shake.png");
    tw_request_free(request);
}

/* Between two pictures: by a number, by a word, or by task and prompt. */
static void
detail(void)
{
    tw_request *request = check_request("upscale");

    g_assert_cmpfloat(tw_request_detail(request), <, 1);
    check_set(request, "prompt", "a bird");
    g_assert_cmpfloat(tw_request_detail(request), ==, 1);
    check_set(request, "detail", "0");
    g_assert_cmpfloat(tw_request_detail(request), ==, 0);
    g_assert_cmpstr(tw_request_solver(request)->name, ==, "hqs");
    check_set(request, "detail", "35%");
    g_assert_cmpfloat(tw_request_real(request, "detail"), ==, 35);
    g_assert_cmpfloat(tw_request_detail(request), ==, 0.35);
    check_set(request, "detail", "12.5");
    g_assert_cmpfloat(tw_request_detail(request), ==, 0.125);
    check_set(request, "detail", "auto");
    g_assert_cmpfloat(tw_request_detail(request), ==, 1);
    check_set(request, "style", "faithful");
    g_assert_cmpfloat(tw_request_detail(request), ==, 0);
    check_set(request, "style", "textured");
    g_assert_cmpfloat(tw_request_detail(request), ==, 1);
    refuse(request, "detail", "101", "detail=101|0|100");
    refuse(request, "detail", "-1", "detail=-1");
    tw_request_free(request);
}

static void
unknown_keys(void)
{
    tw_request *request = check_request("deblur");

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
    tw_request *request = check_request("denoise");

    g_assert_cmpstr(tw_request_solver(request)->name, ==, "hqs");
    check_set(request, "style", "textured");
    g_assert_cmpstr(tw_request_solver(request)->name, ==, "ddim");
    check_set(request, "solver", "ddrm");
    g_assert_cmpstr(tw_request_solver(request)->name, ==, "ddrm");
    check_set(request, "eta", "0.5");
    check_set(request, "eta-b", "0.25");
    g_assert_cmpfloat(tw_request_real(request, "eta-b"), ==, 0.25);
    check_set(request, "solver", "dds");
    g_assert_null(tw_request_param(request, "eta-b"));
    g_assert_false(tw_request_has(request, "eta-b"));
    g_assert_cmpfloat(tw_request_real(request, "style"), ==, 2);
    check_set(request, "solver", "auto");
    g_assert_cmpstr(tw_request_solver(request)->name, ==, "ddim");
    tw_request_free(request);
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
    g_test_add_func("/request/allocations", allocations);
    return g_test_run();
}
