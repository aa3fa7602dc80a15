/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights/stored.h"

#include <inttypes.h>
#include <string.h>

#include "core/i18n.h"

static const struct {
    const char *name;
    tw_dtype dtype;
    int bytes;
} dtypes[] = {
    { "F64", TW_F64, 8 },   { "F32", TW_F32, 4 }, { "F16", TW_F16, 2 },
    { "BF16", TW_BF16, 2 }, { "I64", TW_I64, 8 }, { "I32", TW_I32, 4 },
    { "I16", TW_I16, 2 },   { "I8", TW_I8, 1 },   { "U64", TW_U64, 8 },
    { "U32", TW_U32, 4 },   { "U16", TW_U16, 2 }, { "U8", TW_U8, 1 },
    { "BOOL", TW_BOOL, 1 },
};

const char *
tw_stored_text(yyjson_val *value)
{
    const char *text = yyjson_get_str(value);

    return text && strlen(text) == yyjson_get_len(value) ? text : NULL;
}

/* A number that is written as a whole one and fits. */
static bool
whole(yyjson_val *value, int64_t *number)
{
    if (!yyjson_is_uint(value) || yyjson_get_uint(value) > INT64_MAX)
        return false;
    *number = (int64_t) yyjson_get_uint(value);
    return true;
}

static tw_status
parse_dtype(const tw_source *source, yyjson_val *value, tw_stored *stored,
            int64_t *bytes)
{
    const char *name = tw_stored_text(value);

    for (size_t i = 0; name && i < sizeof dtypes / sizeof *dtypes; i++)
        if (strcmp(dtypes[i].name, name) == 0) {
            stored->dtype = dtypes[i].dtype;
            *bytes = dtypes[i].bytes;
            return TW_OK;
        }
    return tw_fail(source->err, TW_ERR_FORMAT,
                   _("'%s': tensor '%s' has the number format '%s', which "
                     "cannot be read; convert it to F16 or F32"),
                   source->what, stored->name, name ? name : "?");
}

/* @bytes, of one number, becomes that of all. */
static tw_status
parse_shape(const tw_source *source, yyjson_val *value, tw_stored *stored,
            int64_t *bytes)
{
    const size_t rank = yyjson_arr_size(value);
    size_t i, n;
    yyjson_val *dim;

    stored->shape = (tw_shape) { .dim = { 1, 1, 1, 1 } };
    if (rank > 4)
        return tw_fail(source->err, TW_ERR_FORMAT,
                       _("'%s': tensor '%s' has %zu dimensions; more than 4 "
                         "cannot be read"),
                       source->what, stored->name, rank);
    if (!yyjson_is_arr(value))
        return tw_fail(source->err, TW_ERR_FORMAT,
                       _("'%s': tensor '%s' has no shape; the file is damaged"),
                       source->what, stored->name);

    stored->shape.rank = (int) rank;
    yyjson_arr_foreach(value, i, n, dim)
    {
        if (!whole(dim, &stored->shape.dim[i]) ||
            __builtin_mul_overflow(*bytes, stored->shape.dim[i], bytes))
            return tw_fail(source->err, TW_ERR_FORMAT,
                           _("'%s': tensor '%s' has an impossible shape; the "
                             "file is damaged"),
                           source->what, stored->name);
    }
    return TW_OK;
}

static tw_status
parse_offsets(const tw_source *source, yyjson_val *value, tw_stored *stored,
              int64_t bytes)
{
    int64_t begin, end;

    if (yyjson_arr_size(value) != 2 ||
        !whole(yyjson_arr_get(value, 0), &begin) ||
        !whole(yyjson_arr_get(value, 1), &end) || begin > end ||
        (uint64_t) end > source->size)
        return tw_fail(source->err, TW_ERR_FORMAT,
                       _("'%s': tensor '%s' lies outside of the file, which is "
                         "cut short or damaged; get it again"),
                       source->what, stored->name);
    if (end - begin != bytes)
        return tw_fail(source->err, TW_ERR_FORMAT,
                       _("'%s': tensor '%s' holds %" PRId64 " bytes, but its "
                         "shape needs %" PRId64 "; the file is damaged"),
                       source->what, stored->name, end - begin, bytes);
    stored->offset = (size_t) begin;
    stored->bytes = (size_t) bytes;
    return TW_OK;
}

tw_status
tw_stored_parse(const tw_source *source, yyjson_val *key, yyjson_val *value,
                tw_stored *stored)
{
    int64_t bytes = 0;

    stored->name = tw_stored_text(key);
    if (!stored->name)
        return tw_fail(source->err, TW_ERR_FORMAT,
                       _("'%s': a tensor's name holds a null character"),
                       source->what);

    /* Three keys, and all there: so none is there twice. */
    yyjson_val *dtype = yyjson_obj_get(value, "dtype");
    yyjson_val *shape = yyjson_obj_get(value, "shape");
    yyjson_val *offsets = yyjson_obj_get(value, "data_offsets");

    if (!dtype || !shape || !offsets || yyjson_obj_size(value) != 3)
        return tw_fail(source->err, TW_ERR_FORMAT,
                       _("'%s': tensor '%s' is not described by dtype, shape "
                         "and data_offsets; the file is damaged"),
                       source->what, stored->name);
    TW_TRY(parse_dtype(source, dtype, stored, &bytes));
    TW_TRY(parse_shape(source, shape, stored, &bytes));
    return parse_offsets(source, offsets, stored, bytes);
}
