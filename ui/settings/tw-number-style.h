/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a number of a parameter table is shown to people. */

#ifndef TW_NUMBER_STYLE_H
#define TW_NUMBER_STYLE_H

#include <glib.h>

#include "tweedie.h"

G_BEGIN_DECLS

typedef struct TwNumberStyle {
    double factor;         /* what is shown = factor x value */
    double step;           /* of what is shown */
    double start;          /* value to begin with when "auto" is switched off */
    const char *unit;      /* not yet translated; NULL: none */
    const char *automatic; /* what "auto" means; not yet translated */
} TwNumberStyle;

/* @param: TW_PARAM_REAL or TW_PARAM_INT. */
TwNumberStyle tw_number_style(const tw_param *param);

/* Decimals that are shown. */
int tw_number_digits(const tw_param *param, const TwNumberStyle *style);

/* @value as a text that tw_request_set() takes, in any locale; to be freed. */
char *tw_number_text(const tw_param *param, double value);

G_END_DECLS

#endif
