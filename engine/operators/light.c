/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operators/light.h"

#include <math.h>

/* Below KNEE (coded 0…1) the curve is a line of slope 1 / TOE; at 1 its slope
 * is GAMMA / (1 + OFFSET). */
#define KNEE   0.04045f
#define TOE    12.92f
#define OFFSET 0.055f
#define GAMMA  2.4f

static const float END = GAMMA / (1 + OFFSET);

float
tw_light(float x)
{
    const float u = (x + 1) / 2;

    if (u <= KNEE)
        return u / TOE;
    if (u > 1)
        return 1 + END * (u - 1);
    return powf((u + OFFSET) / (1 + OFFSET), GAMMA);
}

float
tw_light_slope(float x)
{
    const float u = (x + 1) / 2;

    if (u <= KNEE)
        return 1 / TOE / 2;
    if (u > 1)
        return END / 2;
    return END * powf((u + OFFSET) / (1 + OFFSET), GAMMA - 1) / 2;
}

float
tw_coded(float light)
{
    float u = 1 + (light - 1) / END;

    if (light <= KNEE / TOE)
        u = light * TOE;
    else if (light <= 1)
        u = (1 + OFFSET) * powf(light, 1 / GAMMA) - OFFSET;
    return 2 * u - 1;
}

float
tw_coded_slope(float light)
{
    if (light <= KNEE / TOE)
        return 2 * TOE;
    if (light > 1)
        return 2 / END;
    return 2 * powf(light, 1 / GAMMA - 1) / END;
}
