/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/keys.h"

#include <string.h>

#include "core/i18n.h"
#include "core/spelling.h"

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

bool
tw_request_key_exists(const char *key)
{
    for (int t = 0; tw_tasks[t]; t++)
        for (int s = 0; tw_solvers[s]; s++)
            if (tw_keys_find(tw_tasks[t], tw_solvers[s], key))
                return true;
    return false;
}

/* The known key that is most like @key; NULL: none is. */
static const char *
nearest(const tw_task *task, const tw_solver *solver, const char *key)
{
    int best = 1 + (int) strlen(key) / 2;
    const char *name = NULL;

    for (int i = 0; i < TW_KEYS_TABLES; i++)
        for (const tw_param *p = tw_keys_table(task, solver, i); p->name; p++) {
            const int d = tw_spelling_distance(key, p->name, best);

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
