/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The models that are there: cards are read at once, weights when first used
 * and then kept. Thread-safe.
 */

#ifndef TW_STORE_H
#define TW_STORE_H

#include "core/run.h"
#include "priors/prior.h"
#include "weights/card.h"

typedef struct tw_store tw_store;

/* @dirs: searched in order for NAME/card.json, ends with NULL; the first of a
 * name counts. NULL: the folders of $TWEEDIE_MODEL_PATH (colon-separated), then
 * $XDG_DATA_HOME/tweedie/models, then the installed ones. A folder whose card
 * cannot be read is left out and remembered for tw_store_problem(). Returns
 * NULL: out of memory. */
tw_store *tw_store_new(const char *const *dirs);
void tw_store_free(tw_store *store); /* NULL is fine */

/* Reads the folders again: new models are added, those that are known stay as
 * they are. Earlier answers of tw_store_problem() are void.
 * Fails with TW_ERR_MEMORY. */
tw_status tw_store_refresh(tw_store *store, tw_error *err);

/* Where users put models of their own: $XDG_DATA_HOME/tweedie/models or
 * ~/.local/share/tweedie/models, which may not exist yet. To be freed. NULL: no
 * such place, or out of memory. */
char *tw_store_user_folder(void);

const tw_card *tw_store_card(tw_store *store, int index); /* NULL: no more */
const char *tw_store_problem(tw_store *store, int index); /* NULL: no more */

/* The card of @id (NULL or "": the default, "photo" or else the first).
 * Fails with TW_ERR_FILE: the message lists the models that are there and the
 * folders searched. */
tw_status tw_store_find(tw_store *store, const char *id, const tw_card **card,
                        tw_error *err);

/* A new prior over the model's shared weights; free it before the store.
 * @tags: see pixel.h. Fails with TW_ERR_FILE, _FORMAT, _MODEL, _MEMORY. */
tw_status tw_store_prior(tw_store *store, const tw_card *card,
                         const float *tags, tw_prior **prior, tw_error *err);

#endif
