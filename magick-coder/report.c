/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "report.h"

void
tm_throw(ExceptionInfo *exception, const char *file, const char *function,
         unsigned long line, ExceptionType severity, const char *where,
         const char *format, ...)
{
    char text[MagickPathExtent], place[MagickPathExtent];
    va_list args;

    va_start(args, format);
    (void) vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tw_text_clean(text);
    tw_text_print(place, sizeof place, "%s", where);
    (void) ThrowMagickException(exception, file, function, line, severity, text,
                                "`%s'", place);
}

void
tm_print(const char *format, ...)
{
    char text[3 * MagickPathExtent];
    va_list args;

    va_start(args, format);
    (void) vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tw_text_clean(text);
    (void) fprintf(stderr, "%s\n", text);
}

void
tm_say_error(ExceptionInfo *exception, const char *where, const tw_error *err)
{
    static const ExceptionType severity[] = {
        [TW_ERR_ARGUMENT] = OptionError, [TW_ERR_MEMORY] = FilterError,
        [TW_ERR_FILE] = FileOpenError,   [TW_ERR_FORMAT] = ConfigureError,
        [TW_ERR_MODEL] = ConfigureError, [TW_ERR_UNSUPPORTED] = OptionError,
        [TW_ERR_DIVERGED] = FilterError,
    };

    tm_say(exception, severity[err->status], where, "%s", err->text);
}

tm_monitor
tm_monitor_new(const Image *image, const tw_task *task)
{
    tm_monitor monitor = { .image = image, .shown = -1 };

    /* No '/': ImageMagick looks up tags of the form A/B in its locale. */
    (void) snprintf(monitor.tag, sizeof monitor.tag, "tweedie %s", task->name);
    return monitor;
}

/* Every percent once, as offset 10 p of 1001: the monitor of convert and
 * mogrify shows only multiples of 50 and the last. */
bool
tm_monitor_show(tm_monitor *monitor, double fraction)
{
    int percent = (int) (100 * fmin(fmax(fraction, 0), 1));

    while (!monitor->cancelled && monitor->shown < percent) {
        monitor->shown++;
        monitor->cancelled = !SetImageProgress(monitor->image, monitor->tag,
                                               10 * monitor->shown, 1001);
    }
    return !monitor->cancelled;
}

bool
tm_monitor_report(const tw_progress *progress, void *user_data)
{
    return tm_monitor_show(user_data, progress->fraction);
}

void
tm_report_plan(const tm_options *options, const Image *image,
               const tw_plan *plan, int threads)
{
    char *recipe = tw_request_recipe(options->request, NULL);

    tm_print(_("tweedie: %s: %s"), image->filename, recipe ? recipe : "");
    free(recipe);
    tm_print(_("tweedie: plan: %zux%zu to %dx%d, results %d, steps %d, "
               "evaluations %d, checks %d, tile %d, threads %d, memory %.0f "
               "MiB"),
             image->columns, image->rows, plan->width, plan->height,
             plan->results, plan->steps, plan->evaluations, plan->checks,
             plan->tile, threads, ceil((double) plan->bytes / 1048576));
}

void
tm_report_result(const tw_report *report)
{
    tm_print(_("tweedie: done: noise %.5f, solver %s, model %s, steps "
               "%d, evaluations %d, checks %d, %.1f s, memory %.0f MiB"),
             report->noise, report->solver, report->model, report->steps,
             report->evaluations, report->checks, report->seconds,
             ceil((double) report->peak_bytes / 1048576));
    if (report->blur.kind)
        tm_print(_("tweedie: blur found: %s, size %.2f, angle %.1f, sure %.2f"),
                 report->blur.kind, report->blur.size, report->blur.angle,
                 report->blur.sure);
    if (!isnan(report->consistency))
        tm_print(_("tweedie: certificate: consistency %.3f, worst tile "
                   "%.3f, limit %.3f (1: what the noise alone gives)"),
                 report->consistency, report->worst, report->limit);
    if (!isnan(report->cells))
        tm_print(_("tweedie: JPEG: %.2f %% of the file's coefficients are in "
                   "their cells"),
                 100 * report->cells);
    if (report->fit != TW_FIT_NONE)
        tm_print(_("tweedie: verdict: %s %s"), tw_fit_words(report->fit),
                 tw_look_words(report->look));
}

void
tm_report_warnings(const Image *image, const tw_report *report,
                   ExceptionInfo *exception)
{
    if (*report->unknown_words)
        tm_say(exception, OptionWarning, image->filename,
               _("The model does not know these words of the prompt: %s"),
               report->unknown_words);
    if (*report->warning)
        tm_say(exception, FilterWarning, image->filename, "%s",
               report->warning);
}

static void
set_property(Image *image, const char *name, const char *text,
             ExceptionInfo *exception)
{
    (void) SetImageProperty(image, name, text, exception);
}

/* NAN: the task has no such figure, so there is no property, nor that of a run
 * before. */
static void
set_number(Image *image, const char *name, double value, int digits,
           ExceptionInfo *exception)
{
    char text[64];

    if (isnan(value)) {
        (void) DeleteImageProperty(image, name);
        return;
    }
    (void) FormatLocaleString(text, sizeof text, "%.*f", digits, value);
    set_property(image, name, text, exception);
}

/* The blur that was found: its kind, and its size as the key of that kind. */
static void
set_blur(Image *image, const tw_found *blur, ExceptionInfo *exception)
{
    if (!blur->kind)
        return;
    set_property(image, "tweedie:blur", blur->kind, exception);
    if (blur->size > 0)
        set_number(image, "tweedie:blur-size", blur->size, 3, exception);
    if (blur->angle > 0)
        set_number(image, "tweedie:blur-angle", blur->angle, 1, exception);
    set_number(image, "tweedie:blur-sure", blur->sure, 3, exception);
}

void
tm_report_properties(Image *image, const tm_options *options,
                     const tw_report *report, ExceptionInfo *exception)
{
    char *recipe = tw_request_recipe(options->request,
                                     options->record_prompt ? NULL : "prompt");
    char seconds[32], figures[32 * TW_REPORT_FIGURES] = "";

    set_number(image, "tweedie:consistency", report->consistency, 4, exception);
    set_number(image, "tweedie:worst", report->worst, 4, exception);
    set_property(image, "tweedie:fit", tw_fit_name(report->fit), exception);
    set_property(image, "tweedie:look", tw_look_name(report->look), exception);
    set_number(image, "tweedie:misfit", report->misfit, 4, exception);
    set_number(image, "tweedie:detail", report->detail, 4, exception);
    set_number(image, "tweedie:cells", report->cells, 4, exception);
    set_number(image, "tweedie:noise", report->noise, 6, exception);
    set_number(image, "tweedie:found", report->found, 6, exception);
    set_blur(image, &report->blur, exception);
    set_number(image, "tweedie:evaluations", report->evaluations, 0, exception);
    set_number(image, "tweedie:checks", report->checks, 0, exception);
    set_number(image, "tweedie:steps", report->steps, 0, exception);
    set_property(image, "tweedie:solver", report->solver, exception);
    set_property(image, "tweedie:model", report->model, exception);
    if (recipe)
        set_property(image, "tweedie:recipe", recipe, exception);
    free(recipe);
    /* Not saved in the file, so that the same request gives the same file. */
    (void) FormatLocaleString(seconds, sizeof seconds, "%.2f", report->seconds);
    (void) SetImageArtifact(image, "tweedie:seconds", seconds);
    /* For a model's card, see models/README.md. */
    for (size_t i = 0, at = 0; i < TW_REPORT_FIGURES; i++)
        at += (size_t) FormatLocaleString(figures + at, sizeof figures - at,
                                          "%.4f ", report->figures[i]);
    (void) SetImageArtifact(image, "tweedie:figures", figures);
}
