/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of models: which folders are searched, and what is in them. */

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"
#include "priors/store-private.h"

/* One more element for an array of pointers or models; false: no memory. */
static bool
grow(void *array, int count, size_t size)
{
    void *bigger = realloc(*(void **) array, (size_t) (count + 1) * size);

    if (bigger)
        *(void **) array = bigger;
    return bigger != NULL;
}

static bool
keep_text(char ***list, int *count, const char *text)
{
    char *copy = strdup(text);

    if (!copy || !grow(list, *count, sizeof **list)) {
        free(copy);
        return false;
    }
    (*list)[(*count)++] = copy;
    return true;
}

static bool
known(const tw_store *store, const char *id)
{
    for (int i = 0; i < store->model_count; i++)
        if (strcmp(store->models[i]->card->id, id) == 0)
            return true;
    return false;
}

/* False only without memory: a bad card is remembered as a problem. */
static bool
add_model(tw_store *store, const char *folder)
{
    tw_error err = { 0 };
    tw_card *card = NULL;
    const tw_status status = tw_card_read(folder, &card, &err);

    if (status == TW_ERR_MEMORY)
        return false;
    if (status != TW_OK)
        return keep_text(&store->problems, &store->problem_count, err.text);
    if (known(store, card->id)) {
        tw_card_free(card);
        return true;
    }
    tw_model *added = malloc(sizeof *added);

    if (!added ||
        !grow(&store->models, store->model_count, sizeof *store->models)) {
        free(added);
        tw_card_free(card);
        return false;
    }
    *added = (tw_model) { card, NULL };
    store->models[store->model_count++] = added;
    return true;
}

static int
is_candidate(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* DIR/NAME, if there is a card in it. */
static bool
add_entry(tw_store *store, const char *dir, const char *name)
{
    char *folder = NULL, *card = NULL;

    if (asprintf(&folder, "%s/%s", dir, name) < 0)
        return false;
    if (asprintf(&card, "%s/card.json", folder) < 0) {
        free(folder);
        return false;
    }
    const bool ok = access(card, R_OK) != 0 || add_model(store, folder);

    free(card);
    free(folder);
    return ok;
}

/* Folders with a card below @dir, in the order of their names. */
static bool
read_folder(tw_store *store, const char *dir)
{
    struct dirent **entries = NULL;

    errno = 0;
    const int count = scandir(dir, &entries, is_candidate, alphasort);
    bool ok = count >= 0 || errno != ENOMEM;

    for (int i = 0; i < count; i++) {
        ok = ok && add_entry(store, dir, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool
add_folder(tw_store *store, const char *dir)
{
    return keep_text(&store->dirs, &store->dir_count, dir) &&
           read_folder(store, dir);
}

/* The folders of a colon-separated list. */
static bool
add_path(tw_store *store, const char *path)
{
    char *copy = strdup(path), *rest = copy;
    bool ok = copy != NULL;

    for (const char *dir; ok && (dir = strsep(&rest, ":"));)
        if (*dir)
            ok = add_folder(store, dir);
    free(copy);
    return ok;
}

/* False: out of memory. *@dir NULL: there is none. */
static bool
user_folder(char **dir)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int length = 0;

    *dir = NULL;
    if (data && *data == '/')
        length = asprintf(dir, "%s/tweedie/models", data);
    else if (home && *home)
        length = asprintf(dir, "%s/.local/share/tweedie/models", home);
    if (length < 0)
        *dir = NULL;
    return length >= 0;
}

char *
tw_store_user_folder(void)
{
    char *dir;

    return user_folder(&dir) ? dir : NULL;
}

static bool
add_home(tw_store *store)
{
    char *dir;
    const bool ok = user_folder(&dir) && (!dir || add_folder(store, dir));

    free(dir);
    return ok;
}

static bool
add_default(tw_store *store)
{
    const char *path = getenv("TWEEDIE_MODEL_PATH");

    return (!path || add_path(store, path)) && add_home(store) &&
           add_folder(store, TW_MODEL_DIR);
}

tw_store *
tw_store_new(const char *const *dirs)
{
    tw_store *store = calloc(1, sizeof *store);
    bool ok = true;

    if (!store)
        return NULL;
    /* With default attributes these cannot fail (glibc). */
    pthread_mutex_init(&store->list, NULL);
    pthread_mutex_init(&store->loading, NULL);
    if (!dirs)
        ok = add_default(store);
    for (int i = 0; ok && dirs && dirs[i]; i++)
        ok = add_folder(store, dirs[i]);
    if (!ok) {
        tw_store_free(store);
        return NULL;
    }
    return store;
}

static void
forget_problems(tw_store *store)
{
    for (int i = 0; i < store->problem_count; i++)
        free(store->problems[i]);
    store->problem_count = 0;
}

tw_status
tw_store_refresh(tw_store *store, tw_error *err)
{
    bool ok = true;

    pthread_mutex_lock(&store->list);
    forget_problems(store);
    for (int i = 0; ok && i < store->dir_count; i++)
        ok = read_folder(store, store->dirs[i]);
    pthread_mutex_unlock(&store->list);
    return ok ? TW_OK : tw_fail(err, TW_ERR_MEMORY, _("Out of memory"));
}

void
tw_store_free(tw_store *store)
{
    if (!store)
        return;
    for (int i = 0; i < store->model_count; i++) {
        tw_weights_free(store->models[i]->weights);
        tw_card_free(store->models[i]->card);
        free(store->models[i]);
    }
    forget_problems(store);
    for (int i = 0; i < store->dir_count; i++)
        free(store->dirs[i]);
    free(store->models);
    free(store->problems);
    free(store->dirs);
    pthread_mutex_destroy(&store->list);
    pthread_mutex_destroy(&store->loading);
    free(store);
}
