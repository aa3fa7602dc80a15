/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/value.h"

#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/i18n.h"

/* A decimal number at @text, with a point in any locale. False: there is none
 * (or NaN, infinity, hexadecimal, which strtod() would take). */
static bool
read_number(const char *text, double *value, const char **end)
{
    const size_t length = strspn(text, "+-.0123456789eE");
    char digits[64];
    char *stop = NULL;
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t) 0);

    if (length == 0 || length >= sizeof digits || !plain) {
        if (plain)
            freelocale(plain);
        return false;
    }
    memcpy(digits, text, length);
    digits[length] = '\0';
    *value = strtod_l(digits, &stop, plain);
    freelocale(plain);
    *end = text + (stop - digits);
    return stop != digits && isfinite(*value);
}

/* Bytes of one unit: "512MiB", "2G" (both of 1024), "1GB" (of 1000). */
static bool
read_unit(const char *unit, double *factor)
{
    static const char prefixes[] = "KMGT";
    const char *prefix = *unit ? strchr(prefixes, *unit & ~0x20) : NULL;
    const double base = prefix && strcasecmp(unit + 1, "b") == 0 ? 1000 : 1024;

    *factor = 1;
    if (!prefix)
        return *unit == '\0' || strcasecmp(unit, "b") == 0;
    for (const char *p = prefixes; p <= prefix; p++)
        *factor *= base;
    return unit[1] == '\0' || strcasecmp(unit + 1, "b") == 0 ||
           strcasecmp(unit + 1, "ib") == 0;
}

/* A number as it may be typed. */
typedef struct digits {
    char text[32];
} digits;

static digits
write_number(double value)
{
    digits d;
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t) 0);
    locale_t before = plain ? uselocale(plain) : (locale_t) 0;

    snprintf(d.text, sizeof d.text, "%.16g", value);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    return d;
}

/* "0.01", "25/255", "1%"; with TW_PARAM_SIZE a unit behind the number. */
static bool
read_real(const tw_param *param, const char *text, double *value)
{
    double other;

    if (!read_number(text, value, &text))
        return false;
    if (param->flags & TW_PARAM_SIZE) {
        text += strspn(text, " ");
        if (!read_unit(text, &other))
            return false;
        *value *= other;
        return true;
    }
    if (*text == '%') {
        *value /= param->unit && *param->unit == '%' ? 1 : 100;
        text++;
    } else if (*text == '/') {
        if (!read_number(text + 1, &other, &text) || !isnormal(other))
            return false;
        *value /= other;
    }
    return *text == '\0' && isfinite(*value);
}

static bool
read_int(const char *text, double *value)
{
    return read_number(text, value, &text) && *text == '\0' &&
           floor(*value) == *value;
}

static bool
read_bool(const char *text, double *value)
{
    static const char *const words[2][4] = { { "false", "no", "off", "0" },
                                             { "true", "yes", "on", "1" } };

    for (int i = 0; i < 8; i++)
        if (strcasecmp(text, words[i / 4][i % 4]) == 0) {
            *value = i / 4;
            return true;
        }
    return false;
}

static bool
read_choice(const tw_param *param, const char *text, double *value)
{
    for (int i = 0; param->choices && param->choices[i]; i++)
        if (strcmp(param->choices[i], text) == 0) {
            *value = i;
            return true;
        }
    return false;
}

static tw_status
bad_choice(const tw_param *param, const char *text, tw_error *err)
{
    char list[200] = "";
    size_t used = 0;

    for (int i = 0; param->choices[i]; i++) {
        const int n = snprintf(list + used, sizeof list - used, "%s%s",
                               i ? ", " : "", param->choices[i]);

        used += (size_t) n;
        if (used >= sizeof list)
            break;
    }
    return tw_fail(err, TW_ERR_ARGUMENT,
                   _("%s=%s is not a choice; choose one of: %s"), param->name,
                   text, list);
}

static tw_status
out_of_range(const tw_param *param, const char *text, tw_error *err)
{
    return tw_fail(err, TW_ERR_ARGUMENT,
                   _("%s=%s is out of range; give %s to %s"), param->name, text,
                   write_number(param->min).text,
                   write_number(param->max).text);
}

static tw_status
parse_number(const tw_param *param, const char *text, double *value,
             tw_error *err)
{
    const bool whole = param->kind == TW_PARAM_INT;

    if (whole ? !read_int(text, value) : !read_real(param, text, value))
        return tw_fail(
            err, TW_ERR_ARGUMENT,
            whole ? _("%s=%s is not a whole number; give one from %s to "
                      "%s")
            : param->flags & TW_PARAM_SIZE
                ? _("%s=%s is not a size; give one such as 512MiB or 2G "
                    "(%s to %s bytes)")
                : _("%s=%s is not a number; give one from %s to %s, such "
                    "as 0.01, 25/255 or 1%%"),
            param->name, text, write_number(param->min).text,
            write_number(param->max).text);
    if (*value < param->min || *value > param->max)
        return out_of_range(param, text, err);
    return TW_OK;
}

tw_status
tw_value_parse(const tw_param *param, const char *text, double *value,
               tw_error *err)
{
    *value = (double) NAN;
    if ((param->flags & TW_PARAM_AUTO) && strcmp(text, "auto") == 0)
        return TW_OK;
    if ((param->flags & TW_PARAM_NONE) && strcmp(text, "no") == 0) {
        *value = 0;
        return TW_OK;
    }
    switch (param->kind) {
    case TW_PARAM_REAL:
    case TW_PARAM_INT:
        return parse_number(param, text, value, err);
    case TW_PARAM_BOOL:
        if (!read_bool(text, value))
            return tw_fail(err, TW_ERR_ARGUMENT,
                           _("%s=%s is neither yes nor no; give one of them"),
                           param->name, text);
        return TW_OK;
    case TW_PARAM_CHOICE:
        if (!read_choice(param, text, value))
            return bad_choice(param, text, err);
        return TW_OK;
    case TW_PARAM_TEXT:
    case TW_PARAM_PICTURE:
        read_choice(param, text, value);
        return TW_OK;
    }
    return TW_OK;
}
