/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-words.h"

#include <string.h>

enum { UNKNOWN = 200 }; /* bytes of the list, as in a report */

/* What ends a phrase and what parts words, as in engine/priors/prompt.c. */
static const char stops[] = ",;.:!?", blanks[] = " \t\r\n()\"";

/* Keeps @found sorted and short. */
static void
insert(GPtrArray *found, const char *word, guint most)
{
    guint at = found->len;

    while (at > 0 && strcmp(word, found->pdata[at - 1]) < 0)
        at--;
    if (at >= most)
        return;
    g_ptr_array_insert(found, (int) at, (gpointer) (guintptr) word);
    if (found->len > most)
        g_ptr_array_set_size(found, (int) most);
}

/* All words are looked at: a vocabulary of 100,000 takes a millisecond. */
static void
find(const tw_card *card, const char *start, guint most, GPtrArray *found)
{
    const gsize length = strlen(start);

    for (int i = 0; i < card->tag_count; i++)
        if (strncmp(card->tags[i], start, length) == 0)
            insert(found, card->tags[i], most);
    for (int i = 0; i < card->synonym_count; i++)
        if (*card->synonyms[i].tag &&
            strncmp(card->synonyms[i].word, start, length) == 0)
            insert(found, card->synonyms[i].word, most);
}

/* The beginning of the next word of @text[@at … @cursor), or @cursor. */
static gsize
next_word(const char *text, gsize at, gsize cursor)
{
    while (at < cursor && !strchr(blanks, text[at]))
        at++;
    while (at < cursor && strchr(blanks, text[at]))
        at++;
    return at;
}

static gsize
phrase_start(const char *text, gsize cursor)
{
    gsize at = cursor;

    while (at > 0 && !strchr(stops, text[at - 1]))
        at--;
    while (at < cursor && strchr(blanks, text[at]))
        at++;
    return at;
}

GPtrArray *
tw_words_completions(const tw_card *card, const char *text, gsize cursor,
                     guint most, gsize *from)
{
    GPtrArray *found = g_ptr_array_new();

    for (gsize at = phrase_start(text, cursor); at < cursor && !found->len;
         at = next_word(text, at, cursor)) {
        g_autofree char *typed = g_strndup(text + at, cursor - at);
        g_autofree char *start = g_ascii_strdown(typed, -1);

        find(card, start, most, found);
        *from = at;
        if (found->len == 1 && strcmp(found->pdata[0], start) == 0)
            g_ptr_array_set_size(found, 0);
    }
    return found;
}

char *
tw_words_complete(const char *text, gsize from, gsize cursor, const char *word,
                  gsize *after)
{
    const char *rest = text + cursor;
    const char *comma = *rest ? "" : ", ";

    *after = from + strlen(word) + strlen(comma);
    return g_strdup_printf("%.*s%s%s%s", (int) from, text, word, comma, rest);
}

/* May the text before the cursor become a known word? */
static gboolean
is_beginning(const tw_card *card, const char *text, gsize cursor, gsize *from)
{
    GPtrArray *found = tw_words_completions(card, text, cursor, 1, from);
    const gboolean any = found->len > 0;

    g_ptr_array_unref(found);
    return any;
}

char *
tw_words_unknown(const tw_card *card, const char *text, gsize cursor)
{
    char *unknown = g_malloc0(UNKNOWN);
    g_autofree char *rest = NULL;
    gsize from;

    if (cursor <= strlen(text) && is_beginning(card, text, cursor, &from))
        rest = g_strdup_printf("%.*s,%s", (int) from, text, text + cursor);
    tw_prompt_unknown(card, rest ? rest : text, unknown, UNKNOWN);
    return unknown;
}
