/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Requests as text: words with blanks between them, as recipes, settings and
 * ImageMagick's -process hold them. One reader and one writer for all.
 *
 * A word is bare, or has at its start or behind its first '=' texts in single or
 * double quotes, side by side and each ended by the next quote of its kind. No
 * character has another meaning: a backslash is a backslash, and a quote within
 * bare text is that quote. What the writer writes is read the same by a POSIX
 * shell, and by programs that split as it does.
 */

#ifndef TW_TASKS_WORDS_H
#define TW_TASKS_WORDS_H

#include <stddef.h>

#include "core/status.h"

/* The words of @text, ended by NULL, freed by tw_words_free(). Fails with
 * TW_ERR_ARGUMENT (a quote does not end), TW_ERR_MEMORY; then *@words is NULL. */
tw_status tw_words_split(const char *text, char ***words, tw_error *err);
void tw_words_free(char **words); /* NULL is fine */

/* " KEY=VALUE" with the quotes that it needs, to @to unless that is NULL;
 * returns its length, without the end. */
size_t tw_words_write(const char *key, const char *value, char *to);

#endif
