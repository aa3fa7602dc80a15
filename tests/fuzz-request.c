/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer: any text as words, as a recipe, and as KEY=VALUE for every task; what
 * is accepted is written and must be read as the same. */

#include "core/text.h"
#include "tasks/task.h"
#include "tasks/words.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool truth)
{
    if (!truth)
        abort();
}

/* A failure says so in one line that can be shown. */
static void
must_explain(tw_status status, const tw_error *error)
{
    must(status == TW_ERR_ARGUMENT && error->status == status);
    must(error->text[0] != '\0' && tw_text_is_clean(error->text));
}

/* A value that is written is one word, whatever it holds. */
static void
write_word(const char *value)
{
    const size_t length = tw_words_write("key", value, NULL);
    char *const text = malloc(length + 1), **words;

    must(tw_words_write("key", value, text) == length);
    must(strlen(text) == length);
    must(tw_words_split(text, &words, NULL) == TW_OK);
    must(words[0] && !words[1] && strncmp(words[0], "key=", 4) == 0);
    must(strcmp(words[0] + 4, value) == 0);
    tw_words_free(words);
    free(text);
}

/* Recipes leave the settings of the run out. */
static void
same_settings(const tw_request *a, const tw_request *b, const tw_param *params)
{
    for (const tw_param *p = params; p->name; p++)
        must(p->flags & TW_PARAM_RUN ||
             (tw_request_has(a, p->name) == tw_request_has(b, p->name) &&
              strcmp(tw_request_text(a, p->name),
                     tw_request_text(b, p->name)) == 0));
}

static void
write_request(const tw_request *request)
{
    char *const recipe = tw_request_recipe(request, NULL), *again;
    const tw_task *const task = tw_request_task(request);
    tw_request *back;

    must(tw_request_read(recipe, &back, NULL) == TW_OK);
    again = tw_request_recipe(back, NULL);
    must(strcmp(recipe, again) == 0);
    must(tw_request_task(back) == task);
    must(tw_request_solver(back) == tw_request_solver(request));
    must(tw_request_detail(back) == tw_request_detail(request));
    same_settings(request, back, tw_common_params);
    same_settings(request, back, task->params);
    same_settings(request, back, tw_request_solver(request)->params);
    tw_request_free(back);
    free(again);
    free(recipe);
}

/* One setting of an otherwise empty request. */
static void
set(const tw_task *task, const char *key, const char *text)
{
    tw_request *const request = tw_request_new(task);
    const tw_param *const param = tw_request_param(request, key);
    tw_error error = { 0 };
    const tw_status status = tw_request_set(request, key, text, &error);

    must(tw_request_has(request, key) == (status == TW_OK));
    if (status != TW_OK) {
        must_explain(status, &error);
    } else {
        const double value = tw_request_real(request, key);

        must(param && strcmp(tw_request_text(request, key), text) == 0);
        must(isnan(value) ||
             (param->kind != TW_PARAM_REAL && param->kind != TW_PARAM_INT) ||
             (value >= param->min && value <= param->max));
        write_request(request);
    }
    tw_request_free(request);
}

/* Those of @words that fit are kept. */
static void
set_words(const tw_task *task, char *const *words)
{
    tw_request *const request = tw_request_new(task);

    for (int i = 0; words[i]; i++) {
        tw_error error = { 0 };
        const tw_status status = tw_request_set_word(request, words[i], &error);

        if (status != TW_OK)
            must_explain(status, &error);
    }
    write_request(request);
    tw_request_free(request);
}

static void
read_words(const char *text)
{
    tw_error error = { 0 };
    char **words;
    const tw_status status = tw_words_split(text, &words, &error);

    if (status != TW_OK) {
        must_explain(status, &error);
        must(!words);
        return;
    }
    for (int i = 0; words[i]; i++)
        write_word(words[i]);
    for (int i = 0; tw_tasks[i]; i++)
        set_words(tw_tasks[i], words);
    tw_words_free(words);
}

static void
read_recipe(const char *text)
{
    tw_error error = { 0 };
    tw_request *request;
    const tw_status status = tw_request_read(text, &request, &error);

    if (status == TW_OK) {
        write_request(request);
        tw_request_free(request);
        return;
    }
    must_explain(status, &error);
    must(!request);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *const text = strndup((const char *) data, size);
    char *const equal = strchr(text, '=');

    write_word(text);
    read_words(text);
    read_recipe(text);
    if (equal)
        *equal = '\0';
    for (int i = 0; tw_tasks[i]; i++)
        set(tw_tasks[i], text, equal ? equal + 1 : "");
    free(text);
    return 0;
}
