/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights/card.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/i18n.h"
#include "core/text.h"
#include "weights/card-private.h"

enum { SIZE_LIMIT = 1 << 20, ID_LIMIT = 63 };

tw_status
tw_card_memory(const tw_reader *reader)
{
    return tw_fail(reader->err, TW_ERR_MEMORY,
                   _("Not enough memory to read the card of '%s'"),
                   reader->folder);
}

tw_status
tw_card_bad(const tw_reader *reader, const char *key, const char *must)
{
    return tw_fail(reader->err, TW_ERR_FORMAT,
                   _("The card of '%s' is wrong: '%s' must be %s"),
                   reader->folder, key, must);
}

/* The value of @key; NULL unless it is there exactly once. */
static yyjson_val *
only(yyjson_val *object, const char *key)
{
    yyjson_val *k, *v, *found = NULL;
    size_t i, n, count = 0;

    if (!object)
        return NULL;
    yyjson_obj_foreach(object, i, n, k, v)
    {
        if (yyjson_equals_str(k, key)) {
            found = v;
            count++;
        }
    }
    return count == 1 ? found : NULL;
}

const char *
tw_card_line(yyjson_val *value)
{
    const char *text = yyjson_get_str(value);

    return text && *text && strlen(text) == yyjson_get_len(value) &&
                   tw_text_is_clean(text)
               ? text
               : NULL;
}

static tw_status
read_text(const tw_reader *reader, yyjson_val *root, const char *key,
          const char **text)
{
    *text = tw_card_line(only(root, key));
    return *text ? TW_OK
                 : tw_card_bad(reader, key,
                               _("one text, not empty, in one line"));
}

static tw_status
read_level(const tw_reader *reader, yyjson_val *root, const char *key,
           double *level)
{
    yyjson_val *value = only(root, key);

    *level = yyjson_get_num(value);
    if (!yyjson_is_num(value) || !(*level > 0) || !isfinite(*level))
        return tw_card_bad(reader, key, _("one number above 0"));
    return TW_OK;
}

/* "photo" of "/usr/share/tweedie/models/photo/"? */
static bool
names_folder(const char *id, const char *folder)
{
    const size_t size = strlen(id);
    size_t end = strlen(folder);

    while (end > 1 && folder[end - 1] == '/')
        end--;
    return end >= size && memcmp(folder + end - size, id, size) == 0 &&
           (end == size || folder[end - size - 1] == '/');
}

static tw_status
check_id(const tw_reader *reader, const char *id)
{
    const size_t size = strlen(id);

    if (size > ID_LIMIT || id[0] < 'a' || id[0] > 'z' ||
        strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != size)
        return tw_card_bad(reader, "id",
                           _("made of a-z, 0-9 and -, at most 63 characters"));
    if (!names_folder(id, reader->folder))
        return tw_card_bad(reader, "id", _("the name of the folder"));
    return TW_OK;
}

static tw_status
read_paths(const tw_reader *reader, yyjson_val *root, tw_holder *holder)
{
    const char *file;

    TW_TRY(read_text(reader, root, "weights", &file));
    if (strchr(file, '/') || file[0] == '.')
        return tw_card_bad(reader, "weights",
                           _("the name of a file in the same folder"));

    holder->folder = strdup(reader->folder);
    const size_t size = strlen(reader->folder) + strlen(file) + 2;

    holder->weights = malloc(size);
    if (!holder->folder || !holder->weights)
        return tw_card_memory(reader);
    snprintf(holder->weights, size, "%s/%s", reader->folder, file);
    holder->card.folder = holder->folder;
    holder->card.weights = holder->weights;
    return TW_OK;
}

static tw_status
read_prompt(const tw_reader *reader, yyjson_val *root, tw_holder *holder)
{
    yyjson_val *prompt = only(root, "prompt");

    if (!yyjson_obj_get(root, "prompt"))
        return TW_OK;
    if (!yyjson_is_obj(prompt))
        return tw_card_bad(reader, "prompt", _("one object"));
    holder->card.takes_prompt = true;
    TW_TRY(tw_card_tags(reader, only(prompt, "tags"), holder));
    if (!yyjson_obj_get(prompt, "synonyms"))
        return TW_OK;
    return tw_card_synonyms(reader, only(prompt, "synonyms"), holder);
}

/* @count finite numbers, the last of them above 0. */
static bool
read_numbers(yyjson_val *list, size_t count, double *numbers)
{
    if (!yyjson_is_arr(list) || yyjson_arr_size(list) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        yyjson_val *value = yyjson_arr_get(list, i);

        numbers[i] = yyjson_get_num(value);
        if (!yyjson_is_num(value) || !isfinite(numbers[i]))
            return false;
    }
    return numbers[count - 1] > 0;
}

static tw_status
read_usual(const tw_reader *reader, yyjson_val *root, tw_usual *usual)
{
    yyjson_val *object = only(root, "usual");
    double detail[2], share[3];

    if (!yyjson_obj_get(root, "usual"))
        return TW_OK;
    if (!read_numbers(only(object, "detail"), 2, detail) ||
        !read_numbers(only(object, "share"), 3, share))
        return tw_card_bad(reader, "usual",
                           _("two figures 'detail' and three 'share', each "
                             "time the last above 0"));
    usual->detail = detail[0];
    usual->detail_deviation = detail[1];
    memcpy(usual->share, share, sizeof usual->share);
    usual->share_deviation = share[2];
    return TW_OK;
}

static tw_status
read_card(const tw_reader *reader, yyjson_val *root, tw_holder *holder)
{
    tw_card *card = &holder->card;
    yyjson_val *contract = only(root, "contract");

    if (!yyjson_is_uint(contract))
        return tw_card_bad(reader, "contract", _("one whole number"));
    if (yyjson_get_uint(contract) != TW_CARD_CONTRACT)
        return tw_fail(reader->err, TW_ERR_FORMAT,
                       _("The card of '%s' follows contract %" PRIu64 ", which "
                         "this program does not know; get a newer program"),
                       reader->folder, yyjson_get_uint(contract));

    TW_TRY(read_text(reader, root, "id", &card->id));
    TW_TRY(check_id(reader, card->id));
    TW_TRY(read_text(reader, root, "title", &card->title));
    TW_TRY(read_text(reader, root, "license", &card->license));
    TW_TRY(read_text(reader, root, "source", &card->source));
    TW_TRY(read_text(reader, root, "network", &card->network));
    TW_TRY(read_paths(reader, root, holder));
    TW_TRY(read_level(reader, root, "sigma_min", &card->sigma_min));
    TW_TRY(read_level(reader, root, "sigma_max", &card->sigma_max));
    TW_TRY(read_level(reader, root, "sigma_data", &card->sigma_data));
    if (card->sigma_min >= card->sigma_max)
        return tw_card_bad(reader, "sigma_max", _("above sigma_min"));
    TW_TRY(read_usual(reader, root, &card->usual));
    return read_prompt(reader, root, holder);
}

tw_status
tw_card_parse(const char *text, size_t size, const char *folder, tw_card **card,
              tw_error *err)
{
    const tw_reader reader = { folder, err };
    tw_holder *holder = calloc(1, sizeof *holder);
    char what[256];

    *card = NULL;
    if (!holder)
        return tw_card_memory(&reader);

    tw_text_print(what, sizeof what, "%s/card.json", folder);
    tw_status status = tw_json_parse(text, size, what, &holder->doc, err);

    if (status == TW_OK)
        status = read_card(&reader, yyjson_doc_get_root(holder->doc), holder);
    if (status == TW_OK)
        *card = &holder->card;
    else
        tw_card_free(&holder->card);
    return status;
}

static tw_status
read_file(const tw_file *file, const char *path, const char *folder,
          tw_card **card, tw_error *err)
{
    char *text = malloc(file->size + 1);

    if (!text)
        return tw_card_memory(&(tw_reader) { folder, err });
    tw_status status = tw_file_read(file, path, 0, file->size, text, err);

    if (status == TW_OK)
        status = tw_card_parse(text, file->size, folder, card, err);
    free(text);
    return status;
}

tw_status
tw_card_read(const char *folder, tw_card **card, tw_error *err)
{
    const size_t size = strlen(folder) + sizeof "/card.json";
    char *path = malloc(size);
    tw_file file;

    *card = NULL;
    if (!path)
        return tw_card_memory(&(tw_reader) { folder, err });
    snprintf(path, size, "%s/card.json", folder);

    tw_status status = tw_file_open(path, &file, err);

    if (status == TW_OK) {
        if (file.size > SIZE_LIMIT)
            status = tw_fail(err, TW_ERR_FORMAT,
                             _("'%s' is larger than 1 MiB, too large for a "
                               "card"),
                             path);
        else
            status = read_file(&file, path, folder, card, err);
        tw_file_close(&file);
    }
    free(path);
    return status;
}

void
tw_card_free(tw_card *card)
{
    tw_holder *holder = (tw_holder *) card;

    if (!holder)
        return;
    yyjson_doc_free(holder->doc);
    free(holder->folder);
    free(holder->weights);
    free(holder->tags);
    free(holder->sorted);
    free(holder->letters);
    free(holder->synonyms);
    free(holder);
}
