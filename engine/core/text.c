/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the character that starts with @first, and the least code point that
 * needs so many; 0: none starts so. */
static size_t
length_of(unsigned char first, uint32_t *least)
{
    static const uint32_t leasts[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const size_t length = first < 0x80             ? 1
                          : (first & 0xE0) == 0xC0 ? 2
                          : (first & 0xF0) == 0xE0 ? 3
                          : (first & 0xF8) == 0xF0 ? 4
                                                   : 0;

    *least = leasts[length];
    return length;
}

/* The code point at @text and its bytes in *@length, of which *@found are there;
 * *@length 0: no character of UTF-8 starts so. */
static uint32_t
decode(const char *text, size_t *length, size_t *found)
{
    const unsigned char *s = (const unsigned char *) text;
    uint32_t least, code;

    *length = length_of(*s, &least);
    *found = 1;
    if (*length < 2)
        return *s;
    code = *s & (0x7FU >> *length);
    for (; *found < *length && (s[*found] & 0xC0) == 0x80; ++*found)
        code = code << 6 | (s[*found] & 0x3F);
    if (*found == *length &&
        (code < least || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)))
        *length = 0;
    return code;
}

static bool
is_fit(uint32_t code)
{
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool line = code == 0x2028 || code == 0x2029;
    const bool direction = code == 0x61C || code == 0x200E || code == 0x200F ||
                           (code >= 0x202A && code <= 0x202E) ||
                           (code >= 0x2066 && code <= 0x2069);

    return !control && !line && !direction;
}

size_t
tw_text_character(const char *text)
{
    size_t length, found;
    const uint32_t code = decode(text, &length, &found);

    return length && found == length && is_fit(code) ? length : 0;
}

bool
tw_text_is_clean(const char *text)
{
    size_t n;

    while (*text && (n = tw_text_character(text)) > 0)
        text += n;
    return *text == '\0';
}

void
tw_text_clean(char *text)
{
    char *to = text;

    while (*text) {
        size_t length, found;
        const uint32_t code = decode(text, &length, &found);

        if (length > found && text[found] == '\0')
            break;
        if (length != found || !is_fit(code)) {
            *to++ = '?';
            text += length == found ? length : 1;
            continue;
        }
        memmove(to, text, length);
        to += length;
        text += length;
    }
    *to = '\0';
}

void
tw_text_print(char *text, size_t size, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(text, size, format, args);
    va_end(args);
    tw_text_clean(text);
}
