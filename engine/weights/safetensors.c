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
    tw_file file; /* closed if the caller owns the bytes */
    char *path;
    const char *memory; /* the data, if the caller owns them */
    size_t start;       /* of the data in the file */
    yyjson_doc *doc;    /* the header, which owns all names */
    tw_stored *entries;
    tw_pair *metadata; /* as the entries: sorted by name */
    size_t count, pairs;
};

static int
by_place(const void *a, const void *b)
{
    const tw_stored *x = a, *y = b;

    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
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
    size_t at = 0;

    qsort(file->entries, file->count, sizeof *file->entries, by_place);
    for (size_t i = 0; i < file->count; i++) {
        const tw_stored *stored = &file->entries[i];

        if (stored->offset != at)
            return tw_fail(source->err, TW_ERR_FORMAT,
                           _("'%s': tensor '%s' overlaps another one, or there "
                             "is a hole before it; the file is damaged"),
                           source->what, stored->name);
        at += stored->bytes;
    }
    if (at != source->size)
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

enum { PREFIX = 8 }; /* bytes that say how long the header is, least first */

/* *@length: of the header of a file of @size bytes. */
static tw_status
header_length(const unsigned char prefix[PREFIX], size_t size, const char *what,
              size_t *length, tw_error *err)
{
    uint64_t number = 0;

    for (int i = PREFIX - 1; i >= 0; i--)
        number = number << 8 | prefix[i];
    if (number > size - PREFIX || number > header_limit)
        return tw_fail(err, TW_ERR_FORMAT,
                       _("'%s' is no safetensors file, or is cut short; get it "
                         "again"),
                       what);
    *length = (size_t) number;
    return TW_OK;
}

static tw_status
too_short(const char *what, tw_error *err)
{
    return tw_fail(err, TW_ERR_FORMAT,
                   _("'%s' is no safetensors file: it is too short"), what);
}

/* @header: @length bytes; @size: of the whole file. */
static tw_status
parse(const char *header, size_t length, size_t size, const char *what,
      tw_safetensors *file, tw_error *err)
{
    const tw_source source = { what, size - PREFIX - length, err };

    if (length == 0 || header[0] != '{')
        return tw_fail(err, TW_ERR_FORMAT,
                       _("'%s' is no safetensors file: its header does not "
                         "begin with {"),
                       what);
    file->start = PREFIX + length;
    TW_TRY(tw_json_parse(header, length, what, &file->doc, err));
    return parse_header(&source, file);
}

/* An empty one; NULL: out of memory. */
static tw_safetensors *
new_file(const char *what, tw_error *err)
{
    tw_safetensors *file = calloc(1, sizeof *file);

    if (file)
        file->file.fd = -1;
    else
        no_memory(&(tw_source) { .what = what, .err = err });
    return file;
}

static tw_status
give(tw_status status, tw_safetensors *file, tw_safetensors **out)
{
    if (status == TW_OK)
        *out = file;
    else
        tw_safetensors_free(file);
    return status;
}

static tw_status
parse_memory(const void *data, size_t size, const char *what,
             tw_safetensors *file, tw_error *err)
{
    size_t length;

    if (size < PREFIX)
        return too_short(what, err);
    TW_TRY(header_length(data, size, what, &length, err));
    file->memory = (const char *) data + PREFIX + length;
    return parse((const char *) data + PREFIX, length, size, what, file, err);
}

tw_status
tw_safetensors_parse(const void *data, size_t size, const char *what,
                     tw_safetensors **out, tw_error *err)
{
    tw_safetensors *file = new_file(what, err);

    *out = NULL;
    return file ? give(parse_memory(data, size, what, file, err), file, out)
                : TW_ERR_MEMORY;
}

static tw_status
read_header(const char *path, tw_safetensors *file, tw_error *err)
{
    unsigned char prefix[PREFIX];
    size_t length;

    TW_TRY(tw_file_open(path, &file->file, err));
    if (file->file.size < PREFIX)
        return too_short(path, err);
    TW_TRY(tw_file_read(&file->file, path, 0, PREFIX, prefix, err));
    TW_TRY(header_length(prefix, file->file.size, path, &length, err));

    char *header = malloc(length + 1);

    file->path = strdup(path);
    tw_status status =
        header && file->path
            ? tw_file_read(&file->file, path, PREFIX, length, header, err)
            : no_memory(&(tw_source) { .what = path, .err = err });

    if (status == TW_OK)
        status = parse(header, length, file->file.size, path, file, err);
    free(header);
    return status;
}

tw_status
tw_safetensors_open(const char *path, tw_safetensors **out, tw_error *err)
{
    tw_safetensors *file = new_file(path, err);

    *out = NULL;
    return file ? give(read_header(path, file, err), file, out) : TW_ERR_MEMORY;
}

tw_status
tw_safetensors_read(const tw_safetensors *file, const tw_stored *stored,
                    size_t from, size_t bytes, void *to, tw_error *err)
{
    const size_t offset = stored->offset + from;

    if (!file->memory)
        return tw_file_read(&file->file, file->path, file->start + offset,
                            bytes, to, err);
    memcpy(to, file->memory + offset, bytes);
    return TW_OK;
}

tw_status
tw_safetensors_unchanged(const tw_safetensors *file, tw_error *err)
{
    return file->memory ? TW_OK
                        : tw_file_unchanged(&file->file, file->path, err);
}

void
tw_safetensors_free(tw_safetensors *file)
{
    if (!file)
        return;
    free(file->entries);
    free(file->metadata);
    yyjson_doc_free(file->doc);
    tw_file_close(&file->file);
    free(file->path);
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
