/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Angles of lines, which have no sense of direction. */

#ifndef TW_ANGLE_H
#define TW_ANGLE_H

#include <math.h>

/* Degrees; the same line, above -90, at most 90. */
static inline double
tw_angle_upright(double angle)
{
    const double rest = fmod(angle, 180);

    return rest <= -90 ? rest + 180 : rest > 90 ? rest - 180 : rest;
}

#endif
