/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

static const char blanks[] = " \t\r\n";

static bool
is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* Quoted texts at *@from, side by side, without their quotes to *@to. False: one
 * does not end. */
static bool
read_quoted(const char **from, char **to)
{
    while (is_quote(**from)) {
        const char *start = *from + 1, *end = strchr(start, **from);

        if (!end)
            return false;
        memcpy(*to, start, (size_t) (end - start));
        *to += end - start;
        *from = end + 1;
    }
    return true;
}

/* The word at *@from to @to, which has room for all of it. False: a quote does
 * not end. */
static bool
read_word(const char **from, char *to)
{
    bool named = false, ok = read_quoted(from, &to);

    while (ok && **from && !strchr(blanks, **from)) {
        const bool equal = **from == '=' && !named;

        *to++ = *(*from)++;
        named |= equal;
        if (equal)
            ok = read_quoted(from, &to);
    }
    *to = '\0';
    return ok;
}

void
tw_words_free(char **words)
{
    for (int i = 0; words && words[i]; i++)
        free(words[i]);
    free(words);
}

static tw_status
split(const char *text, char **words, tw_error *err)
{
    while (*(text += strspn(text, blanks))) {
        const char *start = text;

        *words = malloc(strlen(text) + 1);
        if (!*words)
            return tw_fail(err, TW_ERR_MEMORY,
                           _("The system has no memory left"));
        if (!read_word(&text, *words))
            return tw_fail(err, TW_ERR_ARGUMENT,
                           _("The quote in '%s' does not end; close it"),
                           start);
        words++;
    }
    return TW_OK;
}

tw_status
tw_words_split(const char *text, char ***words, tw_error *err)
{
    /* At least every other character is a blank. */
    *words = calloc(strlen(text) / 2 + 2, sizeof **words);
    if (!*words)
        return tw_fail(err, TW_ERR_MEMORY, _("The system has no memory left"));
    const tw_status status = split(text, *words, err);

    if (status != TW_OK) {
        tw_words_free(*words);
        *words = NULL;
    }
    return status;
}

/* Does the shell take @text for itself, with nothing around it? Its letters are
 * ASCII, so that no locale tears a text of others. */
static bool
is_plain(const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_./:,+%@-";

    return *text && text[strspn(text, plain)] == '\0';
}

/* @length bytes of @text to @to + @at unless @to is NULL; where they end. */
static size_t
put(char *to, size_t at, const char *text, size_t length)
{
    if (to)
        memcpy(to + at, text, length);
    return at + length;
}

/* Single quotes, in which a shell changes nothing, and for those themselves
 * double ones. */
static size_t
put_quoted(char *to, size_t at, const char *text)
{
    if (!*text)
        at = put(to, at, "''", 2);
    while (*text) {
        const bool single = *text == '\'';
        const char *const quote = single ? "\"" : "'";
        const size_t length = single ? strspn(text, "'") : strcspn(text, "'");

        at = put(to, at, quote, 1);
        at = put(to, at, text, length);
        at = put(to, at, quote, 1);
        text += length;
    }
    return at;
}

size_t
tw_words_write(const char *key, const char *value, char *to)
{
    size_t at = put(to, 0, " ", 1);

    at = put(to, at, key, strlen(key));
    at = put(to, at, "=", 1);
    at = is_plain(value) ? put(to, at, value, strlen(value))
                         : put_quoted(to, at, value);
    if (to)
        to[at] = '\0';
    return at;
}
