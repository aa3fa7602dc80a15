/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "options.h"

/* Keys that are about files which ImageMagick writes and not about the
 * restoration. */
static const char record_prompt[] = "record-prompt";
static const char kernel_out[] = "kernel-out";

void
tm_options_clear(tm_options *options)
{
    tw_request_free(options->request);
    options->request = NULL;
    free(options->kernel_out);
    options->kernel_out = NULL;
}

const char *
tm_option(const tw_request *request, const char *key)
{
    if (!tw_request_param(request, key) || !tw_request_has(request, key))
        return NULL;
    return tw_request_text(request, key);
}

bool
tm_option_is_file(const tw_request *request, const char *key)
{
    const char *text = tm_option(request, key);
    const char *const *choice = NULL;

    if (!text)
        return false;
    choice = tw_request_param(request, key)->choices;
    while (choice && *choice && strcmp(*choice, text))
        choice++;
    return !choice || !*choice;
}

/* The value of word KEY=VALUE if it is this key's, or else NULL. */
static const char *
value_of(const char *word, const char *key)
{
    size_t length = strlen(key);

    return !strncmp(word, key, length) && word[length] == '='
               ? word + length + 1
               : NULL;
}

/* The last word of this key, or else its define; NULL: neither. */
static const char *
find(const char *const *words, const Image *image, const char *key)
{
    char define[MagickPathExtent];
    const char *found = NULL;

    for (; *words; words++) {
        const char *value = value_of(*words, key);

        found = value ? value : found;
    }
    if (found)
        return found;
    (void) FormatLocaleString(define, sizeof define, "tweedie:%s", key);
    return GetImageArtifact(image, define);
}

/* Defines for those keys of a table that no word has set. */
static tw_status
set_defines(const tw_param *table, const Image *image, tw_request *request,
            tw_error *err)
{
    static const char *const no_words[] = { NULL };

    for (const tw_param *p = table; p && p->name; p++) {
        const char *text = find(no_words, image, p->name);

        if (text && !tw_request_has(request, p->name))
            TW_TRY(tw_request_set(request, p->name, text, err));
    }
    return TW_OK;
}

/* A define of this module, without "tweedie:", that no task and no solver knows.
 * Keys of others are no mistake: a define holds for every -process of a command.
 * @name may be NULL. */
static tw_status
check_define(const char *name, const Image *image, tw_request *request,
             tw_error *err)
{
    static const char prefix[] = "tweedie:";
    /* What the run before has left there. */
    static const char seconds[] = "seconds", figures[] = "figures";
    const char *key = name ? name + strlen(prefix) : NULL;

    if (!name || LocaleNCompare(name, prefix, strlen(prefix)) != 0 ||
        !strcmp(key, record_prompt) || !strcmp(key, kernel_out) ||
        !strcmp(key, seconds) || !strcmp(key, figures) ||
        tw_request_key_exists(key))
        return TW_OK;
    return tw_request_set(request, key, GetImageArtifact(image, name), err);
}

/* -define stands among the options, -set option: among the artifacts. */
static tw_status
check_defines(const Image *image, tw_request *request, tw_error *err)
{
    const char *name;

    ResetImageArtifactIterator(image);
    while ((name = GetNextImageArtifact(image)))
        TW_TRY(check_define(name, image, request, err));
    if (!image->image_info)
        return TW_OK;
    ResetImageOptionIterator(image->image_info);
    while ((name = GetNextImageOption(image->image_info)))
        TW_TRY(check_define(name, image, request, err));
    return TW_OK;
}

/* -seed N: the random generator's key, all ones when the user gave none. */
static tw_status
set_seed(tw_request *request, tw_error *err)
{
    RandomInfo *random = AcquireRandomInfo();
    unsigned long key = GetRandomSecretKey(random);
    char text[32];

    (void) DestroyRandomInfo(random);
    if (key == ~0UL || tw_request_has(request, "seed"))
        return TW_OK;
    (void) FormatLocaleString(text, sizeof text, "%lu", key);
    return tw_request_set(request, "seed", text, err);
}

/* -virtual-pixel says what lies outside the frame: the border= of a blur. */
static tw_status
set_border(const Image *image, tw_request *request, tw_error *err)
{
    VirtualPixelMethod method = GetImageVirtualPixelMethod(image);
    const char *border = method == MirrorVirtualPixelMethod ? "mirror"
                         : method == TileVirtualPixelMethod ? "periodic"
                                                            : NULL;

    if (!border || !tw_request_param(request, "border") ||
        tw_request_has(request, "border"))
        return TW_OK;
    return tw_request_set(request, "border", border, err);
}

static tw_status
fill(const char *const *words, const Image *image, tw_request *request,
     tw_error *err)
{
    static const char *const first[] = { "style", "solver" };

    /* They choose the solver, whose parameters are keys too. */
    for (int i = 0; i < 2; i++) {
        const char *text = find(words, image, first[i]);

        if (text)
            TW_TRY(tw_request_set(request, first[i], text, err));
    }
    for (; *words; words++)
        if (!value_of(*words, record_prompt) && !value_of(*words, kernel_out))
            TW_TRY(tw_request_set_word(request, *words, err));
    TW_TRY(check_defines(image, request, err));
    TW_TRY(set_defines(tw_common_params, image, request, err));
    TW_TRY(set_defines(tw_request_task(request)->params, image, request, err));
    TW_TRY(
        set_defines(tw_request_solver(request)->params, image, request, err));
    TW_TRY(set_seed(request, err));
    return set_border(image, request, err);
}

/* Of a kernel that is given there is nothing to find; a define may be meant for
 * another -process. */
static tw_status
set_kernel_out(const char *const *words, const Image *image,
               tm_options *options, tw_error *err)
{
    static const char *const no_words[] = { NULL };
    const char *kernel = tm_option(options->request, "kernel");
    const char *name = find(words, image, kernel_out);
    const char *define = find(no_words, image, kernel_out);
    bool finds = kernel && !strcmp(kernel, "auto");

    if (!name || (!finds && name == define))
        return TW_OK;
    if (!finds)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("%s= is for the blur that deblur kernel=auto finds; "
                         "leave it out"),
                       kernel_out);
    options->kernel_out = strdup(name);
    return options->kernel_out
               ? TW_OK
               : tw_fail(err, TW_ERR_MEMORY, _("Not enough memory"));
}

tw_status
tm_options_read(const char *const *words, const Image *image,
                tm_options *options, tw_error *err)
{
    const tw_task *task = *words ? tw_task_find(*words) : NULL;

    *options = (tm_options) { 0 };
    if (!*words)
        return tw_fail(
            err, TW_ERR_ARGUMENT,
            _("There is nothing to do; name a task, see 'tweedie help'"));
    if (!task)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("There is no task '%s'; see 'tweedie help'"), *words);
    options->request = tw_request_new(task);
    if (!options->request)
        return tw_fail(err, TW_ERR_MEMORY, _("Not enough memory"));
    options->verbose = IsStringTrue(GetImageArtifact(image, "verbose"));
    options->record_prompt =
        IsStringTrue(find(words + 1, image, record_prompt));
    TW_TRY(fill(words + 1, image, options->request, err));
    return set_kernel_out(words + 1, image, options, err);
}
