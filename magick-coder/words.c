/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "tasks/words.h"
#include "words.h"

static const char blanks[] = " \t\r\n";

/* Is the text one word that was not split? Then it starts with the task; a
 * quoted word that holds blanks starts with KEY=. */
static bool
is_unsplit(const char *text)
{
    size_t first = strcspn(text, blanks);

    return text[first] && !memchr(text, '=', first);
}

/* Where the quoted part of a word begins: the place of its opening quote, at
 * the start or behind the first '='; NULL if there is none. */
static const char *
opening(const char *word)
{
    const char *value = strchr(word, '=');

    if (*word == '"' || *word == '\'')
        return word;
    return value && (value[1] == '"' || value[1] == '\'') ? value + 1 : NULL;
}

/* Does this piece end with the quote, the opening one at @open (if it lies in
 * the piece) not counting? */
static bool
closes(const char *piece, const char *open, char quote)
{
    size_t length = strlen(piece);

    return length && piece[length - 1] == quote && piece + length - 1 != open;
}

/* One word of pieces[from] to pieces[to], without the quotes if it has any. */
static char *
join(const char *const *pieces, int from, int to, const char *open)
{
    size_t size = 1;
    char *word, *end;

    for (int i = from; i <= to; i++)
        size += strlen(pieces[i]) + 1;
    word = malloc(size);
    if (!word)
        return NULL;
    end = stpcpy(word, pieces[from]);
    for (int i = from + 1; i <= to; i++)
        end = stpcpy(stpcpy(end, " "), pieces[i]);
    if (open) {
        char *place = word + (open - pieces[from]);

        end[-1] = '\0';
        memmove(place, place + 1, strlen(place + 1) + 1);
    }
    return word;
}

static tw_status
join_all(int count, const char *const *pieces, char **words, tw_error *err)
{
    for (int from = 0, to; from < count; from = to + 1) {
        const char *open = opening(pieces[from]);

        to = from;
        while (open && to < count && !closes(pieces[to], open, *open))
            to++;
        if (to == count)
            return tw_fail(err, TW_ERR_ARGUMENT,
                           _("The quote in '%s' does not end; close it"),
                           pieces[from]);
        if (!*pieces[from])
            continue;
        *words = join(pieces, from, to, open);
        if (!*words)
            return tw_fail(err, TW_ERR_MEMORY, _("Not enough memory"));
        words++;
    }
    return TW_OK;
}

tw_status
tm_words_new(int argc, const char *const *argv, char ***words, tw_error *err)
{
    const int count = argv ? argc : 0;

    if (count == 1 && is_unsplit(argv[0]))
        return tw_words_split(argv[0], words, err);
    *words = calloc((size_t) count + 1, sizeof **words);
    if (!*words)
        return tw_fail(err, TW_ERR_MEMORY, _("Not enough memory"));
    const tw_status status = join_all(count, argv, *words, err);

    if (status != TW_OK) {
        tw_words_free(*words);
        *words = NULL;
    }
    return status;
}
