/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests to recipes and back. */

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "tasks/keys.h"
#include "tasks/words.h"

/* All of @request's settings to @to, or only their length: see
 * tw_words_write(). */
static size_t
write_settings(const tw_request *request, const char *without, char *to)
{
    const tw_task *task = tw_request_task(request);
    size_t at = 0;

    for (int i = 0; i < TW_KEYS_TABLES; i++)
        for (const tw_param *p =
                 tw_keys_table(task, tw_request_solver(request), i);
             p->name; p++)
            if (tw_request_has(request, p->name) &&
                !(p->flags & TW_PARAM_RUN) &&
                !(without && strcmp(p->name, without) == 0))
                at += tw_words_write(p->name, tw_request_text(request, p->name),
                                     to ? to + at : NULL);
    return at;
}

char *
tw_request_recipe(const tw_request *request, const char *without)
{
    const char *task = tw_request_task(request)->name;
    const size_t length = write_settings(request, without, NULL);
    char *recipe = malloc(strlen(task) + length + 1);

    if (recipe)
        write_settings(request, without, stpcpy(recipe, task));
    return recipe;
}

tw_status
tw_request_set_word(tw_request *request, const char *word, tw_error *err)
{
    const char *equal = strchr(word, '=');

    if (!equal || equal == word)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("'%s' is not a setting; write it as KEY=VALUE"), word);
    char *key = strndup(word, (size_t) (equal - word));

    if (!key)
        return tw_fail(err, TW_ERR_MEMORY, _("The system has no memory left"));
    const tw_status status = tw_request_set(request, key, equal + 1, err);

    free(key);
    return status;
}

static tw_status
read_words(tw_request *request, const char *const *words, tw_error *err)
{
    static const char *const first[] = { "style=", "solver=", "" };

    /* The first two choose the solver, whose parameters are keys too. */
    for (int i = 0; i < 3; i++)
        for (const char *const *word = words; *word; word++)
            if (strncmp(*word, first[i], strlen(first[i])) == 0)
                TW_TRY(tw_request_set_word(request, *word, err));
    return TW_OK;
}

tw_status
tw_request_read(const char *recipe, tw_request **request, tw_error *err)
{
    char **words;

    *request = NULL;
    TW_TRY(tw_words_split(recipe, &words, err));
    const tw_task *task = *words ? tw_task_find(*words) : NULL;
    tw_status status = TW_OK;

    if (!task)
        status = tw_fail(err, TW_ERR_ARGUMENT,
                         _("There is no task '%s'; this version of Tweedie "
                           "does not know it"),
                         *words ? *words : "");
    else if (!(*request = tw_request_new(task)))
        status =
            tw_fail(err, TW_ERR_MEMORY, _("The system has no memory left"));
    else
        status = read_words(*request, (const char *const *) words + 1, err);
    tw_words_free(words);
    if (status != TW_OK) {
        tw_request_free(*request);
        *request = NULL;
    }
    return status;
}
