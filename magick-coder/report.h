/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user gets to know: errors and warnings, progress, -verbose, image
 * properties.
 */

#ifndef TM_REPORT_H
#define TM_REPORT_H

#include <MagickCore/MagickCore.h>

#include "options.h"
#include "tweedie.h"

/* Throws a translated sentence about @where, a file's name. Never with severity
 * 400: ImageMagick goes on after it and writes the output. */
#define tm_say(exception, severity, where, ...)                                \
    tm_throw(exception, GetMagickModule(), severity, where, __VA_ARGS__)
void tm_throw(ExceptionInfo *exception, const char *file, const char *function,
              unsigned long line, ExceptionType severity, const char *where,
              const char *format, ...) __attribute__((format(printf, 7, 8)));

/* One line on standard error, cleaned (core/text.h). */
void tm_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The engine's sentence, with the severity that belongs to its status. */
void tm_say_error(ExceptionInfo *exception, const char *where,
                  const tw_error *err);

/* -monitor. */
typedef struct tm_monitor {
    const Image *image;
    char tag[64];
    int shown; /* percent */
    bool cancelled;
} tm_monitor;

tm_monitor tm_monitor_new(const Image *image, const tw_task *task);

/* False: the user cancels. */
bool tm_monitor_show(tm_monitor *monitor, double fraction);

/* The same for tw_run_config. */
bool tm_monitor_report(const tw_progress *progress, void *user_data);

/* -verbose, on standard error. */
void tm_report_plan(const tm_options *options, const Image *image,
                    const tw_plan *plan, int threads);
void tm_report_result(const tw_report *report);

/* The warnings that a finished run leaves. */
void tm_report_warnings(const Image *image, const tw_report *report,
                        ExceptionInfo *exception);

/* %[tweedie:consistency] and so on. */
void tm_report_properties(Image *image, const tm_options *options,
                          const tw_report *report, ExceptionInfo *exception);

#endif
