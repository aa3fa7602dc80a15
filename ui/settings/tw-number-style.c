/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-number-style.h"

#include <math.h>
#include <string.h>

#include "core/i18n.h"

static const double mebi = 1 << 20;

/* Keys that people think of in other units than the engine, or whose range says
 * nothing about useful values. 0, NULL: what suits the row. */
static const struct {
    const char *key;
    TwNumberStyle style;
} styles[] = {
    { "noise", { 100, 0.1, 0.02, "%", N_("Measure automatically") } },
    { "shot", { 100, 0.01, 0.001, "%", N_("Measure automatically") } },
    { "detail", { 1, 5, 0, "%", NULL } },
    { "strength", { 100, 5, 0, "%", NULL } },
    { "scale", { 0, 0.5, 0, "×", NULL } },
    { "steps", { 0, 0, 20, NULL, NULL } },
    { "time", { 0, 0, 10, NULL, NULL } },
    { "threads", { 0, 0, 1, NULL, N_("All processors") } },
};

/* The power of ten at or below @x, which is above 0. */
static double
ten_below(double x)
{
    return pow(10, floor(log10(x) + 1e-9));
}

/* A tenth of the usual value or a hundredth of the range, at most 1. */
static double
suitable_step(const tw_param *param, double factor)
{
    const double range = factor * (param->max - param->min);
    double step = fmin(1, ten_below(range / 100));

    if (param->kind == TW_PARAM_INT)
        return 1;
    if (param->initial > 0)
        step = fmin(step, ten_below(factor * param->initial / 10));
    return step;
}

TwNumberStyle
tw_number_style(const tw_param *param)
{
    TwNumberStyle style = { 0 };

    if (param->flags & TW_PARAM_SIZE)
        style = (TwNumberStyle) { 1 / mebi, 256, 2048 * mebi, "MiB", NULL };
    for (gsize i = 0; i < G_N_ELEMENTS(styles); i++)
        if (strcmp(styles[i].key, param->name) == 0)
            style = styles[i].style;
    if (style.factor <= 0)
        style.factor = 1;
    if (style.step <= 0)
        style.step = suitable_step(param, style.factor);
    if (style.start <= 0)
        style.start = isnan(param->initial) ? param->min : param->initial;
    if (!style.unit)
        style.unit = param->unit;
    if (!style.automatic)
        style.automatic = N_("Automatic");
    return style;
}

/* Decimals that @x needs, at most 6. */
static int
decimals(double x)
{
    int digits = 0;

    while (digits < 6 && fabs(x - round(x)) > 1e-6 * fabs(x)) {
        x *= 10;
        digits++;
    }
    return digits;
}

int
tw_number_digits(const tw_param *param, const TwNumberStyle *style)
{
    if (param->kind == TW_PARAM_INT || style->step >= 5)
        return 0;
    return MAX(decimals(style->step) + 1, decimals(style->factor * param->min));
}

char *
tw_number_text(const tw_param *param, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    const gboolean size = (param->flags & TW_PARAM_SIZE) != 0;

    g_ascii_formatd(digits, sizeof digits, "%.16g",
                    size ? value / mebi : value);
    return g_strconcat(digits, size ? "MiB" : "", NULL);
}
