/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From words, defines and ImageMagick's own settings to a request.
 */

#ifndef TM_OPTIONS_H
#define TM_OPTIONS_H

#include <MagickCore/MagickCore.h>

#include "tweedie.h"

typedef struct tm_options {
    tw_request *request;
    bool verbose;       /* -verbose */
    bool record_prompt; /* record-prompt=yes: the recipe names the prompt */
    char *kernel_out;   /* kernel-out=FILE: where the blur that is found goes;
                           NULL: nowhere */
} tm_options;

/* Words count most, then -define tweedie:KEY=, then -seed and -virtual-pixel of
 * @image. @words: the task, then KEY=VALUE in any order. Free with
 * tm_options_clear(), also after a failure.
 * Fails with TW_ERR_ARGUMENT, TW_ERR_MEMORY. */
tw_status tm_options_read(const char *const *words, const Image *image,
                          tm_options *options, tw_error *err);
void tm_options_clear(tm_options *options);

/* The text of a PICTURE or TEXT key; NULL if the task has no such key or the
 * user did not set it. */
const char *tm_option(const tw_request *request, const char *key);

/* Does the text name a picture to load, and not one of the key's choices? */
bool tm_option_is_file(const tw_request *request, const char *key);

#endif
