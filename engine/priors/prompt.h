/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vocabulary of a model, for those who type a prompt; see guided.h for what
 * is done with it. */

#ifndef TW_PROMPT_WORDS_H
#define TW_PROMPT_WORDS_H

#include "weights/card.h"

/* The known word that @word may be a misspelling of; NULL: none is near. */
const char *tw_prompt_nearest(const tw_card *card, const char *word);

/* Lists the words of @prompt that the model does not know, separated by commas, in
 * @unknown (cut to @size), each with the nearest known one if there is any:
 * "fethers (feathers?), xyzzy". The same as a report says. */
void tw_prompt_unknown(const tw_card *card, const char *prompt, char *unknown,
                       size_t size);

#endif
