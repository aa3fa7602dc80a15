/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A prompt: classifier-free guidance (Ho and Salimans 2022, arXiv:2207.12598).
 *
 *     D = D0 + w (D1 - D0)
 *
 * D0 without, D1 with the words. w = 1 evaluates D1 alone.
 */

#ifndef TW_GUIDED_H
#define TW_GUIDED_H

#include "priors/prior.h"
#include "weights/card.h"

/* Takes over @plain and @worded, also on failure. NULL: out of memory. */
tw_prior *tw_prior_guided(tw_prior *plain, tw_prior *worded, double guidance);

/* Matches the words of @prompt (UTF-8) to the card's tags and synonyms, plural
 * forms included; sets @tags[card->tag_count] to 0 or 1. Words that say nothing
 * ("a", "with") are skipped. The unknown ones are listed in @unknown (cut to
 * @size, which may be 0), as tw_prompt_unknown() does. Returns how many tags were
 * set; @tags NULL: none. */
int tw_prompt_tags(const tw_card *card, const char *prompt, float *tags,
                   char *unknown, size_t size);

#endif
