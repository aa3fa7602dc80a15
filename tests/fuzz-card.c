/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer: any bytes as a model's card; walks all that is accepted. */

#include "weights/card.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_hold(const char *text)
{
    if (!text || text[0] == '\0')
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tw_card *card = NULL;
    tw_error error = { 0 };

    if (tw_card_parse((const char *) data, size, "models/tiny", &card,
                      &error) != TW_OK) {
        if (error.status == TW_OK || error.text[0] == '\0' || card)
            abort();
        return 0;
    }
    if (strcmp(card->id, "tiny") != 0 ||
        strncmp(card->weights, "models/tiny/", 12) != 0 ||
        strchr(card->weights + 12, '/') || !(card->sigma_min > 0) ||
        card->takes_prompt != (card->tag_count > 0))
        abort();
    must_hold(card->title);
    must_hold(card->license);
    must_hold(card->source);
    must_hold(card->network);
    for (int i = 0; i < card->tag_count; i++)
        must_hold(card->tags[i]);
    for (int i = 0; i < card->synonym_count; i++)
        must_hold(card->synonyms[i].word);
    tw_card_free(card);
    return 0;
}
