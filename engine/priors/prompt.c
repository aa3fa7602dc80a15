/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a prompt to the vocabulary of a model. */

#include "priors/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/spelling.h"
#include "core/text.h"
#include "priors/guided.h"

enum { WORD = 64, PHRASE = 3 }; /* bytes of a word; words of a tag, at most */

static const char blanks[] = " \t\r\n()\"", stops[] = ",;.:!?";

/* The next word of the phrase at *@text, in lower case (ASCII; other letters
 * stay), fit to be shown, cut to WORD. False: a stop, or the end. */
static bool
next_word(const char **text, char *word)
{
    const char *s = *text + strspn(*text, blanks);
    size_t n = 0;

    for (; *s && !strchr(blanks, *s) && !strchr(stops, *s); s++)
        if (n < WORD - 1)
            word[n++] = *s >= 'A' && *s <= 'Z' ? (char) (*s - 'A' + 'a') : *s;
    word[n] = '\0';
    tw_text_clean(word);
    *text = s;
    return n > 0;
}

static int
compare_synonym(const void *key, const void *synonym)
{
    return strcmp(key, ((const tw_synonym *) synonym)->word);
}

static int
compare_tag(const void *key, const void *tag)
{
    return strcmp(key, ((const tw_tag *) tag)->word);
}

/* The slot of @word; -1: known, but says nothing; -2: unknown. */
static int
slot_of(const tw_card *card, const char *word)
{
    const tw_synonym *s =
        card->synonym_count
            ? bsearch(word, card->synonyms, (size_t) card->synonym_count,
                      sizeof *card->synonyms, compare_synonym)
            : NULL;

    if (s && !*s->tag)
        return -1;
    const tw_tag *tag =
        card->tag_count
            ? bsearch(s ? s->tag : word, card->sorted, (size_t) card->tag_count,
                      sizeof *card->sorted, compare_tag)
            : NULL;

    return tag ? tag->slot : -2;
}

/* The same, the plural forms of English taken off. */
static int
slot_of_any(const tw_card *card, const char *word)
{
    static const struct {
        const char *ending, *instead;
    } plural[] = { { "ies", "y" }, { "ves", "f" }, { "ves", "fe" },
                   { "es", "" },   { "s", "" },    { "men", "man" },
                   { "'s", "" } };
    const size_t n = strlen(word);
    int slot = slot_of(card, word);

    for (size_t i = 0; slot == -2 && i < sizeof plural / sizeof *plural; i++) {
        const size_t end = strlen(plural[i].ending);
        char singular[PHRASE * WORD + 2];

        if (n <= end || strcmp(word + n - end, plural[i].ending) != 0)
            continue;
        memcpy(singular, word, n - end);
        strcpy(singular + n - end, plural[i].instead);
        slot = slot_of(card, singular);
    }
    return slot;
}

/* What is looked for, and the nearest so far. */
typedef struct search {
    const char *word, *nearest;
    uint32_t letters;
    int best;
} search;

static void
consider(search *s, const char *known, uint32_t letters)
{
    if (!tw_spelling_near(s->letters, letters, s->best))
        return;
    const int d = tw_spelling_distance(s->word, known, s->best);

    if (d < s->best) {
        s->best = d;
        s->nearest = known;
    }
}

/* A shorter word is sooner another one: one letter in three may be wrong. */
const char *
tw_prompt_nearest(const tw_card *card, const char *word)
{
    search s = { .word = word,
                 .letters = tw_spelling_letters(word),
                 .best = 1 + (int) strlen(word) / 3 };

    for (int i = 0; i < card->tag_count; i++)
        consider(&s, card->tags[i], card->letters[i]);
    for (int i = 0; i < card->synonym_count; i++)
        if (*card->synonyms[i].tag)
            consider(&s, card->synonyms[i].word, card->synonyms[i].letters);
    return s.nearest;
}

/* @word, with the known one that it may stand for. */
static void
append(const tw_card *card, char *list, size_t size, const char *word)
{
    const char *nearest = tw_prompt_nearest(card, word);
    const size_t used = size ? strlen(list) : 0;
    char text[3 * WORD];

    if (nearest)
        (void) snprintf(text, sizeof text, "%s (%s?)", word, nearest);
    else
        (void) snprintf(text, sizeof text, "%s", word);
    if (used + strlen(text) + 3 > size)
        return;
    if (used)
        strcat(list, ", ");
    strcat(list, text);
}

/* How many of the @count words (one phrase) the longest known beginning has; its
 * slot to *@slot. 0: the first word is unknown. */
static int
match(const tw_card *card, char words[][WORD], int count, int *slot)
{
    for (int n = count; n > 0; n--) {
        char phrase[PHRASE * WORD] = "";

        for (int i = 0; i < n; i++) {
            if (i)
                strcat(phrase, " ");
            strcat(phrase, words[i]);
        }
        *slot = slot_of_any(card, phrase);
        if (*slot != -2)
            return n;
    }
    return 0;
}

/* One phrase, from *@text to its stop. Returns how many tags were set anew. */
static int
read_phrase(const tw_card *card, const char **text, float *tags, char *unknown,
            size_t size)
{
    char words[PHRASE][WORD];
    int count = 0, set = 0;

    for (;;) {
        while (count < PHRASE && next_word(text, words[count]))
            count++;
        if (!count)
            return set;
        int slot = -2;
        int used = match(card, words, count, &slot);

        if (slot >= 0 && tags) {
            set += tags[slot] <= 0;
            tags[slot] = 1;
        }
        if (!used) {
            append(card, unknown, size, words[0]);
            used = 1;
        }
        count -= used;
        for (int i = 0; i < count; i++)
            memmove(words[i], words[i + used], WORD);
    }
}

int
tw_prompt_tags(const tw_card *card, const char *prompt, float *tags,
               char *unknown, size_t size)
{
    int set = 0;

    if (tags)
        memset(tags, 0, (size_t) card->tag_count * sizeof *tags);
    if (size)
        *unknown = '\0';
    while (*prompt) {
        set += read_phrase(card, &prompt, tags, unknown, size);
        if (*prompt)
            prompt++;
    }
    return set;
}

void
tw_prompt_unknown(const tw_card *card, const char *prompt, char *unknown,
                  size_t size)
{
    (void) tw_prompt_tags(card, prompt, NULL, unknown, size);
}
