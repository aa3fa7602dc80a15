/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-curve.h"

#include <math.h>
#include <string.h>

TwCurve
tw_curve_for(const tw_param *param)
{
    TwCurve curve = { TW_CURVE_LINEAR, param->min, param->max };
    const double usual = param->initial;

    if (param->unit && strcmp(param->unit, "%") == 0)
        return curve;
    if (curve.min > 0 && curve.max / curve.min > 32)
        curve.kind = TW_CURVE_LOGARITHMIC;
    if (curve.min >= 0 && curve.min <= 0 &&
        (isnan(usual) || (usual > 0 && usual < curve.max / 10)))
        curve.kind = TW_CURVE_CUBIC;
    return curve;
}

double
tw_curve_position(const TwCurve *curve, double value)
{
    const double min = curve->min, max = curve->max;

    switch (curve->kind) {
    case TW_CURVE_LOGARITHMIC:
        return log(value / min) / log(max / min);
    case TW_CURVE_CUBIC:
        return cbrt(value / max);
    case TW_CURVE_LINEAR:
        break;
    }
    return (value - min) / (max - min);
}

double
tw_curve_value(const TwCurve *curve, double position)
{
    const double min = curve->min, max = curve->max;

    switch (curve->kind) {
    case TW_CURVE_LOGARITHMIC:
        return min * pow(max / min, position);
    case TW_CURVE_CUBIC:
        return max * position * position * position;
    case TW_CURVE_LINEAR:
        break;
    }
    return min + (max - min) * position;
}
