/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module called from a program: severities, cancel, pointers that stay. */
#include <MagickCore/MagickCore.h>
#include <math.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef TW_TEST_WAND
#include <MagickWand/MagickWand.h>
#endif

#include "check.h"

/* A piece of ImageMagick's own photograph of a rose. */
static Image *
rose(const char *geometry)
{
    ImageInfo *info = AcquireImageInfo();
    ExceptionInfo *exception = AcquireExceptionInfo();
    Image *image;

    (void) FormatLocaleString(info->filename, MagickPathExtent, "rose:[%s]",
                              geometry);
    image = ReadImage(info, exception);
    g_assert_nonnull(image);
    (void) ResetImagePage(image, "0x0+0+0");
    info = DestroyImageInfo(info);
    exception = DestroyExceptionInfo(exception);
    return image;
}

/* Calls the module with words (split at blanks); returns the severity. */
static ExceptionType
process(Image **images, const char *words, char **reason)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    ExceptionInfo *exception = AcquireExceptionInfo();
    const char *argv[8] = { NULL };
    ExceptionType severity;
    int argc;
    bool ok;

    for (argc = 0; list[argc]; argc++)
        argv[argc] = list[argc];
    ok = InvokeDynamicImageFilter("tweedie", images, argc, argv, exception);
    severity = exception->severity;

    g_assert_cmpint(ok, ==, severity < ErrorException);
    if (reason)
        *reason = g_strdup(exception->reason ? exception->reason : "");
    exception = DestroyExceptionInfo(exception);
    return severity;
}

static float *
pixels(const Image *image, size_t *size)
{
    ExceptionInfo *exception = AcquireExceptionInfo();
    float *data;

    *size = image->columns * image->rows * 3 * sizeof *data;
    data = g_malloc(*size);
    g_assert_true(ExportImagePixels(image, 0, 0, image->columns, image->rows,
                                    "RGB", FloatPixel, data, exception));
    exception = DestroyExceptionInfo(exception);
    return data;
}

static bool
same_pixels(const Image *a, const Image *b)
{
    size_t size_a, size_b;
    g_autofree float *data_a = pixels(a, &size_a);
    g_autofree float *data_b = pixels(b, &size_b);

    return size_a == size_b && !memcmp(data_a, data_b, size_a);
}

static Image *
copy(const Image *image)
{
    ExceptionInfo *exception = AcquireExceptionInfo();
    Image *result = CloneImage(image, 0, 0, MagickTrue, exception);

    g_assert_nonnull(result);
    exception = DestroyExceptionInfo(exception);
    return result;
}

static void
test_result(void)
{
    Image *image = rose("40x30+10+10");
    Image *before = copy(image);
    Image *pointer = image;

    g_assert_cmpint(process(&image, "denoise noise=0.1 steps=2", NULL), ==,
                    UndefinedException);
    g_assert_true(image == pointer);
    g_assert_false(same_pixels(image, before));
    before = DestroyImage(before);
    image = DestroyImage(image);
}

static void
test_new_size(void)
{
    Image *image = rose("40x30+10+10");
    Image *pointer = image;

    g_assert_cmpint(process(&image, "upscale scale=2 steps=2", NULL), ==,
                    UndefinedException);
    g_assert_true(image == pointer);
    g_assert_cmpuint(image->columns, ==, 80);
    g_assert_cmpuint(image->rows, ==, 60);
    image = DestroyImage(image);
}

/* The candidates come behind their picture, whose pointer stays. */
static void
test_candidates(void)
{
    Image *first = rose("24x20+10+10"), *second = rose("24x20+30+10");
    Image *list = first;

    AppendImageToList(&list, second);
    g_assert_cmpint(
        process(&list, "denoise noise=0.1 steps=2 style=textured samples=2",
                NULL),
        ==, UndefinedException);
    g_assert_true(list == first);
    g_assert_cmpuint(GetImageListLength(list), ==, 4);
    g_assert_true(GetImageFromList(list, 2) == second);
    list = DestroyImageList(list);
}

static void
test_severities(void)
{
    static const struct {
        const char *words;
        ExceptionType severity;
        const char *reason;
    } cases[] = {
        { "", OptionError, "tweedie help" },
        { "sharpen", OptionError, "sharpen" },
        { "denoise nois=1", OptionError, "nois" },
        { "denoise noise=7", OptionError, "noise" },
        { "inpaint", OptionError, "mask" },
        { "inpaint mask=last", OptionError, "mask=last" },
        { "inpaint mask=no.png", BlobError, "no.png" },
        { "denoise model=nonesuch", FileOpenError, "nonesuch" },
        { "upscale scale=16 memory=1MiB", FilterError, "MiB" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Image *image = rose("24x20+10+10"), *before = copy(image);
        g_autofree char *reason = NULL;

        g_test_message("%s", cases[i].words);
        g_assert_cmpint(process(&image, cases[i].words, &reason), ==,
                        cases[i].severity);
        g_assert_nonnull(strstr(reason, cases[i].reason));
        g_assert_true(same_pixels(image, before));
        before = DestroyImage(before);
        image = DestroyImage(image);
    }
}

#if MAGICKCORE_HDRI_ENABLE
/* Q16 holds whole numbers only. */
static void
test_not_finite(void)
{
    static const float bad[][3] = { { NAN, 0.5F, 0.5F },
                                    { 0.5F, INFINITY, 0.5F } };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        ExceptionInfo *exception = AcquireExceptionInfo();
        Image *image = rose("24x20+10+10");
        g_autofree char *reason = NULL;

        g_assert_true(ImportImagePixels(image, 4, 3, 1, 1, "RGB", FloatPixel,
                                        bad[i], exception));
        g_assert_cmpint(process(&image, "denoise noise=0.1", &reason), ==,
                        OptionError);
        g_assert_nonnull(strstr(reason, "repair"));
        image = DestroyImage(image);
        exception = DestroyExceptionInfo(exception);
    }
}
#endif

/* Counts the calls of the module's progress, and cancels at one of them. */
typedef struct monitor {
    int calls, cancel_at;
} monitor;

static MagickBooleanType
count(const char *tag, const MagickOffsetType offset, const MagickSizeType size,
      void *data)
{
    monitor *m = data;

    g_assert_true(g_str_has_prefix(tag, "tweedie "));
    g_assert_cmpint(offset, >=, 0);
    g_assert_cmpuint((MagickSizeType) offset, <, size);
    return ++m->calls != m->cancel_at;
}

static void
test_cancel(void)
{
    static const char words[] = "deblur sigma=1 noise=0.1 steps=3";
    monitor m = { 0, 0 };
    Image *before = rose("24x20+10+10"), *image = copy(before);
    int calls;

    (void) SetImageProgressMonitor(image, count, &m);
    g_assert_cmpint(process(&image, words, NULL), ==, UndefinedException);
    g_assert_cmpint(m.calls, ==, 101);
    image = DestroyImage(image);
    calls = m.calls;
    for (int at = 1; at < calls; at += 3) {
        g_autofree char *reason = NULL;

        m = (monitor) { 0, at };
        image = copy(before);
        (void) SetImageProgressMonitor(image, count, &m);
        g_assert_cmpint(process(&image, words, &reason), ==, ModuleError);
        g_assert_nonnull(strstr(reason, "Cancelled"));
        g_assert_cmpint(m.calls, ==, at);
        g_assert_true(same_pixels(image, before));
        image = DestroyImage(image);
    }
    before = DestroyImage(before);
}

/* The threads that worked for the parent are not there in the child. */
static void
test_fork(void)
{
    static const char words[] = "denoise noise=0.1 threads=4";
    Image *mine = rose(""), *other = copy(mine);
    pid_t child;
    int status;

    g_assert_cmpint(process(&mine, words, NULL), ==, UndefinedException);
    child = fork();
    if (child == 0) {
        alarm(60);
        if (process(&other, words, NULL) != UndefinedException)
            _exit(2);
        _exit(same_pixels(mine, other) ? 0 : 3);
    }
    g_assert_cmpint(child, >, 0);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpint(process(&other, words, NULL), ==, UndefinedException);
    g_assert_true(same_pixels(mine, other));
    mine = DestroyImage(mine);
    other = DestroyImage(other);
}

/* ImageMagick closes the module after each call. */
static void
test_stays_loaded(void)
{
    Image *image = rose("24x20+10+10");
    g_autofree char *maps = NULL;

    g_assert_cmpint(process(&image, "version", NULL), ==, UndefinedException);
    if (g_file_get_contents("/proc/self/maps", &maps, NULL, NULL))
        g_assert_nonnull(strstr(maps, "tweedie.so"));
    else
        g_test_skip("no /proc");
    image = DestroyImage(image);
}

#ifdef TW_TEST_WAND
static void
test_wand(void)
{
    MagickWand *wand;
    Image *image;

    MagickWandGenesis();
    wand = NewMagickWand();
    g_assert_true(MagickReadImage(wand, "rose:"));
    image = GetImageFromMagickWand(wand);
    g_assert_cmpint(process(&image, "upscale scale=2 steps=2", NULL), ==,
                    UndefinedException);
    g_assert_true(image == GetImageFromMagickWand(wand));
    g_assert_true(MagickTransposeImage(wand));
    g_assert_cmpuint(MagickGetImageWidth(wand), ==, 92);
    g_assert_cmpuint(MagickGetImageHeight(wand), ==, 140);
    wand = DestroyMagickWand(wand);
}
#endif

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    MagickCoreGenesis(argv[0], MagickFalse);
    g_test_add_func("/magick/result", test_result);
    g_test_add_func("/magick/new-size", test_new_size);
    g_test_add_func("/magick/candidates", test_candidates);
    g_test_add_func("/magick/severities", test_severities);
#if MAGICKCORE_HDRI_ENABLE
    g_test_add_func("/magick/not-finite", test_not_finite);
#endif
    g_test_add_func("/magick/cancel", test_cancel);
    g_test_add_func("/magick/fork", test_fork);
    g_test_add_func("/magick/stays-loaded", test_stays_loaded);
#ifdef TW_TEST_WAND
    g_test_add_func("/magick/wand", test_wand);
#endif
    status = g_test_run();
    MagickCoreTerminus();
    return status;
}
