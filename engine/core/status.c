/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/status.h"

/* Names and paths in a message may come from a hostile file: one line, and
 * nothing that a terminal would obey; no character cut in half at the end. */
static void
clean(char *text, size_t size)
{
    size_t end = strlen(text);

    if (end == size - 1) {
        size_t start = end;

        while (start > 0 && end - start < 3 &&
               ((unsigned char) text[start - 1] & 0xC0) == 0x80)
            start--;
        if (start > 0 && (unsigned char) text[start - 1] >= 0xC0)
            text[start - 1] = '\0';
    }
    for (unsigned char *c = (unsigned char *) text; *c; c++)
        if (*c < ' ' || *c == 0x7F)
            *c = '?';
}

tw_status
tw_fail(tw_error *err, tw_status status, const char *format, ...)
{
    if (err) {
        va_list args;

        va_start(args, format);
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        clean(err->text, sizeof err->text);
        err->status = status;
    }
    return status;
}
