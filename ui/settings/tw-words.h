/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The word that is being typed in a prompt, and what it may become. Plain text,
 * no GTK, no state. */

#ifndef TW_UI_WORDS_H
#define TW_UI_WORDS_H

#include <glib.h>

#include "tweedie.h"

G_BEGIN_DECLS

/* The known words that begin as the text before @cursor (bytes of @text) ends, in
 * alphabetical order, at most @most; they belong to @card. *@from: the byte at
 * which what they complete begins: the longest beginning of a word or of several
 * ("light tr") that is known counts. Empty: there is none, or only that which is
 * there already. */
GPtrArray *tw_words_completions(const tw_card *card, const char *text,
                                gsize cursor, guint most, gsize *from);

/* @text with @word instead of its bytes from @from to @cursor, and a comma if it
 * ends there; to be freed. *@after: where one goes on. */
char *tw_words_complete(const char *text, gsize from, gsize cursor,
                        const char *word, gsize *after);

/* What is not known of @text, as tw_prompt_unknown() lists it, without the word
 * before @cursor if it may still become a known one; G_MAXSIZE: no cursor. To be
 * freed. */
char *tw_words_unknown(const tw_card *card, const char *text, gsize cursor);

G_END_DECLS

#endif
