/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far two words are apart, for "did you mean". */

#ifndef TW_SPELLING_H
#define TW_SPELLING_H

#include <stdbool.h>
#include <stdint.h>

/* Insertions, deletions, replacements and swaps of neighboring bytes that make @b
 * of @a (Damerau 1964, "A technique for computer detection and correction of
 * spelling errors"); @limit if it takes so many or more, or if a word has 64 bytes
 * or more. Soon done where words differ from the start. */
int tw_spelling_distance(const char *a, const char *b, int limit);

/* Which bytes a word has, a bit each, some sharing one: kept by those who compare
 * one word with very many. */
uint32_t tw_spelling_letters(const char *word);

/* May words with these letters be less than @limit apart? A replacement changes
 * two of the letters that are there, everything else one or none. */
bool tw_spelling_near(uint32_t a, uint32_t b, int limit);

#endif
