/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>

#include "core/status.h"
#include "core/text.h"

tw_status
tw_fail(tw_error *err, tw_status status, const char *format, ...)
{
    if (err) {
        va_list args;

        va_start(args, format);
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        tw_text_clean(err->text);
        err->status = status;
    }
    return status;
}
