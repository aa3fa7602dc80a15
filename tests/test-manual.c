/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manual page as a reader sees it: nothing in it that groff warns about, all
 * rows of the engine's tables in their sections, the examples of the README. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "tweedie.h"

static char *page; /* rendered, nothing broken into lines */

/* What is below the heading @name, up to the next heading of its kind. */
static char *
section(const char *indent, const char *name)
{
    g_autofree char *heading = g_strdup_printf("\n%s%s\n", indent, name);
    const char *start = strstr(page, heading), *end;

    if (!start)
        g_error("no section %s", name);
    start += strlen(heading);
    for (end = start; *end; end = strchr(end, '\n') + 1) {
        const size_t spaces = strspn(end, " ");

        if (end[spaces] != '\n' && spaces <= strlen(indent))
            break;
    }
    /* With the newline before it, so that every row has one. */
    return g_strndup(start - 1, (gsize) (end - start + 1));
}

static void
check_says(const char *text, const char *words)
{
    if (!strstr(text, words))
        g_error("\"%s\" is not in:\n%s", words, text);
}

/* KEY=LEAST...MOST UNIT (INITIAL) */
static void
check_numbers(const char *line, const tw_param *p)
{
    const char *most = strstr(line, "..."), *initial = strstr(line, " (");

    g_assert_true(most && initial);
    g_assert_cmpfloat(g_ascii_strtod(strchr(line, '=') + 1, NULL), ==, p->min);
    if (g_ascii_isdigit(most[3]) || p->max < 1e6)
        g_assert_cmpfloat(g_ascii_strtod(most + 3, NULL), ==, p->max);
    if (isnan(p->initial))
        g_assert_true(g_str_has_prefix(initial, " (auto)"));
    else
        g_assert_cmpfloat(g_ascii_strtod(initial + 2, NULL), ==, p->initial);
}

static void
check_keys(const char *text, const tw_param *table)
{
    for (const tw_param *p = table; p && p->name; p++) {
        g_autofree char *key = g_strdup_printf("\n       %s=", p->name);
        const char *row = strstr(text, key), *end;
        g_autofree char *line = NULL;

        if (!row)
            g_error("no key %s= in:\n%s", p->name, text);
        end = strchr(row + 1, '\n');
        line = g_strndup(row, (gsize) (end - row));
        for (const char *const *c = p->choices; c && *c; c++)
            check_says(line, *c);
        if (p->kind == TW_PARAM_REAL || p->kind == TW_PARAM_INT)
            check_numbers(line, p);
        check_says(line, p->unit ? p->unit : "");
        check_says(end, p->blurb);
    }
}

static void
test_tasks(void)
{
    g_autofree char *common = section("", "KEYS OF ALL TASKS");

    for (const tw_task *const *task = tw_tasks; *task; task++) {
        g_autofree char *text = section("   ", (*task)->name);

        check_says(text, (*task)->blurb);
        check_keys(text, (*task)->params);
    }
    check_keys(common, tw_common_params);
}

static void
test_solvers(void)
{
    for (const tw_solver *const *solver = tw_solvers; *solver; solver++) {
        g_autofree char *text = section("   ", (*solver)->name);

        check_says(text, (*solver)->title);
        check_says(text, (*solver)->paper);
        check_keys(text, (*solver)->params);
    }
}

static void
test_examples(void)
{
    g_autofree char *readme = NULL, *examples = section("", "EXAMPLES");
    char *start, *end;
    int count = 0;

    g_assert_true(g_file_get_contents(TW_TEST_README, &readme, NULL, NULL));
    start = strstr(readme, "## Use in ImageMagick");
    g_assert_nonnull(start);
    start = strstr(start, "\nmagick ");
    g_assert_nonnull(start);
    end = strstr(start, "\n```");
    g_assert_nonnull(end);
    *end = 0;
    for (char *line = strtok(start, "\n"); line; line = strtok(NULL, "\n")) {
        char *comment = strstr(line, " #");

        if (comment)
            *comment = 0;
        check_says(examples, g_strchomp(line));
        count++;
    }
    g_assert_cmpint(count, >, 5);
}

int
main(int argc, char **argv)
{
    g_autofree char *groff = g_find_program_in_path("groff");
    g_autofree char *complaints = NULL;
    /* -c, -b, -o and -u: nothing but the characters. */
    g_auto(GStrv) command = g_strsplit(
        "groff|-man|-ww|-Tutf8|-P-cbou|-rLL=2000n|" TW_TEST_PAGE, "|", -1);

    g_test_init(&argc, &argv, NULL);
    if (!groff)
        return 77;
    g_assert_true(g_spawn_sync(NULL, command, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, &page, &complaints, NULL, NULL));
    g_assert_cmpstr(complaints, ==, "");
    g_test_add_func("/manual/tasks", test_tasks);
    g_test_add_func("/manual/solvers", test_solvers);
    g_test_add_func("/manual/examples", test_examples);
    return g_test_run();
}
