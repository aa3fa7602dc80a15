/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter module: magick IN -process 'tweedie TASK KEY=VALUE...' OUT
 *
 * ImageMagick looks up tweedieImage(), and asks for a fixed return value, which
 * is no status: failures go into the exception. It closes the module after each
 * call; the linker option nodelete keeps it, and the models, in memory.
 */

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "help.h"
#include "report.h"
#include "restore.h"
#include "tasks/words.h"
#include "words.h"

ModuleExport size_t tweedieImage(Image **images, const int argc,
                                 const char **argv, ExceptionInfo *exception);

/* The models, opened at the first call. NULL: out of memory. */
static tw_store *
open_store(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static tw_store *store;
    tw_store *opened;

    (void) pthread_mutex_lock(&lock);
    if (!store) {
        (void) bindtextdomain(TW_DOMAIN, TW_LOCALE_DIR);
        (void) bind_textdomain_codeset(TW_DOMAIN, "UTF-8");
        store = tw_store_new(NULL);
    }
    opened = store;
    (void) pthread_mutex_unlock(&lock);
    return opened;
}

/* The host's own check does not see HDRI, and with the wrong size of a Quantum
 * pixels would be garbage without a word. */
static bool
fits_host(ExceptionInfo *exception)
{
    bool hdri = strstr(GetMagickFeatures(), "HDRI");

    if (hdri == (MAGICKCORE_HDRI_ENABLE != 0))
        return true;
    tm_say(exception, ModuleError, "tweedie",
           _("This module is for ImageMagick %s; put the folder of the other "
             "one into MAGICK_CODER_FILTER_PATH"),
           hdri ? "Q16" : "Q16-HDRI");
    return false;
}

/* Frames of an animation that hold only what changed. */
static void
warn_of_frames(const Image *images, ExceptionInfo *exception)
{
    for (const Image *i = images; i; i = GetNextImageInList(i))
        if (GetNextImageInList(images) && i->page.width &&
            (i->page.width != i->columns || i->page.height != i->rows)) {
            tm_say(exception, OptionWarning, i->filename,
                   _("The frames are parts of a larger picture; use -coalesce "
                     "before -process"));
            return;
        }
}

static void
warn_of_ignored(const tm_job *job, ExceptionInfo *exception)
{
    const Image *image = job->image;
    const Image *result = job->results[0].work;

    if ((result->columns != image->columns || result->rows != image->rows) &&
        tm_image_is_restricted(image))
        tm_say(exception, OptionWarning, image->filename,
               _("-channel, -region and masks do not work with a new size and "
                 "are ignored"));
}

/* All images, then all results, so that a failure changes none. */
static bool
restore(Image *images, size_t count, const tm_options *options,
        const tm_masks *masks, tw_store *store, ExceptionInfo *exception)
{
    tm_job *jobs = AcquireQuantumMemory(count, sizeof *jobs);
    Image *image = images;
    bool ok = jobs;

    for (size_t i = 0; jobs && i < count; i++) {
        jobs[i] = (tm_job) { .image = image };
        image = GetNextImageInList(image);
    }
    for (size_t i = 0; ok && i < count; i++)
        ok = tm_job_run(&jobs[i], options, masks, store, exception);
    for (size_t i = 0; ok && i < count; i++) {
        warn_of_ignored(&jobs[i], exception);
        ok = tm_job_commit(&jobs[i], options, exception);
    }
    for (size_t i = 0; jobs && i < count; i++)
        tm_job_clear(&jobs[i]);
    jobs = RelinquishMagickMemory(jobs);
    return ok;
}

static bool
run_task(Image **images, const char *const *words, tw_store *store,
         ExceptionInfo *exception)
{
    size_t count = GetImageListLength(*images);
    tm_options options = { 0 };
    tm_masks masks = { TM_SOURCE_NONE, NULL };
    tw_error err = { 0 };
    bool ok = tm_options_read(words, *images, &options, &err) == TW_OK;

    if (!ok)
        tm_say_error(exception, "tweedie", &err);
    ok = ok && tm_masks_open(options.request, *images, &masks, exception);
    if (ok) {
        warn_of_frames(*images, exception);
        count -= masks.source == TM_SOURCE_LAST;
        ok = restore(*images, count, &options, &masks, store, exception);
    }
    if (ok && masks.source == TM_SOURCE_LAST)
        (void) DestroyImage(RemoveLastImageFromList(images));
    tm_masks_clear(&masks);
    tm_options_clear(&options);
    return ok;
}

static bool
answer(Image **images, int argc, const char *const *argv,
       ExceptionInfo *exception)
{
    tw_error err = { 0 };
    char **words = NULL;
    tw_store *store;
    bool ok;

    if (!fits_host(exception))
        return false;
    store = open_store();
    if (!store) {
        tm_say(exception, FilterError, "tweedie", _("Not enough memory"));
        return false;
    }
    if (tm_words_new(argc, argv, &words, &err) != TW_OK) {
        tm_say_error(exception, "tweedie", &err);
        return false;
    }
    ok = tm_help((const char *const *) words, store) ||
         run_task(images, (const char *const *) words, store, exception);
    tw_words_free(words);
    return ok;
}

/* Is this the program mogrify, which writes its input again? */
static bool
is_mogrify(void)
{
    char line[MagickPathExtent] = "";
    FILE *file = fopen("/proc/self/cmdline", "rb");
    const size_t size = file ? fread(line, 1, sizeof line - 2, file) : 0;
    const char *second = line + strlen(line) + 1;
    const char *name = strrchr(line, '/');

    if (file)
        (void) fclose(file);
    name = name ? name + 1 : line;
    return size > 0 &&
           (!strncmp(name, "mogrify", 7) ||
            (!strncmp(name, "magick", 6) && !strcmp(second, "mogrify")));
}

size_t
tweedieImage(Image **images, const int argc, const char **argv,
             ExceptionInfo *exception)
{
    /* Severity 400 (memory, time) alone would let ImageMagick go on. */
    if (answer(images, argc, argv, exception))
        return MagickImageFilterSignature;
    if (exception->severity <= ResourceLimitError)
        tm_say(exception, FilterError, (*images)->filename,
               _("ImageMagick could not do its part; see -limit"));
    /* mogrify would write the unchanged pictures, and a JPEG loses by that; from
     * an empty list it writes nothing. Other programs keep their pictures. */
    if (is_mogrify())
        *images = DestroyImageList(*images);
    return MagickImageFilterSignature;
}
