/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer: any text as a prompt, as a word, and as two words of which one may be
 * meant by the other. */

#include "core/spelling.h"
#include "core/text.h"
#include "priors/guided.h"
#include "priors/prompt.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Tags of the card; bytes of a list of words, as in a report and too short. */
enum { TAGS = 7, LIST = 200, SHORT = 32 };

static const char card_text[] =
    "{\"contract\":1,\"id\":\"tiny\",\"title\":\"T\",\"license\":\"CC0-1.0\","
    "\"source\":\"here\",\"network\":\"n\",\"weights\":\"w.safetensors\","
    "\"sigma_min\":0.01,\"sigma_max\":80,\"sigma_data\":0.5,\"prompt\":{"
    "\"tags\":[\"sky\",\"feather\",\"leaf\",\"knife\",\"man\",\"ox\","
    "\"black and white\"],"
    "\"synonyms\":{\"a\":\"\",\"with\":\"\",\"person\":\"man\","
    "\"gray scale picture\":\"black and white\",\"h\xC3\xB6hle\":\"sky\"}}}";

static void
must(bool truth)
{
    if (!truth)
        abort();
}

/* Lists of any size, also of none. */
static void
read_prompt(const tw_card *card, const char *prompt, size_t size)
{
    char *const unknown = malloc(size), *const again = malloc(size);
    float tags[TAGS];
    int sum = 0;
    const int set = tw_prompt_tags(card, prompt, tags, unknown, size);

    for (int i = 0; i < TAGS; i++) {
        must(tags[i] == 0 || tags[i] == 1);
        sum += tags[i] > 0;
    }
    must(set == sum);
    tw_prompt_unknown(card, prompt, again, size);
    must(size == 0 || (strlen(unknown) < size && tw_text_is_clean(unknown) &&
                       strcmp(unknown, again) == 0));
    free(again);
    free(unknown);
}

/* The distance is none to itself, and the same from both sides. */
static void
compare(const char *a, const char *b)
{
    const int longest = (int) (strlen(a) > strlen(b) ? strlen(a) : strlen(b));

    for (int limit = 1; limit <= 8; limit++) {
        const int d = tw_spelling_distance(a, b, limit);

        must(d >= 0 && d <= limit && d == tw_spelling_distance(b, a, limit));
        must(longest >= 64 || (d == 0) == (strcmp(a, b) == 0));
    }
    must(longest >= 64 || tw_spelling_distance(a, b, 64) <= longest);
}

static void
find_nearest(const tw_card *card, const char *word)
{
    const char *const known = tw_prompt_nearest(card, word);

    must(!known ||
         tw_spelling_distance(word, known, 64) <= (int) strlen(word) / 3);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static tw_card *card;
    char *const text = strndup((const char *) data, size);
    char *const comma = strchr(text, ',');

    if (!card)
        must(tw_card_parse(card_text, strlen(card_text), "tiny", &card, NULL) ==
                 TW_OK &&
             card->tag_count == TAGS);
    read_prompt(card, text, size % SHORT);
    read_prompt(card, text, LIST);
    find_nearest(card, text);
    if (comma)
        *comma = '\0';
    compare(text, comma ? comma + 1 : "sky");
    free(text);
    return 0;
}
