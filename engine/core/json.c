/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/i18n.h"

/* The greatest depth of brackets outside of strings. Right for valid JSON, and
 * of no harm for anything else. */
static int
depth_of(const char *text, size_t size)
{
    bool in_string = false;
    int depth = 0, deepest = 0;

    for (size_t i = 0; i < size; i++) {
        const char c = text[i];

        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            deepest = ++depth > deepest ? depth : deepest;
        else if (!in_string && (c == '}' || c == ']'))
            depth--;
        if (deepest > TW_JSON_DEPTH)
            break;
    }
    return deepest;
}

static void *
take(void *context, size_t size)
{
    (void) context;
    return malloc(size);
}

static void *
resize(void *context, void *old, size_t old_size, size_t size)
{
    (void) context, (void) old_size;
    return realloc(old, size);
}

static void
give_back(void *context, void *old)
{
    (void) context;
    free(old);
}

tw_status
tw_json_parse(const char *text, size_t size, const char *what, yyjson_doc **doc,
              tw_error *err)
{
    /* The library's own allocator cannot be made to fail by the tests. */
    const yyjson_alc memory = { take, resize, give_back, NULL };
    yyjson_read_err problem = { 0 };

    *doc = NULL;
    if (depth_of(text, size) > TW_JSON_DEPTH)
        return tw_fail(err, TW_ERR_FORMAT,
                       _("'%s' is nested more than %d levels deep"), what,
                       TW_JSON_DEPTH);

    /* Without YYJSON_READ_INSITU the text is only read. */
    *doc = yyjson_read_opts((char *) (uintptr_t) text, size, YYJSON_READ_NOFLAG,
                            &memory, &problem);
    if (*doc)
        return TW_OK;
    if (problem.code == YYJSON_READ_ERROR_MEMORY_ALLOCATION)
        return tw_fail(err, TW_ERR_MEMORY, _("Not enough memory to read '%s'"),
                       what);
    return tw_fail(err, TW_ERR_FORMAT, _("'%s' is not valid JSON: %s at %zu"),
                   what, problem.msg ? problem.msg : "", problem.pos);
}
