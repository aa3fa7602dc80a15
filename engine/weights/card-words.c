/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a card: tags and their synonyms. */

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/spelling.h"
#include "weights/card-private.h"

/* A line that can stand in a prompt: lower case, no comma. */
static const char *
word_of(yyjson_val *value)
{
    const char *text = tw_card_line(value);

    for (const char *c = text; c && *c; c++)
        if (*c == ',' || (*c >= 'A' && *c <= 'Z'))
            return NULL;
    return text;
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(((const tw_tag *) a)->word, ((const tw_tag *) b)->word);
}

static int
by_word(const void *a, const void *b)
{
    return strcmp(((const tw_synonym *) a)->word,
                  ((const tw_synonym *) b)->word);
}

static bool
is_tag(const tw_holder *holder, const char *word)
{
    const tw_tag tag = { .word = word };

    return bsearch(&tag, holder->sorted, (size_t) holder->card.tag_count,
                   sizeof *holder->sorted, by_text) != NULL;
}

tw_status
tw_card_tags(const tw_reader *reader, yyjson_val *list, tw_holder *holder)
{
    const char *const must = _("a list of different words, in lower case and "
                               "without commas");
    const size_t count = yyjson_arr_size(list);
    yyjson_val *value;
    size_t i, n;

    if (count == 0)
        return tw_card_bad(reader, "tags", must);
    holder->tags = calloc(count, sizeof *holder->tags);
    holder->sorted = calloc(count, sizeof *holder->sorted);
    holder->letters = calloc(count, sizeof *holder->letters);
    if (!holder->tags || !holder->sorted || !holder->letters)
        return tw_card_memory(reader);

    yyjson_arr_foreach(list, i, n, value)
    {
        holder->tags[i] = word_of(value);
        if (!holder->tags[i])
            return tw_card_bad(reader, "tags", must);
        holder->sorted[i] = (tw_tag) { holder->tags[i], (int) i };
        holder->letters[i] = tw_spelling_letters(holder->tags[i]);
    }
    qsort(holder->sorted, count, sizeof *holder->sorted, by_text);
    for (i = 1; i < count; i++)
        if (by_text(&holder->sorted[i - 1], &holder->sorted[i]) == 0)
            return tw_card_bad(reader, "tags", must);

    holder->card.tags = holder->tags;
    holder->card.sorted = holder->sorted;
    holder->card.letters = holder->letters;
    holder->card.tag_count = (int) count;
    return TW_OK;
}

/* A known word, or "" for one that says nothing. */
static bool
read_synonym(const tw_holder *holder, yyjson_val *key, yyjson_val *value,
             tw_synonym *synonym)
{
    synonym->word = word_of(key);
    synonym->tag = yyjson_equals_str(value, "") ? "" : word_of(value);
    return synonym->word && synonym->tag && !is_tag(holder, synonym->word) &&
           (synonym->tag[0] == '\0' || is_tag(holder, synonym->tag));
}

tw_status
tw_card_synonyms(const tw_reader *reader, yyjson_val *object, tw_holder *holder)
{
    const char *const must = _("an object of different words, in lower case "
                               "and without commas, each with a tag or \"\"");
    const size_t count = yyjson_obj_size(object);
    yyjson_val *key, *value;
    size_t i, n;

    if (!yyjson_is_obj(object))
        return tw_card_bad(reader, "synonyms", must);
    holder->synonyms = calloc(count + 1, sizeof *holder->synonyms);
    if (!holder->synonyms)
        return tw_card_memory(reader);

    yyjson_obj_foreach(object, i, n, key, value)
    {
        if (!read_synonym(holder, key, value, &holder->synonyms[i]))
            return tw_card_bad(reader, "synonyms", must);
        holder->synonyms[i].letters =
            tw_spelling_letters(holder->synonyms[i].word);
    }
    qsort(holder->synonyms, count, sizeof *holder->synonyms, by_word);
    for (i = 1; i < count; i++)
        if (by_word(&holder->synonyms[i - 1], &holder->synonyms[i]) == 0)
            return tw_card_bad(reader, "synonyms", must);

    holder->card.synonyms = holder->synonyms;
    holder->card.synonym_count = (int) count;
    return TW_OK;
}
