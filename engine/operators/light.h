/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The transfer curve of sRGB (IEC 61966-2-1), between coded values in [-1, 1]
 * and linear light in 0…1. Beyond those both go on as straight lines, so that
 * slopes are positive and bounded everywhere.
 */

#ifndef TW_LIGHT_H
#define TW_LIGHT_H

float tw_light(float x);       /* coded to light */
float tw_light_slope(float x); /* its derivative */
float tw_coded(float light);   /* light to coded */
float tw_coded_slope(float light);

#endif
