/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts from outside (names of files and layers, cards of models, words of a
 * prompt) on their way to a terminal, a log or a dialog. Everything that shows
 * such a text passes it through here, and nothing else does it on its own.
 */

#ifndef TW_TEXT_H
#define TW_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes from the start of @text that make one character fit to be shown; 0: it
 * starts with none. Not fit are controls (below U+0020, U+007F to U+009F), line
 * and paragraph separators (U+2028, U+2029), marks that turn the direction of
 * what follows (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069),
 * and what is not UTF-8. */
size_t tw_text_character(const char *text);

/* Is all of @text fit to be shown? */
bool tw_text_is_clean(const char *text);

/* Makes one line of @text: a '?' for each character, or byte of no character,
 * that is not fit. A character cut short at the end goes. */
void tw_text_clean(char *text);

/* snprintf(), cleaned, and cut between characters if it does not fit. */
void tw_text_print(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
