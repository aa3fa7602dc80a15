/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How values of a range are spread over a slider. */

#ifndef TW_CURVE_H
#define TW_CURVE_H

#include "tweedie.h"

typedef struct TwCurve {
    enum {
        TW_CURVE_LINEAR,
        TW_CURVE_LOGARITHMIC,
        TW_CURVE_CUBIC /* value = max position^3 */
    } kind;
    double min, max;
} TwCurve;

/* Logarithmic for ranges above 0 over more than five octaves, cubic for ranges
 * from 0 whose usual values are small or not known; shares in percent are
 * linear. */
TwCurve tw_curve_for(const tw_param *param);

/* Of a value of the range, 0…1; and back. */
double tw_curve_position(const TwCurve *curve, double value);
double tw_curve_value(const TwCurve *curve, double position);

#endif
