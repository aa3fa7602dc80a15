/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights/safetensors.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/i18n.h"
#include "weights/stored.h"

/* Bytes of a header: the limit of the reference implementation. */
static const uint64_t header_limit = 100 * 1000 * 1000;

typedef struct tw_pair {
    const char *name, *value;
} tw_pair;

struct tw_safetensors {
    tw_file map;     /* empty if the caller owns the bytes */
    yyjson_doc *doc; /* the header, which owns all names */
    tw_stored *entries;
    tw_pair *metadata; /* as the entries: sorted by name */
    size_t count, pairs;
};

static int
by_place(const void *a, const void *b)
{
    const tw_stored *x = a, *y = b;
    const char *p = x->data, *q = y->data;

    if (p != q)
        return p < q ? -1 : 1;
    return x->bytes < y->bytes ? -1 : x->bytes > y->bytes;
}

static int
by_name(const void *a, const void *b)
{
    const tw_stored *x = a, *y = b;

    return strcmp(x->name, y->name);
}

static int
by_key(const void *a, const void *b)
{
    const tw_pair *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/* The tensors must cover the data exactly: no hole, no overlap, no rest. */
static tw_status
check_places(const tw_source *source, tw_safetensors *file)
{
    const char *at = source->data;

    qsort(file->entries, file->count, sizeof *file->entries, by_place);
    for (size_t i = 0; i < file->count; i++) {
        const tw_stored *stored = &file->entries[i];

        if ((const char *) stored->data != at)
            return tw_fail(source->err, TW_ERR_FORMAT,
                           _("'%s': tensor '%s' overlaps another one, or there "
                             "is a hole before it; the file is damaged"),
                           source->what, stored->name);
        at += stored->bytes;
    }
    if (at != source->data + source->size)
        return tw_fail(source->err, TW_ERR_FORMAT,
                       _("'%s' has bytes that belong to no tensor; the file is "
                         "damaged"),
                       source->what);
    return TW_OK;
}

static tw_status
twice(const tw_source *source, const char *name)
{
    return tw_fail(source->err, TW_ERR_FORMAT,
                   _("'%s' names '%s' twice; the file is damaged"),
                   source->what, name);
}

static tw_status
check_names(const tw_source *source, tw_safetensors *file)
{
    qsort(file->entries, file->count, sizeof *file->entries, by_name);
    for (size_t i = 1; i < file->count; i++)
        if (by_name(&file->entries[i - 1], &file->entries[i]) == 0)
            return twice(source, file->entries[i].name);

    if (file->pairs > 1)
        qsort(file->metadata, file->pairs, sizeof *file->metadata, by_key);
    for (size_t i = 1; i < file->pairs; i++)
        if (by_key(&file->metadata[i - 1], &file->metadata[i]) == 0)
            return twice(source, file->metadata[i].name);
    return TW_OK;
}

static tw_status
no_memory(const tw_source *source)
{
    return tw_fail(source->err, TW_ERR_MEMORY,
                   _("Not enough memory to read '%s'"), source->what);
}

static tw_status
parse_metadata(const tw_source *source, yyjson_val *object,
               tw_safetensors *file)
{
    bool fine = yyjson_is_obj(object);
    size_t i, n;
    yyjson_val *key, *value;

    if (file->metadata)
        return twice(source, "__metadata__");
    file->metadata = calloc(yyjson_obj_size(object) + 1, sizeof(tw_pair));
    if (!file->metadata)
        return no_memory(source);

    yyjson_obj_foreach(object, i, n, key, value)
    {
        const tw_pair pair = { tw_stored_text(key), tw_stored_text(value) };

        fine = fine && pair.name && pair.value;
        file->metadata[i] = pair;
    }
    file->pairs = yyjson_obj_size(object);
    if (fine)
        return TW_OK;
    return tw_fail(source->err, TW_ERR_FORMAT,
                   _("'%s': __metadata__ holds something else than texts; the "
                     "file is damaged"),
                   source->what);
}

static tw_status
parse_header(const tw_source *source, tw_safetensors *file)
{
    yyjson_val *root = yyjson_doc_get_root(file->doc), *key, *value;
    size_t i, n;

    file->entries = calloc(yyjson_obj_size(root) + 1, sizeof(tw_stored));
    if (!file->entries)
        return no_memory(source);

    yyjson_obj_foreach(root, i, n, key, value)
    {
        if (yyjson_equals_str(key, "__metadata__"))
            TW_TRY(parse_metadata(source, value, file));
        else
            TW_TRY(tw_stored_parse(source, key, value,
                                   &file->entries[file->count++]));
    }
    TW_TRY(check_places(source, file));
    return check_names(source, file);
}

/* The 8 bytes before the header say how long it is, least first. */
static tw_status
parse(const void *data, size_t size, const char *what, tw_safetensors *file,
      tw_error *err)
{
    const unsigned char *bytes = data;
    uint64_t length = 0;

    if (size < 8)
        return tw_fail(err, TW_ERR_FORMAT,
                       _("'%s' is no safetensors file: it is too short"), what);
    for (int i = 7; i >= 0; i--)
        length = length << 8 | bytes[i];
    if (length > size - 8 || length > header_limit)
        return tw_fail(err, TW_ERR_FORMAT,
                       _("'%s' is no safetensors file, or is cut short; get it "
                         "again"),
                       what);

    const char *header = (const char *) data + 8;

    if (length == 0 || header[0] != '{')
        return tw_fail(err, TW_ERR_FORMAT,
                       _("'%s' is no safetensors file: its header does not "
                         "begin with {"),
                       what);
    TW_TRY(tw_json_parse(header, (size_t) length, what, &file->doc, err));

    const tw_source source = { what, header + length, size - 8 - length, err };

    return parse_header(&source, file);
}

tw_status
tw_safetensors_parse(const void *data, size_t size, const char *what,
                     tw_safetensors **out, tw_error *err)
{
    tw_safetensors *file = calloc(1, sizeof *file);

    *out = NULL;
    if (!file)
        return no_memory(&(tw_source) { .what = what, .err = err });

    const tw_status status = parse(data, size, what, file, err);

    if (status == TW_OK)
        *out = file;
    else
        tw_safetensors_free(file);
    return status;
}

tw_status
tw_safetensors_open(const char *path, tw_safetensors **out, tw_error *err)
{
    tw_file map;

    *out = NULL;
    TW_TRY(tw_file_map(path, &map, err));

    const tw_status status =
        tw_safetensors_parse(map.data, map.size, path, out, err);

    if (status == TW_OK)
        (*out)->map = map;
    else
        tw_file_unmap(&map);
    return status;
}

void
tw_safetensors_free(tw_safetensors *file)
{
    if (!file)
        return;
    free(file->entries);
    free(file->metadata);
    yyjson_doc_free(file->doc);
    tw_file_unmap(&file->map);
    free(file);
}

int
tw_safetensors_count(const tw_safetensors *file)
{
    return (int) file->count;
}

const tw_stored *
tw_safetensors_entry(const tw_safetensors *file, int index)
{
    return &file->entries[index];
}

const tw_stored *
tw_safetensors_find(const tw_safetensors *file, const char *name)
{
    const tw_stored wanted = { .name = name };

    return bsearch(&wanted, file->entries, file->count, sizeof wanted, by_name);
}

const char *
tw_safetensors_metadata(const tw_safetensors *file, const char *key)
{
    const tw_pair wanted = { .name = key };
    const tw_pair *pair = file->pairs > 0
                              ? bsearch(&wanted, file->metadata, file->pairs,
                                        sizeof wanted, by_key)
                              : NULL;

    return pair ? pair->value : NULL;
}
