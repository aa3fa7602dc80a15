/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of the list of models: cards, and priors over their weights. */

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "priors/pixel.h"
#include "priors/store-private.h"

const tw_card *
tw_store_card(tw_store *store, int index)
{
    const tw_card *card = NULL;

    pthread_mutex_lock(&store->list);
    if (index < store->model_count)
        card = store->models[index]->card;
    pthread_mutex_unlock(&store->list);
    return card;
}

const char *
tw_store_problem(tw_store *store, int index)
{
    const char *problem = NULL;

    pthread_mutex_lock(&store->list);
    if (index < store->problem_count)
        problem = store->problems[index];
    pthread_mutex_unlock(&store->list);
    return problem;
}

/* "a, b, c", as much as fits. */
static void
list_text(char *text, size_t size, const char *item)
{
    const size_t used = strlen(text);

    if (used + strlen(item) + 3 < size)
        snprintf(text + used, size - used, "%s%s", used ? ", " : "", item);
}

static tw_status
not_found(tw_store *store, const char *id, tw_error *err)
{
    char models[120] = "", dirs[200] = "";

    for (int i = 0; i < store->model_count; i++)
        list_text(models, sizeof models, store->models[i]->card->id);
    for (int i = 0; i < store->dir_count; i++)
        list_text(dirs, sizeof dirs, store->dirs[i]);
    if (store->problem_count && !store->model_count)
        return tw_fail(err, TW_ERR_FILE, "%s", store->problems[0]);
    if (!store->model_count)
        return tw_fail(err, TW_ERR_FILE,
                       _("No model is installed: put one into one of %s"),
                       dirs);
    return tw_fail(err, TW_ERR_FILE,
                   _("There is no model '%.60s', only %s: choose one of these "
                     "or put it into one of %s"),
                   id, models, dirs);
}

/* Under the lock of the list. */
static tw_status
find(tw_store *store, const char *id, const tw_card **card, tw_error *err)
{
    const bool any = !id || !*id;
    const char *wanted = any ? "photo" : id;

    for (int i = 0; i < store->model_count; i++)
        if (strcmp(store->models[i]->card->id, wanted) == 0) {
            *card = store->models[i]->card;
            return TW_OK;
        }
    if (any && store->model_count) {
        *card = store->models[0]->card;
        return TW_OK;
    }
    return not_found(store, wanted, err);
}

tw_status
tw_store_find(tw_store *store, const char *id, const tw_card **card,
              tw_error *err)
{
    pthread_mutex_lock(&store->list);
    const tw_status status = find(store, id, card, err);

    pthread_mutex_unlock(&store->list);
    return status;
}

/* The model of a card of this store. */
static tw_model *
model_of(tw_store *store, const tw_card *card)
{
    int i = 0;

    pthread_mutex_lock(&store->list);
    while (store->models[i]->card != card)
        i++;
    tw_model *found = store->models[i];

    pthread_mutex_unlock(&store->list);
    return found;
}

/* Under the lock of loading. */
static tw_status
load(tw_model *m, tw_error *err)
{
    tw_safetensors *file = NULL;

    if (m->weights)
        return TW_OK;
    TW_TRY(tw_safetensors_open(m->card->weights, &file, err));
    const tw_status status = tw_weights_new(file, &m->weights, err);

    tw_safetensors_free(file);
    return status;
}

tw_status
tw_store_prior(tw_store *store, const tw_card *card, const float *tags,
               tw_prior **prior, tw_error *err)
{
    tw_model *m = model_of(store, card);

    if (strcmp(card->network, "photo-unet") != 0)
        return tw_fail(err, TW_ERR_UNSUPPORTED,
                       _("Model '%s' needs the network '%s', which this "
                         "version does not have: install a newer Tweedie"),
                       card->id, card->network);
    pthread_mutex_lock(&store->loading);
    const tw_status status = load(m, err);

    pthread_mutex_unlock(&store->loading);
    TW_TRY(status);
    return tw_prior_pixel(card, m->weights, tags, prior, err);
}
