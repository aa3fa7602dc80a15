/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of tasks, solvers and parameters promise to dialogs, command
 * lines and manuals. */
#include "check.h"

#include <math.h>
#include <string.h>

#include "schedules/schedule.h"
#include "tasks/keys.h"
#include "tweedie.h"

/* Every key of the command line. */
static gboolean
is_key(const char *name)
{
    for (const char *c = name; *c; c++)
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '-')
            return FALSE;
    return g_ascii_islower(*name);
}

static void
check_choices(const tw_param *p)
{
    const gboolean chooses =
        p->kind == TW_PARAM_CHOICE || p->kind == TW_PARAM_PICTURE;
    int count = 0;

    g_assert_true(chooses == (p->choices != NULL));
    while (p->choices && p->choices[count]) {
        g_assert_true(is_key(p->choices[count]));
        count++;
    }
    if (chooses)
        g_assert_cmpfloat(p->max, ==, count - 1);
}

static void
check_range(const tw_param *p)
{
    if (isnan(p->initial)) {
        g_assert_true(p->flags & TW_PARAM_AUTO);
        return;
    }
    g_assert_cmpfloat(p->initial, >=, p->min);
    g_assert_cmpfloat(p->initial, <=, p->max);
    if (p->kind != TW_PARAM_REAL)
        g_assert_cmpfloat(p->initial, ==, floor(p->initial));
}

static void
check_table(const tw_param *table)
{
    for (const tw_param *p = table; p->name; p++) {
        g_test_message("%s", p->name);
        g_assert_true(is_key(p->name));
        g_assert_true(p->title && *p->title);
        g_assert_true(p->blurb && *p->blurb);
        g_assert_false(g_str_has_suffix(p->blurb, "."));
        g_assert_true(g_utf8_validate(p->blurb, -1, NULL));
        g_assert_cmpfloat(p->min, <=, p->max);
        check_choices(p);
        check_range(p);
    }
}

static void
parameters(void)
{
    check_table(tw_common_params);
    for (int i = 0; tw_tasks[i]; i++)
        check_table(tw_tasks[i]->params);
    for (int i = 0; tw_solvers[i]; i++)
        check_table(tw_solvers[i]->params);
}

/* No key twice in a request, whichever solver is chosen; and they all fit. */
static void
keys_are_unique(void)
{
    for (int t = 0; tw_tasks[t]; t++)
        for (int s = 0; tw_solvers[s]; s++) {
            GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
            const tw_param *p;

            for (int i = 0; i < TW_KEYS_TABLES; i++)
                for (p = tw_keys_table(tw_tasks[t], tw_solvers[s], i); p->name;
                     p++)
                    g_assert_true(
                        g_hash_table_add(seen, (gpointer) (guintptr) p->name));
            g_assert_cmpuint(g_hash_table_size(seen), <=, TW_KEYS_MAX);
            g_hash_table_destroy(seen);
        }
}

static gboolean
has_schedule(const char *name)
{
    for (int i = 0; tw_schedules[i].name; i++)
        if (strcmp(tw_schedules[i].name, name) == 0)
            return TRUE;
    return FALSE;
}

static void
solvers(void)
{
    for (int i = 0; tw_solvers[i]; i++) {
        const tw_solver *s = tw_solvers[i];

        g_test_message("%s", s->name);
        g_assert_true(is_key(s->name));
        g_assert_true(tw_solver_find(s->name) == s);
        g_assert_true(*s->title);
        g_assert_true(strstr(s->paper, "arXiv:") ||
                      strstr(s->paper, "OpenReview"));
        g_assert_true(has_schedule(s->schedule));
        g_assert_cmpint(s->steps, >=, 1);
        g_assert_cmpint(s->steps, <=, 1000);
        g_assert_cmpfloat(s->high, >, s->low);
        g_assert_cmpfloat(s->low, >, 0);
    }
    g_assert_null(tw_solver_find("no such solver"));
}

/* solver= offers "auto" and then the table of solvers. */
static void
solver_choices(void)
{
    const tw_param *p = tw_common_params;
    int count = 0;

    while (strcmp(p->name, "solver") != 0)
        p++;
    g_assert_cmpstr(p->choices[0], ==, "auto");
    for (; tw_solvers[count]; count++)
        g_assert_cmpstr(p->choices[count + 1], ==, tw_solvers[count]->name);
    g_assert_null(p->choices[count + 1]);
}

static void
tasks(void)
{
    for (int i = 0; tw_tasks[i]; i++) {
        const tw_task *t = tw_tasks[i];
        tw_request *request = tw_request_new(t);

        g_assert_true(is_key(t->name));
        g_assert_true(tw_task_find(t->name) == t);
        g_assert_nonnull(strchr(t->title, '_'));
        g_assert_true(*t->blurb);
        g_assert_nonnull(tw_request_solver(request));
        tw_request_free(request);
    }
    g_assert_null(tw_task_find("no such task"));
}

/* The keys that the front-ends and the manual name. */
static void
promised_keys(void)
{
    static const char *const promised[] = {
        "denoise noise",    "deblur kernel",    "deblur sigma",
        "deblur radius",    "deblur length",    "deblur angle",
        "deblur noise",     "deblur border",    "inpaint mask",
        "inpaint noise",    "upscale scale",    "upscale kernel",
        "upscale sigma",    "denoise style",    "denoise solver",
        "denoise steps",    "denoise time",     "denoise samples",
        "denoise seed",     "denoise model",    "denoise prompt",
        "denoise strength", "denoise light",    "denoise memory",
        "denoise threads",  "denoise guidance", "denoise shot",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(promised); i++) {
        char **words = g_strsplit(promised[i], " ", 2);
        tw_request *request = tw_request_new(tw_task_find(words[0]));

        g_test_message("%s", promised[i]);
        g_assert_nonnull(tw_request_param(request, words[1]));
        tw_request_free(request);
        g_strfreev(words);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tables/parameters", parameters);
    g_test_add_func("/tables/unique", keys_are_unique);
    g_test_add_func("/tables/solvers", solvers);
    g_test_add_func("/tables/solver-choices", solver_choices);
    g_test_add_func("/tables/tasks", tasks);
    g_test_add_func("/tables/promised", promised_keys);
    return g_test_run();
}
