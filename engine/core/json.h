/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON of model cards and safetensors headers: yyjson, with limits on size and
 * depth, because these files come from anywhere.
 */

#ifndef TW_JSON_H
#define TW_JSON_H

#include <stddef.h>
#include <yyjson.h>

#include "core/status.h"

enum { TW_JSON_DEPTH = 16 };

/* Parses @size bytes at @text (UTF-8, strict). *@doc is freed with
 * yyjson_doc_free(). @what names the source in messages.
 * Fails with TW_ERR_FORMAT (not JSON, deeper than TW_JSON_DEPTH) and
 * TW_ERR_MEMORY. */
tw_status tw_json_parse(const char *text, size_t size, const char *what,
                        yyjson_doc **doc, tw_error *err);

#endif
