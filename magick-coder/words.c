/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "words.h"

static const char blanks[] = " \t\r\n";

void
tm_words_free(char **words)
{
    for (int i = 0; words && words[i]; i++)
        free(words[i]);
    free(words);
}

/* Is the text one word that was not split? Then it starts with the task; a
 * quoted word that holds blanks starts with KEY=. */
static bool
is_unsplit(const char *text)
{
    size_t first = strcspn(text, blanks);

    return text[first] && !memchr(text, '=', first);
}

/* The words of an unsplit text, torn at every blank: as upstream does it, so
 * that what follows has only one case. At most strlen(text) words. */
static int
tear(char *text, const char **pieces)
{
    int count = 0;
    char *rest = NULL;

    for (char *piece = strtok_r(text, blanks, &rest); piece;
         piece = strtok_r(NULL, blanks, &rest))
        pieces[count++] = piece;
    return count;
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
    bool unsplit = argc == 1 && argv && is_unsplit(argv[0]);
    char *text = unsplit ? strdup(argv[0]) : NULL;
    size_t most = unsplit ? strlen(argv[0]) : argv ? (size_t) argc : 0;
    const char **torn = unsplit ? calloc(most, sizeof *torn) : NULL;
    tw_status status = TW_ERR_MEMORY;

    *words = calloc(most + 1, sizeof **words);
    if (!*words || (unsplit && (!text || !torn)))
        tw_fail(err, status, _("Not enough memory"));
    else if (unsplit)
        status = join_all(tear(text, torn), torn, *words, err);
    else
        status = join_all((int) most, argv, *words, err);
    free(torn);
    free(text);
    if (status != TW_OK) {
        tm_words_free(*words);
        *words = NULL;
    }
    return status;
}
