/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A model's card: models/NAME/card.json says what the weights are and how a
 * network may be used. The format is described in models/README.md.
 */

#ifndef TW_CARD_H
#define TW_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/status.h"

enum { TW_CARD_CONTRACT = 1 }; /* the version of the format read here */

typedef struct tw_tag {
    const char *word;
    int slot;
} tw_tag;

typedef struct tw_synonym {
    const char *word; /* what a user may write, lower case */
    const char *tag;  /* the vocabulary's word; "": known, but says nothing */
    uint32_t letters; /* of the word, see core/spelling.h */
} tw_synonym;

/* What is usual for photographs, see models/README.md. Each figure: its mean and its standard deviation; a
 * deviation of 0: the card has none. */
typedef struct tw_usual {
    double detail, detail_deviation;
    double share[2], share_deviation; /* constant, and by contrast */
} tw_usual;

typedef struct tw_card {
    const char *id;    /* "photo": the folder's name */
    const char *title; /* "Photographs, general" */
    const char *license, *source;
    const char *network; /* "photo-unet" */
    const char *weights; /* path of the weights' file */
    const char *folder;  /* of the card */
    double sigma_min, sigma_max, sigma_data;
    bool takes_prompt;
    int tag_count, synonym_count;
    const char *const *tags;    /* slot i of the multi-hot text input */
    const tw_tag *sorted;       /* the same, by word */
    const uint32_t *letters;    /* of tags[i], see core/spelling.h */
    const tw_synonym *synonyms; /* sorted by word */
    tw_usual usual;             /* all 0: the card has none */
} tw_card;

/* Reads FOLDER/card.json. *@card is freed with tw_card_free().
 * Fails with TW_ERR_FILE, TW_ERR_FORMAT (also: another contract),
 * TW_ERR_MEMORY. */
tw_status tw_card_read(const char *folder, tw_card **card, tw_error *err);

/* The same from memory, for the fuzzer. */
tw_status tw_card_parse(const char *text, size_t size, const char *folder,
                        tw_card **card, tw_error *err);
void tw_card_free(tw_card *card); /* NULL is fine */

#endif
