/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/keys.h"

#include <string.h>

#include "core/i18n.h"

static const tw_param empty[] = { TW_PARAM_END };

const tw_param *
tw_keys_table(const tw_task *task, const tw_solver *solver, int index)
{
    const tw_param *const tables[TW_KEYS_TABLES] = {
        tw_common_params,
        task->params,
        solver ? solver->params : empty,
    };

    return tables[index];
}

const tw_param *
tw_keys_find(const tw_task *task, const tw_solver *solver, const char *key)
{
    for (int i = 0; i < TW_KEYS_TABLES; i++)
        for (const tw_param *p = tw_keys_table(task, solver, i); p->name; p++)
            if (strcmp(p->name, key) == 0)
                return p;
    return NULL;
}

enum { LONGEST = 32 };

static int
least(int a, int b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbors that make @b of @a
 * (Damerau 1964, "A technique for computer detection and correction of spelling
 * errors"); LONGEST if one of them is that long. */
static int
distance(const char *a, const char *b)
{
    const int m = (int) strlen(a), n = (int) strlen(b);
    int d[LONGEST][LONGEST];

    if (m >= LONGEST || n >= LONGEST)
        return LONGEST;
    for (int i = 0; i <= m; i++)
        for (int j = 0; j <= n; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            const int change = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

            d[i][j] = least(change, least(d[i - 1][j], d[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[m][n];
}

/* The known key that is most like @key; NULL: none is. */
static const char *
nearest(const tw_task *task, const tw_solver *solver, const char *key)
{
    int best = 1 + (int) strlen(key) / 2;
    const char *name = NULL;

    for (int i = 0; i < TW_KEYS_TABLES; i++)
        for (const tw_param *p = tw_keys_table(task, solver, i); p->name; p++) {
            const int d = distance(key, p->name);

            if (d < best) {
                best = d;
                name = p->name;
            }
        }
    return name;
}

tw_status
tw_keys_unknown(const tw_task *task, const tw_solver *solver, const char *key,
                tw_error *err)
{
    const char *name;

    for (int i = 0; tw_solvers[i]; i++)
        for (const tw_param *p = tw_solvers[i]->params; p->name; p++)
            if (strcmp(p->name, key) == 0)
                return tw_fail(err, TW_ERR_ARGUMENT,
                               _("%s= belongs to a solver; set solver=%s, or "
                                 "another one that has it, first"),
                               key, tw_solvers[i]->name);
    for (int i = 0; tw_tasks[i]; i++)
        for (const tw_param *p = tw_tasks[i]->params; p->name; p++)
            if (strcmp(p->name, key) == 0)
                return tw_fail(err, TW_ERR_ARGUMENT,
                               _("%s= belongs to the task '%s', not to '%s'; "
                                 "leave it out"),
                               key, tw_tasks[i]->name, task->name);
    name = nearest(task, solver, key);
    if (name)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("There is no key '%s'; did you mean '%s'?"), key,
                       name);
    return tw_fail(err, TW_ERR_ARGUMENT,
                   _("There is no key '%s' in the task '%s'; leave it out"),
                   key, task->name);
}
