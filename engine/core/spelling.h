/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far two words are apart, for "did you mean". */

#ifndef TW_SPELLING_H
#define TW_SPELLING_H

/* Insertions, deletions, replacements and swaps of neighboring bytes that make @b
 * of @a (Damerau 1964, "A technique for computer detection and correction of
 * spelling errors"); @limit if it takes so many or more, or if a word has 64 bytes
 * or more. Soon done where words differ from the start. */
int tw_spelling_distance(const char *a, const char *b, int limit);

#endif
