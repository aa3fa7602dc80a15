/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "keys.h"

void
tm_keys_values(FILE *to, const tw_param *param)
{
    const char *const *choices = param->choices;
    bool number = param->kind == TW_PARAM_REAL || param->kind == TW_PARAM_INT;

    for (const char *const *c = choices; c && *c; c++)
        (void) fprintf(to, "%s%s", c == choices ? "" : "|", *c);
    if (param->kind == TW_PARAM_PICTURE)
        (void) fprintf(to, choices ? "|%s" : "%s", _("FILE"));
    else if (param->kind == TW_PARAM_TEXT)
        (void) fprintf(to, "%s", _("TEXT"));
    else if (param->kind == TW_PARAM_BOOL)
        (void) fprintf(to, "yes|no");
    if (number)
        (void) fprintf(to, "%.15g...", param->min);
    if (number && param->max < 1e6)
        (void) fprintf(to, "%.15g", param->max);
    if (param->unit)
        (void) fprintf(to, " %s", _(param->unit));
}

void
tm_keys_initial(FILE *to, const tw_param *param)
{
    if (isnan(param->initial))
        (void) fprintf(to, " (auto)");
    else if (param->choices)
        (void) fprintf(to, " (%s)", param->choices[(int) param->initial]);
    else if (param->kind == TW_PARAM_BOOL)
        (void) fprintf(to, " (%s)", param->initial > 0 ? "yes" : "no");
    else if (param->kind != TW_PARAM_TEXT && param->kind != TW_PARAM_PICTURE)
        (void) fprintf(to, " (%g)", param->initial);
}
