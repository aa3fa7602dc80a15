/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What card.c and card-words.c share. */

#ifndef TW_CARD_PRIVATE_H
#define TW_CARD_PRIVATE_H

#include "core/json.h"
#include "weights/card.h"

/* A card and what it points to. */
typedef struct tw_holder {
    tw_card card; /* first: tw_card_free() gets its address */
    yyjson_doc *doc;
    char *folder, *weights;
    const char **tags;
    tw_tag *sorted;
    uint32_t *letters;
    tw_synonym *synonyms;
} tw_holder;

/* Where messages go. */
typedef struct tw_reader {
    const char *folder;
    tw_error *err;
} tw_reader;

/* Text that can be shown in one line, not empty; NULL for anything else. */
const char *tw_card_line(yyjson_val *value);

/* "prompt.tags" and "prompt.synonyms", the latter after the former. */
tw_status tw_card_tags(const tw_reader *reader, yyjson_val *list,
                       tw_holder *holder);
tw_status tw_card_synonyms(const tw_reader *reader, yyjson_val *object,
                           tw_holder *holder);

/* TW_ERR_MEMORY; TW_ERR_FORMAT: @key must be as @must says. */
tw_status tw_card_memory(const tw_reader *reader);
tw_status tw_card_bad(const tw_reader *reader, const char *key,
                      const char *must);

#endif
